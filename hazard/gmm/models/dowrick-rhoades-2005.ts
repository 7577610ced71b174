import { CoefficientTable, readTables } from '../coefficients.js';
import type { ModelDeclaration, ModelModule } from '../model.js';
import { fillSigma, perMeasureModel } from '../per-measure.js';

const { tables } = readTables(import.meta.url, 'dowrick-rhoades-2005');
const MAIN = new CoefficientTable(tables.main);
const DEEP = new CoefficientTable(tables.deep);
const requires = { rupture: ['mag', 'rake', 'hypoDepth'], distances: ['rrup'], site: ['vs30'] } as const;

/** Site term at low intensity; vs30 m/s. */
function weakSiteTerm(vs30: number): number {
  if (vs30 < 180) return 1;
  if (vs30 <= 360) return 0.5;
  if (vs30 <= 760) return 0;
  return vs30 <= 1500 ? -0.5 : -1;
}

/** Share of the site term that is left at an intensity. */
function siteShare(intensity: number): number {
  if (intensity <= 7) return 1;
  return intensity < 9.5 ? 1 - 0.5 * (intensity - 7) : -0.25;
}

/** Where the earthquakes are: crustal ones have a style of faulting, the others a term of their setting. */
type Setting = 'crust' | 'interface' | 'slab' | 'volcanic';

/**
 * I = A1 + (A2 + A2R R + A2V V) M + (A3 + A3S S + A3V V) log10 (Rrup^3 + d^3)^(1/3) + A4 h + A5 I, and a site term; R reverse,
 * S strike-slip, V volcanic, I interface. Interface earthquakes count as reverse.
 */
function modelOf(id: string, setting: Setting) {
  const table = setting === 'slab' ? DEEP : MAIN;
  const crust = setting === 'crust';
  return perMeasureModel(id, requires, (imt, sites) => {
    const c = table.row(imt, id);
    const weak = sites.numeric.vs30.map(weakSiteTerm);
    const total = Math.hypot(c.sigma, c.tau);
    const d3 = c.d * c.d * c.d;
    const onInterface = setting === 'interface' ? 1 : 0;
    const volcanic = setting === 'volcanic' ? 1 : 0;
    return (batch, out, m) => {
      const { start, site, mag, rake, hypoDepth, rrup } = batch;
      const mean = out.mean[m];
      for (let r = 0; r < batch.ruptures; r++) {
        const reverse = onInterface || (crust && rake[r] > 45 && rake[r] < 135) ? 1 : 0;
        const strikeSlip = crust && (Math.abs(rake[r]) <= 45 || Math.abs(rake[r]) >= 135) ? 1 : 0;
        const constant =
          c.A1 + (c.A2 + c.A2R * reverse + c.A2V * volcanic) * mag[r] + c.A4 * hypoDepth[r] + c.A5 * onInterface;
        const slope = ((c.A3 + c.A3S * strikeSlip + c.A3V * volcanic) * Math.LOG10E) / 3;
        for (let i = start[r]; i < start[r + 1]; i++) {
          const intensity = constant + slope * Math.log(rrup[i] * rrup[i] * rrup[i] + d3);
          mean[i] = intensity + weak[site[i]] * siteShare(intensity);
        }
      }
      fillSigma(out, m, batch.size, total, c.tau, c.sigma);
    };
  });
}

function declaration(id: string, tectonicRegionType: string, setting: Setting): ModelDeclaration {
  return {
    id,
    citation:
      'D. J. Dowrick, D. A. Rhoades (2005), Bulletin of the New Zealand Society for Earthquake Engineering 38(4), 185-214',
    tectonicRegionType,
    imts: MAIN.imts,
    component: 'Horizontal',
    standardDeviations: ['total', 'inter', 'intra'],
    requires,
    arguments: [],
    create: () => modelOf(id, setting),
  };
}

export const models: ModelModule['models'] = [
  declaration('DowrickRhoades2005Asc', 'Active Shallow Crust', 'crust'),
  declaration('DowrickRhoades2005SInter', 'Subduction Interface', 'interface'),
  declaration('DowrickRhoades2005SSlab', 'Subduction IntraSlab', 'slab'),
  declaration('DowrickRhoades2005Volc', 'Volcanic', 'volcanic'),
];
