import { CoefficientTable, readTables, type Coefficients } from '../coefficients.js';
import { formDeclaration, log10Deviations } from '../context-form.js';
import type { ModelDeclaration, ModelModule } from '../model.js';
import { LN_CMS2_TO_G } from '../per-measure.js';
import { styleOfFaulting } from '../terms/style-of-faulting.js';

const { tables } = readTables(import.meta.url, 'zafarani-2018');

/** Classes of Eurocode 8, log10 units. */
function siteTerm(c: Coefficients, vs30: number): number {
  if (vs30 >= 800) return 0;
  if (vs30 >= 360) return c.sB;
  return vs30 >= 180 ? c.sC : c.sD;
}

/** log10 y = e1 + f_M + c1 log10 sqrt(Rjb^2 + h^2) + site class + style of faulting, cm/s2, or the ratio of components. */
function declaration(id: string, component: string, table: CoefficientTable, unit: number): ModelDeclaration {
  return formDeclaration(
    {
      id,
      citation:
        'H. Zafarani, L. Luzi, G. Lanzano, M. R. Soghrat (2018), Empirical equations for the prediction of PGA and pseudo spectral accelerations using Iranian strong-motion data, Journal of Seismology 22, 263-285',
      tectonicRegionType: 'Active Shallow Crust',
      imts: table.imts,
      component,
      standardDeviations: ['total', 'inter', 'intra'],
      requires: { rupture: ['mag', 'rake'], distances: ['rjb'], site: ['vs30'] },
      notes: 'Normal faulting counts as unspecified.',
    },
    (imt, sites) => {
      const c = table.row(imt, id);
      const siteTerms = sites.numeric.vs30.map((v) => Math.LN10 * siteTerm(c, v) + unit);
      const style = { 'strike-slip': c.fSS, normal: 0, reverse: c.fTF };
      let event = 0;
      return {
        rupture({ mag, rake }, r) {
          const dm = mag[r] - c.mh;
          const scaling = dm <= 0 ? dm * (c.b1 + dm * c.b2) : c.b3 * dm;
          event = Math.LN10 * (c.e1 + scaling + style[styleOfFaulting(rake[r])]);
        },
        mean: ({ rjb, site }, i) => event + 0.5 * c.c1 * Math.log(rjb[i] * rjb[i] + c.h * c.h) + siteTerms[site[i]],
        deviations: log10Deviations(c.SigmaB, c.SigmaW, c.SigmaTot),
      };
    },
  );
}

export const models: ModelModule['models'] = [
  declaration('ZafaraniEtAl2018', 'Average Horizontal', new CoefficientTable(tables.main), LN_CMS2_TO_G),
  declaration('ZafaraniEtAl2018VHratio', 'Vertical-to-Horizontal Ratio', new CoefficientTable(tables.ratio), 0),
];
