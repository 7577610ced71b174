import { exponentialIntegral } from '../terms/exponential-integral.js';
import { CoefficientTable, readTables } from '../coefficients.js';
import { formDeclaration } from '../context-form.js';
import type { ModelModule } from '../model.js';
import { LN_CMS2_TO_G } from '../per-measure.js';

const { tables } = readTables(import.meta.url, 'arroyo-2010');

const TABLE = new CoefficientTable(tables.main);
const ID = 'ArroyoEtAl2010SInter';

/**
 * Point sources on a circular fault: ln y = c1 + c2 M + c3 ln((E1(c4 R) - E1(c4 sqrt(R^2 + r0^2))) / r0^2), cm/s2, with r0 the
 * radius of the fault (equations 4 and 5).
 */
const ArroyoEtAl2010SInter = formDeclaration(
  {
    id: ID,
    citation:
      'D. Arroyo, D. García, M. Ordaz, M. A. Mora, S. K. Singh (2010), Strong ground-motion relations for Mexican interplate earthquakes, Journal of Seismology 14, 769-785',
    tectonicRegionType: 'Subduction Interface',
    imts: TABLE.imts,
    component: 'Average Horizontal',
    standardDeviations: ['total', 'inter', 'intra'],
    requires: { rupture: ['mag'], distances: ['rrup'], site: ['vs30'] },
    notes: 'For rock: vs30 is asked for but changes nothing.',
  },
  (imt) => {
    const c = TABLE.row(imt, ID);
    let event = 0;
    let radius2 = 0;
    return {
      rupture({ mag }, r) {
        event = c.c1 + c.c2 * mag[r] + LN_CMS2_TO_G;
        radius2 = 1.4447e-5 * Math.exp(2.3026 * mag[r]);
      },
      mean({ rrup }, i) {
        const far = Math.sqrt(rrup[i] * rrup[i] + radius2);
        const integral = exponentialIntegral(c.c4 * rrup[i]) - exponentialIntegral(c.c4 * far);
        return event + c.c3 * Math.log(integral / radius2);
      },
      deviations: [c.s_t, c.s_e, c.s_r],
    };
  },
);

export const models: ModelModule['models'] = [ArroyoEtAl2010SInter];
