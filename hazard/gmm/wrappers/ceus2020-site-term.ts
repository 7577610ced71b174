import { CoefficientTable, readTables } from '../coefficients.js';
import { parseImt } from '../imt.js';
import type { GroundMotionModel } from '../model.js';
import { refusedArgument, unsupportedVelocity } from '../refusals.js';
import { F760, linearTerm, nonlinearSlope } from '../terms/stewart-hashash-2020.js';
import { groundMotionBuffers, withSiteValue, type Modification } from './wrapped-model.js';

/*
 * Site term of central and eastern North America on top of another model. Linear: J. P. Stewart et al. (2020), Earthquake Spectra
 * 36(1), 42-68, equations 3 and 5; nonlinear: Y. M. A. Hashash et al. (2020), Earthquake Spectra 36(1), 69-111, equations 2 and 3.
 */

const { tables } = readTables(import.meta.url, 'ceus2020-site-term');
const LINEAR = new CoefficientTable(tables.linear);
const OWN_F760 = new CoefficientTable(tables.f760);
const NONLINEAR = new CoefficientTable(tables.nonlinear);
const ID = 'ModifiableGMPE: ceus2020_site_term';
const PGA = parseImt('PGA');
/** PGA on rock of 760 over that on rock of 3000 m/s */
const RATIO_760 = 2.275;
const SLOWEST = 200;
const SOFT_REFERENCE = 760;
const HARD_REFERENCE = 3000;
/** s: shorter periods refer to 760 m/s always (Hashash et al., page 71) */
const LONG = 0.4;

/** What `ceus2020_site_term` is given, checked. */
export interface Ceus2020Arguments {
  /** weight of the impedance condition, 0 to 1 (Stewart et al., equation 5) */
  readonly wimp: number;
  /** m/s: 760 or 3000, where the wrapped model gives the PGA that drives the nonlinear response */
  readonly referenceVelocity: number;
  /** factors from 3000 to 760 m/s as the models of the US have them */
  readonly usgs: boolean;
}

/** Errors: Refusal for another reference velocity; of `prepare`: Refusal for a site below 200 m/s. */
export function ceus2020SiteTerm(wrapped: GroundMotionModel, args: Ceus2020Arguments): Modification {
  const { wimp, referenceVelocity, usgs } = args;
  if (referenceVelocity !== SOFT_REFERENCE && referenceVelocity !== HARD_REFERENCE)
    throw refusedArgument(
      ID,
      'ref_vs30',
      `: ref_vs30 = ${referenceVelocity} must be 760 or 3000`,
      referenceVelocity,
      '760, 3000',
    );
  if (!(wimp >= 0 && wimp <= 1))
    throw refusedArgument(ID, 'wimp', `: wimp = ${wimp} must lie between 0 and 1`, wimp, '0 to 1');
  const lnRatio = referenceVelocity === SOFT_REFERENCE ? Math.log(RATIO_760) : 0;
  return {
    requires: { rupture: [], distances: [], site: ['vs30'] },
    prepare(imts, sites, capacity) {
      const { vs30 } = sites.numeric;
      const slow = vs30.find((v) => v < SLOWEST);
      if (slow !== undefined) throw unsupportedVelocity(ID, slow, `${SLOWEST} m/s and more`);
      const referenceMotion = wrapped.prepare([PGA], withSiteValue(sites, 'vs30', referenceVelocity), capacity);
      const reference = groundMotionBuffers(1, capacity);
      const terms = imts.map((imt) => {
        const non = NONLINEAR.row(imt, ID);
        const linear = LINEAR.row(imt, ID);
        const base = (usgs ? F760 : OWN_F760).row(imt, ID);
        const velocity = imt.kind === 'SA' && imt.period >= LONG ? referenceVelocity : SOFT_REFERENCE;
        return {
          f3: non.f3,
          linear: vs30.map((v) => linearTerm(linear, base, v, wimp)),
          nonlinear: vs30.map((v) => nonlinearSlope(non, v, velocity)),
        };
      });
      return (batch, out) => {
        const { size, site } = batch;
        referenceMotion(batch, reference);
        const pga = reference.mean[0];
        for (let i = 0; i < size; i++) pga[i] = Math.exp(pga[i] - lnRatio);
        for (let m = 0; m < terms.length; m++) {
          const { f3, linear, nonlinear } = terms[m];
          const mean = out.mean[m];
          for (let i = 0; i < size; i++) {
            const s = site[i];
            mean[i] += linear[s] + (nonlinear[s] === 0 ? 0 : nonlinear[s] * Math.log(pga[i] / f3 + 1));
          }
        }
      };
    },
  };
}
