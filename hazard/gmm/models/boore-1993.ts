import { CoefficientTable, readTables } from '../coefficients.js';
import { formDeclaration } from '../context-form.js';
import type { ModelDeclaration, ModelModule } from '../model.js';
import { LN_CMS2_TO_G } from '../per-measure.js';

const { tables } = readTables(import.meta.url, 'boore-1993');

/** log10 y = c1 + c2 (M - 6) + c3 (M - 6)^2 + c6 + c5 log10 d, d = sqrt(Rjb^2 + c7^2), cm/s2; from 100 km on the slope is -1 and c4 d is added. */
function declaration(id: string, table: CoefficientTable): ModelDeclaration {
  return formDeclaration(
    {
      id,
      citation:
        'D. M. Boore, W. B. Joyner, T. E. Fumal (1993), Estimation of response spectra and peak accelerations from western North American earthquakes: an interim report, U.S. Geological Survey Open-File Report 93-509; as used by the Geological Survey of Canada (2010)',
      tectonicRegionType: 'Active Shallow Crust',
      imts: table.imts,
      component: 'Random horizontal',
      standardDeviations: ['total'],
      requires: { rupture: ['mag'], distances: ['rjb'], site: [] },
    },
    (imt) => {
      const c = table.row(imt, id);
      let event = 0;
      return {
        rupture({ mag }, r) {
          const dm = mag[r] - 6;
          event = Math.LN10 * (c.c1 + c.c6 + dm * (c.c2 + dm * c.c3)) + LN_CMS2_TO_G;
        },
        mean({ rjb }, i) {
          const d = Math.hypot(rjb[i], c.c7);
          const far = d > 100 ? Math.LN10 * c.c4 * (d - 100) - Math.log(d / 100) : 0;
          return event + c.c5 * Math.log(Math.min(d, 100)) + far;
        },
        deviations: [c.sigma, 0, 0],
      };
    },
  );
}

export const models: ModelModule['models'] = [
  declaration('BooreEtAl1993GSCBest', new CoefficientTable(tables.best)),
  declaration('BooreEtAl1993GSCLowerLimit', new CoefficientTable(tables.lower)),
  declaration('BooreEtAl1993GSCUpperLimit', new CoefficientTable(tables.upper)),
];
