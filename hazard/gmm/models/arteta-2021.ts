import { siteTermsOfPeriod, siteTermsOfVelocity } from '../terms/arteta-site.js';
import { CoefficientTable, readTables } from '../coefficients.js';
import { formDeclaration } from '../context-form.js';
import type { ModelDeclaration, ModelModule } from '../model.js';

const { tables } = readTables(import.meta.url, 'arteta-2021');

const SLAB_HINGE = 6.5;

/** ln y (g) = theta1 + f_M + f_R + f_S, and in the slab a constant for back-arc sites; phi changes from 150 to 200 km. */
function declaration(id: string, slab: boolean, byVelocity: boolean): ModelDeclaration {
  const table = new CoefficientTable(slab ? tables.slab : tables.interface);
  const siteTable = new CoefficientTable(slab ? tables.slabSite : tables.interfaceSite);
  const distance = slab ? 'rhypo' : 'rrup';
  const site = byVelocity ? ['vs30'] : ['THV', 'PHV'];
  return formDeclaration(
    {
      id,
      citation:
        'C. A. Arteta, C. A. Pajaro, V. Mercado, J. Montejo, M. Arcila, N. A. Abrahamson (2021), Ground-motion model for subduction earthquakes in northern South America, Earthquake Spectra 37(4), 2419-2452, doi:10.1177/87552930211027585',
      tectonicRegionType: `Subduction ${slab ? 'IntraSlab' : 'Interface'}`,
      imts: table.imts,
      component: 'Average Horizontal (RotD50)',
      standardDeviations: ['total', 'inter', 'intra'],
      requires: { rupture: ['mag'], distances: [distance], site: slab ? [...site, 'backarc'] : site },
      notes: byVelocity
        ? 'Site classes by vs30.'
        : 'Site classes by the predominant period of H/V ratios (THV, s) and its peak (PHV).',
    },
    (imt, sites) => {
      const c = table.row(imt, id);
      const siteTerms = (byVelocity ? siteTermsOfVelocity : siteTermsOfPeriod)(siteTable.row(imt, id), sites);
      if (slab) sites.numeric.backarc.forEach((flag, s) => (siteTerms[s] += flag * c.Teta6));
      let event = 0;
      let slope = 0;
      let near = 0;
      return {
        rupture({ mag }, r) {
          const m = mag[r];
          event = c.Teta1 + c.Teta3 * (10 - m) * (10 - m) + c.Teta2 * Math.min(m - (slab ? SLAB_HINGE : c.MC1), 0);
          slope = c.Teta4 + 0.1 * (m - 7);
          near = 10 * Math.exp(0.4 * (m - 6));
        },
        mean(batch, i) {
          const r = batch[distance][i];
          return event + slope * Math.log(r + near) + c.Teta5 * r + siteTerms[batch.site[i]];
        },
        deviations(batch, _r, i, into) {
          const share = Math.min(Math.max((batch[distance][i] - 150) / 50, 0), 1);
          const phi = c.Phi1 + (c.Phi2 - c.Phi1) * share;
          into[0] = Math.hypot(c.Tau, phi);
          into[1] = c.Tau;
          into[2] = phi;
        },
      };
    },
  );
}

export const models: ModelModule['models'] = [
  declaration('ArtetaEtAl2021Inter', false, false),
  declaration('ArtetaEtAl2021InterVs30', false, true),
  declaration('ArtetaEtAl2021Slab', true, false),
  declaration('ArtetaEtAl2021SlabVs30', true, true),
];
