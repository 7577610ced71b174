import { CoefficientTable, readTables } from '../coefficients.js';
import { formDeclaration, log10Deviations } from '../context-form.js';
import type { ModelDeclaration, ModelModule } from '../model.js';
import { GRAVITY } from '../per-measure.js';

const { tables } = readTables(import.meta.url, 'dost-2004');

/** log10 y = c0 + c1 M + c1e (M - 4.5)^2 + c2 R + c3 log10 R, m/s2 or cm/s; c1e is 0 in the model itself. */
function declaration(id: string, citation: string, table: CoefficientTable, adapted: boolean): ModelDeclaration {
  return formDeclaration(
    {
      id,
      citation,
      tectonicRegionType: 'Induced',
      imts: table.imts,
      component: 'Average Horizontal (GMRotD100)',
      standardDeviations: adapted ? ['total', 'inter', 'intra'] : ['total'],
      requires: { rupture: ['mag'], distances: ['rhypo'], site: [] },
    },
    (imt) => {
      const c = table.row(imt, id);
      const unit = imt.kind === 'PGA' ? -Math.log(GRAVITY) : 0;
      let event = 0;
      return {
        rupture({ mag }, r) {
          const large = adapted ? c.c1e * (mag[r] - 4.5) * (mag[r] - 4.5) : 0;
          event = Math.LN10 * (c.c0 + c.c1 * mag[r] + large) + unit;
        },
        mean: ({ rhypo }, i) => event + Math.LN10 * c.c2 * rhypo[i] + c.c3 * Math.log(rhypo[i]),
        deviations: adapted ? log10Deviations(c.tau, c.phi, c.sigma) : log10Deviations(0, 0, c.sigma),
      };
    },
  );
}

const DOST =
  'B. Dost, T. van Eck, H. Haak (2004), Scaling of peak ground acceleration and peak ground velocity recorded in the Netherlands, Bollettino di Geofisica Teorica ed Applicata 45(3), 153-168';

export const models: ModelModule['models'] = [
  declaration('DostEtAl2004', DOST, new CoefficientTable(tables.main), false),
  declaration(
    'DostEtAl2004BommerAdaptation',
    `${DOST}; for larger magnitudes: J. J. Bommer, B. Dost, B. Edwards et al. (2013), report for Nederlandse Aardolie Maatschappij`,
    new CoefficientTable(tables.bommer),
    true,
  ),
];
