import { CoefficientTable, readTables, type Coefficients } from '../coefficients.js';
import { formDeclaration } from '../context-form.js';
import type { ModelDeclaration, ModelModule } from '../model.js';
import { californiaZ1, japanZ1 } from '../terms/nga-west2.js';

const { tables } = readTables(import.meta.url, 'afshari-stewart-2016');

const TABLE = new CoefficientTable(tables.main);
/** km: hinges of the path term */
const R1 = 10;
const R2 = 50;
/** m/s: no change of the site term above */
const V1 = 600;
/** m: basin depths count up to this above the expected one */
const LARGEST_DEPTH = 200;
const REFERENCE_MAGNITUDE = 6;

/** Source duration, s: 1 / f0 of the stress drop at a magnitude (equations 4 to 8); a constant for small magnitudes. */
function sourceDuration(c: Coefficients, mag: number, rake: number): number {
  const reverse = rake >= 45 && rake <= 135;
  const normal = rake <= -45 && rake >= -135;
  if (mag <= c.m1) return reverse ? c.b0R : normal ? c.b0N : c.b0SS;
  const level = reverse ? c.b1R : normal ? c.b1N : c.b1SS;
  const growth = c.b2 * (Math.min(mag, c.m2) - REFERENCE_MAGNITUDE) + c.b3 * Math.max(mag - c.m2, 0);
  const moment = 10 ** (1.5 * mag + 16.05);
  return 1 / (4.9e6 * 3.2 * Math.cbrt(Math.exp(level + growth) / moment));
}

/** Path duration, s: three straight lines (equation 9). */
function pathDuration({ c1, c2, c3 }: Coefficients, rrup: number): number {
  return c1 * Math.min(rrup, R1) + c2 * Math.min(Math.max(rrup - R1, 0), R2 - R1) + c3 * Math.max(rrup - R2, 0);
}

/** ln D = ln(source + path) + site (equations 3 to 13); basins are deep or shallow against the depth expected in the region. */
function declaration(id: string, expectedDepth: (vs30: number) => number): ModelDeclaration {
  return formDeclaration(
    {
      id,
      citation:
        'K. Afshari, J. P. Stewart (2016), Physically parameterized prediction equations for significant duration in active crustal regions, Earthquake Spectra 32(4), 2057-2081',
      tectonicRegionType: 'Active Shallow Crust',
      imts: TABLE.imts,
      component: 'Average Horizontal',
      standardDeviations: ['total', 'inter', 'intra'],
      requires: { rupture: ['mag', 'rake'], distances: ['rrup'], site: ['vs30', 'z1pt0'] },
      notes:
        'A z1pt0 of -999 stands for the depth expected at vs30. The depth expected is taken in km and the depth of the site in m, as in the reference engine, so that nearly all sites count as 200 m deeper than expected or by their depth alone.',
    },
    (imt, sites) => {
      const c = TABLE.row(imt, id);
      const { z1pt0 } = sites.numeric;
      const siteTerms = sites.numeric.vs30.map((v, s) => {
        const expected = expectedDepth(v) / 1000;
        const depth = z1pt0[s] === -999 ? 0 : z1pt0[s] - expected;
        return c.c5 * Math.min(depth, LARGEST_DEPTH) + c.c4 * Math.log(Math.min(v, V1) / c.vref);
      });
      let source = 0;
      return {
        rupture(batch, r) {
          source = sourceDuration(c, batch.mag[r], batch.rake[r]);
        },
        mean: ({ rrup, site }, i) => Math.log(source + pathDuration(c, rrup[i])) + siteTerms[site[i]],
        deviations({ mag }, r, _i, into) {
          const tau = c.tau1 + (c.tau2 - c.tau1) * Math.min(Math.max((mag[r] - 6.5) / 0.5, 0), 1);
          const phi = c.phi1 + (c.phi2 - c.phi1) * Math.min(Math.max((mag[r] - 5.5) / 0.25, 0), 1);
          into[0] = Math.hypot(tau, phi);
          into[1] = tau;
          into[2] = phi;
        },
      };
    },
  );
}

export const models: ModelModule['models'] = [
  declaration('AfshariStewart2016', californiaZ1),
  declaration('AfshariStewart2016Japan', japanZ1),
];
