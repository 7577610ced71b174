import { CoefficientTable, readTables } from '../coefficients.js';
import { formDeclaration, log10Deviations } from '../context-form.js';
import type { ModelModule } from '../model.js';
import { styleOfFaulting } from '../terms/style-of-faulting.js';

const { tables } = readTables(import.meta.url, 'ambraseys-1996');

const TABLE = new CoefficientTable(tables.main);
const ID = 'AmbraseysEtAl1996';
/** Factors of the style of faulting, for magnitudes of 6 and more. */
const STYLE = { 'strike-slip': 0.93, normal: 0.88, reverse: 1.13 } as const;

/** log10 y (g) = c1 + c2 Ms + c4 log10 sqrt(R^2 + h^2) + site class, as in the Italian hazard map MPS04. */
const AmbraseysEtAl1996 = formDeclaration(
  {
    id: ID,
    citation:
      'N. N. Ambraseys, K. A. Simpson, J. J. Bommer (1996), Prediction of horizontal response spectra in Europe, Earthquake Engineering and Structural Dynamics 25(4), 371-400; as used in V. Montaldo et al. (2005), Journal of Seismology 9, 295-316',
    tectonicRegionType: 'Active Shallow Crust',
    imts: TABLE.imts,
    component: 'Greater of two horizontal',
    standardDeviations: ['total'],
    requires: { rupture: ['mag', 'rake'], distances: ['repi'], site: ['vs30'] },
    notes:
      'Moment magnitudes are converted to surface-wave magnitudes. From magnitude 6 on the epicentral distance is converted to that from the surface projection of the rupture, and the style of faulting counts.',
  },
  (imt, sites) => {
    const c = TABLE.row(imt, ID);
    const siteTerms = sites.numeric.vs30.map((v) => (v <= 360 ? c.cs : v <= 750 ? c.ca : 0));
    let event = 0;
    let large = false;
    return {
      rupture({ mag, rake }, r) {
        large = mag[r] >= 6;
        event = c.c1 + (c.c2 * (mag[r] - 1.938)) / 0.673;
        if (large) event += Math.log10(STYLE[styleOfFaulting(rake[r])]);
      },
      mean({ repi, site }, i) {
        const distance = large ? Math.max(-3.5525 + 0.8845 * repi[i], 0) : repi[i];
        return Math.LN10 * (event + siteTerms[site[i]]) + 0.5 * c.c4 * Math.log(distance * distance + c.h * c.h);
      },
      deviations: log10Deviations(0, 0, c.sigma),
    };
  },
);

export const models: ModelModule['models'] = [AmbraseysEtAl1996];
