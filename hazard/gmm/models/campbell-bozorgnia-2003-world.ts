import { CoefficientTable, readTables, type Coefficients } from '../coefficients.js';
import { formDeclaration } from '../context-form.js';
import type { ModelDeclaration, ModelModule } from '../model.js';

const { tables } = readTables(import.meta.url, 'campbell-bozorgnia-2003-world');

const CITATION =
  'K. W. Campbell, Y. Bozorgnia (2003), Updated near-source ground-motion (attenuation) relations for the horizontal and vertical components of peak ground acceleration and acceleration response spectra, Bulletin of the Seismological Society of America 93(1), 314-331, with the errata of 2003 and 2004';

/** Columns of the site class: firm soil counts as none; saturation (c5 + ...) and amplification. */
function siteClass(c: Coefficients, vs30: number): readonly [saturation: number, amplification: number, soft: 0 | 1] {
  if (vs30 > 830) return [c.c5 + c.c7, c.c14, 1];
  if (vs30 > 421) return [c.c5 + c.c6, c.c13, 1];
  return vs30 >= 368 ? [c.c5 + c.c6, c.c12, 1] : [c.c5, 0, 0];
}

/** Reverse (dip above 45 degrees) or thrust, by rake. */
const isReverse = (rake: number): boolean => rake >= 22.5 && rake <= 157.5;

/** Equations 1 to 8: ln y (g), with the hanging wall within 5 km of the surface projection. */
function declaration(id: string, component: string, table: CoefficientTable): ModelDeclaration {
  return formDeclaration(
    {
      id,
      citation: CITATION,
      tectonicRegionType: 'Active Shallow Crust',
      imts: table.imts,
      component,
      standardDeviations: ['total'],
      requires: { rupture: ['mag', 'rake', 'dip'], distances: ['rrup', 'rjb'], site: ['vs30'] },
      notes: 'Site classes by vs30: firm soil below 368 m/s, very firm soil to 421, soft rock to 830, firm rock above.',
    },
    (imt, sites) => {
      const c = table.row(imt, id);
      const classes = Array.from(sites.numeric.vs30, (v) => siteClass(c, v));
      const saturation2 = Float64Array.from(classes, ([g]) => g * g);
      const amplification = Float64Array.from(classes, ([, term]) => term);
      const stiff = Float64Array.from(classes, ([, , flag]) => flag);
      let event = 0;
      let growth = 0;
      let hangingWall = 0;
      return {
        rupture({ mag, rake, dip }, r) {
          const m = mag[r];
          const above = (8.5 - m) * (8.5 - m);
          const style = isReverse(rake[r]) ? (dip[r] > 45 ? c.c10 : c.c11) : 0;
          event = c.c1 + c.c2 * m + c.c3 * above + style;
          growth = Math.exp(2 * (c.c8 * m + c.c9 * above));
          hangingWall = isReverse(rake[r]) && dip[r] <= 70 ? c.c15 * Math.min(Math.max(m - 5.5, 0), 1) : 0;
        },
        mean({ rrup, rjb, site }, i) {
          const s = site[i];
          let value = event + 0.5 * c.c4 * Math.log(rrup[i] * rrup[i] + growth * saturation2[s]) + amplification[s];
          if (hangingWall !== 0 && rjb[i] < 5)
            value += stiff[s] * hangingWall * (1 - rjb[i] / 5) * Math.min(rrup[i] / 8, 1);
          return value;
        },
        deviations({ mag }, r, _i, into) {
          into[0] = c.c16 - (mag[r] < 7.4 ? 0.07 * mag[r] : 0.518);
          into[1] = 0;
          into[2] = 0;
        },
      };
    },
  );
}

export const models: ModelModule['models'] = [
  declaration('CampbellBozorgnia2003', 'Average Horizontal', new CoefficientTable(tables.horizontal)),
  declaration('CampbellBozorgnia2003Vertical', 'Vertical', new CoefficientTable(tables.vertical)),
];
