import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { UNCERTAINTIES } from '../../../hazard/logictree/uncertainties/registry.js';
import { branch, branchSet, groundMotionTree, nrml, pointSource, readTree, sourceModel, tree } from './tiny-trees.js';
import type { ReadLogicTree } from '../../../inputs/logictree/read.js';

const model = (...ids: readonly string[]): string => sourceModel('Volcanic', ...ids.map((id) => pointSource(id)));
const MODELS = branchSet('s0', 'sourceModel', [branch('b1', 'm1.xml', 0.5), branch('b2', 'm2.xml', 0.5)]);
const GROUND_MOTION = groundMotionTree(branch('x', 'BooreAtkinson2008', 1));

/** Texts that stand where something else is meant. */
const ODD = fc.constantFrom(
  '',
  ' ',
  '.',
  '*',
  '1',
  '-1',
  '0.5',
  '1e308',
  '-1e-320',
  'NaN',
  'Infinity',
  '1 2',
  '1 2 3',
  'x',
  'p',
  'p 1, q 2',
  'm1.xml',
  'm1.xml m1.xml',
  'm1.xml m2.xml',
  'none.xml',
  '../m1.xml',
  'smlt.xml',
  'b1',
  'b1 b2',
  'u0',
  'constructor',
  '__proto__',
  'toString',
  'Volcanic',
  'point',
  'BooreAtkinson2008',
  '[AvgGMPE]',
  '[BooreAtkinson2008]\nx = ',
  '&lt;',
  '\u{1F30B}',
  '<hypoDepthDist/>',
  '<hypoDepthDist><hypoDepth depth="a" probability="2"/></hypoDepthDist>',
  '<incrementalMFD/>',
  '<incrementalMFD minMag="5" binWidth="0.1"><occurRates>0 0</occurRates></incrementalMFD>',
  '<faultActivityData slipRate="-1"/>',
  '<surface><constructor/></surface>',
  '<surface><planarSurface><topLeft/></planarSurface></surface>',
  '<simpleFaultGeometry><gml:LineString><gml:posList>1 2 3</gml:posList></gml:LineString></simpleFaultGeometry>',
  '<kiteSurface><profile/><profile/></kiteSurface>',
  '<areaGeometry><gml:Polygon/></areaGeometry>',
);
const TYPE = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...UNCERTAINTIES.keys(), 'sourceModel', 'extendModel', 'gmpeModel') },
  { weight: 1, arbitrary: ODD },
);
const ATTRIBUTES = [
  'applyToBranches',
  'applyToSources',
  'applyToSourceType',
  'applyToTectonicRegionType',
  'correlatedWith',
];
const escaped = (text: string): string => text.replace(/[<&"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
const FILTERS = fc.array(
  fc.tuple(fc.constantFrom(...ATTRIBUTES), ODD).map(([key, value]) => [key, `${key}="${escaped(value)}"`] as const),
  { maxLength: 3 },
);
const WEIGHT = fc.oneof({ weight: 3, arbitrary: fc.constantFrom('1', '0.5') }, { weight: 1, arbitrary: ODD });
const BRANCH = fc.record({ id: fc.option(ODD), value: ODD, weight: WEIGHT, twice: fc.boolean() });
const SET = fc.record({ type: TYPE, filters: FILTERS, branches: fc.array(BRANCH, { maxLength: 3 }) });

function oddSet(
  { type, filters, branches }: typeof SET extends fc.Arbitrary<infer T> ? T : never,
  number: number,
): string {
  const inside = branches.map(({ id, value, weight, twice }, k) => {
    const element = branch(escaped(id ?? `u${number}${k}`), value, weight);
    return twice
      ? element.replace('</logicTreeBranch>', '<uncertaintyWeight imt="PGA">x</uncertaintyWeight></logicTreeBranch>')
      : element;
  });
  const attributes = [...new Map(filters).values()].join(' ');
  return branchSet(`s${number}`, escaped(type), inside, attributes);
}

describe('malformed logic trees', () => {
  let folder = '';
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'malformed-'));
    writeFileSync(join(folder, 'm1.xml'), model('p', 'q'));
    writeFileSync(join(folder, 'm2.xml'), model('q'));
  });
  after(() => rmSync(folder, { recursive: true }));

  async function run(
    sourceModels: string,
    groundMotion = GROUND_MOTION,
  ): Promise<{ result: ReadLogicTree | undefined; faults: string[] }> {
    writeFileSync(join(folder, 'smlt.xml'), sourceModels);
    writeFileSync(join(folder, 'gsim.xml'), groundMotion);
    return readTree(folder);
  }
  const faultsOf = async (...sets: readonly string[]): Promise<string[]> => (await run(tree(MODELS, ...sets))).faults;

  function checkReadable({ result, faults }: Awaited<ReturnType<typeof run>>): void {
    assert.equal(result === undefined, faults.length > 0, faults.join('\n'));
    for (const fault of faults) {
      assert.match(fault, /^(smlt|gsim|m1|m2)\.xml[:,]/);
      assert.doesNotMatch(fault, /call stack|not a function|Cannot read|undefined|\[object|\n/);
    }
  }

  it('of source models are read, or refused in words', async function () {
    this.timeout(60000);
    await fc.assert(
      fc.asyncProperty(fc.array(SET, { maxLength: 4 }), fc.boolean(), async (sets, base) => {
        checkReadable(await run(tree(...(base ? [MODELS] : []), ...sets.map((set, i) => oddSet(set, i + 1)))));
      }),
      { numRuns: 150 },
    );
  });

  it('of ground-motion models are read, or refused in words', async function () {
    this.timeout(60000);
    const groundMotion = fc.record({
      type: fc.oneof({ weight: 5, arbitrary: fc.constant('gmpeModel') }, { weight: 1, arbitrary: ODD }),
      filters: FILTERS,
      branches: fc.array(BRANCH, { maxLength: 3 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(groundMotion, { maxLength: 3 }), async (sets) => {
        checkReadable(await run(tree(MODELS), tree(...sets.map(oddSet))));
      }),
      { numRuns: 100 },
    );
  });

  it('with any text in place of the tree are refused in words', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.string(),
          ODD,
          ODD.map(nrml),
          ODD.map((odd) => tree(odd)),
        ),
        async (text) => {
          const { result, faults } = await run(text);
          assert.equal(result, undefined);
          assert.ok(faults.length > 0);
          checkReadable({ result, faults });
        },
      ),
      { numRuns: 100 },
    );
  });

  it('name the line, the key, the value and what is allowed', async () => {
    const numbers = await faultsOf(
      branchSet('s1', 'bGRRelative', [branch('u', 'one', 0.5), branch('v', '', 'half')]),
      branchSet('s2', 'maxMagGRAbsolute', [branch('w', '1e400', 1)], 'applyToSources="p"'),
      branchSet('s3', 'abGRAbsolute', [branch('x', '4', '1e308')], 'applyToSources="p"'),
    );
    assert.deepEqual(numbers, [
      "smlt.xml, line 3: uncertaintyWeight = half: branch set 's1': not a finite number (allowed: a number from 0 to 1)",
      "smlt.xml, line 5: uncertaintyWeight: branch set 's3': the weights sum to 1e+308 (allowed: a sum of 1)",
      "smlt.xml, line 3: uncertaintyModel = one: branch 'u': one number is needed (allowed: one finite number)",
      "smlt.xml, line 3: uncertaintyModel = : branch 'v': one number is needed (allowed: one finite number)",
      "smlt.xml, line 4: uncertaintyModel = 1e400: branch 'w': one number is needed (allowed: one finite number)",
      "smlt.xml, line 5: uncertaintyModel = 4: branch 'x': 2 numbers are needed (allowed: 2 finite numbers separated by blanks)",
    ]);
    const shapes = await faultsOf(
      branchSet('s1', 'incrementalMFDAbsolute', [branch('u', '5', 1)]),
      branchSet('s2', 'simpleFaultGeometryAbsolute', [branch('v', '<simpleFaultGeometry/>', 1)], 'applyToSources="p"'),
      branchSet(
        's3',
        'truncatedGRFromSlipAbsolute',
        [branch('w', '<faultActivityData rigidity="0"/>', 1)],
        'applyToSources="p"',
      ),
      branchSet('s4', 'setHypoDepthDistribution', [branch('x', '<hypoDepthDist/>', 1)]),
    );
    assert.deepEqual(shapes, [
      "smlt.xml, line 3: branch 'u': <uncertaintyModel> needs a <incrementalMFD>",
      "smlt.xml, line 4: branch 'v': <simpleFaultGeometry> needs a <LineString>",
      "smlt.xml, line 5: branch 'w': <faultActivityData> needs the attribute slipRate (allowed: above 0, up to 10000 mm/yr)",
      "smlt.xml, line 5: rigidity = 0: branch 'w': out of range (allowed: above 0, up to 1000 GPa)",
      "smlt.xml, line 6: branch 'x': the probabilities of <hypoDepthDist> sum to 0 (allowed: a sum of 1)",
      "smlt.xml, line 6: branch 'x': depths are missing (allowed: <hypoDepth>)",
    ]);
  });

  it('name ids that stand twice', async () => {
    assert.deepEqual(
      await faultsOf(
        branchSet('s0', 'dummy', [branch('u', '1', 0.5), branch('u', '2', 0.5)]),
        branchSet('', 'dummy', [branch('', '1', 1)]),
      ),
      [
        'smlt.xml, line 4: branchSetID: a branch set needs an id',
        "smlt.xml, line 4: branchID: branch set '': a branch needs an id",
        'smlt.xml, line 3: branchSetID = s0: two branch sets have this id',
        "smlt.xml, line 3: branchID = u: branch set 's0': two branches of the tree have this id",
      ],
    );
  });

  it('name branches that are unknown, come later, are the own ones or are taken', async () => {
    assert.deepEqual(
      await faultsOf(
        branchSet('s1', 'dummy', [branch('u', '1', 1)], 'applyToBranches="u"'),
        branchSet('s2', 'dummy', [branch('v', '1', 1)], 'applyToBranches="w b1"'),
        branchSet('s3', 'dummy', [branch('w', '1', 1)], 'applyToBranches="v none"'),
      ),
      [
        "smlt.xml, line 3: applyToBranches = u: branch set 's1': no branch before this set has this id",
        "smlt.xml, line 4: applyToBranches = w: branch set 's2': no branch before this set has this id",
        "smlt.xml, line 5: applyToBranches = none: branch set 's3': no branch before this set has this id",
      ].map((fault) => `${fault} (allowed: branches of earlier sets that have no set below them)`),
    );
    const taken = await faultsOf(
      branchSet('s1', 'dummy', [branch('u', '1', 1)], 'applyToBranches="b1"'),
      branchSet('s2', 'dummy', [branch('v', '1', 1)], 'applyToBranches="b1"'),
    );
    assert.deepEqual(taken, [
      "smlt.xml, line 4: applyToBranches = b1: branch set 's2': the branch has a branch set below it already (allowed: branches of earlier sets that have no set below them)",
    ]);
  });

  it('name sets without branches, branches without value or weight, and what is no set', async () => {
    assert.deepEqual(await faultsOf(branchSet('s1', 'dummy', [])), [
      "smlt.xml, line 3: branch set 's1': the branch set has no branches (allowed: <logicTreeBranch>)",
    ]);
    assert.deepEqual(await faultsOf(branchSet('s1', 'dummy', ['<logicTreeBranch branchID="u"/>'])), [
      "smlt.xml, line 3: branch set 's1': <logicTreeBranch> needs a <uncertaintyModel>",
    ]);
    const weightless = '<logicTreeBranch branchID="u"><uncertaintyModel>1</uncertaintyModel></logicTreeBranch>';
    assert.deepEqual(await faultsOf(branchSet('s1', 'dummy', [weightless])), [
      "smlt.xml, line 3: uncertaintyWeight: branch set 's1': branch 'u' has no weight",
    ]);
    assert.deepEqual(await faultsOf('<branchSet/>', '<logicTreeBranchingLevel/>'), [
      'smlt.xml, line 3: unknown element <branchSet> (allowed: <logicTreeBranchSet>)',
      'smlt.xml, line 4: a branching level with 0 branch sets (allowed: exactly one)',
    ]);
    assert.deepEqual((await run(tree())).faults, ['smlt.xml, line 1: the logic tree has no branch sets']);
  });

  it('are told from large ones: a thousand sets are fine', async () => {
    const sets = Array.from({ length: 1000 }, (_, i) =>
      branchSet(`d${i}`, 'bGRRelative', [branch(`d${i}`, '0.0001', 1)]),
    );
    const { result, faults } = await run(tree(MODELS, ...sets));
    assert.deepEqual(faults, []);
    assert.equal(result?.logicTree.sourceModelBranchSets.length, 1001);
  });
});
