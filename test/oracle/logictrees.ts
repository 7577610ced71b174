import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FullLogicTree, SourceGroup } from '../../hazard/logictree/logic-tree.js';
import { statedMeasures } from '../../hazard/logictree/expansion.js';
import { MersenneTwister } from '../../hazard/logictree/mersenne-twister.js';
import { pickBranch, randomArray, type SamplingMethod } from '../../hazard/logictree/sampling.js';
import type { Source } from '../../hazard/sources/source.js';
import { binnedRates } from '../../hazard/mfd/rates.js';
import { sourceKinds, prepareSource } from '../../hazard/sources/registry.js';
import { faultText, InputReport } from '../../inputs/errors.js';
import { type LogicTreeRequest, type ReadLogicTree, readLogicTree } from '../../inputs/logictree/read.js';
import { Comparison, TOLERANCES, type Tolerance } from './comparison.js';

const DISCRETIZATION = {
  ruptureMeshSpacing: 4,
  complexFaultMeshSpacing: 4,
  widthOfMfdBin: 0.2,
  areaSourceDiscretization: 20,
  floatingXStep: 0,
  floatingYStep: 0,
  investigationTime: 50,
  inferOccurRates: false,
  shiftHypo: false,
};

/** Figures of the reference have 12 digits. */
const DIGITS: Tolerance = { rtol: 1e-11, atol: 1e-15 };

interface Parameters {
  readonly number_of_logic_tree_samples?: number;
  readonly random_seed?: number;
  readonly sampling_method?: SamplingMethod;
  readonly oversampling?: string;
  readonly smlt_branch?: string;
  readonly source_id?: string;
  readonly collapse_gsim_logic_tree?: string;
  readonly max_potential_paths?: number;
  readonly gsim?: string;
}

/** The request that a case stands for: smlt.xml or source_model.xml, gsim.xml, and parameters. */
function requestOf(folder: string, parameters: Parameters, report: InputReport): LogicTreeRequest {
  const smlt = join(folder, 'smlt.xml');
  const words = (text = ''): string[] => text.split(' ').filter((word) => word !== '');
  return {
    folder,
    root: folder,
    report,
    ...(existsSync(smlt) ? { sourceModelLogicTreeFile: smlt } : { sourceModelFile: join(folder, 'source_model.xml') }),
    ...(parameters.gsim === undefined ? { gsimLogicTreeFile: join(folder, 'gsim.xml') } : { gsim: parameters.gsim }),
    samples: parameters.number_of_logic_tree_samples ?? 0,
    samplingMethod: parameters.sampling_method ?? 'early_weights',
    seed: parameters.random_seed ?? 42,
    forbidOversampling: parameters.oversampling === 'forbid',
    sourceModelBranch: parameters.smlt_branch ?? '',
    sourceIds: words(parameters.source_id),
    collapse: words(parameters.collapse_gsim_logic_tree),
    ...(parameters.max_potential_paths !== undefined && { maxPotentialPaths: parameters.max_potential_paths }),
    discretization: DISCRETIZATION,
  };
}

async function read(folder: string, parameters: Parameters): Promise<ReadLogicTree | string> {
  const report = new InputReport();
  const result = await readLogicTree(requestOf(folder, parameters, report));
  const faults = report.faults.map(faultText).join(' | ');
  return result !== undefined && faults === '' ? result : faults;
}

interface ExpectedSource {
  readonly id: string;
  readonly trt_smrs: readonly number[];
  readonly mfd?: string;
  readonly mfd_a_val?: number;
  readonly mfd_b_val?: number;
  readonly mfd_min_mag?: number;
  readonly mfd_max_mag?: number;
  readonly msr?: string;
  readonly dip?: number;
  readonly upper_seismogenic_depth?: number;
  readonly lower_seismogenic_depth?: number;
  readonly trace?: readonly (readonly number[])[];
  readonly mag_rates?: readonly (readonly number[])[];
  readonly num_ruptures?: number | null;
}
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

/** Compares anything that JSON can show. */
function equal(comparison: Comparison, kind: string, where: string, got: unknown, expected: unknown): void {
  const [a, b] = [JSON.stringify(got), JSON.stringify(expected)];
  comparison.same(kind, a === b ? a : shorten(a), a === b ? b : shorten(b), where);
}

function shorten(text: string | undefined): string {
  return text === undefined || text.length <= 200 ? String(text) : `${text.slice(0, 200)}...`;
}

/** Whether an input was refused as in the reference; true when it is there to be compared further. */
function accepted(
  comparison: Comparison,
  where: string,
  got: ReadLogicTree | string,
  refused: boolean,
): got is ReadLogicTree {
  const isRefused = typeof got === 'string';
  comparison.same('refusals', isRefused, refused, isRefused && !refused ? `${where} (${got})` : where);
  return !isRefused && !refused;
}

async function compareRun(folder: string, run: ExpectedRun, comparison: Comparison): Promise<void> {
  const where = Object.entries(run.params)
    .map(([key, value]) => `${key}=${String(value)} `)
    .join('');
  const got = await read(folder, run.params);
  if (!accepted(comparison, where, got, run.refused === true)) return;
  const collapse = run.params.collapse_gsim_logic_tree?.split(' ');
  const { groundMotion } = got.logicTree;
  if (collapse && groundMotion.some(({ id }) => !collapse.includes(id))) {
    // the reference cuts the sets that are not named down to their last branch, which is not followed: LOGIC-TREES.md 9
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

function compareSource(
  source: Source,
  expected: Omit<ExpectedSource, 'id' | 'trt_smrs'>,
  comparison: Comparison,
  where: string,
): void {
  const number = (kind: string, got: number | undefined, value: number | null | undefined): void => {
    if (value !== undefined && value !== null) comparison.number(kind, got, value, TOLERANCES.formula, where);
  };
  if ('mfd' in source && source.mfd.kind === 'truncatedGutenbergRichter') {
    number('a-values', source.mfd.aValue, expected.mfd_a_val);
    number('b-values', source.mfd.bValue, expected.mfd_b_val);
    number('magnitude limits', source.mfd.minMag, expected.mfd_min_mag);
    number('magnitude limits', source.mfd.maxMag, expected.mfd_max_mag);
  }
  if (
    'mfd' in source &&
    source.type !== 'multiPoint' &&
    expected.mag_rates &&
    source.mfd.kind !== 'slipRateGutenbergRichter'
  ) {
    const { magnitudes, rates } = binnedRates(source.mfd, DISCRETIZATION.widthOfMfdBin);
    const pairs = Array.from(magnitudes, (magnitude, i) => [magnitude, rates[i]]).filter(([, rate]) => rate > 0);
    comparison.numbers('rates', pairs.flat(), expected.mag_rates.flat(), TOLERANCES.measure, where);
  }
  if ('magnitudeScalingRelation' in source && expected.msr !== undefined)
    equal(comparison, 'scaling relations', where, source.magnitudeScalingRelation, expected.msr);
  if (source.type === 'simpleFault') {
    number('geometry', source.geometry.dip, expected.dip);
    number('geometry', source.geometry.upperSeismogenicDepth, expected.upper_seismogenic_depth);
    number('geometry', source.geometry.lowerSeismogenicDepth, expected.lower_seismogenic_depth);
    expected.trace?.flat().forEach((value, i) => {
      number('geometry', source.geometry.trace[3 * Math.floor(i / 2) + (i % 2)], value);
    });
  }
  const known = sourceKinds().some((kind) => kind.type === source.type);
  if (known && typeof expected.num_ruptures === 'number') {
    const { ruptureCount } = prepareSource(source, DISCRETIZATION);
    equal(comparison, 'rupture counts', where, ruptureCount, expected.num_ruptures);
  }
}

interface Rejection {
  readonly id: string;
  readonly params: Parameters;
  readonly refused: boolean;
  readonly files: Readonly<Record<string, string>>;
  readonly realizations?: readonly { readonly code: string; readonly weights: readonly number[] }[];
  readonly sources?: readonly (readonly [id: string, paths: readonly number[], maxMag: number | null])[];
}

async function withFiles<T>(files: Readonly<Record<string, string>>, run: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'terrane-oracle-'));
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    return await run(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Trees that the reference refuses for limits which are not there any more: more than 183 branches in a set. */
const BEYOND_THE_REFERENCE: ReadonlySet<string> = new Set(['many_184']);

async function compareRejections(path: string, comparison: Comparison): Promise<void> {
  const cases = JSON.parse(readFileSync(path, 'utf8')) as Rejection[];
  for (const { id, params, refused, files, realizations, sources } of cases) {
    const got = await withFiles(files, (folder) => read(folder, params));
    if (!accepted(comparison, id, got, refused && !BEYOND_THE_REFERENCE.has(id))) continue;
    if (refused) continue;
    const codes = Array.from(got.logicTree.realizations, ({ code }) => code);
    equal(
      comparison,
      'codes',
      id,
      codes,
      realizations?.map(({ code }) => code),
    );
    const found = got.groups.flatMap((group) =>
      group.sources.map((source) => [source.id, group.sourceModels, largestMagnitude(source)]),
    );
    equal(comparison, 'sources', id, found.toSorted(), sources?.toSorted());
  }
}

function largestMagnitude(source: Source): number | null {
  return 'mfd' in source && source.mfd.kind === 'truncatedGutenbergRichter'
    ? Number(source.mfd.maxMag.toPrecision(12))
    : null;
}

interface Legality {
  readonly values: Readonly<Record<string, string>>;
  readonly sources: Readonly<Record<string, string>>;
  readonly rows: readonly {
    readonly source: string;
    readonly uncertainty: string;
    readonly refused: boolean;
    readonly source_after?: Omit<ExpectedSource, 'id' | 'trt_smrs'>;
  }[];
}

const HEAD =
  '<?xml version="1.0" encoding="utf-8"?>\n<nrml xmlns="http://openquake.org/xmlns/nrml/0.5" xmlns:gml="http://www.opengis.net/gml">';

async function compareLegality(path: string, comparison: Comparison): Promise<void> {
  const { values, sources, rows } = JSON.parse(readFileSync(path, 'utf8')) as Legality;
  for (const { source, uncertainty, refused, source_after: after } of rows) {
    const where = `${uncertainty} on ${source}`;
    const changing =
      uncertainty === '(none)'
        ? ''
        : branchSet(`branchSetID="bs1" uncertaintyType="${uncertainty}" applyToSources="1"`, 'u', values[uncertainty]);
    const models = branchSet('branchSetID="bs0" uncertaintyType="sourceModel"', 'b1', 'm1.xml');
    const time = sources[source].includes('nonParametric') ? ' investigation_time="50.0"' : '';
    const files = {
      'smlt.xml': `${HEAD}<logicTree logicTreeID="lt">${models}${changing}</logicTree></nrml>`,
      'm1.xml': `${HEAD}<sourceModel name="m"${time}><sourceGroup name="g" tectonicRegion="Active Shallow Crust">${sources[source]}</sourceGroup></sourceModel></nrml>`,
    };
    const got = await withFiles(files, (folder) => read(folder, { gsim: 'BooreAtkinson2008' }));
    if (accepted(comparison, where, got, refused) && after)
      compareSource(got.groups[0].sources[0], after, comparison, where);
  }
}

function branchSet(attributes: string, branch: string, value: string): string {
  return `<logicTreeBranchSet ${attributes}><logicTreeBranch branchID="${branch}"><uncertaintyModel>${value}</uncertaintyModel><uncertaintyWeight>1.0</uncertaintyWeight></logicTreeBranch></logicTreeBranchSet>`;
}

interface Stream {
  readonly streams: readonly { readonly seed: number; readonly first_32bit: number[]; readonly doubles: number[] }[];
  readonly arrays: readonly {
    readonly seed: number;
    readonly shape: readonly [number, number];
    readonly method: SamplingMethod;
    readonly rows: readonly number[][];
  }[];
  readonly picks: readonly {
    readonly weights: number[];
    readonly x: number[];
    readonly early_weights: number[];
    readonly late_weights: number[];
  }[];
}

async function compareStream(path: string, comparison: Comparison): Promise<void> {
  const { streams, arrays, picks } = JSON.parse(await readFile(path, 'utf8')) as Stream;
  for (const { seed, first_32bit: words, doubles } of streams) {
    const raw = new MersenneTwister(seed);
    const gotWords = words.map(() => raw.nextUint32());
    equal(comparison, 'words', `seed ${seed}`, gotWords, words);
    const generator = new MersenneTwister(seed);
    const gotDoubles = doubles.map(() => generator.nextDouble());
    comparison.numbers('doubles', gotDoubles, doubles, TOLERANCES.exact, `seed ${seed}`);
  }
  for (const { seed, shape, method, rows } of arrays) {
    const values = randomArray(shape[0], shape[1], seed, method);
    comparison.numbers('arrays', values, rows.flat(), DIGITS, `${method}, seed ${seed}`);
  }
  for (const { weights, x, ...expected } of picks)
    for (const method of ['early_weights', 'late_weights'] as const) {
      const got = x.map((random) => pickBranch(weights, random, method));
      equal(comparison, 'picks', `${weights.join(' ')} by ${method}`, got, expected[method]);
    }
}
