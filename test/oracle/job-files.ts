import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InputReport } from '../../inputs/report.js';
import { faultText, Refusal } from '../../hazard/refusal.js';
import { canonicalParameters } from '../../inputs/parameters/oqparam.js';
import { readJob } from '../../inputs/read-job.js';
import { readJobFile } from '../../inputs/read-job-file.js';
import { MODEL_TREE, POINT_SOURCE, SOURCE_TREE, sourceModel, writeFiles } from '../inputs/tiny-job.js';
import { TOLERANCES, type Comparison } from './comparison.js';

interface JobFileCase {
  readonly id: string;
  readonly ini: string;
  readonly refused: boolean;
  readonly values?: Readonly<Record<string, unknown>>;
}

/** What the cases name: a tree with one point source, one model, a table of sites, bare coordinates, a folder. */
const COMPANIONS = {
  'smlt.xml': SOURCE_TREE,
  'sm.xml': sourceModel(POINT_SOURCE),
  'gsim.xml': MODEL_TREE,
  'sm.csv': 'lon,lat,vs30\n10.1,45.2,760\n',
  'sites.csv': '10.1,45.2\n',
  'sub/empty.txt': '',
};

/**
 * Job files that must be refused or accepted, with the values read. A refusal may come from any stage of reading the job; an
 * acceptance concerns the job file alone, as in the reference: some of these jobs cannot run for want of other things.
 */
export async function compareJobFiles(path: string, comparison: Comparison): Promise<Comparison> {
  const cases = JSON.parse(await readFile(path, 'utf8')) as readonly JobFileCase[];
  const folder = await mkdtemp(join(tmpdir(), 'terrane-oracle-'));
  try {
    await writeFiles(folder, COMPANIONS);
    for (const one of cases) {
      await writeFiles(folder, { 'job.ini': one.ini });
      await compareCase(one, folder, comparison);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return comparison;
}

async function compareCase(one: JobFileCase, folder: string, comparison: Comparison): Promise<void> {
  const iniFile = join(folder, 'job.ini');
  const report = new InputReport();
  const { parameters, files } = await readJobFile({ iniFile, root: folder }, {}, report);
  const faults = report.faults.filter(({ feature }) => feature === undefined);
  if (!one.refused) {
    comparison.same('accepted', faults.map(faultText).join('; '), '', one.id);
    const values = canonicalParameters(parameters, files, iniFile);
    for (const [name, expected] of Object.entries(one.values ?? {})) {
      const got = values[name === 'imtls' ? 'hazard_imtls' : name];
      compareValue(comparison, got, expected, `${one.id} ${name}`);
    }
    return;
  }
  let refused = faults.length > 0;
  if (!refused)
    try {
      await readJob(iniFile, { workFolder: folder });
    } catch (error) {
      refused = error instanceof Refusal && error.code !== 'UNSUPPORTED';
    }
  comparison.same('refused', refused, true, one.id);
}

function compareValue(comparison: Comparison, got: unknown, expected: unknown, where: string): void {
  if (typeof expected === 'number') comparison.number('values', Number(got), expected, TOLERANCES.formula, where);
  else if (expected === null) comparison.same('values', got, undefined, where);
  else if (typeof expected === 'object') {
    const inner = Object.entries(expected);
    const keys = Object.keys((got ?? {}) as object);
    comparison.same('values', keys.join(' '), inner.map(([key]) => key).join(' '), where);
    for (const [key, value] of inner)
      compareValue(comparison, (got as Readonly<Record<string, unknown>> | undefined)?.[key], value, `${where}.${key}`);
  } else comparison.same('values', got, expected, where);
}
