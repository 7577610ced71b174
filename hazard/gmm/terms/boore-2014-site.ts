import { commonMeasures, withMeasures } from '../common-measures.js';
import { MAIN } from '../models/boore-2014.js';
import { parseImt, type Imt } from '../imt.js';
import type { GroundMotionModel, ImtRange } from '../model.js';
import { groundMotionBuffers } from '../wrappers/wrapped-model.js';

/*
 * Site response of E. Seyhan, J. P. Stewart (2014), Earthquake Spectra 30(3), 1241-1256, as in Boore et al. (2014), equations 5 to
 * 8, for models that borrow it.
 */

const F3 = 0.1;
const REFERENCE_VELOCITY = 760;
const PGA = parseImt('PGA');

/** Response of one measure, ln units: linear(vs30) + slope(vs30) ln((rock + 0.1) / 0.1), vs30 in m/s, rock PGA in g. */
export interface SiteResponse2014 {
  linear(vs30: number): number;
  slope(vs30: number): number;
}

/** Errors: Refusal for a measure that Boore et al. (2014) do not give. */
export function boore2014Site(imt: Imt, model: string): SiteResponse2014 {
  const c = MAIN.row(imt, model);
  return {
    linear: (v) => c.c * Math.log(Math.min(v, c.Vc) / REFERENCE_VELOCITY),
    slope: (v) =>
      c.f4 * (Math.exp(c.f5 * (Math.min(v, REFERENCE_VELOCITY) - 360)) - Math.exp(c.f5 * (REFERENCE_VELOCITY - 360))),
  };
}

/** ln((rock + f3) / f3), which the slope multiplies; rock PGA in g. */
export const strengthOf = (rock: number): number => Math.log((rock + F3) / F3);

/** Measures of a rock model that this response is known for. */
export const measuresAtSites = (imts: readonly ImtRange[]): ImtRange[] => commonMeasures(imts, MAIN.imts);

/**
 * A model for rock of a velocity (m/s) taken to the velocities of the sites: from its rock to 760 m/s and on to vs30. `rock` needs
 * no site parameter.
 */
export function rockToSite(
  id: string,
  rock: GroundMotionModel,
  velocity: number,
  imts: readonly ImtRange[],
): GroundMotionModel {
  const model: GroundMotionModel = {
    id,
    requires: { ...rock.requires, site: ['vs30'] },
    prepare(imts, sites, capacity) {
      const { vs30 } = sites.numeric;
      const evaluate = rock.prepare(imts, sites, capacity);
      const evaluatePga = rock.prepare([PGA], sites, capacity);
      const pga = groundMotionBuffers(1, capacity);
      const ofPga = boore2014Site(PGA, id);
      const measures = imts.map((imt) => {
        const response = boore2014Site(imt, id);
        const fromRock = response.linear(velocity);
        return {
          linear: vs30.map((v) => response.linear(v) - fromRock),
          slope: vs30.map((v) => response.slope(v)),
          rockSlope: response.slope(velocity),
        };
      });
      return (batch, out) => {
        const { size, site } = batch;
        evaluate(batch, out);
        evaluatePga(batch, pga);
        const [lnRock] = pga.mean;
        for (let i = 0; i < size; i++) {
          const onRock = strengthOf(Math.exp(lnRock[i]));
          const at760 = lnRock[i] - ofPga.linear(velocity) - ofPga.slope(velocity) * onRock;
          const on760 = strengthOf(Math.exp(at760));
          for (let m = 0; m < measures.length; m++) {
            const { linear, slope, rockSlope } = measures[m];
            out.mean[m][i] += linear[site[i]] + slope[site[i]] * on760 - rockSlope * onRock;
          }
        }
      };
    },
  };
  return withMeasures(model, measuresAtSites(imts));
}
