import assert from 'node:assert/strict';
import { Refusal, type RefusalCode } from '../../hazard/refusal.js';
import { readJob } from '../../inputs/read-job.js';
import {
  branchSet,
  logicTree,
  POINT_SOURCE,
  REGION,
  sourceModel,
  tinyIni,
  tinyJob,
  withFolder,
  writeFiles,
} from './tiny-job.js';

type Changes = Readonly<Record<string, string | null>>;

const ini = (changes: Changes): Changes => ({ 'job.ini': tinyIni(changes) });
const source = (from: string, to: string): Changes => ({ 'sm.xml': sourceModel(POINT_SOURCE.replace(from, to)) });
const models = (text: string): Changes => ({
  'gmlt.xml': logicTree(branchSet('gmpeModel', [['g1', text, '1.0']], ` applyToTectonicRegionType="${REGION}"`)),
});
const trees = (...sets: readonly string[]): Changes => ({
  'smlt.xml': logicTree(branchSet('sourceModel', [['b1', 'sm.xml', '1.0']]), ...sets),
});

/** One fault of each family: the code it carries, and what it names. */
const FAULTS: readonly [RefusalCode, Changes, key?: string][] = [
  ['MISSING_FILE', { 'sm.xml': null }],
  ['FILE_OUTSIDE_JOB', ini({ gsim_logic_tree_file: '../gmlt.xml' }), 'gsim_logic_tree_file'],
  ['BROKEN_XML', { 'sm.xml': sourceModel(POINT_SOURCE).replace('</sourceGroup>', '') }],
  ['MISSING_PARAMETER', ini({ truncation_level: null }), 'truncation_level'],
  ['INVALID_VALUE', ini({ poes: '2' }), 'poes'],
  ['INVALID_MEASURE', ini({ intensity_measure_types_and_levels: '{"XYZ": [0.1]}' })],
  ['CONFLICTING_PARAMETERS', ini({ gsim: 'BooreAtkinson2008' }), 'gsim'],
  ['MISSING_ELEMENT', source('<magScaleRel>WC1994</magScaleRel>', '')],
  ['INVALID_WEIGHTS', source('nodalPlane probability="1.0"', 'nodalPlane probability="0.5"')],
  ['INVALID_MFD', source('maxMag="7.0"', 'maxMag="5.0"'), 'maxMag'],
  ['UNKNOWN_SCALING_RELATION', source('WC1994', 'Nobody1994'), 'magScaleRel'],
  ['UNKNOWN_MODEL', models('Nobody1999')],
  ['MODEL_ARGUMENT', models('[BooreAtkinson2008]\nnothing = 1'), 'nothing'],
  ['MODEL_MEASURE', ini({ intensity_measure_types_and_levels: '{"SA(99.0)": [0.1]}' }), 'imt'],
  [
    'TREE_REFERENCE',
    trees(branchSet('bGRRelative', [['b2', '0.1', '1.0']], ' applyToSources="none"', 's2')),
    'applyToSources',
  ],
  ['SITE_PARAMETER', ini({ reference_vs30_value: null }), 'vs30'],
];

describe('faults of a job', () => {
  for (const [code, changes, key] of FAULTS)
    it(`carry ${code}`, () =>
      withFolder(async (folder) => {
        await writeFiles(folder, tinyJob(changes));
        const error = await readJob(folder, { workFolder: folder }).then(
          () => undefined,
          (reason: unknown) => reason,
        );
        assert.ok(error instanceof Refusal, String(error));
        const found = error.faults.find((fault) => fault.code === code);
        assert.ok(found, error.faults.map((fault) => `${fault.code} ${fault.message}`).join('\n'));
        if (key !== undefined) assert.equal(found.key, key);
      }));
});
