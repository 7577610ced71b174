import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Calculation } from '../../datastore/calculation.js';
import { Hdf5File } from '../../hdf5/hdf5.js';
import type { StoredSet } from '../../datastore/logic-tree-layout.js';
import { hasLogicTree, readStoredLogicTree } from '../../datastore/stored-logic-tree.js';

/** Rows: branch set, branch, type, value, weight. */
type Row = readonly [string, string, string, string, number];

describe('logic trees of calculations', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'terrane-trees-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** A file with nothing but parameters and trees, in the layout that existing tools write. */
  async function stored(
    rows: readonly Row[],
    sets: object,
    paths: number,
    samples: number,
    made?: readonly StoredSet[],
  ): Promise<Calculation> {
    const path = join(folder, 'calc_1.hdf5');
    const file = await Hdf5File.create(path);
    file.writeText('oqparam', JSON.stringify({ description: 'A job', hazard_imtls: {} }));
    const tree = 'full_lt/source_model_lt';
    file.writeTable(tree, [
      ['branchset', 'S', rows.map(([set]) => set)],
      ['branch', 'S', rows.map(([, branch]) => branch)],
      ['utype', 'S', rows.map(([, , type]) => type)],
      ['uvalue', 'S', rows.map(([, , , value]) => value)],
      ['weight', '<f8', Float64Array.from(rows, ([, , , , weight]) => weight)],
    ]);
    file.setAttribute('full_lt', 'num_samples', samples);
    file.setAttribute(tree, 'bsetdict', JSON.stringify(sets));
    file.setAttribute(tree, 'num_paths', paths);
    file.setAttribute(tree, 'sampling_method', 'late_weights');
    file.writeTable('full_lt/gsim_lt', [
      ['trt', 'S', ['Active', 'Active', 'Volcanic']],
      ['branch', 'S', ['gA1', 'gB1', 'gA0']],
      ['uncertainty', 'S', ['[A]', '[B]\nx = 1', '[A]']],
      ['weight', '<f8', Float64Array.of(0.25, 0.75, 1)],
    ]);
    file.writeText('full_lt/gsim_weights_by_imt', '{"gA1": {"PGA": 0.5}, "gB1": {"PGA": 0.5}}');
    if (made) file.writeText('full_lt/source_model_sets', JSON.stringify(made));
    file.setAttribute('full_lt/gsim_lt', 'bsetdict', '{"Active": "10", "Volcanic": "9"}');
    file.setAttribute('full_lt/gsim_lt', 'choices', '{"Volcanic": "crust"}');
    file.close();
    return Calculation.open(path);
  }

  const MODELS: readonly Row[] = [
    ['10', 'b1', 'sourceModel', "'a.xml'", 0.5],
    ['10', 'b2', 'sourceModel', "'b.xml'", 0.5],
    ['9', 'x', 'bGRRelative', '-0.1', 0.2],
    ['9', 'y', 'bGRRelative', '0.1', 0.8],
  ];
  const SETS = {
    '9': { uncertaintyType: 'bGRRelative', applyToBranches: 'b2' },
    '10': { uncertaintyType: 'sourceModel' },
  };

  it('come back set by set in the order of the file, with filters, codes and weights by measure', async () => {
    const calculation = await stored(MODELS, SETS, 3, 0);
    assert.ok(hasLogicTree(calculation));
    const tree = readStoredLogicTree(calculation);
    calculation.close();
    const branch = (id: string, code: string, value: string, weight: number, weightsByImt = {}) => ({
      id,
      code,
      value,
      weight,
      weightsByImt,
    });
    assert.deepEqual(tree, {
      title: 'A job',
      pathCount: 6,
      samples: 0,
      samplingMethod: 'late_weights',
      sourceModel: [
        {
          id: '10',
          uncertaintyType: 'sourceModel',
          filters: {},
          branches: [branch('b1', 'AA', "'a.xml'", 0.5), branch('b2', 'AB', "'b.xml'", 0.5)],
        },
        {
          id: '9',
          uncertaintyType: 'bGRRelative',
          filters: { applyToBranches: 'b2' },
          branches: [branch('x', 'A', '-0.1', 0.2), branch('y', 'B', '0.1', 0.8)],
        },
      ],
      groundMotion: [
        {
          id: '10',
          uncertaintyType: 'gmpeModel',
          filters: { applyToTectonicRegionType: 'Active' },
          branches: [
            branch('gA1', 'A', '[A]', 0.25, { PGA: 0.5 }),
            branch('gB1', 'B', '[B]\nx = 1', 0.75, { PGA: 0.5 }),
          ],
        },
        {
          id: '9',
          uncertaintyType: 'gmpeModel',
          filters: { applyToTectonicRegionType: 'Volcanic' },
          choice: 'crust',
          branches: [branch('gA0', 'A', '[A]', 1)],
        },
      ],
    });
  });

  it('have their paths counted when they were sampled', async () => {
    const calculation = await stored(MODELS, SETS, 2, 5);
    const { pathCount, samples } = readStoredLogicTree(calculation);
    calculation.close();
    assert.deepEqual([pathCount, samples], [6, 5]);
  });

  it('have the codes of the file, and paths, when a job merged branches', async () => {
    const rows: readonly Row[] = [MODELS[1], ['10', 'b3', 'sourceModel', "''", 0.5], ...MODELS.slice(2)];
    // the set below b1 hangs below b3, which b1 and b3 became
    const filters = { applyToBranches: 'b1' };
    const made = [
      { id: '10', uncertaintyType: 'sourceModel', filters: {}, below: [], positions: [1, 2] },
      { id: '9', uncertaintyType: 'bGRRelative', filters, below: ['b3'], positions: [0, 1] },
    ];
    const calculation = await stored(rows, {}, 2, 5, made);
    const { pathCount, sourceModel } = readStoredLogicTree(calculation);
    calculation.close();
    assert.equal(pathCount, 6);
    assert.deepEqual(
      sourceModel[0].branches.map(({ id, code }) => [id, code]),
      [
        ['b2', 'AB'],
        ['b3', 'AC'],
      ],
    );
    assert.deepEqual(sourceModel[1].filters, filters);
  });

  it('do not guess paths and codes when a calculation of the first version merged branches', async () => {
    const rows: readonly Row[] = [MODELS[0], ['10', 'b3', 'sourceModel', "''", 0.5], ...MODELS.slice(2)];
    const calculation = await stored(rows, SETS, 2, 5);
    const { pathCount, sourceModel } = readStoredLogicTree(calculation);
    calculation.close();
    assert.equal(pathCount, undefined);
    assert.deepEqual(
      sourceModel[0].branches.map(({ code, value }) => [code, value]),
      [
        ['', "'a.xml'"],
        ['', ''],
      ],
    );
  });
});
