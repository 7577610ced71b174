import { CoefficientTable, readTables } from '../coefficients.js';
import { formDeclaration, log10Deviations } from '../context-form.js';
import type { ModelDeclaration, ModelModule } from '../model.js';
import { LN_CMS2_TO_G } from '../per-measure.js';

const { tables } = readTables(import.meta.url, 'tusa-langer-azzaro-2019');

const REFERENCE_MAGNITUDE = 3.6;

/** log10 y = a + b1 M + b2 M^2 + [c1 + c2 (M - 3.6)] log10 R + c3 (R - 1) + site class, R = sqrt(Rhypo^2 + h(M)^2), cm/s2. */
function declaration(id: string, table: CoefficientTable): ModelDeclaration {
  return formDeclaration(
    {
      id,
      citation:
        'G. Tusa, H. Langer, R. Azzaro (2020), Localizing ground-motion models in volcanic terranes: shallow events at Mt. Etna, Italy, revisited, Bulletin of the Seismological Society of America 110(6), 2843-2861',
      tectonicRegionType: 'Volcanic',
      imts: table.imts,
      component: 'Greater of two horizontal',
      standardDeviations: ['total'],
      requires: { rupture: ['mag'], distances: ['rhypo'], site: ['vs30'] },
    },
    (imt, sites) => {
      const c = table.row(imt, id);
      const siteTerms = sites.numeric.vs30.map(
        (v) => Math.LN10 * (v >= 800 ? c.sA : v >= 360 ? c.sB : c.sCD) + LN_CMS2_TO_G,
      );
      let event = 0;
      let slope = 0;
      let near2 = 0;
      return {
        rupture({ mag }, r) {
          const m = mag[r];
          const near = 10 ** ((m - 3.391) / 2.076);
          event = Math.LN10 * (c.a + m * (c.b1 + m * c.b2));
          slope = c.c1 + c.c2 * (m - REFERENCE_MAGNITUDE);
          near2 = near * near;
        },
        mean({ rhypo, site }, i) {
          const d = Math.sqrt(rhypo[i] * rhypo[i] + near2);
          return event + slope * Math.log(d) + Math.LN10 * c.c3 * (d - 1) + siteTerms[site[i]];
        },
        deviations: log10Deviations(0, 0, c.SigmaTot),
      };
    },
  );
}

export const models: ModelModule['models'] = [
  declaration('TusaLangerAzzaro2019_100b', new CoefficientTable(tables['100b'])),
  declaration('TusaLangerAzzaro2019_60b', new CoefficientTable(tables['60b'])),
];
