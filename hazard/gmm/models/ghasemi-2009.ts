import { CoefficientTable, readTables } from '../coefficients.js';
import { formDeclaration, log10Deviations } from '../context-form.js';
import type { ModelModule } from '../model.js';
import { LN_CMS2_TO_G } from '../per-measure.js';

const { tables } = readTables(import.meta.url, 'ghasemi-2009');

const TABLE = new CoefficientTable(tables.main);
const ID = 'GhasemiEtAl2009';

/** log10 y = a1 + a2 M + a3 log10(R + a4 10^(0.42 M)) + a6 on rock (vs30 of 760 m/s and more) or a7 on soil, cm/s2. */
const GhasemiEtAl2009 = formDeclaration(
  {
    id: ID,
    citation:
      'H. Ghasemi, M. Zare, Y. Fukushima, K. Koketsu (2009), An empirical spectral ground-motion model for Iran, Journal of Seismology 13, 499-515',
    tectonicRegionType: 'Active Shallow Crust',
    imts: TABLE.imts,
    component: 'Average Horizontal (GMRotI50)',
    standardDeviations: ['total'],
    requires: { rupture: ['mag'], distances: ['rrup'], site: ['vs30'] },
  },
  (imt, sites) => {
    const c = TABLE.row(imt, ID);
    const siteTerms = sites.numeric.vs30.map((v) => Math.LN10 * (v >= 760 ? c.a6 : c.a7) + LN_CMS2_TO_G);
    let event = 0;
    let near = 0;
    return {
      rupture({ mag }, r) {
        event = Math.LN10 * (c.a1 + c.a2 * mag[r]);
        near = c.a4 * 10 ** (0.42 * mag[r]);
      },
      mean: ({ rrup, site }, i) => event + c.a3 * Math.log(rrup[i] + near) + siteTerms[site[i]],
      deviations: log10Deviations(0, 0, c.sigma),
    };
  },
);

export const models: ModelModule['models'] = [GhasemiEtAl2009];
