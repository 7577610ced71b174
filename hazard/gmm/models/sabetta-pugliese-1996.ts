import { CoefficientTable, readTables } from '../coefficients.js';
import { formDeclaration, log10Deviations } from '../context-form.js';
import type { Imt } from '../imt.js';
import type { ModelModule } from '../model.js';
import { LN_CMS2_TO_G } from '../per-measure.js';
import { styleOfFaulting } from '../terms/style-of-faulting.js';

const { tables } = readTables(import.meta.url, 'sabetta-pugliese-1996');

const TABLE = new CoefficientTable(tables.main);
const ID = 'SabettaPugliese1996';
/** Factors of the style of faulting, for magnitudes of 6 and more. */
const STYLE = { 'strike-slip': 0.94, normal: 0.89, reverse: 1.15 } as const;

/** ln of the factor to g of what the equation gives: PGA in g, pseudovelocity in cm/s; PGV is taken for an acceleration. */
function unitTerm(imt: Imt): number {
  if (imt.kind === 'PGA') return 0;
  return imt.kind === 'PGV' ? LN_CMS2_TO_G : Math.log((2 * Math.PI) / imt.period) + LN_CMS2_TO_G;
}

/** log10 y = a + b M + c log10 sqrt(Repi^2 + h^2) + e1 or e2 of the site class, as in the Italian hazard map MPS04. */
const SabettaPugliese1996 = formDeclaration(
  {
    id: ID,
    citation:
      'F. Sabetta, A. Pugliese (1996), Estimation of response spectra and simulation of nonstationary earthquake ground motions, Bulletin of the Seismological Society of America 86(2), 337-352; as used in V. Montaldo et al. (2005), Journal of Seismology 9, 295-316',
    tectonicRegionType: 'Active Shallow Crust',
    imts: TABLE.imts,
    component: 'Greater of two horizontal',
    standardDeviations: ['total'],
    requires: { rupture: ['mag', 'rake'], distances: ['repi'], site: ['vs30'] },
    notes:
      'Moment magnitudes are converted to local (below 5.5) or surface-wave magnitudes. From magnitude 6 on the style of faulting counts. PGV is divided by standard gravity, as in the reference engine: it is not in cm/s.',
  },
  (imt, sites) => {
    const c = TABLE.row(imt, ID);
    const unit = unitTerm(imt);
    const siteTerms = sites.numeric.vs30.map((v) => Math.LN10 * (v < 400 ? c.e2 : v < 800 ? c.e1 : 0) + unit);
    let event = 0;
    return {
      rupture({ mag, rake }, r) {
        const m = mag[r] < 5.5 ? (mag[r] - 1.145) / 0.812 : (mag[r] - 1.938) / 0.673;
        event = Math.LN10 * (c.a + c.b * m);
        if (mag[r] >= 6) event += Math.log(STYLE[styleOfFaulting(rake[r])]);
      },
      mean: ({ repi, site }, i) => event + 0.5 * c.c * Math.log(repi[i] * repi[i] + c.h * c.h) + siteTerms[site[i]],
      deviations: log10Deviations(0, 0, c.sigma),
    };
  },
);

export const models: ModelModule['models'] = [SabettaPugliese1996];
