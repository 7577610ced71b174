import { CoefficientTable, readTables } from '../coefficients.js';
import type { SiteParameters } from '../../site/site-parameters.js';
import type { Imt } from '../imt.js';
import type { Evaluator, ModelModule } from '../model.js';
import { siteTermDeclaration, type Modification } from './wrapped-model.js';

const MAIN = new CoefficientTable(readTables(import.meta.url, '../models/chiou-youngs-2014').tables.main);
const ID = 'CY14SiteTerm';
const REFERENCE = 1130;

/** Linear and nonlinear site response of Chiou & Youngs (2014), equation 12, for models evaluated at 1130 m/s. */
export const cy14SiteTerm: Modification = {
  requires: { rupture: [], distances: [], site: ['vs30'] },
  referenceVelocity: REFERENCE,
  prepare(imts: readonly Imt[], sites: SiteParameters): Evaluator {
    const { vs30 } = sites.numeric;
    const terms = imts.map((imt) => {
      const { phi1, phi2, phi3, phi4 } = MAIN.row(imt, ID);
      return {
        phi4,
        linear: vs30.map((v) => phi1 * Math.min(Math.log(v / REFERENCE), 0)),
        nonlinear: vs30.map(
          (v) => phi2 * (Math.exp(phi3 * (Math.min(v, REFERENCE) - 360)) - Math.exp(phi3 * (REFERENCE - 360))),
        ),
      };
    });
    return ({ size, site }, out) => {
      for (let m = 0; m < terms.length; m++) {
        const { phi4, linear, nonlinear } = terms[m];
        const mean = out.mean[m];
        for (let i = 0; i < size; i++) {
          const s = site[i];
          mean[i] += linear[s] + nonlinear[s] * Math.log(Math.exp(mean[i]) / phi4 + 1);
        }
      }
    };
  },
};

export const models: ModelModule['models'] = [
  siteTermDeclaration(
    ID,
    'B. S.-J. Chiou, R. R. Youngs (2014), Earthquake Spectra 30(3), 1117-1153, doi:10.1193/072813EQS219M: site term on top of another model',
    cy14SiteTerm,
    'Meant for models whose reference velocity lies between 1100 and 1160 m/s. Basin depth has no effect.',
  ),
];
