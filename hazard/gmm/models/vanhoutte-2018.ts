import { CoefficientTable, readTables } from '../coefficients.js';
import { formDeclaration, componentDeviations } from '../context-form.js';
import type { ModelModule } from '../model.js';

const { tables } = readTables(import.meta.url, 'vanhoutte-2018');

const TABLE = new CoefficientTable(tables.main);
const ID = 'VanHoutteEtAl2018RSD';
/** km: hinge of the path term */
const HINGE = 100;

/** ln D = b0 + b1 (M - 6) + b2 (M - 6)^2 + b3 ln d(min(R, 100)) + b6 ln(d(R) / d(100)) beyond 100 km + b7 ln(vs30 / 1000). */
const VanHoutteEtAl2018RSD = formDeclaration(
  {
    id: ID,
    citation:
      'C. Van Houtte, S. Bannister, C. Holden, S. Bourguignon, G. McVerry (2018), The New Zealand strong motion database, and a model of significant duration, Bulletin of the New Zealand Society for Earthquake Engineering',
    tectonicRegionType: 'Active Shallow Crust',
    imts: TABLE.imts,
    component: 'Average Horizontal',
    standardDeviations: ['total', 'inter', 'intra'],
    requires: { rupture: ['mag'], distances: ['rrup'], site: ['vs30'] },
  },
  (imt, sites) => {
    const c = TABLE.row(imt, ID);
    const siteTerms = sites.numeric.vs30.map((v) => c.b7 * Math.log(v / 1000));
    let event = 0;
    let near2 = 0;
    let lnHinge = 0;
    return {
      rupture({ mag }, r) {
        const dm = mag[r] - 6;
        event = c.b0 + dm * (c.b1 + dm * c.b2);
        near2 = Math.exp(2 * (c.b4 + c.b5 * dm));
        lnHinge = 0.5 * Math.log(HINGE * HINGE + near2);
      },
      mean({ rrup, site }, i) {
        const ln = 0.5 * Math.log(rrup[i] * rrup[i] + near2);
        return event + siteTerms[site[i]] + (rrup[i] > HINGE ? c.b3 * lnHinge + c.b6 * (ln - lnHinge) : c.b3 * ln);
      },
      deviations: componentDeviations(c.tau, c.phi),
    };
  },
);

export const models: ModelModule['models'] = [VanHoutteEtAl2018RSD];
