import { CoefficientTable, readTables } from '../coefficients.js';
import { formDeclaration, componentDeviations } from '../context-form.js';
import type { ModelDeclaration, ModelModule } from '../model.js';

const { tables } = readTables(import.meta.url, 'sandikkaya-akkar-2017');

const HINGE_MAGNITUDE = 6.75;
/** cm/s to g s, as the authors round gravity */
const LN_CAV_UNIT = -Math.log(100 * 9.81);

/** ln y = a1 + a2 (M - 6.75) + a3 (8.5 - M)^2 + [a4 + a5 (M - 6.75)] ln sqrt(R^2 + a6^2) + style + a9 ln(min(vs30, 1000) / 750). */
function declaration(id: string, distance: 'rjb' | 'repi' | 'rhypo'): ModelDeclaration {
  const table = new CoefficientTable(tables[distance]);
  return formDeclaration(
    {
      id,
      citation:
        'M. A. Sandıkkaya, S. Akkar (2017), Cumulative absolute velocity, Arias intensity and significant duration predictive models from a pan-European strong-motion dataset, Bulletin of Earthquake Engineering 15, 1881-1898',
      tectonicRegionType: 'Active Shallow Crust',
      imts: table.imts,
      component: 'Average Horizontal',
      standardDeviations: ['total', 'inter', 'intra'],
      requires: { rupture: ['mag', 'rake'], distances: [distance], site: ['vs30'] },
    },
    (imt, sites) => {
      const c = table.row(imt, id);
      const unit = imt.kind === 'CAV' ? LN_CAV_UNIT : 0;
      const siteTerms = sites.numeric.vs30.map((v) => c.a9 * Math.log(Math.min(v, 1000) / 750) + unit);
      let event = 0;
      let slope = 0;
      return {
        rupture({ mag, rake }, r) {
          const dm = mag[r] - HINGE_MAGNITUDE;
          const normal = Math.abs(rake[r] + 90) < 45;
          const reverse = Math.abs(rake[r] - 90) < 45;
          event = c.a1 + c.a2 * dm + c.a3 * (8.5 - mag[r]) * (8.5 - mag[r]) + (normal ? c.a7 : reverse ? c.a8 : 0);
          slope = 0.5 * (c.a4 + c.a5 * dm);
        },
        mean(batch, i) {
          const d = batch[distance][i];
          return event + slope * Math.log(d * d + c.a6 * c.a6) + siteTerms[batch.site[i]];
        },
        deviations: componentDeviations(c.tau, c.phi),
      };
    },
  );
}

export const models: ModelModule['models'] = [
  declaration('SandikkayaAkkar2017Repi', 'repi'),
  declaration('SandikkayaAkkar2017Rhyp', 'rhypo'),
  declaration('SandikkayaAkkar2017Rjb', 'rjb'),
];
