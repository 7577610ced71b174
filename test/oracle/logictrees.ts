import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { statedMeasures } from '../../hazard/logictree/expansion.js';
import type { FullLogicTree, SourceGroup } from '../../hazard/logictree/logic-tree.js';
import { Comparison } from './comparison.js';
import { accepted, DIGITS, equal, type Parameters, readCase } from './logictree-reading.js';
import { compareSource, type ExpectedSource } from './logictree-sources.js';
import { compareLegality, compareRejections, compareStream } from './logictree-tables.js';

interface ExpectedRun {
  readonly params: Parameters;
  readonly refused?: boolean;
  readonly source_model_realizations: readonly {
    readonly path: readonly string[];
    readonly weight: number;
    readonly samples: number;
  }[];
  readonly realizations: readonly {
    readonly path: readonly string[];
    readonly gmm_path: readonly string[];
    readonly code: string;
    readonly weights: readonly number[];
  }[];
  readonly gmm_tree: {
    readonly regions: readonly string[];
    readonly imt_order: readonly string[];
    readonly branches: readonly { readonly id: string; readonly model: string; readonly trt: string }[];
  };
  readonly source_groups?: readonly {
    readonly trt: string;
    readonly trt_smrs: readonly number[];
    readonly sources: readonly ExpectedSource[];
  }[];
}

/** One case of logic trees. */
export interface LogicTreeCase {
  readonly name: string;
  run(): Promise<Comparison>;
}

const TABLES: readonly (readonly [file: string, compare: (path: string, comparison: Comparison) => Promise<void>])[] = [
  ['rejections.json', compareRejections],
  ['legality.json', compareLegality],
  ['random-stream.json', compareStream],
];

/** The cases of a folder shaped like the reference's `logictrees`: one per tree, and one per table. */
export function logicTreeCases(folder: string): LogicTreeCase[] {
  const trees = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && isLogicTreeCase(join(folder, entry.name)))
    .map(({ name }) => logicTreeCase(join(folder, name), name));
  const tables = TABLES.filter(([file]) => existsSync(join(folder, file))).map(([file, compare]): LogicTreeCase => {
    const name = `logictrees/${file}`;
    return {
      name,
      async run() {
        const comparison = new Comparison(name);
        await compare(join(folder, file), comparison);
        return comparison;
      },
    };
  });
  return [...trees, ...tables];
}

/** Whether a folder holds a single tree with its expansion. */
export function isLogicTreeCase(folder: string): boolean {
  return existsSync(join(folder, 'expected.json')) && existsSync(join(folder, 'gsim.xml'));
}

export function logicTreeCase(folder: string, name: string): LogicTreeCase {
  return {
    name: `logictrees/${name}`,
    async run() {
      const comparison = new Comparison(`logictrees/${name}`);
      const { runs } = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as { runs: ExpectedRun[] };
      for (const run of runs) await compareRun(folder, run, comparison);
      return comparison;
    },
  };
}

async function compareRun(folder: string, run: ExpectedRun, comparison: Comparison): Promise<void> {
  const where = Object.entries(run.params)
    .map(([key, value]) => `${key}=${String(value)} `)
    .join('');
  const got = await readCase(folder, run.params);
  if (!accepted(comparison, where, got, run.refused === true)) return;
  const collapse = run.params.collapse_gsim_logic_tree?.split(' ');
  const { groundMotion } = got.logicTree;
  if (collapse && groundMotion.some(({ id }) => !collapse.includes(id))) {
    // the reference cuts the sets that are not named down to their last branch, which is not followed: docs/differences.md
    const named = groundMotion.filter(({ id }) => collapse.includes(id)).flatMap(({ branches }) => branches);
    const expected = run.gmm_tree.branches.filter(({ id }) => named.some((branch) => branch.id === id));
    const texts = named.map(({ text }) => text.trim());
    equal(
      comparison,
      'models',
      where,
      texts,
      expected.map(({ model }) => model.trim()),
    );
    return;
  }
  compareTree(got.logicTree, run, comparison, where);
  if (run.source_groups) compareGroups(got.groups, run, comparison, where);
}

/** Trailing dots depend on the order in which the reference happens to walk through dummies. */
function withoutDots(path: readonly string[]): readonly string[] {
  let end = path.length;
  while (end > 0 && path[end - 1] === '.') end--;
  return path.slice(0, end);
}

function compareTree(tree: FullLogicTree, run: ExpectedRun, comparison: Comparison, where: string): void {
  const expectedModels = run.source_model_realizations;
  equal(comparison, 'counts', `${where}source models`, tree.sourceModels.length, expectedModels.length);
  expectedModels.forEach((expected, i) => {
    if (i >= tree.sourceModels.length) return;
    const model = tree.sourceModels.at(i);
    equal(comparison, 'paths', `${where}${i}`, withoutDots(model.path), withoutDots(expected.path));
    comparison.number('path weights', model.weight, expected.weight, DIGITS, `${where}${i}`);
    equal(comparison, 'samples', `${where}${i}`, model.samples, expected.samples);
  });
  // a model for all regions stands once in the reference, with the region '*'
  const forAll = run.gmm_tree.regions.includes('*');
  const sets = forAll ? tree.groundMotion.slice(0, 1) : tree.groundMotion;
  const regions = sets.map((set) => set.tectonicRegionType);
  if (!forAll) equal(comparison, 'regions', where, regions, run.gmm_tree.regions);
  const models = sets.flatMap((set) => set.branches.map(({ id, text }) => [id, text.trim()]));
  equal(
    comparison,
    'models',
    where,
    models,
    run.gmm_tree.branches.map(({ id, model }) => [id, model.trim()]),
  );
  const order = run.gmm_tree.imt_order;
  const measures = [...statedMeasures(tree.groundMotion), 'weight'];
  equal(comparison, 'measures', where, measures.toSorted(), order.toSorted());
  equal(comparison, 'counts', `${where}realizations`, tree.realizations.length, run.realizations.length);
  run.realizations.forEach((expected, i) => {
    if (i >= tree.realizations.length) return;
    const realization = tree.realizations.at(i);
    const ids = sets.map(({ branches }, set) => branches[realization.models[set]].id);
    equal(comparison, 'model paths', `${where}${i}`, ids, expected.gmm_path);
    const dots = /\.+(?=~)/;
    equal(comparison, 'codes', `${where}${i}`, realization.code.replace(dots, ''), expected.code.replace(dots, ''));
    expected.weights.forEach((weight, k) => {
      const imt = expected.weights.length === 1 ? 'weight' : order[k];
      const got = realization.weightsByImt?.[imt] ?? realization.weight;
      comparison.number('weights', got, weight, DIGITS, `${where}${i} ${imt}`);
    });
  });
}

function compareGroups(groups: readonly SourceGroup[], run: ExpectedRun, comparison: Comparison, where: string): void {
  const expected = run.source_groups ?? [];
  const regions = run.gmm_tree.regions;
  const shown = groups.map(({ tectonicRegionType: trt, sourceModels, sources }) => ({
    trt,
    trt_smrs: (sourceModels ?? []).map((number) => Math.max(regions.indexOf(trt), 0) * 2 ** 24 + number),
    sources: sources.map(({ id }) => id),
  }));
  const wanted = expected.map(({ trt, trt_smrs, sources }) => ({
    trt,
    trt_smrs,
    sources: sources.map(({ id }) => id),
  }));
  equal(comparison, 'source groups', where, shown, wanted);
  groups.forEach((group, g) =>
    group.sources.forEach((source, s) => {
      const other = expected[g]?.sources[s];
      if (other?.id === source.id) compareSource(source, other, comparison, `${where}${source.id}`);
    }),
  );
}
