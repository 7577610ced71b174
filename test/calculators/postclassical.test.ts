import assert from 'node:assert/strict';
import { CurveBuilder, mapValues, type CurveRequest } from '../../calculators/postclassical.js';
import type { FullLogicTree, Realization } from '../../hazard/logictree/logic-tree.js';

/** Two source models, two regions; the second region has two models, the first one. */
function logicTree(realizations: Realization[]): FullLogicTree {
  const specification = { name: 'X', arguments: {} };
  const branch = (id: string) => ({ id, specification, text: `[${id}]`, weight: 0.5, weightsByImt: {} });
  return {
    sourceModelFile: '',
    sourceModelBranchSets: [],
    sourceModels: [],
    groundMotionFile: '',
    groundMotion: [
      { id: 'a', tectonicRegionType: 'A', branches: [branch('a0')] },
      { id: 'b', tectonicRegionType: 'B', branches: [branch('b0'), branch('b1')] },
    ],
    samples: 0,
    samplingMethod: 'early_weights',
    seed: 42,
    realizations,
  };
}
const REALIZATIONS: Realization[] = [
  { sourceModel: 0, models: [0, 0], code: '', weight: 0.3 },
  { sourceModel: 0, models: [0, 1], code: '', weight: 0.3 },
  { sourceModel: 1, models: [0, 0], code: '', weight: 0.2 },
  { sourceModel: 1, models: [0, 1], code: '', weight: 0.2 },
];
const REQUEST: CurveRequest = {
  logicTree: logicTree(REALIZATIONS),
  // region A in both source models, region B differs
  groupSourceModels: [[0, 1], [0], [1]],
  columns: [
    { group: 0, region: 0, model: 0 },
    { group: 1, region: 1, model: 0 },
    { group: 1, region: 1, model: 1 },
    { group: 2, region: 1, model: 0 },
    { group: 2, region: 1, model: 1 },
  ],
  levels: [Float64Array.of(0.1, 0.2)],
  imts: ['PGA'],
  investigationTime: 50,
  statistics: [
    { name: 'mean', kind: 'mean' },
    { name: 'max', kind: 'max' },
  ],
  useRates: false,
};
const RATES = [[1e-3, 1e-4], [2e-3, 2e-4], [3e-3, 3e-4], [4e-3, 4e-4], undefined];
const EXPECTED_RATES = [
  [3e-3, 3e-4],
  [4e-3, 4e-4],
  [5e-3, 5e-4],
  [1e-3, 1e-4],
];
const RTOL = 1e-6; // single precision

function close(got: number, expected: number): void {
  assert.ok(Math.abs(got - expected) <= RTOL * Math.abs(expected), `${got} expected ${expected}`);
}

describe('curves from rates', () => {
  it('add the rates of the groups and models that a realization chooses', () => {
    const curves = new CurveBuilder(REQUEST).build(RATES);
    EXPECTED_RATES.flat().forEach((rate, k) => close(curves.realizations[k], -Math.expm1(-50 * rate)));
  });

  it('take the mean over probabilities, or over rates when the job says so', () => {
    const mean = (transform: (rate: number) => number, back: (value: number) => number): number =>
      back(REALIZATIONS.reduce((sum, { weight }, r) => sum + weight * transform(EXPECTED_RATES[r][0]), 0));
    close(
      new CurveBuilder(REQUEST).build(RATES).statistics[0],
      mean(
        (rate) => -Math.expm1(-50 * rate),
        (value) => value,
      ),
    );
    close(
      new CurveBuilder({ ...REQUEST, useRates: true }).build(RATES).statistics[0],
      mean(
        (rate) => 50 * rate,
        (value) => -Math.expm1(-value),
      ),
    );
  });

  it('count a group twice whose source model lists it twice', () => {
    const curves = new CurveBuilder({ ...REQUEST, groupSourceModels: [[0, 0, 1], [0], [1]] }).build(RATES);
    close(curves.realizations[0], -Math.expm1(-50 * 4e-3));
    close(curves.realizations[4], -Math.expm1(-50 * 5e-3));
  });

  it('use the weights of the measure where the tree gives them', () => {
    const byImt = REALIZATIONS.map((realization, r) => ({ ...realization, weightsByImt: { PGA: r === 1 ? 1 : 0 } }));
    const curves = new CurveBuilder({ ...REQUEST, logicTree: logicTree(byImt) }).build(RATES);
    close(curves.statistics[0], -Math.expm1(-50 * 4e-3));
  });

  it('give maps measure by measure and probability by probability', () => {
    const out = new Float32Array(4);
    mapValues([Float64Array.of(0.1, 1), Float64Array.of(1, 10)], [0.1, 0.001, 0.1, 0.001], 0, [0.1, 0.01], out, 0);
    [0.1, Math.sqrt(0.1), 1, Math.sqrt(10)].forEach((expected, k) => close(out[k], expected));
  });
});
