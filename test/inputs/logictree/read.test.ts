import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LogicTreeRequest, ReadLogicTree } from '../../../inputs/logictree/read.js';
import { floatLiteral } from '../../../inputs/logictree/uncertainty-value.js';
import { branch, branchSet, groundMotionTree, pointSource, readTree, sourceModel, tree } from './tiny-trees.js';

const MODELS = branchSet('s0', 'sourceModel', [branch('b1', 'm1.xml', 0.7), branch('b2', 'm2.xml', 0.3)]);
const GROUND_MOTION = groundMotionTree(branch('x', 'BooreAtkinson2008', 0.6), branch('y', 'SadighEtAl1997', 0.4));
const FILES = {
  'smlt.xml': tree(MODELS),
  'gsim.xml': GROUND_MOTION,
  'm1.xml': sourceModel('Volcanic', pointSource('1'), pointSource('2')),
  'm2.xml': sourceModel('Volcanic', pointSource('2'), pointSource('3')),
};

describe('reading logic trees', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'logictree-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  async function run(
    files: Readonly<Record<string, string>>,
    options: Partial<LogicTreeRequest> = {},
  ): Promise<{ result: ReadLogicTree | undefined; faults: string[] }> {
    for (const [name, text] of Object.entries({ ...FILES, ...files })) writeFileSync(join(folder, name), text);
    return readTree(folder, { maxPotentialPaths: 100, ...options });
  }
  async function good(
    files: Readonly<Record<string, string>>,
    options?: Partial<LogicTreeRequest>,
  ): Promise<ReadLogicTree> {
    const { result, faults } = await run(files, options);
    assert.deepEqual(faults, []);
    assert.ok(result);
    return result;
  }
  const groupsOf = ({ groups }: ReadLogicTree): unknown[] =>
    groups.map(({ sourceModels, sources }) => [sourceModels, sources.map(({ id }) => id)]);

  it('expands both trees and shares a source that stands in two models', async () => {
    const read = await good({});
    assert.deepEqual(
      Array.from(read.logicTree.realizations, ({ code, weight }) => [code, Number(weight.toFixed(12))]),
      [
        ['AA~A', 0.42],
        ['AA~B', 0.28],
        ['AB~A', 0.18],
        ['AB~B', 0.12],
      ],
    );
    assert.deepEqual(groupsOf(read), [
      [[0], ['1']],
      [[0, 1], ['2']],
      [[1], ['3']],
    ]);
    assert.equal(read.logicTree.sourceModels.at(1).name, 'm2.xml');
    assert.deepEqual(read.logicTree.sourceModelBranchSets[0].branches[0], { id: 'b1', value: "'m1.xml'", weight: 0.7 });
  });

  it('applies uncertainties to the sources that a set is for', async () => {
    const set = branchSet(
      's1',
      'maxMagGRRelative',
      [branch('u', '0.2', 0.5), branch('v', '-0.2', 0.5)],
      'applyToSources="1"',
    );
    assert.deepEqual(groupsOf(await good({ 'smlt.xml': tree(MODELS, set) })), [
      [[0], ['1;0']],
      [[0, 1, 2, 3], ['2']],
      [[1], ['1;1']],
      [[2, 3], ['3']],
    ]);
  });

  it('takes one model for all regions from the job', async () => {
    const { logicTree } = await good(
      { 'm2.xml': sourceModel('Stable', pointSource('3')) },
      { gsim: 'BooreAtkinson2008', gsimLogicTreeFile: undefined },
    );
    assert.deepEqual(
      logicTree.groundMotion.map(({ tectonicRegionType, branches }) => [tectonicRegionType, branches[0].text]),
      [
        ['Stable', '[BooreAtkinson2008]'],
        ['Volcanic', '[BooreAtkinson2008]'],
      ],
    );
    assert.deepEqual(logicTree.realizations.at(0).models, [0, 0]);
    assert.equal(logicTree.realizations.at(0).code, 'AA~A');
  });

  it('reads a source model without a tree, which is never sampled', async () => {
    const { logicTree } = await good(
      {},
      { sourceModelLogicTreeFile: undefined, sourceModelFile: join(folder, 'm1.xml'), samples: 5 },
    );
    assert.equal(logicTree.realizations.length, 2);
    assert.deepEqual(logicTree.sourceModels.at(0).path, ['br0']);
  });

  it('keeps the branch or the source that the job asks for', async () => {
    const branchOnly = await good({}, { sourceModelBranch: 'b2' });
    assert.deepEqual(groupsOf(branchOnly), [[[1], ['2', '3']]]);
    assert.deepEqual(
      Array.from(branchOnly.logicTree.realizations, ({ code }) => code),
      ['AA~A', 'AA~B', 'AB~A', 'AB~B'],
    );
    assert.deepEqual(groupsOf(await good({}, { sourceIds: ['3'] })), [[[1], ['3']]]);
  });

  it('shows a set of which no branch is left as its first one in codes of paths, as the file of results does', async () => {
    const extension = branchSet(
      'e',
      'extendModel',
      [branch('e1', 'x1.xml', 0.6), branch('e2', 'x2.xml', 0.4)],
      'applyToBranches="b1"',
    );
    const files = {
      'smlt.xml': tree(MODELS, extension),
      'x1.xml': sourceModel('Volcanic', pointSource('4')),
      'x2.xml': sourceModel('Volcanic', pointSource('5')),
    };
    const codes = async (source: string): Promise<string[]> =>
      Array.from((await good(files, { sourceIds: [source] })).logicTree.sourceModels, ({ path }) => path.join(' '));
    // OpenQuake engine 3.24 and 3.26: neither extension holds source 1, and both become one branch, the first of its set
    assert.deepEqual(await codes('1'), ['b1 e2', 'b2 .']);
    const { logicTree } = await good(files, { sourceIds: ['1'] });
    assert.deepEqual(
      [...new Set(Array.from(logicTree.realizations, ({ code }) => code.split('~')[0]))],
      ['AAA', 'AB.'],
    );
  });

  it('turns a collapsed set into one model of weighted probabilities', async () => {
    const { logicTree } = await good({}, { collapse: ['g0'] });
    const [{ branches }] = logicTree.groundMotion;
    assert.equal(branches.length, 1);
    assert.deepEqual(branches[0].specification, {
      name: 'AvgPoeGMPE',
      arguments: { gA0: { BooreAtkinson2008: { weight: 0.6 } }, gB0: { SadighEtAl1997: { weight: 0.4 } } },
    });
  });

  it('reports faults of both trees and of the models together', async () => {
    const { result, faults } = await run({
      'smlt.xml': tree(
        branchSet('s0', 'sourceModel', [branch('b1', 'm1.xml', 0.7), branch('b2', 'none.xml', 0.2)]),
        branchSet('s1', 'bGRAbsolute', [branch('b1', '1.0', 1)], 'applyToSources="9"'),
      ),
      'gsim.xml': GROUND_MOTION.replace('SadighEtAl1997', 'Sadigh1897'),
      'm1.xml': sourceModel('Stable', pointSource('1', 5)),
    });
    assert.equal(result, undefined);
    const all = faults.join('\n');
    assert.match(all, /smlt\.xml, line 2: uncertaintyWeight: branch set 's0': the weights sum to 0\.8999/);
    assert.match(all, /uncertaintyModel = none\.xml: branch set 's0': No such file/);
    assert.match(all, /branchID = b1: branch set 's1': two branches of the tree have this id/);
    assert.match(all, /applyToSources = 9: branch set 's1': the source models read so far have no such source/);
    assert.match(all, /gsim\.xml, line 2: uncertaintyModel = Sadigh1897: 'Sadigh1897' is not a ground-motion model/);
    assert.match(all, /there are sources of region 'Stable', but no ground-motion models for it/);
    assert.match(all, /m1\.xml, line 4: maxMag = 5: source '1': the largest magnitude is too small/);
  });

  it('warns of a source that stands twice, or refuses it if asked', async () => {
    const files = { 'm1.xml': sourceModel('Volcanic', pointSource('1'), pointSource('1')) };
    const { result } = await run(files);
    assert.deepEqual(result && groupsOf(result)[0], [[0, 0], ['1']]);
    const { faults } = await run(files, { bySource: true });
    assert.deepEqual(faults, [
      "m1.xml: source '1' stands twice below one branch of the source models (allowed: each id once)",
    ]);
  });

  it('reads nothing outside the folder of the job', async () => {
    const { faults } = await run({ 'smlt.xml': tree(branchSet('s0', 'sourceModel', [branch('b1', '../m1.xml', 1)])) });
    assert.match(faults[0], /uncertaintyModel = \.\.\/m1\.xml: the path leaves the folder of the job/);
  });

  it('refuses more paths than the job allows, and oversampling where it is forbidden', async () => {
    const { faults } = await run({}, { maxPotentialPaths: 3 });
    assert.match(faults[0], /the logic trees have 2 x 2 paths, more than the max_potential_paths = 3 of the job/);
    const sampled = await run({}, { samples: 4, forbidOversampling: true });
    assert.match(sampled.faults[0], /4 samples of 2 x 2 paths: oversampling is forbidden/);
    assert.equal((await good({}, { samples: 4 })).logicTree.realizations.length, 4);
  });

  it('writes numbers as Python does', () => {
    assert.deepEqual([1, 0.3, -2.5, 1e-7, 1e22, 123456].map(floatLiteral), [
      '1.0',
      '0.3',
      '-2.5',
      '1e-07',
      '1e+22',
      '123456.0',
    ]);
  });
});
