import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FullLogicTree, SourceGroup } from '../../hazard/logictree/logic-tree.js';
import { statedMeasures } from '../../hazard/logictree/expansion.js';
import { MersenneTwister } from '../../hazard/logictree/mersenne-twister.js';
import { pickBranch, randomArray, type SamplingMethod } from '../../hazard/logictree/sampling.js';
import type { Source } from '../../hazard/sources/source.js';
import { faultText, InputReport } from '../../inputs/errors.js';
import { type LogicTreeRequest, type ReadLogicTree, readLogicTree } from '../../inputs/logictree/read.js';

/** What one case gave: how many quantities were compared, and what was wrong. */
export interface OracleResult {
  readonly name: string;
  readonly compared: number;
  readonly worst: number;
  readonly failures: readonly string[];
}

const RTOL = 1e-9;

class Comparison {
  compared = 0;
  worst = 0;
  readonly failures: string[] = [];

  equal(what: string, got: unknown, expected: unknown): void {
    this.compared++;
    const [a, b] = [JSON.stringify(got), JSON.stringify(expected)];
    if (a !== b) this.failures.push(`${what}: ${shorten(a)}, expected ${shorten(b)}`);
  }

  close(what: string, got: number, expected: number): void {
    this.compared++;
    const deviation = Math.abs(got - expected) / Math.max(Math.abs(expected), 1e-12);
    if (deviation > this.worst) this.worst = deviation;
    if (!(deviation <= RTOL)) this.failures.push(`${what}: ${got}, expected ${expected}`);
  }
}

function shorten(text: string | undefined): string {
  return text === undefined || text.length <= 160 ? String(text) : `${text.slice(0, 160)}...`;
}

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
    maxPotentialPaths: parameters.max_potential_paths ?? 15000,
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

/** All cases of a folder shaped like the reference's `logictrees`. */
export async function runLogicTrees(folder: string): Promise<OracleResult[]> {
  const results: OracleResult[] = [];
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (!entry.isDirectory() || !existsSync(join(path, 'expected.json'))) continue;
    const { runs } = JSON.parse(readFileSync(join(path, 'expected.json'), 'utf8')) as { runs: ExpectedRun[] };
    for (const run of runs) {
      const parameters = Object.entries(run.params).map(([key, value]) => `${key}=${String(value)}`);
      results.push(await compared([entry.name, ...parameters].join(' '), (c) => compareRun(path, run, c)));
    }
  }
  const rejections = join(folder, 'rejections.json');
  if (existsSync(rejections)) results.push(...(await runRejections(rejections)));
  const legality = join(folder, 'legality.json');
  if (existsSync(legality)) results.push(...(await runLegality(legality)));
  const stream = join(folder, 'random-stream.json');
  if (existsSync(stream)) results.push(await compared('random-stream', (c) => compareStream(stream, c)));
  return results;
}

async function compared(name: string, run: (comparison: Comparison) => void | Promise<void>): Promise<OracleResult> {
  const comparison = new Comparison();
  await run(comparison);
  return { name, ...comparison, failures: comparison.failures };
}

async function compareRun(folder: string, run: ExpectedRun, comparison: Comparison): Promise<void> {
  const got = await read(folder, run.params);
  if (run.refused === true) {
    comparison.equal('refused', typeof got === 'string', true);
    return;
  }
  if (typeof got === 'string') {
    comparison.equal('accepted', got, '');
    return;
  }
  const collapse = run.params.collapse_gsim_logic_tree?.split(' ');
  const { groundMotion } = got.logicTree;
  if (collapse && groundMotion.some(({ id }) => !collapse.includes(id))) {
    // the reference cuts the sets that are not named down to their last branch, which is not followed: LOGIC-TREES.md 9
    const named = groundMotion.filter(({ id }) => collapse.includes(id)).flatMap(({ branches }) => branches);
    const expected = run.gmm_tree.branches.filter(({ id }) => named.some((branch) => branch.id === id));
    comparison.equal(
      'models',
      named.map(({ text }) => text.trim()),
      expected.map(({ model }) => model.trim()),
    );
    return;
  }
  compareTree(got.logicTree, run, comparison);
  if (run.source_groups) compareGroups(got.groups, run, comparison);
}

/** Trailing dots depend on the order in which the reference happens to walk through dummies. */
function withoutDots(path: readonly string[]): readonly string[] {
  let end = path.length;
  while (end > 0 && path[end - 1] === '.') end--;
  return path.slice(0, end);
}

function compareTree(tree: FullLogicTree, run: ExpectedRun, comparison: Comparison): void {
  const expectedModels = run.source_model_realizations;
  comparison.equal('number of source models', tree.sourceModels.length, expectedModels.length);
  tree.sourceModels.forEach((model, i) => {
    const expected = expectedModels[i];
    if (!expected) return;
    comparison.equal(`path ${i}`, withoutDots(model.path), withoutDots(expected.path));
    comparison.close(`weight of path ${i}`, model.weight, expected.weight);
    comparison.equal(`samples of path ${i}`, model.samples, expected.samples);
  });
  // a model for all regions stands once in the reference, with the region '*'
  const forAll = run.gmm_tree.regions.includes('*');
  const sets = forAll ? tree.groundMotion.slice(0, 1) : tree.groundMotion;
  const regions = sets.map((set) => set.tectonicRegionType);
  if (!forAll) comparison.equal('regions', regions, run.gmm_tree.regions);
  comparison.equal(
    'models',
    sets.flatMap((set) => set.branches.map(({ id, text }) => [id, text.trim()])),
    run.gmm_tree.branches.map(({ id, model }) => [id, model.trim()]),
  );
  const measures = [...statedMeasures(tree.groundMotion), 'weight'];
  const order = run.gmm_tree.imt_order;
  comparison.equal('measures', measures.toSorted(), order.toSorted());
  comparison.equal('number of realizations', tree.realizations.length, run.realizations.length);
  tree.realizations.forEach((realization, i) => {
    const expected = run.realizations[i];
    if (!expected) return;
    const ids = sets.map(({ branches }, set) => branches[realization.models[set]].id);
    comparison.equal(`models of realization ${i}`, ids, expected.gmm_path);
    const dots = /\.+(?=~)/;
    comparison.equal(`code ${i}`, realization.code.replace(dots, ''), expected.code.replace(dots, ''));
    expected.weights.forEach((weight, k) => {
      const imt = expected.weights.length === 1 ? 'weight' : order[k];
      comparison.close(`weight ${imt} of ${i}`, realization.weightsByImt?.[imt] ?? realization.weight, weight);
    });
  });
}

function compareGroups(groups: readonly SourceGroup[], run: ExpectedRun, comparison: Comparison): void {
  const expected = run.source_groups ?? [];
  const regions = run.gmm_tree.regions;
  const shown = groups.map(({ tectonicRegionType: trt, sourceModels, sources }) => ({
    trt,
    trt_smrs: sourceModels.map((number) => Math.max(regions.indexOf(trt), 0) * 2 ** 24 + number),
    sources: sources.map(({ id }) => id),
  }));
  comparison.equal(
    'source groups',
    shown,
    expected.map(({ trt, trt_smrs, sources }) => ({ trt, trt_smrs, sources: sources.map(({ id }) => id) })),
  );
  groups.forEach((group, g) =>
    group.sources.forEach((source, s) => {
      const other = expected[g]?.sources[s];
      if (other?.id === source.id) compareSource(source, other, comparison);
    }),
  );
}

function compareSource(source: Source, expected: ExpectedSource, comparison: Comparison): void {
  const { id } = source;
  const number = (what: string, got: number | undefined, value: number | null | undefined): void => {
    if (value === undefined || value === null) return;
    comparison.close(`${id} ${what}`, got ?? NaN, value);
  };
  if ('mfd' in source && source.mfd.kind === 'truncatedGutenbergRichter') {
    number('a', source.mfd.aValue, expected.mfd_a_val);
    number('b', source.mfd.bValue, expected.mfd_b_val);
    number('smallest magnitude', source.mfd.minMag, expected.mfd_min_mag);
    number('largest magnitude', source.mfd.maxMag, expected.mfd_max_mag);
  }
  if ('magnitudeScalingRelation' in source && expected.msr !== undefined)
    comparison.equal(`${id} scaling relation`, source.magnitudeScalingRelation, expected.msr);
  if (source.type === 'simpleFault') {
    number('dip', source.geometry.dip, expected.dip);
    number('upper depth', source.geometry.upperSeismogenicDepth, expected.upper_seismogenic_depth);
    number('lower depth', source.geometry.lowerSeismogenicDepth, expected.lower_seismogenic_depth);
    expected.trace?.flat().forEach((value, i) => {
      number(`trace ${i}`, source.geometry.trace[3 * Math.floor(i / 2) + (i % 2)], value);
    });
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

async function runRejections(path: string): Promise<OracleResult[]> {
  const cases = JSON.parse(readFileSync(path, 'utf8')) as Rejection[];
  const results: OracleResult[] = [];
  for (const { id, params, refused, files, realizations, sources } of cases)
    results.push(
      await compared(`rejections ${id}`, async (comparison) => {
        const got = await withFiles(files, (folder) => read(folder, params));
        comparison.equal('refused', typeof got === 'string', refused);
        if (typeof got === 'string') {
          if (!refused) comparison.failures.push(got);
          return;
        }
        comparison.equal(
          'codes',
          got.logicTree.realizations.map(({ code }) => code),
          realizations?.map(({ code }) => code),
        );
        const found = got.groups.flatMap((group) =>
          group.sources.map((source) => [source.id, group.sourceModels, largestMagnitude(source)]),
        );
        comparison.equal('sources', found.toSorted(), sources?.toSorted());
      }),
    );
  return results;
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

async function runLegality(path: string): Promise<OracleResult[]> {
  const { values, sources, rows } = JSON.parse(readFileSync(path, 'utf8')) as Legality;
  const results: OracleResult[] = [];
  for (const { source, uncertainty, refused, source_after: after } of rows)
    results.push(
      await compared(`legality ${source}, ${uncertainty}`, async (comparison) => {
        const set =
          uncertainty === '(none)'
            ? ''
            : `<logicTreeBranchSet branchSetID="bs1" uncertaintyType="${uncertainty}" applyToSources="1"><logicTreeBranch branchID="u"><uncertaintyModel>${values[uncertainty]}</uncertaintyModel><uncertaintyWeight>1.0</uncertaintyWeight></logicTreeBranch></logicTreeBranchSet>`;
        const time = sources[source].includes('nonParametric') ? ' investigation_time="50.0"' : '';
        const files = {
          'smlt.xml': `${HEAD}<logicTree logicTreeID="lt"><logicTreeBranchSet branchSetID="bs0" uncertaintyType="sourceModel"><logicTreeBranch branchID="b1"><uncertaintyModel>m1.xml</uncertaintyModel><uncertaintyWeight>1.0</uncertaintyWeight></logicTreeBranch></logicTreeBranchSet>${set}</logicTree></nrml>`,
          'm1.xml': `${HEAD}<sourceModel name="m"${time}><sourceGroup name="g" tectonicRegion="Active Shallow Crust">${sources[source]}</sourceGroup></sourceModel></nrml>`,
        };
        const got = await withFiles(files, (folder) => read(folder, { gsim: 'BooreAtkinson2008' }));
        comparison.equal('refused', typeof got === 'string', refused);
        if (typeof got === 'string') {
          if (!refused) comparison.failures.push(got);
          return;
        }
        if (after) compareSource(got.groups[0].sources[0], { id: '1', trt_smrs: [0], ...after }, comparison);
      }),
    );
  return results;
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

function compareStream(path: string, comparison: Comparison): void {
  const { streams, arrays, picks } = JSON.parse(readFileSync(path, 'utf8')) as Stream;
  for (const { seed, first_32bit: words, doubles } of streams) {
    const raw = new MersenneTwister(seed);
    const gotWords = words.map(() => raw.nextUint32());
    comparison.equal(`words of seed ${seed}`, gotWords, words);
    const generator = new MersenneTwister(seed);
    const gotDoubles = doubles.map(() => generator.nextDouble());
    comparison.equal(`doubles of seed ${seed}`, gotDoubles, doubles);
  }
  for (const { seed, shape, method, rows } of arrays) {
    const values = randomArray(shape[0], shape[1], seed, method);
    rows.flat().forEach((value, i) => comparison.close(`${method} array of seed ${seed}, ${i}`, values[i], value));
  }
  for (const { weights, x, ...expected } of picks)
    for (const method of ['early_weights', 'late_weights'] as const) {
      const got = x.map((random) => pickBranch(weights, random, method));
      comparison.equal(`picks of ${weights.join(' ')} by ${method}`, got, expected[method]);
    }
}
