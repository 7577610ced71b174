import { CoefficientTable, readTables } from '../coefficients.js';
import { formDeclaration } from '../context-form.js';
import type { ModelDeclaration, ModelModule } from '../model.js';

const { tables } = readTables(import.meta.url, 'atkinson-boore-1995');

/** km: nearest distance, and where the spreading stops and goes on */
const NEAREST = 10;
const FIRST_HINGE = 70;
const SECOND_HINGE = 130;
const SIGMA = 0.69;

/** Moment magnitude of the catalogue magnitude Mblg. */
function momentMagnitude(m: number): number {
  return m <= 5.5 ? 0.98 * m - 0.39 : 2.715 - 0.277 * m + 0.127 * m * m;
}

/** ln y (g) = c1 + c2 M + c3 M^2 + (c4 + c5 M) ln min(R, 70) + (c6 + c7 M) ln max(R / 130, 1) + c8 R. */
function declaration(id: string, table: CoefficientTable): ModelDeclaration {
  return formDeclaration(
    {
      id,
      citation:
        'G. M. Atkinson, D. M. Boore (1995), Ground-motion relations for eastern North America, Bulletin of the Seismological Society of America 85(1), 17-30; fitted by the Geological Survey of Canada (2010)',
      tectonicRegionType: 'Stable Shallow Crust',
      imts: table.imts,
      component: 'Random horizontal',
      standardDeviations: ['total'],
      requires: { rupture: ['mag'], distances: ['rhypo'], site: [] },
    },
    (imt) => {
      const c = table.row(imt, id);
      let event = 0;
      let near = 0;
      let far = 0;
      return {
        rupture({ mag }, r) {
          const m = momentMagnitude(mag[r]);
          event = c.c1 + m * (c.c2 + m * c.c3);
          near = c.c4 + c.c5 * m;
          far = c.c6 + c.c7 * m;
        },
        mean({ rhypo }, i) {
          const r = Math.max(rhypo[i], NEAREST);
          const path = near * Math.log(Math.min(r, FIRST_HINGE)) + far * Math.log(Math.max(r / SECOND_HINGE, 1));
          return event + path + c.c8 * r;
        },
        deviations: [SIGMA, 0, 0],
      };
    },
  );
}

export const models: ModelModule['models'] = [
  declaration('AtkinsonBoore1995GSCBest', new CoefficientTable(tables.best)),
  declaration('AtkinsonBoore1995GSCLowerLimit', new CoefficientTable(tables.lower)),
  declaration('AtkinsonBoore1995GSCUpperLimit', new CoefficientTable(tables.upper)),
];
