import { CoefficientTable, readTables } from '../coefficients.js';
import { formDeclaration, log10Deviations } from '../context-form.js';
import type { ModelModule } from '../model.js';

const { tables } = readTables(import.meta.url, 'youd-2002');

const SLOPE = new CoefficientTable(tables.slope);
const FREE_FACE = new CoefficientTable(tables.freeFace);
const ID = 'YoudEtAl2002';

/** log10 D (m) = c0 + c1 M + c2 log10(R + 10^(0.89 M - 5.64)) + c3 R + c4 log10 W + c5 log10 T15 + c6 log10(100 - F15) + c7 log10(D50 + 0.1). */
const YoudEtAl2002 = formDeclaration(
  {
    id: ID,
    citation:
      'T. L. Youd, C. M. Hansen, S. F. Bartlett (2002), Revised multilinear regression equations for prediction of lateral spread displacement, Journal of Geotechnical and Geoenvironmental Engineering 128(12), 1007-1017',
    tectonicRegionType: 'Active Shallow Crust',
    imts: SLOPE.imts,
    component: 'Horizontal',
    standardDeviations: ['total'],
    requires: {
      rupture: ['mag', 'hypoDepth'],
      distances: ['repi'],
      site: ['slope', 'freeface_ratio', 'T_15', 'F_15', 'D50_15'],
    },
    notes:
      'Displacement of lateral spread, m. Ground that does not slope has the form of a free face. T_15 m, F_15 percent, D50_15 mm. Of earthquakes at depths of 50 km and more, distances below 5 km count as 5 km.',
  },
  (imt, sites) => {
    const slope = SLOPE.row(imt, ID);
    const face = FREE_FACE.row(imt, ID);
    const { slope: ground, freeface_ratio: ratio, T_15: thickness, F_15: fines, D50_15: grain } = sites.numeric;
    const siteTerms = ground.map((w, s) => {
      const c = w === 0 ? face : slope;
      return (
        c.c0 +
        c.c4 * Math.log10(w === 0 ? ratio[s] : w) +
        c.c5 * Math.log10(thickness[s]) +
        c.c6 * Math.log10(100 - fines[s]) +
        c.c7 * Math.log10(grain[s] + 0.1)
      );
    });
    // both forms have the same coefficients of magnitude and distance
    const { c1, c2, c3 } = slope;
    let event = 0;
    let near = 0;
    let closest = 0;
    return {
      rupture({ mag, hypoDepth }, r) {
        event = c1 * mag[r];
        near = 10 ** (0.89 * mag[r] - 5.64);
        closest = hypoDepth[r] >= 50 ? 5 : 0;
      },
      mean({ repi, site }, i) {
        const distance = Math.max(repi[i], closest);
        return Math.LN10 * (event + c2 * Math.log10(distance + near) + c3 * distance + siteTerms[site[i]]);
      },
      deviations: log10Deviations(0, 0, slope.sigma),
    };
  },
);

export const models: ModelModule['models'] = [YoudEtAl2002];
