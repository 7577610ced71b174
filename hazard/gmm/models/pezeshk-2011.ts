import { CoefficientTable, readTables } from '../coefficients.js';
import type { Requirements } from '../../contexts/context-batch.js';
import type { ModelDeclaration, ModelModule } from '../model.js';
import { perMeasureModel } from '../per-measure.js';
import { writeNoComponents } from '../sigma.js';

const { tables } = readTables(import.meta.url, 'pezeshk-2011');
const MAIN = new CoefficientTable(tables.main);
const SITE = new CoefficientTable(tables.site);
const LN_70 = Math.log(70);
const LN_140 = Math.log(140);
const requires: Requirements = { rupture: ['mag'], distances: ['rrup'], site: [] };

/** Equation 4, with `bc` the factor from hard rock to the NEHRP B/C boundary. */
function declaration(id: string, bc: boolean): ModelDeclaration {
  const model = perMeasureModel(id, requires, (imt) => {
    const c = MAIN.row(imt, id);
    const site = bc ? SITE.row(imt, id).F : 0;
    const saturation = c.c11 * c.c11;
    return (batch, out, k) => {
      const { start, rrup } = batch;
      const mean = out.mean[k];
      for (let r = 0; r < batch.ruptures; r++) {
        const m = batch.mag[r];
        const source = (c.c1 + c.c2 * m + c.c3 * m * m + site) * Math.LN10;
        const near = c.c4 + c.c5 * m;
        const middle = c.c6 + c.c7 * m;
        const far = c.c8 + c.c9 * m;
        const s = m <= 7 ? c.c12 * m + c.c13 : -0.00695 * m + c.c14;
        const sigma = Math.LN10 * Math.sqrt(s * s + c.SigmaReg * c.SigmaReg);
        for (let i = start[r]; i < start[r + 1]; i++) {
          const distance = Math.sqrt(rrup[i] * rrup[i] + saturation);
          const l = Math.log(distance);
          let value = source + near * (l < LN_70 ? l : LN_70) + c.c10 * distance * Math.LN10;
          if (l > LN_70) value += middle * ((l < LN_140 ? l : LN_140) - LN_70);
          if (l > LN_140) value += far * (l - LN_140);
          mean[i] = value;
        }
        out.total[k].fill(sigma, start[r], start[r + 1]);
      }
      writeNoComponents(out, k, batch.size);
    };
  });
  return {
    id,
    citation:
      'S. Pezeshk, A. Zandieh, B. Tavakoli (2011), Hybrid empirical ground-motion prediction equations for eastern North America using NGA models and updated seismological parameters, Bulletin of the Seismological Society of America 101(4), 1859-1870, doi:10.1785/0120100144',
    tectonicRegionType: 'Stable Shallow Crust',
    validity: {
      magnitude: [5, 8],
      distance: { kind: 'rrup', range: [0, 1000] },
      source: 'what its authors mean it for, summary of the paper',
    },
    imts: bc ? SITE.imts : MAIN.imts,
    component: 'Average Horizontal (GMRotI50)',
    standardDeviations: ['total'],
    requires,
    referenceVelocity: bc ? 760 : undefined,
    arguments: [],
    create: () => model,
  };
}

export const models: ModelModule['models'] = [
  declaration('PezeshkEtAl2011', false),
  declaration('PezeshkEtAl2011NEHRPBC', true),
];
