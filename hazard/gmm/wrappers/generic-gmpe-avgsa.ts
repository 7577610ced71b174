import { periodText, type Imt } from '../imt.js';
import type { ArgumentDeclaration, Arguments, GroundMotionModel, ModelDeclaration, ModelModule } from '../model.js';
import { CORRELATIONS, type PeriodCorrelation } from '../terms/period-correlation.js';
import { writeNoComponents } from '../sigma.js';
import {
  groundMotionBuffers,
  NO_REQUIREMENTS,
  PASSED_ON,
  WRAPPED_NAME,
  wrappedSpecification,
} from './wrapped-model.js';
import { refusedArgument, unsupportedMeasure } from '../refusals.js';

/** Average spectral acceleration (geometric mean over periods) from a model of spectral acceleration. */

const spectral = (period: number): Imt => ({ name: `SA(${periodText(period)})`, kind: 'SA', period, damping: 5 });

/** The part of an average that one asked measure has: weights of the computed periods, and the correlation of its own. */
interface Average {
  readonly periods: readonly number[];
  /** for each of its periods: computed period below, and the share of the one above */
  readonly below: Int32Array;
  readonly share: Float64Array;
  /** [n, n] */
  readonly correlation: Float64Array;
}

function average(periods: readonly number[], computed: readonly number[], correlation: PeriodCorrelation): Average {
  const n = periods.length;
  const below = new Int32Array(n);
  const share = new Float64Array(n);
  periods.forEach((period, k) => {
    let i = 0;
    while (i < computed.length - 2 && computed[i + 1] <= period) i++;
    below[k] = i;
    const [from, to] = [computed[i], computed[Math.min(i + 1, computed.length - 1)]];
    share[k] = to > from ? (period - from) / (to - from) : 0;
  });
  const matrix = Float64Array.from({ length: n * n }, (_, k) =>
    correlation(periods[Math.floor(k / n)], periods[k % n]),
  );
  return { periods, below, share, correlation: matrix };
}

/** Mean: average of the means; variance: sum over all pairs of correlation times both standard deviations, over n squared. */
function averageModel(
  id: string,
  wrapped: GroundMotionModel,
  averages: (imts: readonly Imt[]) => { computed: readonly number[]; of: readonly Average[] },
): GroundMotionModel {
  return {
    id,
    requires: wrapped.requires,
    prepare(imts, sites, capacity) {
      const { computed, of } = averages(imts);
      const evaluate = wrapped.prepare(computed.map(spectral), sites, capacity);
      const own = groundMotionBuffers(computed.length, capacity);
      const sigma = new Float64Array(Math.max(...of.map(({ periods }) => periods.length)));
      return (batch, out) => {
        evaluate(batch, own);
        for (let m = 0; m < of.length; m++) {
          const { below, share, correlation } = of[m];
          const n = below.length;
          for (let i = 0; i < batch.size; i++) {
            let mean = 0;
            let variance = 0;
            for (let k = 0; k < n; k++) {
              const p = below[k];
              const f = share[k];
              let mu = own.mean[p][i];
              let s = own.total[p][i];
              if (f !== 0) {
                mu += f * (own.mean[p + 1][i] - mu);
                s += f * (own.total[p + 1][i] - s);
              }
              mean += mu;
              sigma[k] = s;
              let row = 0;
              for (let l = 0; l < k; l++) row += correlation[k * n + l] * sigma[l];
              variance += s * (correlation[k * n + k] * s + 2 * row);
            }
            out.mean[m][i] = mean / n;
            out.total[m][i] = Math.sqrt(variance) / n;
          }
          writeNoComponents(out, m, batch.size);
        }
      };
    },
  };
}

const CORRELATION: ArgumentDeclaration = {
  name: 'corr_func',
  meaning: 'correlation between periods; none: full correlation',
  type: 'text',
  allowed: Object.keys(CORRELATIONS),
};
const COMMON = {
  tectonicRegionType: '',
  component: '',
  standardDeviations: ['total'],
  requires: NO_REQUIREMENTS,
} as const;

const GENERIC_ID = 'GenericGmpeAvgSA';
const GenericGmpeAvgSA: ModelDeclaration = {
  ...COMMON,
  id: GENERIC_ID,
  citation:
    'M. Kohrangi, P. Bazzurro, D. Vamvatsikos, A. Spillatura (2017), Conditional spectrum-based ground motion record selection using average spectral acceleration, Earthquake Engineering & Structural Dynamics 46(10), 1667-1685: AvgSA of fixed periods from a model of SA',
  imts: [{ kind: 'AvgSA' }],
  arguments: [
    WRAPPED_NAME,
    { name: 'avg_periods', meaning: 'periods (s) of the average', type: 'list' },
    { ...CORRELATION, default: 'none' },
    PASSED_ON,
  ],
  async create(args, resources) {
    const periods = args.avg_periods;
    if (!Array.isArray(periods) || periods.length === 0 || !periods.every((p) => typeof p === 'number' && p > 0))
      throw refusedArgument(
        GENERIC_ID,
        'avg_periods',
        `: avg_periods = ${JSON.stringify(periods)} must be a list of periods in s`,
        periods,
        'a list of periods in s',
      );
    const wrapped = await resources.model(wrappedSpecification(args, ['avg_periods', 'corr_func']));
    const computed = [...new Set(periods as number[])].sort((a, b) => a - b);
    const one = average(periods as number[], computed, CORRELATIONS[String(args.corr_func)]);
    return averageModel(GENERIC_ID, wrapped, (imts) => {
      for (const imt of imts) if (imt.name !== 'AvgSA') throw unsupportedMeasure(GENERIC_ID, imt, 'AvgSA');
      return { computed, of: imts.map(() => one) };
    });
  },
};

const INDIRECT_ID = 'GmpeIndirectAvgSA';
/** more periods than this are interpolated */
const OWN_ARGUMENTS = ['corr_func', 't_low', 't_high', 'n_per', 'max_num_per'];

const GmpeIndirectAvgSA: ModelDeclaration = {
  ...COMMON,
  id: INDIRECT_ID,
  citation:
    'AvgSA(T): geometric mean of SA at evenly spaced periods around T, from a model of SA, as the OpenQuake engine defines it',
  imts: [{ kind: 'AvgSA' }],
  arguments: [
    WRAPPED_NAME,
    CORRELATION,
    { name: 't_low', meaning: 'first period over T', type: 'number', default: 0.2 },
    { name: 't_high', meaning: 'last period over T', type: 'number', default: 1.5 },
    { name: 'n_per', meaning: 'number of periods of each average', type: 'number', default: 10, range: [2, 1000] },
    {
      name: 'max_num_per',
      meaning:
        'with more periods than this in total, so many evenly spaced ones are computed and the rest interpolated',
      type: 'number',
      default: 30,
      range: [2, 1000],
    },
    PASSED_ON,
  ],
  notes:
    'Whether periods are interpolated depends on how many measures are asked for at once, as in the reference engine.',
  async create(args, resources) {
    const wrapped = await resources.model(wrappedSpecification(args, OWN_ARGUMENTS));
    return averageModel(INDIRECT_ID, wrapped, (imts) => indirectAverages(args, imts));
  },
};

function evenly(from: number, to: number, count: number): number[] {
  return Array.from({ length: count }, (_, k) => (k === count - 1 ? to : from + (k * (to - from)) / (count - 1)));
}

function indirectAverages(args: Arguments, imts: readonly Imt[]) {
  const correlation = CORRELATIONS[String(args.corr_func)];
  for (const imt of imts)
    if (imt.kind !== 'AvgSA' || !(imt.period > 0)) throw unsupportedMeasure(INDIRECT_ID, imt, 'AvgSA(T)');
  const sets = imts.map(({ period }) =>
    evenly(Number(args.t_low) * period, Number(args.t_high) * period, Number(args.n_per)),
  );
  const all = [...new Set(sets.flat())].sort((a, b) => a - b);
  const computed =
    sets.flat().length > Number(args.max_num_per) ? evenly(all[0], all[all.length - 1], Number(args.max_num_per)) : all;
  return { computed, of: sets.map((periods) => average(periods, computed, correlation)) };
}

export const models: ModelModule['models'] = [GenericGmpeAvgSA, GmpeIndirectAvgSA];
