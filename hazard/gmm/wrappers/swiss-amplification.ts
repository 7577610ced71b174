import type { SiteParameters } from '../../site/site-parameters.js';
import type { Imt } from '../imt.js';
import type { Evaluator } from '../model.js';
import type { Modification } from './wrapped-model.js';

/** Amplification of the Swiss hazard and risk models, given with the sites (ln). */

/** Adds the site parameter amplfactor. */
export const swissAmplification: Modification = {
  requires: { rupture: [], distances: [], site: ['amplfactor'] },
  prepare(imts: readonly Imt[], sites: SiteParameters): Evaluator {
    const { amplfactor } = sites.numeric;
    return ({ size, site }, { mean }) => {
      for (let m = 0; m < imts.length; m++) for (let i = 0; i < size; i++) mean[m][i] += amplfactor[site[i]];
    };
  },
};

/** Site parameters of the two periods. */
const PERIODS = [
  { period: 0.3, ampl: 'ch_ampl03', siteToSite: 'ch_phis2s03', singleStation: 'ch_phiss03' },
  { period: 0.6, ampl: 'ch_ampl06', siteToSite: 'ch_phis2s06', singleStation: 'ch_phiss06' },
] as const;

/** For SA(0.3) and SA(0.6): adds the amplification and replaces the within-event standard deviation. */
export const swissSpectralAmplification: Modification = {
  requires: {
    rupture: [],
    distances: [],
    site: PERIODS.flatMap(({ ampl, siteToSite, singleStation }) => [ampl, siteToSite, singleStation]),
  },
  prepare(imts: readonly Imt[], sites: SiteParameters): Evaluator {
    const terms = imts.map((imt) => {
      const names = PERIODS.find(({ period }) => imt.kind === 'SA' && imt.period === period);
      if (!names) return undefined;
      const { numeric } = sites;
      const singleStation = numeric[names.singleStation];
      return {
        ampl: numeric[names.ampl],
        phi: numeric[names.siteToSite].map((s, k) => Math.hypot(s, singleStation[k])),
      };
    });
    return ({ size, site }, { mean, total, inter, intra }) => {
      for (let m = 0; m < terms.length; m++) {
        const term = terms[m];
        if (term === undefined) continue;
        for (let i = 0; i < size; i++) {
          const s = site[i];
          mean[m][i] += term.ampl[s];
          intra[m][i] = term.phi[s];
          total[m][i] = Math.sqrt(inter[m][i] * inter[m][i] + intra[m][i] * intra[m][i]);
        }
      }
    };
  },
};
