import assert from 'node:assert/strict';
import { mapValues } from '../../../calculators/postclassical/curve-writer.js';
import { CurveStatistics } from '../../../calculators/postclassical/curve-statistics.js';
import { RealizationCurves } from '../../../calculators/postclassical/realization-curves.js';
import { choiceModel, meanCounts, rateColumns } from '../../../hazard/logictree/choice-model.js';
import { compileChoices } from '../../../hazard/statistics/circuit/compile-choices.js';
import type { Condition } from '../../../hazard/logictree/choices.js';
import { combineAll } from '../../../hazard/logictree/expansion.js';
import type { FullLogicTree, GroundMotionBranch, SourceGroup } from '../../../hazard/logictree/logic-tree.js';
import { Sequence } from '../../../hazard/logictree/sequence.js';
import type { Statistic } from '../../../hazard/statistics/statistic.js';
import { assertClose } from '../../tolerance.js';

const SINGLE_PRECISION = { rtol: 1e-6 };

/** Two source models of weights 0.6 and 0.4; two regions, the first with one ground-motion model, the second with two. */
function logicTree(weightsByImt: readonly Record<string, number>[] = [{}, {}]): FullLogicTree {
  const branch = (id: string, weight: number, byImt: Record<string, number> = {}): GroundMotionBranch => {
    return { id, specification: { name: 'X', arguments: {} }, text: `[${id}]`, weight, weightsByImt: byImt };
  };
  const groundMotion = [
    {
      id: 'a',
      tectonicRegionType: 'A',
      branches: [branch('a0', 1, weightsByImt[0].PGA === undefined ? {} : { PGA: 1 })],
    },
    {
      id: 'b',
      tectonicRegionType: 'B',
      branches: [branch('b0', 0.5, weightsByImt[0]), branch('b1', 0.5, weightsByImt[1])],
    },
  ];
  const sourceModels = Sequence.of(
    [0.6, 0.4].map((weight, k) => ({ name: '', path: [`m${k}`], code: 'AB'[k], weight, samples: 2 })),
  );
  return {
    sourceModelFile: '',
    sourceModelBranchSets: [],
    sourceModelSets: [],
    sourceModels,
    sourceModelChoices: [{ weights: Float64Array.of(0.6, 0.4) }],
    choicesOf: (sourceModel) => [sourceModel],
    groundMotionFile: '',
    groundMotion,
    samples: 0,
    samplingMethod: 'early_weights',
    seed: 42,
    realizations: combineAll(sourceModels, 1, groundMotion),
  };
}

function group(tectonicRegionType: string, where: readonly Condition[]): SourceGroup {
  const interdependence = { sources: 'independent', ruptures: 'independent', probability: 1 } as const;
  return { tectonicRegionType, name: '', where, sourceModels: undefined, interdependence, sources: [] };
}
const inModel = (number: number): Condition => new Map([[0, [number]]]);
/** region A in both source models, region B differs */
const GROUPS = [group('A', [new Map()]), group('B', [inModel(0)]), group('B', [inModel(1)])];
/** annual rates by column: (A, a0), (B of model 0, b0), (.., b1), (B of model 1, b0), (.., b1) */
const RATES = [[1e-3, 1e-4], [2e-3, 2e-4], [3e-3, 3e-4], [4e-3, 4e-4], undefined];
const EXPECTED_RATES = [
  [3e-3, 3e-4],
  [4e-3, 4e-4],
  [5e-3, 5e-4],
  [1e-3, 1e-4],
];
const WEIGHTS = [0.3, 0.3, 0.2, 0.2];
const MEAN: Statistic = { name: 'mean', kind: 'mean' };

function statistics(wanted: readonly Statistic[], useRates = false, tree = logicTree(), groups = GROUPS): Float32Array {
  const out = new Float32Array(wanted.length * 2);
  const model = choiceModel(tree, groups, rateColumns(tree, groups));
  new CurveStatistics({
    circuit: compileChoices(model.choices, model.rows),
    weightsByMeasure: [model.weightsByMeasure.get('PGA') ?? model.choices.map(({ weights }) => weights)],
    levels: [Float64Array.of(0.1, 0.2)],
    investigationTime: 50,
    statistics: wanted,
    useRates,
    exactLimit: 1000,
    quantileError: 1e-3,
  }).site(RATES, out);
  return out;
}

function realizations(groups: readonly SourceGroup[]): Float32Array {
  const tree = logicTree();
  const rates = new RealizationCurves(tree, groups, rateColumns(tree, groups), 2, 50);
  const out = new Float32Array(8);
  rates.site(RATES);
  rates.probabilities(0, 3, out);
  rates.probabilities(3, 4, out.subarray(6));
  return out;
}

const probability = (rate: number): number => -Math.expm1(-50 * rate);

describe('curves from rates', () => {
  it('add the rates of the groups and models that a realization chooses', () => {
    const curves = realizations(GROUPS);
    EXPECTED_RATES.flat().forEach((rate, k) => assertClose(curves[k], probability(rate), SINGLE_PRECISION));
  });

  it('count a group twice that stands twice below a source model', () => {
    const twice = [group('A', [new Map(), inModel(0)]), ...GROUPS.slice(1)];
    assertClose(realizations(twice)[0], probability(4e-3), SINGLE_PRECISION);
    assertClose(realizations(twice)[4], probability(5e-3), SINGLE_PRECISION);
    const mean = 0.3 * probability(4e-3) + 0.3 * probability(5e-3) + 0.2 * probability(5e-3) + 0.2 * probability(1e-3);
    assertClose(statistics([MEAN], false, logicTree(), twice)[0], mean, SINGLE_PRECISION);
  });

  it('take the mean over probabilities, or over rates when the job says so', () => {
    const weighted = (value: (rate: number) => number): number =>
      EXPECTED_RATES.reduce((sum, [rate], r) => sum + WEIGHTS[r] * value(rate), 0);
    assertClose(statistics([MEAN])[0], weighted(probability), SINGLE_PRECISION);
    assertClose(statistics([MEAN], true)[0], probability(weighted((rate) => rate)), SINGLE_PRECISION);
  });

  it('give every statistic its row', () => {
    const [mean, , std, , median, , max] = statistics([
      MEAN,
      { name: 'std', kind: 'std' },
      { name: 'quantile-0.5', kind: 'quantile', q: 0.5 },
      { name: 'max', kind: 'max' },
    ]);
    const variance = EXPECTED_RATES.reduce((sum, [rate], r) => sum + WEIGHTS[r] * (probability(rate) - mean) ** 2, 0);
    assertClose(std, Math.sqrt(variance), SINGLE_PRECISION);
    // sorted: 1e-3 up to 0.2, 3e-3 up to 0.5
    assertClose(median, probability(3e-3), SINGLE_PRECISION);
    assertClose(max, probability(5e-3), SINGLE_PRECISION);
  });

  it('use the weights of the measure where the tree gives them', () => {
    const tree = logicTree([{ PGA: 0 }, { PGA: 1 }]);
    assertClose(
      statistics([MEAN], false, tree)[0],
      0.6 * probability(4e-3) + 0.4 * probability(1e-3),
      SINGLE_PRECISION,
    );
  });

  it('know how often each column counts in the mean', () => {
    const tree = logicTree();
    assert.deepEqual(meanCounts(choiceModel(tree, GROUPS, rateColumns(tree, GROUPS))), [1, 0.3, 0.3, 0.2, 0.2]);
  });

  it('fall with the level also where a convolved quantile might be at either end of a gap', () => {
    // half of the paths have rates about 1e-2, half about 1e-4: any value between is a median
    const levels = 12;
    const choices = [
      { weights: Float64Array.of(0.5, 0.5) },
      ...Array.from({ length: 12 }, () => ({ weights: Float64Array.of(0.25, 0.5, 0.25) })),
    ];
    const rows = choices.flatMap(({ weights }, choice) =>
      Array.from(weights, (_, branch) => ({ conditions: [new Map([[choice, [branch]]])] })),
    );
    for (const seed of [4, 9, 19, 29]) {
      let state = seed * 7919;
      const random = (): number => (state = (state * 1103515245 + 12345) % 2147483648) / 2147483648;
      const rates = choices.flatMap(({ weights }, choice) =>
        Array.from(weights, (_, branch) => {
          const rate = choice === 0 ? [1e-2, 1e-4][branch] : 1e-6 * (1 + branch) * (1 + random());
          return Float64Array.from({ length: levels }, (__, l) => rate * Math.exp(-0.01 * l));
        }),
      );
      const curves = new CurveStatistics({
        circuit: compileChoices(choices, rows),
        weightsByMeasure: [choices.map(({ weights }) => weights)],
        levels: [new Float64Array(levels)],
        investigationTime: 50,
        statistics: [{ name: 'quantile-0.5', kind: 'quantile', q: 0.5 }],
        useRates: false,
        exactLimit: 100,
        quantileError: 1e-3,
      });
      const medians = new Float64Array(levels);
      curves.site(rates, medians);
      assert.ok(curves.quantileBound > 0);
      const [least, most] = [probability(1e-4 * Math.exp(-0.11)), probability(1e-2 + 12 * 6e-6)];
      medians.forEach((median, l) => {
        assert.ok(median >= least && median <= most, `${median} at level ${l}`);
        assert.ok(l === 0 || median <= medians[l - 1], `the median rises at level ${l}`);
      });
    }
  });

  it('give maps measure by measure and probability by probability', () => {
    const out = new Float32Array(4);
    mapValues([Float64Array.of(0.1, 1), Float64Array.of(1, 10)], [0.1, 0.001, 0.1, 0.001], 0, [0.1, 0.01], out, 0);
    [0.1, Math.sqrt(0.1), 1, Math.sqrt(10)].forEach((expected, k) => assertClose(out[k], expected, SINGLE_PRECISION));
  });
});
