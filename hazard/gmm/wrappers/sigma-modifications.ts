import { atMagnitude, panelSiteToSite, phiSteps, tauSteps } from '../terms/al-atik-2015.js';
import type { ContextBatch } from '../../contexts/context-batch.js';
import type { Imt } from '../imt.js';
import type { Arguments, GroundMotion } from '../model.js';
import { valueByMeasure } from '../value-by-measure.js';
import { NO_REQUIREMENTS, type Modification } from './wrapped-model.js';
import { refusedArgument } from '../refusals.js';

/** Changes of the median and of the standard deviations by numbers of the user: options of ModifiableGMPE. */

const ID = 'ModifiableGMPE';

/** A change of one measure after the other; `values` are one number for each measure. */
function perMeasure(
  values: (imt: Imt) => number,
  change: (batch: ContextBatch, out: GroundMotion, m: number, value: number) => void,
): Modification {
  return {
    requires: NO_REQUIREMENTS,
    prepare(imts) {
      const numbers = imts.map(values);
      return (batch, out) => {
        for (let m = 0; m < numbers.length; m++) change(batch, out, m, numbers[m]);
      };
    },
  };
}

/** One number for all measures, or one for each, interpolated between periods as coefficients are. */
function valueOf(given: number | Arguments, name: string): (imt: Imt) => number {
  return typeof given === 'number' ? () => given : valueByMeasure(ID, name, given)!;
}

/** mean + epsilon tau; the total is the within-event part, tau 0. Errors: Refusal if the model has no tau. */
export function betweenEpsilon(epsilon: number): Modification {
  return perMeasure(
    () => epsilon,
    ({ size }, { mean, total, inter, intra }, m, value) => {
      let any = size === 0;
      for (let i = 0; i < size; i++) {
        any ||= inter[m][i] > 0;
        mean[m][i] += value * inter[m][i];
        total[m][i] = intra[m][i];
        inter[m][i] = 0;
      }
      if (!any)
        throw refusedArgument(
          ID,
          'set_between_epsilon',
          ': set_between_epsilon needs a model with a between-event standard deviation',
        );
    },
  );
}

/** The median times a factor, one for all measures or by measure. */
export function scaledMedian(factor: number | Arguments): Modification {
  const value = valueOf(factor, 'scaling_factor');
  return perMeasure(
    (imt) => Math.log(value(imt)),
    ({ size }, { mean }, m, shift) => {
      for (let i = 0; i < size; i++) mean[m][i] += shift;
    },
  );
}

/** The total standard deviation times a factor, one for all measures or by measure. */
export function scaledTotal(factor: number | Arguments): Modification {
  return perMeasure(valueOf(factor, 'scaling_factor'), ({ size }, { total }, m, value) => {
    for (let i = 0; i < size; i++) total[m][i] *= value;
  });
}

/** A fixed total standard deviation by measure, ln. */
export function fixedTotal(sigma: Arguments): Modification {
  return perMeasure(valueOf(sigma, 'total_sigma'), ({ size }, { total }, m, value) => {
    total[m].fill(value, 0, size);
  });
}

/** total^2 + delta^2; a negative delta is taken off. */
export function deltaOfTotal(delta: number): Modification {
  const variance = Math.sign(delta) * delta * delta;
  return perMeasure(
    () => variance,
    ({ size }, { total }, m, value) => {
      for (let i = 0; i < size; i++) total[m][i] = Math.sqrt(total[m][i] * total[m][i] + value);
    },
  );
}

/** tau^2 + delta^2 in place of the total variance; a negative delta is taken off. */
export function totalFromTau(delta: number): Modification {
  const variance = Math.sign(delta) * delta * delta;
  return perMeasure(
    () => variance,
    ({ size }, { total, inter }, m, value) => {
      for (let i = 0; i < size; i++) total[m][i] = Math.sqrt(inter[m][i] * inter[m][i] + value);
    },
  );
}

/** tau = sigma / sqrt(1 + ratio^2), phi = ratio tau. */
export function splitByRatio(ratio: number): Modification {
  const share = 1 / Math.sqrt(1 + ratio * ratio);
  return perMeasure(
    () => share,
    ({ size }, { total, inter, intra }, m, value) => {
      for (let i = 0; i < size; i++) {
        inter[m][i] = total[m][i] * value;
        intra[m][i] = ratio * inter[m][i];
      }
    },
  );
}

/** Al Atik (2015) with the global single-station model; ergodic: site-to-site variability of the 2018 US panel is added. */
export function alAtikSigma(tauModel: string, ergodic: boolean): Modification {
  return {
    requires: { rupture: ['mag'], distances: [], site: ergodic ? ['vs30'] : [] },
    prepare(imts, sites) {
      const terms = imts.map((imt) => ({
        tau: tauSteps(tauModel, imt),
        phi: phiSteps('global', imt, ID),
        site: ergodic ? panelSiteToSite(imt, ID, sites.numeric.vs30) : new Float64Array(sites.size),
      }));
      return (batch, { total, inter, intra }) => {
        for (let m = 0; m < terms.length; m++) {
          const { tau, phi, site } = terms[m];
          for (let r = 0; r < batch.ruptures; r++) {
            const t = atMagnitude(tau, batch.mag[r]);
            const p = atMagnitude(phi, batch.mag[r]);
            for (let i = batch.start[r]; i < batch.start[r + 1]; i++) {
              const s = site[batch.site[i]];
              inter[m][i] = t;
              intra[m][i] = Math.sqrt(p * p + s * s);
              total[m][i] = Math.sqrt(t * t + intra[m][i] * intra[m][i]);
            }
          }
        }
      };
    },
  };
}
