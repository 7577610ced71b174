import { CoefficientTable, readTables } from '../coefficients.js';
import { formDeclaration, componentDeviations } from '../context-form.js';
import type { ModelModule } from '../model.js';

const { tables } = readTables(import.meta.url, 'bommer-2009');

const TABLE = new CoefficientTable(tables.main);
const ID = 'BommerEtAl2009RSD';

/** ln D = c0 + m1 M + (r1 + r2 M) ln sqrt(Rrup^2 + h1^2) + v1 ln vs30 + z1 Ztor (equation 5). */
const BommerEtAl2009RSD = formDeclaration(
  {
    id: ID,
    citation:
      'J. J. Bommer, P. J. Stafford, J. E. Alarcón (2009), Empirical equations for the prediction of the significant, bracketed, and uniform duration of earthquake ground motion, Bulletin of the Seismological Society of America 99(6), 3217-3233',
    tectonicRegionType: 'Active Shallow Crust',
    imts: TABLE.imts,
    component: 'Average Horizontal',
    standardDeviations: ['total', 'inter', 'intra'],
    requires: { rupture: ['mag', 'ztor'], distances: ['rrup'], site: ['vs30'] },
  },
  (imt, sites) => {
    const c = TABLE.row(imt, ID);
    const siteTerms = sites.numeric.vs30.map((v) => c.v1 * Math.log(v));
    let event = 0;
    let slope = 0;
    return {
      rupture({ mag, ztor }, r) {
        event = c.c0 + c.m1 * mag[r] + c.z1 * ztor[r];
        slope = 0.5 * (c.r1 + c.r2 * mag[r]);
      },
      mean: ({ rrup, site }, i) => event + slope * Math.log(rrup[i] * rrup[i] + c.h1 * c.h1) + siteTerms[site[i]],
      deviations: componentDeviations(c.tau, c.phi),
    };
  },
);

export const models: ModelModule['models'] = [BommerEtAl2009RSD];
