import { basinResponse } from '../models/campbell-bozorgnia-2014.js';
import type { SiteParameters } from '../../site/site-parameters.js';
import type { Imt } from '../imt.js';
import type { Evaluator, ModelModule } from '../model.js';
import { siteTermDeclaration, type Modification } from './wrapped-model.js';

/** Basin response of Campbell & Bozorgnia (2014), equation 20, added to another model. */
export const cb14BasinTerm: Modification = {
  requires: { rupture: [], distances: [], site: ['vs30', 'z2pt5'] },
  prepare(imts: readonly Imt[], sites: SiteParameters): Evaluator {
    const terms = imts.map((imt) => basinResponse(imt, sites));
    return ({ size, site }, out) => {
      for (let m = 0; m < terms.length; m++) {
        const term = terms[m];
        const mean = out.mean[m];
        for (let i = 0; i < size; i++) mean[i] += term[site[i]];
      }
    };
  },
};

export const models: ModelModule['models'] = [
  siteTermDeclaration(
    'CB14BasinTerm',
    'K. W. Campbell, Y. Bozorgnia (2014), Earthquake Spectra 30(3), 1087-1115, doi:10.1193/062913EQS175M: basin term on top of another model',
    cb14BasinTerm,
  ),
];
