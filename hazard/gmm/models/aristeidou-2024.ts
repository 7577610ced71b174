import { describeMeasures } from '../common-measures.js';
import { decodeFloats } from '../table-bundle.js';
import { campbellBozorgnia2014Z2, knownDepths } from '../terms/basin-depth.js';
import type { ContextBatch, Requirements } from '../../contexts/context-batch.js';
import type { SiteParameters } from '../../site/site-parameters.js';
import { readTables } from '../coefficients.js';
import type { Imt } from '../imt.js';
import type { GroundMotionModel, ImtRange, ModelDeclaration, ModelModule } from '../model.js';
import { unsupportedMeasure } from '../refusals.js';

const { constants } = readTables(import.meta.url, 'aristeidou-2024');

/** Measure, component, period (s), standard deviations (log10: total, between, within), one row for each output of the network. */
type Output = readonly [kind: string, component: string, period: number, total: number, inter: number, intra: number];
const OUTPUTS = constants?.outputs as readonly Output[];
/** Weights [neuron][input] of the three layers and what is added to each neuron. */
const [FIRST, HIDDEN, LAST] = (constants?.layers as readonly Readonly<Record<'biases' | 'weights', string>>[]).map(
  ({ biases, weights }) => ({ biases: decodeFloats(biases), weights: decodeFloats(weights) }),
);
const INPUTS = FIRST.biases.length;
const NEURONS = HIDDEN.biases.length;

/** Least and greatest value of the inputs in the data of the network: rjb, rrup, depth of the hypocentre (km), magnitude, vs30 (m/s), style, z2pt5 (m), rx, ztor (km). */
const LIMITS: readonly (readonly [least: number, greatest: number])[] = [
  [0, 299.44],
  [0.07, 299.59],
  [2.3, 18.65],
  [4.5, 7.9],
  [106.83, 1269.78],
  [0, 4],
  [0, 7780],
  [-297.13, 292.39],
  [0, 16.23],
];

/** 0 strike-slip, 1 normal, 2 reverse, 3 reverse-oblique, 4 normal-oblique. */
function styleNumber(rake: number): number {
  if (rake > -120 && rake <= -60) return 1;
  if (rake > 60 && rake <= 120) return 2;
  if ((rake > 30 && rake <= 60) || (rake > 120 && rake <= 150)) return 3;
  return (rake > -150 && rake <= -120) || (rake > -60 && rake <= -30) ? 4 : 0;
}

/** Outputs at both sides of a measure and the share of the second, linear in ln T. Errors: Refusal for a measure that is not there. */
function outputsOf(id: string, imts: readonly ImtRange[], component: string, imt: Imt) {
  if (!imts.some(({ kind }) => kind === imt.kind) || imt.damping !== 5)
    throw unsupportedMeasure(id, imt, describeMeasures(imts));
  const mine = OUTPUTS.map((output, index) => ({ output, index })).filter(
    ({ output: [kind, of] }) => kind === imt.kind && (of === '' || of === component),
  );
  const above = imt.period > 0 ? mine.findIndex(({ output }) => output[2] >= imt.period) : 0;
  const upper = mine[above];
  if (above < 0 || (above === 0 && upper.output[2] > imt.period))
    throw unsupportedMeasure(id, imt, describeMeasures(imts));
  if (above === 0 || upper.output[2] === imt.period) return { lower: upper, upper, share: 0 };
  const lower = mine[above - 1];
  return { lower, upper, share: Math.log(imt.period / lower.output[2]) / Math.log(upper.output[2] / lower.output[2]) };
}

/** The second layer of the network for each context of a batch, [context][neuron]. */
function hiddenLayer({ numeric: { vs30, z2pt5 } }: SiteParameters, capacity: number) {
  const depths = knownDepths(z2pt5, vs30, campbellBozorgnia2014Z2);
  const inputs = new Float64Array(INPUTS);
  const first = new Float64Array(INPUTS);
  const hidden = new Float64Array(capacity * NEURONS);
  const set = (k: number, value: number) => {
    const [least, greatest] = LIMITS[k];
    inputs[k] = (6 * (value - least)) / (greatest - least) - 3;
  };
  return (batch: ContextBatch): Float64Array => {
    for (let r = 0; r < batch.ruptures; r++) {
      set(2, batch.hypoDepth[r]);
      set(3, batch.mag[r]);
      set(5, styleNumber(batch.rake[r]));
      set(8, batch.ztor[r]);
      for (let i = batch.start[r]; i < batch.start[r + 1]; i++) {
        set(0, batch.rjb[i]);
        set(1, batch.rrup[i]);
        set(4, vs30[batch.site[i]]);
        set(6, 1000 * depths[batch.site[i]]);
        set(7, batch.rx[i]);
        softmaxLayer(inputs, first);
        tanhLayer(first, hidden, i * NEURONS);
      }
    }
    return hidden;
  };
}

function softmaxLayer(inputs: Float64Array, out: Float64Array): void {
  let sum = 0;
  for (let n = 0; n < INPUTS; n++) {
    let x = FIRST.biases[n];
    for (let k = 0; k < INPUTS; k++) x += FIRST.weights[n * INPUTS + k] * inputs[k];
    out[n] = x;
  }
  const greatest = out.reduce((a, b) => Math.max(a, b));
  for (let n = 0; n < INPUTS; n++) sum += out[n] = Math.exp(out[n] - greatest);
  for (let n = 0; n < INPUTS; n++) out[n] /= sum;
}

function tanhLayer(inputs: Float64Array, out: Float64Array, from: number): void {
  for (let n = 0; n < NEURONS; n++) {
    let x = HIDDEN.biases[n];
    for (let k = 0; k < INPUTS; k++) x += HIDDEN.weights[n * INPUTS + k] * inputs[k];
    out[from + n] = Math.tanh(x);
  }
}

/** A network: a layer of 9 neurons (softmax), one of 150 (tanh), and 169 linear outputs, the log10 of measures of several components. */
function declaration(id: string, component: string, described: string, plain: readonly ImtRange[]): ModelDeclaration {
  const imts: ImtRange[] = [
    ...plain,
    { kind: 'SA', minimum: 0.01, maximum: 5 },
    { kind: 'Sa_avg2', minimum: 0.1, maximum: 4 },
    { kind: 'Sa_avg3', minimum: 0.1, maximum: 4 },
  ];
  const requires: Requirements = {
    rupture: ['mag', 'rake', 'hypoDepth', 'ztor'],
    distances: ['rjb', 'rrup', 'rx'],
    site: ['vs30', 'z2pt5'],
  };
  const model: GroundMotionModel = {
    id,
    requires,
    prepare(measures, sites, capacity) {
      const outputs = measures.map((imt) => {
        const { lower, upper, share } = outputsOf(id, imts, component, imt);
        const blend = (a: number, b: number) => Math.LN10 * (a + (b - a) * share);
        return {
          bias: blend(LAST.biases[lower.index], LAST.biases[upper.index]),
          weights: Float64Array.from({ length: NEURONS }, (_, n) =>
            blend(LAST.weights[lower.index * NEURONS + n], LAST.weights[upper.index * NEURONS + n]),
          ),
          total: blend(lower.output[3], upper.output[3]),
          inter: blend(lower.output[4], upper.output[4]),
          intra: blend(lower.output[5], upper.output[5]),
        };
      });
      const layer = hiddenLayer(sites, capacity);
      return (batch, out) => {
        const hidden = layer(batch);
        outputs.forEach(({ bias, weights, total, inter, intra }, m) => {
          for (let i = 0; i < batch.size; i++) {
            let ln = bias;
            for (let n = 0; n < NEURONS; n++) ln += weights[n] * hidden[i * NEURONS + n];
            out.mean[m][i] = ln;
          }
          out.total[m].fill(total, 0, batch.size);
          out.inter[m].fill(inter, 0, batch.size);
          out.intra[m].fill(intra, 0, batch.size);
        });
      };
    },
  };
  return {
    id,
    citation:
      'S. Aristeidou, D. Shahnazaryan, G. J. O’Reilly (2024), Artificial neural network-based ground motion model for next-generation seismic intensity measures, Soil Dynamics and Earthquake Engineering 184, 108851',
    tectonicRegionType: 'Active Shallow Crust',
    imts,
    component: described,
    standardDeviations: ['total', 'inter', 'intra'],
    requires,
    arguments: [],
    create: () => model,
  };
}

export const models: ModelModule['models'] = [
  declaration('AristeidouEtAl2024', 'RotD50', 'Average Horizontal (RotD50)', [
    { kind: 'PGA' },
    { kind: 'PGV' },
    { kind: 'PGD' },
  ]),
  declaration('AristeidouEtAl2024Geomean', 'geomean', 'Average Horizontal (geometric mean)', [
    { kind: 'RSD575' },
    { kind: 'RSD595' },
    { kind: 'FIV3', minimum: 0.1, maximum: 4 },
  ]),
  declaration('AristeidouEtAl2024RotD100', 'RotD100', 'Horizontal Maximum Direction (RotD100)', []),
];
