import { CoefficientTable, readTables } from '../coefficients.js';
import { formDeclaration } from '../context-form.js';
import type { ModelDeclaration, ModelModule } from '../model.js';
import { GRAVITY } from '../per-measure.js';
import { styleOfFaulting } from '../terms/style-of-faulting.js';

const { tables } = readTables(import.meta.url, 'ambraseys-2005');

/** log10 y = a1 + a2 M + (a3 + a4 M) log10 sqrt(Rjb^2 + a5^2) + site class + style of faulting, m/s2; sigma falls with magnitude. */
function declaration(id: string, component: string, part: string, table: CoefficientTable): ModelDeclaration {
  return formDeclaration(
    {
      id,
      citation: `N. N. Ambraseys, J. Douglas, S. K. Sarma, P. M. Smit (2005), Equations for the estimation of strong ground motions from shallow crustal earthquakes using data from Europe and the Middle East: ${part}`,
      tectonicRegionType: 'Active Shallow Crust',
      imts: table.imts,
      component,
      standardDeviations: ['total', 'inter', 'intra'],
      requires: { rupture: ['mag', 'rake'], distances: ['rjb'], site: ['vs30'] },
    },
    (imt, sites) => {
      const c = table.row(imt, id);
      const unit = -Math.log(GRAVITY);
      const siteTerms = sites.numeric.vs30.map((v) => Math.LN10 * (v <= 360 ? c.a6 : v <= 750 ? c.a7 : 0) + unit);
      const style = { 'strike-slip': c.a10, normal: c.a8, reverse: c.a9 };
      let event = 0;
      let slope = 0;
      return {
        rupture({ mag, rake }, r) {
          event = Math.LN10 * (c.a1 + c.a2 * mag[r] + style[styleOfFaulting(rake[r])]);
          slope = 0.5 * (c.a3 + c.a4 * mag[r]);
        },
        mean: ({ rjb, site }, i) => event + slope * Math.log(rjb[i] * rjb[i] + c.a5 * c.a5) + siteTerms[site[i]],
        deviations({ mag }, r, _i, into) {
          const phi = Math.LN10 * (c.Sig1a - c.Sig1b * mag[r]);
          const tau = Math.LN10 * (c.Sig2a - c.Sig2b * mag[r]);
          into[0] = Math.hypot(tau, phi);
          into[1] = tau;
          into[2] = phi;
        },
      };
    },
  );
}

export const models: ModelModule['models'] = [
  declaration(
    'AmbraseysEtAl2005',
    'Greater of two horizontal',
    'horizontal peak ground acceleration and spectral acceleration, Bulletin of Earthquake Engineering 3, 1-53',
    new CoefficientTable(tables.horizontal),
  ),
  declaration(
    'AmbraseysEtAl2005Vertical',
    'Vertical',
    'vertical peak ground acceleration and spectral acceleration, Bulletin of Earthquake Engineering 3, 55-73',
    new CoefficientTable(tables.vertical),
  ),
];
