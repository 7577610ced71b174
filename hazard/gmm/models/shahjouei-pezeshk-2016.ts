import { CoefficientTable, readTables } from '../coefficients.js';
import { formDeclaration } from '../context-form.js';
import type { ModelModule } from '../model.js';

const { tables } = readTables(import.meta.url, 'shahjouei-pezeshk-2016');

const TABLE = new CoefficientTable(tables.main);
const ID = 'ShahjoueiPezeshk2016';

/** log10 y = c1 + c2 M + c3 M^2 + spreading with hinges at 60 and 120 km + c10 R, R = sqrt(Rjb^2 + c11^2), g or cm/s. */
const ShahjoueiPezeshk2016 = formDeclaration(
  {
    id: ID,
    citation:
      'A. Shahjouei, S. Pezeshk (2016), Alternative hybrid empirical ground-motion model for central and eastern North America using hybrid simulations and NGA-West2 models, Bulletin of the Seismological Society of America 106(2), 734-754',
    tectonicRegionType: 'Stable Shallow Crust',
    imts: TABLE.imts,
    component: 'Average Horizontal (RotD50)',
    standardDeviations: ['total'],
    requires: { rupture: ['mag'], distances: ['rjb'], site: [] },
  },
  (imt) => {
    const c = TABLE.row(imt, ID);
    const psi = imt.kind === 'PGV' ? -3.054e-5 : -6.898e-3;
    let event = 0;
    let near = 0;
    let middle = 0;
    let far = 0;
    return {
      rupture({ mag }, r) {
        const m = mag[r];
        event = Math.LN10 * (c.c1 + m * (c.c2 + m * c.c3));
        near = c.c4 + c.c5 * m;
        middle = c.c6 + c.c7 * m;
        far = c.c8 + c.c9 * m;
      },
      mean({ rjb }, i) {
        const d = Math.sqrt(rjb[i] * rjb[i] + c.c11 * c.c11);
        const spreading =
          near * Math.log(Math.min(d, 60)) +
          middle * Math.max(Math.min(Math.log(d / 60), Math.LN2), 0) +
          far * Math.max(Math.log(d / 120), 0);
        return event + spreading + Math.LN10 * c.c10 * d;
      },
      deviations({ mag }, r, _i, into) {
        const sigma = mag[r] <= 6.5 ? c.c12 * mag[r] + c.c13 : psi * mag[r] + c.c14;
        into[0] = Math.hypot(sigma, c.SigmaReg);
        into[1] = 0;
        into[2] = 0;
      },
    };
  },
);

export const models: ModelModule['models'] = [ShahjoueiPezeshk2016];
