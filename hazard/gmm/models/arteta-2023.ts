import { siteTermsOfPeriod, siteTermsOfVelocity } from '../terms/arteta-site.js';
import type { DistanceKind } from '../../contexts/context-batch.js';
import { CoefficientTable, readTables } from '../coefficients.js';
import { formDeclaration } from '../context-form.js';
import type { ModelDeclaration, ModelModule } from '../model.js';

const { tables } = readTables(import.meta.url, 'arteta-2023');

const TABLE = new CoefficientTable(tables.main);
const SITE = new CoefficientTable(tables.site);

/** ln y (g) = theta1 + f_M + f_R + f_S + theta6 Rvolc + theta7 h; Rvolc is the length of the path in volcanic crust. */
function declaration(id: string, distance: DistanceKind, byVelocity: boolean): ModelDeclaration {
  return formDeclaration(
    {
      id,
      citation:
        'C. A. Arteta, C. A. Pajaro, V. Mercado, J. Montejo, M. Arcila, N. A. Abrahamson (2023), Ground-motion model (GMM) for crustal earthquakes in northern South America (NoSAm crustal GMM), Bulletin of the Seismological Society of America 113(1), 186-203, doi:10.1785/0120220168',
      tectonicRegionType: 'Active Shallow Crust',
      imts: TABLE.imts,
      component: 'Average Horizontal (RotD50)',
      standardDeviations: ['total', 'inter', 'intra'],
      requires: {
        rupture: ['mag', 'hypoDepth'],
        distances: [distance, 'rvolc'],
        site: byVelocity ? ['vs30'] : ['THV', 'PHV'],
      },
      notes: byVelocity
        ? 'Site classes by vs30.'
        : 'Site classes by the predominant period of H/V ratios (THV, s) and its peak (PHV). The distance is rrup, where the form by vs30 has rhypo, as in the reference engine.',
    },
    (imt, sites) => {
      const c = TABLE.row(imt, id);
      const siteTerms = (byVelocity ? siteTermsOfVelocity : siteTermsOfPeriod)(SITE.row(imt, id), sites);
      let event = 0;
      let slope = 0;
      return {
        rupture({ mag, hypoDepth }, r) {
          const m = mag[r];
          event =
            c.Tetha1 + c.Tetha3 * (8.5 - m) * (8.5 - m) + c.Tetha2 * Math.min(m - c.M1, 0) + c.Tetha7 * hypoDepth[r];
          slope = 0.5 * (c.Tetha4 + 0.275 * (m - c.M1));
        },
        mean(batch, i) {
          const r = batch[distance][i];
          const path = slope * Math.log(r * r + 4.5 * 4.5) + c.Tetha5 * r + c.Tetha6 * batch.rvolc[i];
          return event + path + siteTerms[batch.site[i]];
        },
        deviations: [c.Sigma, c.Tau, c.Phi],
      };
    },
  );
}

export const models: ModelModule['models'] = [
  declaration('ArtetaEtAl2023', 'rrup', false),
  declaration('ArtetaEtAl2023_Vs30', 'rhypo', true),
];
