import { CoefficientTable, readTables } from '../coefficients.js';
import { formDeclaration } from '../context-form.js';
import type { ModelDeclaration, ModelModule } from '../model.js';

const { tables } = readTables(import.meta.url, 'bahrampouri-2021-duration');

/** Rounded to four decimals, as the authors do with each term. */
const rounded = (x: number): number => {
  const scaled = x * 1e4;
  const nearest = Math.round(scaled);
  // halves go to the even neighbour
  return (Math.abs(scaled - Math.trunc(scaled)) === 0.5 && nearest % 2 !== 0 ? nearest - 1 : nearest) / 1e4;
};

/** Depth z1.0 expected at vs30 (m/s) in Japan, m, less a constant of the authors. */
const expectedDepth = (vs30: number): number =>
  Math.exp((-5.23 / 2) * Math.log((vs30 ** 2 + 412.39 ** 2) / (1360 ** 2 + 412.39 ** 2)) - 0.9);

/** ln D = ln(source + path) + site; earthquakes on the interface all count as reverse. */
function declaration(id: string, tectonicRegionType: string, table: CoefficientTable): ModelDeclaration {
  return formDeclaration(
    {
      id,
      citation:
        'M. Bahrampouri, A. Rodriguez-Marek, R. A. Green (2021), Ground motion prediction equations for significant duration using the KiK-net database, Earthquake Spectra 37(2), 903-920',
      tectonicRegionType,
      imts: table.imts,
      component: 'Average Horizontal',
      standardDeviations: ['total', 'inter', 'intra'],
      requires: { rupture: ['mag', 'rake'], distances: ['rrup'], site: ['vs30', 'z1pt0'] },
      notes:
        'Source, path and site term are rounded to four decimals, as in the reference engine. A z1pt0 of -999 stands for the depth expected at vs30.',
    },
    (imt, sites) => {
      const c = table.row(imt, id);
      const { z1pt0 } = sites.numeric;
      const siteTerms = sites.numeric.vs30.map((v, s) => {
        const difference = z1pt0[s] === -999 ? 0 : rounded(z1pt0[s] - expectedDepth(v));
        return rounded(c.s1 * Math.log(Math.min(v, 600) / 600) + c.s2 * Math.min(difference, 250) + c.s3);
      });
      let source = 0;
      let slope = 0;
      let share = 0;
      return {
        rupture({ mag, rake }, r) {
          const m = mag[r];
          const normal = rake[r] <= -45 && rake[r] >= -135;
          const reverse = (rake[r] >= 45 && rake[r] <= 135) || c.m3_SS === undefined;
          const level = reverse ? c.m3_RS : normal ? c.m3_NS : c.m3_SS;
          source = rounded(10 ** (c.m1 * (m - c.m2)) + level);
          slope = c.r1 + c.r2 * (m - 4);
          share = Math.min(Math.max((m - c.M1) / (c.M2 - c.M1), 0), 1);
        },
        mean({ rrup, site }, i) {
          const distance = rrup[i];
          const path = distance > c.R1 ? c.R1 + share * (distance - c.R1) : distance;
          return Math.log(source + rounded(slope * path)) + siteTerms[site[i]];
        },
        deviations: [c.sig, c.tau, Math.hypot(c.phi_ss, c.phi_s2s)],
      };
    },
  );
}

export const models: ModelModule['models'] = [
  declaration('BahrampouriEtAldm2021Asc', 'Active Shallow Crust', new CoefficientTable(tables.crust)),
  declaration('BahrampouriEtAldm2021SInter', 'Subduction Interface', new CoefficientTable(tables.interface)),
  declaration('BahrampouriEtAldm2021SSlab', 'Subduction IntraSlab', new CoefficientTable(tables.slab)),
];
