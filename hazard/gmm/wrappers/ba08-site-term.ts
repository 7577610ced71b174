import { lnRockMotion, MAIN, SITE, siteTerm } from '../models/boore-atkinson-2008.js';
import type { SiteParameters } from '../../site/site-parameters.js';
import { parseImt, type Imt } from '../imt.js';
import type { Evaluator, ModelModule } from '../model.js';
import { siteTermDeclaration, type Modification } from './wrapped-model.js';

const ID = 'BA08SiteTerm';
const PGA = parseImt('PGA');

/** Site term of Boore & Atkinson (2008), driven by that model's PGA on rock, for models evaluated at 760 m/s. */
export const ba08SiteTerm: Modification = {
  requires: { rupture: ['mag', 'rake'], distances: ['rjb'], site: ['vs30'] },
  referenceVelocity: 760,
  prepare(imts: readonly Imt[], sites: SiteParameters, capacity: number): Evaluator {
    const rock = MAIN.row(PGA, ID);
    const terms = imts.map((imt) => siteTerm(SITE.row(imt, ID), sites.numeric.vs30));
    const pgaRock = new Float64Array(capacity);
    return (batch, out) => {
      lnRockMotion(rock, batch, pgaRock);
      for (let i = 0; i < batch.size; i++) pgaRock[i] = Math.exp(pgaRock[i]);
      for (let m = 0; m < terms.length; m++) terms[m](batch, pgaRock, out.mean[m]);
    };
  },
};

export const models: ModelModule['models'] = [
  siteTermDeclaration(
    ID,
    'D. M. Boore, G. M. Atkinson (2008), Earthquake Spectra 24(1), 99-138, doi:10.1193/1.2830434: site term on top of another model',
    ba08SiteTerm,
  ),
];
