import type { Imt } from '../imt.js';
import { NO_REQUIREMENTS, type Modification } from './wrapped-model.js';
import { refusal } from '../../refusal.js';

/**
 * Conversion of horizontal components to the geometric mean. Sources: K. Beyer, J. J. Bommer (2006), Bulletin of the
 * Seismological Society of America 96(4A), 1512-1522 (GMRotI50, random); D. M. Boore, T. Kishida (2017), ibid. 107(1), 317-334
 * (RotD50, larger of two).
 */
interface Conversion {
  /** ln of the median of the component over that of the geometric mean */
  readonly lnRatio: number;
  /** variance that the component has more */
  readonly variance: number;
  /** total standard deviation of the component over that of the geometric mean, after that */
  readonly sigmaRatio: number;
}
const NONE: Conversion = { lnRatio: 0, variance: 0, sigmaRatio: 1 };

/** Median ratio at four periods (s), constant outside and linear in ln of the period between. */
interface RatioSteps {
  readonly peak: number;
  readonly periods: readonly number[];
  readonly ratios: readonly number[];
}
const ROT_D50: RatioSteps = {
  peak: 1.009,
  periods: [0.09, 0.58, 4.59, 8.93],
  ratios: [1.009, 1.028, 1.042, 1.077],
};
const LARGER: RatioSteps = {
  peak: 1.117,
  periods: [0.1, 0.53, 4.48, 8.7],
  ratios: [1.117, 1.165, 1.195, 1.266],
};

/** Standard deviation that the component has more, up to 0.15 s and from 0.8 s, and of PGA and PGV; ratio of the rest. */
interface ExtraSigma {
  readonly short: number;
  readonly long: number;
  readonly pga: number;
  readonly pgv: number;
  readonly ratio: number;
  readonly peakRatio: number;
}
const GMROT_I50: ExtraSigma = { short: 0.03, long: 0.04, pga: 0.02, pgv: 0.03, ratio: 1, peakRatio: 1 };
const RANDOM: ExtraSigma = { short: 0.07, long: 0.11, pga: 0.07, pgv: 0.07, ratio: 1.05, peakRatio: 1.03 };

const CONVERSIONS: Readonly<Record<string, (imt: Imt) => Conversion>> = {
  'Average Horizontal (RotD50)': (imt) => ratioConversion(ROT_D50, imt),
  'Greater of two horizontal': (imt) => ratioConversion(LARGER, imt),
  'Average Horizontal (GMRotI50)': (imt) => sigmaConversion(GMROT_I50, imt),
  'Random horizontal': (imt) => sigmaConversion(RANDOM, imt),
};

function ratioConversion({ peak, periods, ratios }: RatioSteps, imt: Imt): Conversion {
  if (imt.kind === 'PGA') return { ...NONE, lnRatio: Math.log(peak) };
  if (imt.kind !== 'SA') return NONE;
  const last = periods.length - 1;
  let ratio = ratios[0];
  if (imt.period >= periods[last]) ratio = ratios[last];
  else if (imt.period > periods[0]) {
    let k = 0;
    while (periods[k + 1] < imt.period) k++;
    const fraction = Math.log(imt.period / periods[k]) / Math.log(periods[k + 1] / periods[k]);
    ratio = ratios[k] + fraction * (ratios[k + 1] - ratios[k]);
  }
  return { ...NONE, lnRatio: Math.log(ratio) };
}

function sigmaConversion({ short, long, pga, pgv, ratio, peakRatio }: ExtraSigma, imt: Imt): Conversion {
  const of = (sigma: number, sigmaRatio: number): Conversion => ({ lnRatio: 0, variance: sigma * sigma, sigmaRatio });
  if (imt.kind === 'PGA') return of(pga, peakRatio);
  if (imt.kind === 'PGV') return of(pgv, peakRatio);
  if (imt.kind !== 'SA') return NONE;
  const fraction = Math.log(imt.period / 0.15) / Math.log(0.8 / 0.15);
  return of(short + (long - short) * Math.min(Math.max(fraction, 0), 1), ratio);
}

/** Whether a component (as declarations name it) can be converted; the geometric mean itself is not. */
export function isConvertible(component: string): boolean {
  return component in CONVERSIONS;
}

const GEOMETRIC_MEAN = 'Average Horizontal';

/**
 * Converts median and total standard deviation of a model; tau and phi stay, and so does all of a geometric mean.
 * Errors: Refusal for another component.
 */
export function toGeometricMean(component: string): Modification {
  if (component === GEOMETRIC_MEAN) return { requires: NO_REQUIREMENTS, prepare: () => () => {} };
  if (!isConvertible(component))
    throw refusal(
      'MODEL_ARGUMENT',
      `the horizontal component '${component}' cannot be converted to the geometric mean (only ${Object.keys(CONVERSIONS).join(', ')})`,
    );
  return {
    requires: NO_REQUIREMENTS,
    prepare(imts) {
      const conversions = imts.map(CONVERSIONS[component]);
      return ({ size }, { mean, total }) => {
        for (let m = 0; m < conversions.length; m++) {
          const { lnRatio, variance, sigmaRatio } = conversions[m];
          for (let i = 0; i < size; i++) {
            mean[m][i] -= lnRatio;
            total[m][i] = Math.sqrt(total[m][i] * total[m][i] - variance) / sigmaRatio;
          }
        }
      };
    },
  };
}
