import { CoefficientTable, readTables } from '../coefficients.js';
import { formDeclaration } from '../context-form.js';
import type { ModelDeclaration, ModelModule } from '../model.js';

const { tables } = readTables(import.meta.url, 'morikawa-fujiwara-2013');

const TABLE = new CoefficientTable(tables.main);
/** magnitude above which nothing grows, and the vertex of the parabola */
const LARGEST = 8.2;
const VERTEX = 16;
/** m: reference depth of the 1.4 km/s horizon */
const REFERENCE_DEPTH = 300;

type Setting = 'crust' | 'interface' | 'slab';
const REGION_TYPES: Readonly<Record<Setting, string>> = {
  crust: 'Active Shallow Crust',
  interface: 'Subduction Interface',
  slab: 'Subduction IntraSlab',
};
/** columns of attenuation and constant */
const COLUMNS: Readonly<Record<Setting, readonly [string, string]>> = {
  crust: ['b1', 'c1'],
  interface: ['b2', 'c2'],
  slab: ['b3', 'c3'],
};

/**
 * log10 y = a (min(M, 8.2) - 16)^2 + b R + c - log10(R + d 10^(0.5 M)) + deep and shallow site response + correction of anomalous
 * intensities behind the volcanic front, cm/s2 or cm/s; JMA intensity is twice that.
 */
function declaration(id: string, setting: Setting, region?: 'NE' | 'SW'): ModelDeclaration {
  return formDeclaration(
    {
      id,
      citation:
        'N. Morikawa, H. Fujiwara (2013), A new ground motion prediction equation for Japan applicable up to M9 mega-earthquake, Journal of Disaster Research 8(5), 878-888',
      tectonicRegionType: REGION_TYPES[setting],
      imts: TABLE.imts,
      component: 'Average Horizontal',
      standardDeviations: ['total'],
      requires: { rupture: ['mag', 'hypoDepth'], distances: ['rrup'], site: ['vs30', 'z1pt4', 'xvf'] },
      notes:
        'z1pt4: depth of the 1.4 km/s horizon, m; xvf: distance from the volcanic front, km, positive in the back-arc. PGV is in cm/s and JMA an intensity; the reference engine 3.24 divides both by 980.665 like accelerations, later versions do not.',
    },
    (imt, sites) => {
      const c = TABLE.row(imt, id);
      const [attenuation, constant] = COLUMNS[setting];
      const { vs30, z1pt4, xvf } = sites.numeric;
      const jma = imt.kind === 'JMA';
      const scale = jma ? 2 : Math.LN10;
      const unit = jma || imt.kind === 'PGV' ? 0 : -Math.log(980.665);
      const siteTerms = vs30.map((v, s) => {
        const deep = c.pd * Math.log10(Math.max(c.Dlmin, z1pt4[s]) / REFERENCE_DEPTH);
        return scale * (deep + c.ps * Math.log10(Math.min(c.Vsmax, v) / c.V0)) + unit;
      });
      const gamma = region === 'NE' ? c.gNE : region === 'SW' ? c.gEW : 0;
      const behind = xvf.map((x) => scale * gamma * Math.min(x, 75));
      let event = 0;
      let near = 0;
      let deep = 0;
      return {
        rupture({ mag, hypoDepth }, r) {
          const m = Math.min(mag[r], LARGEST);
          event = scale * (c.a * (m - VERTEX) * (m - VERTEX) + c[constant]);
          if (setting === 'slab' && region === 'SW' && hypoDepth[r] < 80) event += scale * c.PH;
          near = c.d * 10 ** (0.5 * m);
          deep = Math.max(hypoDepth[r] - 30, 0);
        },
        mean({ rrup, site }, i) {
          const distance = rrup[i];
          const s = site[i];
          return (
            event + scale * (c[attenuation] * distance - Math.log10(distance + near)) + siteTerms[s] + behind[s] * deep
          );
        },
        deviations: [scale * c.sigma, 0, 0],
      };
    },
  );
}

export const models: ModelModule['models'] = [
  declaration('MorikawaFujiwara2013Crustal', 'crust'),
  declaration('MorikawaFujiwara2013SubInterface', 'interface'),
  declaration('MorikawaFujiwara2013SubInterfaceNE', 'interface', 'NE'),
  declaration('MorikawaFujiwara2013SubInterfaceSW', 'interface', 'SW'),
  declaration('MorikawaFujiwara2013SubSlab', 'slab'),
  declaration('MorikawaFujiwara2013SubSlabNE', 'slab', 'NE'),
  declaration('MorikawaFujiwara2013SubSlabSW', 'slab', 'SW'),
];
