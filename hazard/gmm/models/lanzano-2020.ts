import { CoefficientTable, readTables, type Coefficients } from '../coefficients.js';
import { formDeclaration, log10Deviations } from '../context-form.js';
import type { ModelDeclaration, ModelModule } from '../model.js';
import { LN_CMS2_TO_G } from '../per-measure.js';

const { tables } = readTables(import.meta.url, 'lanzano-2020');

const HINGE_MAGNITUDE = 5;
/** km, squared */
const DEPTH2 = 36;

/** log10 units for the site class: none for the first class of each of the three classifications. */
type SiteTerm = (c: Coefficients, siteClass: string) => number;
const ofReference: SiteTerm = (c, siteClass) => (siteClass === 'A' ? 0 : c.s_other);
const ofEurocode8: SiteTerm = (c, siteClass) => (/^[B-E]$/.test(siteClass) ? c[`s${siteClass}`] : 0);
const ofCluster: SiteTerm = (c, siteClass) => (/^[2-9]$/.test(siteClass) ? c[`s${siteClass}`] : 0);

/** log10 y = a + f_M + [c1 (M - Mref) + c2] log10 R + c3 (R - 1) + s, R = sqrt(Rjb^2 + 36), cm/s2. */
function declaration(id: string, table: CoefficientTable, siteTerm: SiteTerm, notes: string): ModelDeclaration {
  return formDeclaration(
    {
      id,
      citation:
        'G. Lanzano, C. Felicetta, F. Pacor, D. Spallarossa, P. Traversa (2020), Methodology to identify the reference rock sites in regions of medium-to-high seismicity: an application in Central Italy, Geophysical Journal International 222(3), 2053-2067',
      tectonicRegionType: 'Active Shallow Crust',
      imts: table.imts,
      component: 'Average Horizontal',
      standardDeviations: ['total', 'inter', 'intra'],
      requires: { rupture: ['mag'], distances: ['rjb'], site: ['siteclass'] },
      notes,
    },
    (imt, sites) => {
      const c = table.row(imt, id);
      const siteTerms = Float64Array.from(sites.text.siteclass, (name) => Math.LN10 * siteTerm(c, name) + LN_CMS2_TO_G);
      let event = 0;
      let slope = 0;
      return {
        rupture({ mag }, r) {
          const dm = mag[r] - HINGE_MAGNITUDE;
          event = Math.LN10 * (c.a + (dm <= 0 ? c.b1 : c.b2) * dm);
          slope = c.c1 * (mag[r] - c.Mref) + c.c2;
        },
        mean({ rjb, site }, i) {
          const distance = Math.sqrt(rjb[i] * rjb[i] + DEPTH2);
          return event + slope * Math.log(distance) + Math.LN10 * c.c3 * (distance - 1) + siteTerms[site[i]];
        },
        deviations: log10Deviations(c.tau, Math.hypot(c.phi_S2S, c.phi_0)),
      };
    },
  );
}

export const models: ModelModule['models'] = [
  declaration(
    'LanzanoEtAl2020_Cluster',
    new CoefficientTable(tables.cluster),
    ofCluster,
    'siteclass is the number of a cluster, 1 to 9.',
  ),
  declaration(
    'LanzanoEtAl2020_EC8',
    new CoefficientTable(tables.eurocode8),
    ofEurocode8,
    'siteclass is that of Eurocode 8, A to E.',
  ),
  declaration(
    'LanzanoEtAl2020_ref',
    new CoefficientTable(tables.reference),
    ofReference,
    'siteclass A is reference rock, all others are not.',
  ),
];
