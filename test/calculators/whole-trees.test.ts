import assert from 'node:assert/strict';
import fc from 'fast-check';
import { CurveStatistics } from '../../calculators/postclassical/curve-statistics.js';
import { RealizationCurves } from '../../calculators/postclassical/realization-curves.js';
import { choiceModel, normalized, rateColumns } from '../../hazard/logictree/choice-model.js';
import { compileChoices } from '../../hazard/statistics/circuit/compile-choices.js';
import { combineAll, groundMotionPathCount } from '../../hazard/logictree/expansion.js';
import type { FullLogicTree, GroundMotionBranchSet, SourceGroup } from '../../hazard/logictree/logic-tree.js';
import { Sequence } from '../../hazard/logictree/sequence.js';
import { LogicTreeGraph } from '../../hazard/logictree/tree.js';
import { meetings, TreeSplitter } from '../../hazard/logictree/tree-splitter.js';
import { WeightedQuantiles } from '../../hazard/statistics/weighted.js';
import { FILES, filesAlong, type RandomTree, randomTree } from '../hazard/logictree/random-source-model-tree.js';
import { assertClose } from '../tolerance.js';

/** what rounding leaves of a rate of 0 */
const TINY = 1e-300;

const MEASURES = ['PGA', 'SA(1.0)'];
const LEVELS = 2;
const TIME = 50;
const QUANTILES = [0.05, 0.5, 0.9];

interface RandomSource {
  readonly file: number;
  readonly region: number;
  readonly sets: readonly number[];
}
interface RandomJob {
  readonly tree: RandomTree;
  readonly groundMotion: readonly GroundMotionBranchSet[];
  readonly sources: readonly RandomSource[];
  readonly seed: number;
}

/** Models of a region; weights for PGA on some, and sets that are chosen together with others of their size. */
const randomRegion = fc.record({
  weights: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 3 }),
  forPga: fc.boolean(),
  together: fc.boolean(),
});
const randomJob: fc.Arbitrary<RandomJob> = fc.record({
  tree: randomTree,
  groundMotion: fc.array(randomRegion, { minLength: 1, maxLength: 3 }).map((regions) =>
    regions.map(({ weights, forPga, together }, region): GroundMotionBranchSet => {
      const shares = normalized(weights);
      // sets of one choice have equal weights
      const equal = shares.map(() => 1 / shares.length);
      return {
        id: `g${region}`,
        tectonicRegionType: `R${region}`,
        ...(together && { choice: `${weights.length} together` }),
        branches: weights.map((_, k) => ({
          id: `g${region}${k}`,
          specification: { name: 'X', arguments: {} },
          text: `[${k}]`,
          weight: (together ? equal : shares)[k],
          weightsByImt: weightsByImt(forPga && !together, shares[shares.length - 1 - k]),
        })),
      };
    }),
  ),
  sources: fc.array(fc.record({ file: fc.nat(FILES - 1), region: fc.nat(2), sets: fc.subarray([0, 1, 2, 3, 4]) }), {
    minLength: 1,
    maxLength: 5,
  }),
  seed: fc.nat(2 ** 30),
});

const weightsByImt = (stated: boolean, PGA: number): Record<string, number> => (stated ? { PGA } : {});

function logicTree({ tree, groundMotion }: RandomJob): FullLogicTree {
  const graph = new LogicTreeGraph(tree.sets);
  const { paths } = graph;
  const met = meetings(graph);
  const samples = groundMotionPathCount(groundMotion);
  const sourceModels = new Sequence(paths.length, (number) => {
    const { ids: path, code, weight } = paths.at(number);
    return { name: '', path, code, weight, samples };
  });
  return {
    sourceModelFile: '',
    sourceModelBranchSets: [],
    sourceModelSets: tree.sets,
    sourceModels,
    sourceModelChoices: tree.sets.map(({ branches }, set) => ({
      weights: normalized(branches.map(({ weight }) => weight)),
      ...(met[set] && { met: met[set] }),
    })),
    choicesOf: (number) => paths.at(number).choices,
    groundMotionFile: '',
    groundMotion,
    samples: 0,
    samplingMethod: '',
    seed: 0,
    realizations: combineAll(sourceModels, graph.totalWeight, groundMotion),
  };
}

/** What the job computes, by the code under test, and the same path by path as the format defines it. */
function both(job: RandomJob) {
  const tree = logicTree(job);
  const graph = new LogicTreeGraph(job.tree.sets);
  const splitter = new TreeSplitter(graph, job.tree.files);
  const groups: SourceGroup[] = [];
  const variants: { source: RandomSource; sets: readonly number[]; taken: readonly number[] }[] = [];
  for (const source of job.sources) {
    const sets = source.sets.filter((set) => set < job.tree.sets.length);
    for (const { taken, where } of splitter.split(source.file, sets)) {
      const tectonicRegionType = `R${source.region % job.groundMotion.length}`;
      const interdependence = { sources: 'independent', ruptures: 'independent', probability: 1 } as const;
      groups.push({ tectonicRegionType, name: '', where, sourceModels: undefined, interdependence, sources: [] });
      variants.push({ source, sets, taken });
    }
  }
  const columns = rateColumns(tree, groups);
  let state = job.seed;
  const draw = (): number => (state = (state * 1103515245 + 12345) % 2 ** 31) / 2 ** 31;
  const rates = columns.map(() =>
    Float64Array.from({ length: 2 * LEVELS }, (_, l) => 10 ** (-2 - (l % 2) * 5 - draw())),
  );
  const numbers = Array.from(tree.realizations, ({ sourceModel, models }) => {
    const path = graph.paths.at(sourceModel);
    const files = filesAlong(job.tree, path);
    const sum = new Float64Array(2 * LEVELS);
    columns.forEach(({ group, region, model }, c) => {
      const { source, sets, taken } = variants[group];
      if (models[region] !== model || !sets.every((set, k) => path.choices[set] === taken[k])) return;
      const times = files.filter((file) => file === source.file).length;
      for (let l = 0; l < sum.length; l++) sum[l] += times * TIME * rates[c][l];
    });
    return sum;
  });
  return { tree, groups, columns, rates, numbers };
}

describe('statistics of whole trees', () => {
  it('are those of the list of all realizations', () => {
    fc.assert(
      fc.property(randomJob, fc.boolean(), (job, useRates) => {
        const { tree, groups, columns, rates, numbers } = both(job);
        if (columns.length === 0 || tree.realizations.length > 5000) return;
        const model = choiceModel(tree, groups, columns);
        const plain = model.choices.map(({ weights }) => weights);
        const statistics = new CurveStatistics({
          circuit: compileChoices(model.choices, model.rows),
          weightsByMeasure: MEASURES.map((imt) => model.weightsByMeasure.get(imt) ?? plain),
          levels: MEASURES.map(() => new Float64Array(LEVELS)),
          investigationTime: TIME,
          statistics: [
            { name: 'mean', kind: 'mean' },
            { name: 'std', kind: 'std' },
            { name: 'max', kind: 'max' },
            ...QUANTILES.map((q) => ({ name: `quantile-${q}`, kind: 'quantile' as const, q })),
          ],
          useRates,
          exactLimit: 1e6,
          quantileError: 1e-3,
        });
        const size = LEVELS * MEASURES.length;
        const out = new Float64Array(statistics.outputSize);
        statistics.site(rates, out);
        assert.equal(statistics.quantileBound, 0);
        const back = (value: number): number => (useRates ? -Math.expm1(-value) : value);
        for (let l = 0; l < size; l++) {
          const imt = MEASURES[Math.floor(l / LEVELS)];
          const weights = Float64Array.from(tree.realizations, (r) => r.weightsByImt?.[imt] ?? r.weight);
          const total = weights.reduce((sum, weight) => sum + weight, 0);
          const values = Float64Array.from(numbers, (sum) => (useRates ? sum[l] : -Math.expm1(-sum[l])));
          const mean = values.reduce((sum, value, r) => sum + (weights[r] * value) / total, 0);
          const variance = values.reduce((sum, value, r) => sum + (weights[r] * (value - mean) ** 2) / total, 0);
          assertClose(out[l], back(mean), { rtol: 1e-12, atol: TINY }, 'mean');
          assertClose(out[size + l], back(Math.sqrt(variance)), { atol: 1e-9 * back(mean) }, 'std');
          assertClose(out[2 * size + l], back(Math.max(...values)), { rtol: 1e-12, atol: TINY }, 'max');
          const quantiles = new WeightedQuantiles(values.length);
          quantiles.load(values, weights);
          // where a cumulated weight meets q exactly, rounding decides: what lies beside it then is right too
          QUANTILES.forEach((q, k) => {
            const got = out[(3 + k) * size + l];
            const [low, high] = [back(quantiles.at(q - 1e-9)), back(quantiles.at(q + 1e-9))];
            assert.ok(got >= low * (1 - 1e-9) && got <= high * (1 + 1e-9), `quantile ${q}: ${got} not ${low}..${high}`);
          });
        }
      }),
      { numRuns: 1500 },
    );
  });

  it('go with single realizations that can be had one by one', () => {
    fc.assert(
      fc.property(randomJob, (job) => {
        const { tree, groups, columns, rates, numbers } = both(job);
        const single = new RealizationCurves(tree, groups, columns, 2 * LEVELS, TIME);
        single.site(rates);
        const count = Math.min(200, numbers.length);
        const out = new Float32Array(count * 2 * LEVELS);
        single.probabilities(0, count, out);
        for (let k = 0; k < out.length; k++)
          assertClose(
            out[k],
            -Math.expm1(-numbers[Math.floor(k / (2 * LEVELS))][k % (2 * LEVELS)]),
            { rtol: 1e-6, atol: TINY },
            `number ${k}`,
          );
      }),
      { numRuns: 300 },
    );
  });
});
