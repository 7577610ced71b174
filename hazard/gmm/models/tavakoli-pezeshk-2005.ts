import { CoefficientTable, readTables } from '../coefficients.js';
import type { Requirements } from '../../contexts/context-batch.js';
import type { ModelDeclaration, ModelModule } from '../model.js';
import { capMean, medianCap, momentMagnitude, type MagnitudeScale } from '../terms/nshmp-2008.js';
import { perMeasureModel } from '../per-measure.js';
import { writeNoComponents } from '../sigma.js';
import { refusal } from '../../refusal.js';

const { tables } = readTables(import.meta.url, 'tavakoli-pezeshk-2005');
const MAIN = new CoefficientTable(tables.main);
const NSHMP2008 = new CoefficientTable(tables.nshmp2008);
const requires: Requirements = { rupture: ['mag'], distances: ['rrup'], site: [] };
const LN_70 = Math.log(70);
const LN_130 = Math.log(130);
const HIGHEST = 8.5;

/** Equations 23-29. */
function declaration(id: string, scale: MagnitudeScale, table: CoefficientTable): ModelDeclaration {
  const nshmp = table === NSHMP2008;
  const model = perMeasureModel(id, requires, (imt) => {
    const c = table.row(imt, id);
    const cap = nshmp ? medianCap(imt) : Infinity;
    return (batch, out, k) => {
      const { start, rrup } = batch;
      const mean = out.mean[k];
      for (let r = 0; r < batch.ruptures; r++) {
        const m = momentMagnitude(scale, batch.mag[r]);
        if (m > HIGHEST)
          throw refusal('MODEL_RANGE', `${id} is not defined above magnitude ${HIGHEST}: ${m}`, {
            key: 'mag',
            value: String(m),
            allowed: `up to ${HIGHEST}`,
          });
        const d = HIGHEST - m;
        const power = d * d * Math.sqrt(d);
        const source = c.c1 + c.c2 * m + c.c3 * power;
        const saturation = c.c5 * Math.exp(c.c6 * m + c.c7 * power);
        const saturation2 = saturation * saturation;
        const slope = c.c4 + c.c13 * m;
        const anelastic = c.c8 + c.c12 * m;
        const sigma = m < 7.2 ? c.c14 + c.c15 * m : c.c16;
        for (let i = start[r]; i < start[r + 1]; i++) {
          const distance2 = rrup[i] * rrup[i] + saturation2;
          let value = source + c.c9 * Math.log(rrup[i] + 4.5);
          if (rrup[i] > 70) value += c.c10 * (Math.log(rrup[i]) - LN_70);
          if (rrup[i] > 130) value += c.c11 * (Math.log(rrup[i]) - LN_130);
          mean[i] = value + 0.5 * slope * Math.log(distance2) + anelastic * Math.sqrt(distance2);
        }
        out.total[k].fill(sigma, start[r], start[r + 1]);
      }
      capMean(mean, batch.size, cap);
      writeNoComponents(out, k, batch.size);
    };
  });
  return {
    id,
    citation:
      'B. Tavakoli, S. Pezeshk (2005), Empirical-stochastic ground-motion prediction for eastern North America, Bulletin of the Seismological Society of America 95(6), 2283-2296, doi:10.1785/0120050030',
    tectonicRegionType: 'Stable Shallow Crust',
    validity: {
      magnitude: [5, 8.2],
      distance: { kind: 'rrup', range: [0, 1000] },
      source: 'what its authors mean it for, summary of the paper',
    },
    imts: table.imts,
    component: 'Horizontal',
    standardDeviations: ['total'],
    requires,
    referenceVelocity: nshmp ? 760 : undefined,
    arguments: [],
    notes: nshmp ? 'Form of the 2008 US hazard model for the B/C boundary: medians are capped.' : undefined,
    create: () => model,
  };
}

export const models: ModelModule['models'] = [
  declaration('TavakoliPezeshk2005', 'Mw', MAIN),
  declaration('TavakoliPezeshk2005MwNSHMP2008', 'Mw', NSHMP2008),
  declaration('TavakoliPezeshk2005MblgAB1987NSHMP2008', 'Mblg87', NSHMP2008),
  declaration('TavakoliPezeshk2005MblgJ1996NSHMP2008', 'Mblg96', NSHMP2008),
];
