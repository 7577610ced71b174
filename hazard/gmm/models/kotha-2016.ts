import { CoefficientTable, readTables } from '../coefficients.js';
import { formDeclaration } from '../context-form.js';
import type { ModelDeclaration, ModelModule } from '../model.js';
import { GRAVITY } from '../per-measure.js';

const { tables } = readTables(import.meta.url, 'kotha-2016');

const TABLE = new CoefficientTable(tables.main);
const HINGE_MAGNITUDE = 6.75;

/** ln y = e1 + f_M + [c1 + c2 (M - 5.5)] ln R + c3 (R - 1) + g1 + g2 ln vs30, R = sqrt(Rjb^2 + h^2), m/s2 or m/s; regions change c3, g1, g2. */
function declaration(id: string, region?: 'IT' | 'TR' | 'OTH'): ModelDeclaration {
  return formDeclaration(
    {
      id,
      citation:
        'S. R. Kotha, D. Bindi, F. Cotton (2016), Partially non-ergodic region specific GMPE for Europe and Middle-East, Bulletin of Earthquake Engineering 14, 1245-1263',
      tectonicRegionType: 'Active Shallow Crust',
      imts: TABLE.imts,
      component: 'Average Horizontal',
      standardDeviations: ['total', 'inter', 'intra'],
      requires: { rupture: ['mag'], distances: ['rjb'], site: ['vs30'] },
    },
    (imt, sites) => {
      const c = TABLE.row(imt, id);
      const change = (name: string): number => (region ? c[name + region] : 0);
      const unit = imt.kind === 'PGV' ? Math.log(100) : -Math.log(GRAVITY);
      const constant = c.g1 + change('Dg1') + unit;
      const siteTerms = sites.numeric.vs30.map((v) => constant + (c.g2 + change('Dg2')) * Math.log(v));
      const anelastic = c.c3 + change('Dc3');
      let event = 0;
      let slope = 0;
      return {
        rupture({ mag }, r) {
          const dm = mag[r] - HINGE_MAGNITUDE;
          event = c.e1 + (dm >= 0 ? c.b3 * dm : dm * (c.b1 + dm * c.b2));
          slope = c.c1 + c.c2 * (mag[r] - 5.5);
        },
        mean({ rjb, site }, i) {
          const d = Math.sqrt(rjb[i] * rjb[i] + c.h * c.h);
          return event + slope * Math.log(d) + anelastic * (d - 1) + siteTerms[site[i]];
        },
        deviations: [c.sigma, c.tau, Math.hypot(c.phi0, c.phiS2S)],
      };
    },
  );
}

export const models: ModelModule['models'] = [
  declaration('KothaEtAl2016'),
  declaration('KothaEtAl2016Italy', 'IT'),
  declaration('KothaEtAl2016Other', 'OTH'),
  declaration('KothaEtAl2016Turkey', 'TR'),
];
