import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { combineAll, combineSamples } from '../../../hazard/logictree/expansion.js';
import type { GroundMotionBranchSet } from '../../../hazard/logictree/logic-tree.js';
import { Sequence } from '../../../hazard/logictree/sequence.js';
import { InputReport } from '../../../inputs/report.js';
import { faultText } from '../../../hazard/refusal.js';
import { readGroundMotionTree } from '../../../inputs/logictree/ground-motion-tree.js';

const branches = (weights: readonly number[], more = ''): string =>
  ['BooreAtkinson2008', 'SadighEtAl1997', 'ChiouYoungs2008']
    .slice(0, weights.length)
    .map(
      (name, i) =>
        `<logicTreeBranch branchID="m${i}"><uncertaintyModel>${name}</uncertaintyModel><uncertaintyWeight>${weights[i]}</uncertaintyWeight>${more}</logicTreeBranch>`,
    )
    .join('\n');
const set = (id: string, region: string, inside: string, attributes = ''): string =>
  `<logicTreeBranchSet uncertaintyType="gmpeModel" branchSetID="${id}" applyToTectonicRegionType="${region}" ${attributes}>${inside}</logicTreeBranchSet>`;

describe('correlated branch sets of ground-motion models', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'correlated-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  async function read(
    sets: readonly string[],
    regions: readonly string[],
    collapse: readonly string[] = [],
  ): Promise<{ sets: readonly GroundMotionBranchSet[]; faults: string[] }> {
    const path = join(folder, 'gsim.xml');
    writeFileSync(path, `<nrml><logicTree logicTreeID="t">\n${sets.join('\n')}</logicTree></nrml>`);
    const report = new InputReport();
    const found = await readGroundMotionTree({ path, folder, report, regions, collapse: new Set(collapse) });
    return { sets: found ?? [], faults: report.faults.map(faultText) };
  }
  const A = set('a', 'A', branches([0.6, 0.4]));
  const choices = ({ sets }: { readonly sets: readonly GroundMotionBranchSet[] }): (string | undefined)[] =>
    sets.map(({ choice }) => choice);

  it('are one choice, along chains too; others are choices of their own', async () => {
    const tree = [
      A,
      set('b', 'B', branches([0.6, 0.4]), 'correlatedWith="a"'),
      set('c', 'C', branches([0.6, 0.4]), 'correlatedWith="b"'),
      set('d', 'D', branches([0.6, 0.4])),
    ];
    const found = await read(tree, ['A', 'B', 'C', 'D']);
    assert.deepEqual(found.faults, []);
    assert.deepEqual(choices(found), ['a', 'a', 'a', undefined]);
  });

  it('take the branch of the same number in every realization, whose weight counts once', async () => {
    const tree = [A, set('b', 'B', branches([0.5, 0.5])), set('c', 'C', branches([0.6, 0.4]), 'correlatedWith="a"')];
    const { sets } = await read(tree, ['A', 'B', 'C']);
    const model = { name: 'm', path: ['b0'], code: 'A', weight: 1, samples: 200 };
    const all = combineAll(new Sequence(1, () => model), 1, sets);
    assert.deepEqual(
      Array.from(all, ({ models, code, weight }) => [models, code, Number(weight.toFixed(12))]),
      [
        [[0, 0, 0], 'A~AA', 0.3],
        [[0, 1, 0], 'A~AB', 0.3],
        [[1, 0, 1], 'A~BA', 0.2],
        [[1, 1, 1], 'A~BB', 0.2],
      ],
    );
    const samples = combineSamples([model], sets, 42, 'early_weights');
    assert.ok(samples.every(({ models }) => models[0] === models[2]));
    assert.ok(samples.some(({ models }) => models[0] !== models[1]));
  });

  it('stay one choice when the set that they name has no sources, and are free when only one has', async () => {
    const tree = [
      A,
      set('b', 'B', branches([0.6, 0.4]), 'correlatedWith="a"'),
      set('c', 'C', branches([0.6, 0.4]), 'correlatedWith="a"'),
    ];
    assert.deepEqual(choices(await read(tree, ['B', 'C'])), ['a', 'a']);
    assert.deepEqual(choices(await read(tree, ['C'])), [undefined]);
  });

  it('have as many branches of the same weights, those by measure included', async () => {
    const few = await read([A, set('b', 'B', branches([0.5, 0.2, 0.3]), 'correlatedWith="a"')], ['A', 'B']);
    assert.deepEqual(few.faults, [
      "gsim.xml, line 4: correlatedWith = a: branch set 'b': 3 branches cannot be taken with those of 'a' (allowed: as many branches as that has: 2)",
    ]);
    const other = await read([A, set('b', 'B', branches([0.7, 0.3]), 'correlatedWith="a"')], ['A', 'B']);
    assert.match(
      other.faults[0],
      /uncertaintyWeight = 0.7: .*'m0' are taken together \(allowed: the weights of that: 0.6\)/,
    );
    const weighted = branches([0.5, 0.5], '<uncertaintyWeight imt="PGA">0.5</uncertaintyWeight>');
    const plain = set('a', 'A', branches([0.5, 0.5]));
    const byMeasure = await read([plain, set('b', 'B', weighted, 'correlatedWith="a"')], ['A', 'B']);
    assert.match(byMeasure.faults[0], /uncertaintyWeight = 0.5 PGA 0.5: .*the weights of that: 0.5\)/);
  });

  it('name a set that stands before', async () => {
    const { faults } = await read([A, set('b', 'B', branches([0.6, 0.4]), 'correlatedWith="c"')], ['A', 'B']);
    assert.deepEqual(faults, [
      "gsim.xml, line 4: correlatedWith = c: branch set 'b': no branch set of this id stands before (allowed: a)",
    ]);
    const itself = await read([set('a', 'A', branches([0.6, 0.4]), 'correlatedWith="a"')], ['A']);
    assert.match(itself.faults[0], /no branch set of this id stands before/);
  });

  it('are not collapsed', async () => {
    const tree = [A, set('b', 'B', branches([0.6, 0.4]), 'correlatedWith="a"')];
    const { faults } = await read(tree, ['A', 'B'], ['b']);
    assert.match(faults[0], /collapse_gsim_logic_tree = b: .*cannot be collapsed/);
  });
});
