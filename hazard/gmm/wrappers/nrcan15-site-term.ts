import { SITE, siteTerm } from '../models/boore-atkinson-2008.js';
import { CoefficientTable, readTables } from '../coefficients.js';
import type { SiteParameters } from '../../site/site-parameters.js';
import type { Imt } from '../imt.js';
import type { Evaluator, ModelModule } from '../model.js';
import { siteTermDeclaration, type Modification } from './wrapped-model.js';

const { tables } = readTables(import.meta.url, 'nrcan15-site-term');
const HARD_ROCK = new CoefficientTable(tables.hardRock);
const ID = 'NRCan15SiteTerm';
const REFERENCE = 760;

/**
 * Site term of the 2015 seismic hazard model of Canada for models evaluated at 760 m/s. Softer sites: soil terms of Boore &
 * Atkinson (2008), driven by the median of the measure itself. Harder sites: `base` continues those terms up to 1999 m/s,
 * `linear` goes in log10 of the velocity to the factor of Atkinson & Boore (2006) at 2000 m/s.
 */
export function nrcan15SiteTerm(kind: 'base' | 'linear'): Modification {
  return {
    requires: { rupture: [], distances: [], site: ['vs30'] },
    referenceVelocity: REFERENCE,
    prepare(imts: readonly Imt[], sites: SiteParameters, capacity: number): Evaluator {
      const { vs30 } = sites.numeric;
      const soilVs30 = vs30.map((v) => (v > REFERENCE && kind === 'linear' ? REFERENCE : Math.min(v, 1999)));
      const soilTerms = imts.map((imt) => siteTerm(SITE.row(imt, ID), soilVs30));
      const rockTerms = imts.map((imt) =>
        kind === 'linear' ? hardRockTerm(HARD_ROCK.row(imt, ID).c, vs30) : new Float64Array(sites.size),
      );
      const median = new Float64Array(capacity);
      return (batch, out) => {
        for (let m = 0; m < soilTerms.length; m++) {
          const mean = out.mean[m];
          const rock = rockTerms[m];
          for (let i = 0; i < batch.size; i++) median[i] = Math.exp(mean[i]);
          soilTerms[m](batch, median, mean);
          for (let i = 0; i < batch.size; i++) mean[i] += rock[batch.site[i]];
        }
      };
    },
  };
}

/** ln of the factor relative to 760 m/s: 0 there, -ln c at 2000 m/s and above, linear in log10 of the velocity. */
export function hardRockTerm(c: number, vs30: Float64Array): Float64Array {
  const span = Math.log10(2000 / REFERENCE);
  return vs30.map((v) =>
    v <= REFERENCE ? 0 : -Math.log10(c) * (Math.log10(Math.min(v, 2000) / REFERENCE) / span) * Math.LN10,
  );
}

const CITATION =
  'Natural Resources Canada (2015), site term of the fifth generation seismic hazard model of Canada, after D. M. Boore, G. M. Atkinson (2008) and G. M. Atkinson, D. M. Boore (2006)';
const NOTES = 'The soil terms are driven by the median of the measure itself, not by that of PGA.';

export const models: ModelModule['models'] = [
  siteTermDeclaration(ID, CITATION, nrcan15SiteTerm('base'), NOTES),
  siteTermDeclaration('NRCan15SiteTermLinear', CITATION, nrcan15SiteTerm('linear'), NOTES),
];
