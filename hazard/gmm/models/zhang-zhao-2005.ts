import { CoefficientTable, readTables } from '../coefficients.js';
import { formDeclaration, log10Deviations } from '../context-form.js';
import type { ModelDeclaration, ModelModule } from '../model.js';

const { tables } = readTables(import.meta.url, 'zhang-zhao-2005');

const SLOPE = new CoefficientTable(tables.slope);
const FREE_FACE = new CoefficientTable(tables.freeFace);
/** of log10 of the spectral displacement */
const DISPLACEMENT_SLOPE = 1.856;

/** ln of the spectral displacement (m) at 0.5 or 1 s that drives the spread: constant of a rupture, slope of the distance, saturation. */
interface Displacement {
  readonly event: number;
  readonly slope: number;
  readonly near: number;
}

/** Crustal earthquakes: spectral acceleration at 0.5 s of Sadigh et al. (1997). */
function crust(mag: number, rake: number): Displacement {
  const [c1, c6] = rake >= 45 && rake <= 135 ? [-1.92, 0.8285] : [-2.17, 0.8494];
  const above = Math.max(8.5 - mag, 0);
  return {
    event: Math.log(0.06212) + c1 + mag + c6 - 0.033 * above ** 2.5,
    slope: -1.7,
    near: mag >= 6.5 ? 0.3825 * Math.exp(0.5882 * mag) : 2.1863 * Math.exp(0.32 * mag),
  };
}

/** Subduction earthquakes: spectral acceleration at 1 s of Youngs et al. (1997) on soil. */
function subduction(mag: number, hypoDepth: number, slab: number): Displacement {
  return {
    event: Math.log(0.2485) - 3.5387 + 1.438 * mag - 0.0066 * (10 - mag) ** 3 + 0.00648 * hypoDepth + 0.3643 * slab,
    slope: -1.785,
    near: 1.097 * Math.exp(0.617 * mag),
  };
}

/** log10 D (m) = 1.856 log10 SD + c4 log10 W + c5 T15 + c6 log10(100 - F15) + c7 log10(D50 + 0.1) + c8. */
function declaration(
  id: string,
  tectonicRegionType: string,
  setting: 'crust' | 'interface' | 'slab',
): ModelDeclaration {
  return formDeclaration(
    {
      id,
      citation:
        'J. Zhang, J. X. Zhao (2005), Empirical models for estimating liquefaction-induced lateral spread displacement, Soil Dynamics and Earthquake Engineering 25(6), 439-450',
      tectonicRegionType,
      imts: SLOPE.imts,
      component: 'Horizontal',
      standardDeviations: ['total'],
      requires: {
        rupture: setting === 'crust' ? ['mag', 'rake'] : ['mag', 'hypoDepth'],
        distances: ['rrup'],
        site: ['slope', 'freeface_ratio', 'T_15', 'F_15', 'D50_15'],
      },
      notes:
        'Displacement of lateral spread, m. Ground that does not slope has the form of a free face. T_15 m, F_15 percent, D50_15 mm.',
    },
    (imt, sites) => {
      const slope = SLOPE.row(imt, id);
      const face = FREE_FACE.row(imt, id);
      const { slope: ground, freeface_ratio: ratio, T_15: thickness, F_15: fines, D50_15: grain } = sites.numeric;
      const siteTerms = ground.map((w, s) => {
        const c = w === 0 ? face : slope;
        return (
          Math.LN10 *
          (c.c4 * Math.log10(w === 0 ? ratio[s] : w) +
            c.c5 * thickness[s] +
            c.c6 * Math.log10(100 - fines[s]) +
            c.c7 * Math.log10(grain[s] + 0.1) +
            c.c8)
        );
      });
      let displacement: Displacement = { event: 0, slope: 0, near: 0 };
      return {
        rupture({ mag, rake, hypoDepth }, r) {
          displacement =
            setting === 'crust' ? crust(mag[r], rake[r]) : subduction(mag[r], hypoDepth[r], setting === 'slab' ? 1 : 0);
        },
        mean: ({ rrup, site }, i) =>
          DISPLACEMENT_SLOPE * (displacement.event + displacement.slope * Math.log(rrup[i] + displacement.near)) +
          siteTerms[site[i]],
        deviations: log10Deviations(0, 0, slope.sigma),
      };
    },
  );
}

export const models: ModelModule['models'] = [
  declaration('Zhang_Zhao2005Crust', 'Active Shallow Crust', 'crust'),
  declaration('Zhang_Zhao2005SInter', 'Subduction Interface', 'interface'),
  declaration('Zhang_Zhao2005SSlab', 'Subduction IntraSlab', 'slab'),
];
