import { CoefficientTable, readTables } from '../coefficients.js';
import { formDeclaration } from '../context-form.js';
import type { ModelModule } from '../model.js';

const { tables } = readTables(import.meta.url, 'geomatrix-1993');

const TABLE = new CoefficientTable(tables.main);
const ID = 'Geomatrix1993SSlabNSHMP2008';

/** ln y (g), the rock form of Youngs et al. (1997) for slab earthquakes, with the depth to the top of rupture. */
const Geomatrix1993SSlabNSHMP2008 = formDeclaration(
  {
    id: ID,
    citation:
      'Geomatrix Consultants (1993), Seismic margin earthquake for the Trojan site, report for Portland General Electric; as in the U.S. national seismic hazard maps of 2008',
    tectonicRegionType: 'Subduction IntraSlab',
    imts: TABLE.imts,
    component: 'Average Horizontal',
    standardDeviations: ['total'],
    requires: { rupture: ['mag', 'ztor'], distances: ['rrup'], site: [] },
    referenceVelocity: 760,
  },
  (imt) => {
    const c = TABLE.row(imt, ID);
    let event = 0;
    let near = 0;
    return {
      rupture({ mag, ztor }, r) {
        const m = mag[r];
        event = 0.2418 + 0.3846 + 0.00607 * ztor[r] + c.gc1 + 1.414 * m + c.gc2 * (10 - m) * (10 - m) * (10 - m);
        near = 1.7818 * Math.exp(0.554 * m);
      },
      mean: ({ rrup }, i) => event + c.gc3 * Math.log(rrup[i] + near),
      deviations({ mag }, r, _i, into) {
        into[0] = c.gc4 + c.gc5 * Math.min(mag[r], 8);
        into[1] = 0;
        into[2] = 0;
      },
    };
  },
);

export const models: ModelModule['models'] = [Geomatrix1993SSlabNSHMP2008];
