import { commonMeasures, withMeasures } from '../common-measures.js';
import { ChiouYoungs2014 } from './chiou-youngs-2014.js';
import type { ContextBatch } from '../../contexts/context-batch.js';
import { CoefficientTable, readTables, type Coefficients } from '../coefficients.js';
import type { ModelDeclaration, ModelModule } from '../model.js';
import { modifiedModel, type Modification } from '../wrappers/wrapped-model.js';

const { tables } = readTables(import.meta.url, 'emme24');

/** Distance correction: constant, slopes of magnitude, near and far term (PGV, other measures). */
const CORRECTION_PGV = [0.0367, 0.0069, -0.0316, -0.3334, 0.0112] as const;
const CORRECTION = [-0.0037, 0.0126, -0.0131, -0.3888, -0.0591] as const;

/** Chiou & Youngs (2014) times the factor of the backbone and a correction of distance, with standard deviations of its own. */
function scaledBackbone(id: string, backbone: CoefficientTable, sigma: CoefficientTable): Modification {
  return {
    requires: { rupture: ['mag'], distances: ['rrup'], site: [] },
    prepare(imts) {
      const measures = imts.map((imt) => ({
        c: backbone.row(imt, id),
        s: sigma.row(imt, id),
        correction: imt.kind === 'PGV' ? CORRECTION_PGV : CORRECTION,
      }));
      return (batch, out) => {
        for (let m = 0; m < measures.length; m++) {
          const { c, s, correction } = measures[m];
          shiftMean(c, correction, batch, out.mean[m]);
          for (let r = 0; r < batch.ruptures; r++) {
            const above = Math.max(batch.mag[r] - 5, 0);
            const tau = s.tau1 + (s.tau2 - s.tau1) * Math.min(above / 1.2, 1);
            const phi = s.phi1 + (s.phi2 - s.phi1) * Math.min(above, 1);
            const [from, to] = [batch.start[r], batch.start[r + 1]];
            out.inter[m].fill(tau, from, to);
            out.intra[m].fill(phi, from, to);
            out.total[m].fill(Math.hypot(tau, phi), from, to);
          }
        }
      };
    },
  };
}

function shiftMean(
  c: Coefficients,
  [k1, k2, k3, k4, k5]: typeof CORRECTION | typeof CORRECTION_PGV,
  batch: ContextBatch,
  mean: Float64Array,
): void {
  const { start, mag, rrup } = batch;
  const h2 = c.hfict * c.hfict;
  for (let r = 0; r < batch.ruptures; r++) {
    const dm = mag[r] - c.Mref;
    const size = mag[r] - 6.5;
    const constant = c.c1 + dm * (c.c2 + dm * c.c3) + k1 + size * (k2 + size * k3);
    const slope = c.c4 + c.c6 * dm;
    const near = k4 * Math.min(mag[r] - 4.8, 0);
    const far = k5 * Math.max(mag[r] - 7.2, 0);
    for (let i = start[r]; i < start[r + 1]; i++) {
      const ln = Math.log(Math.sqrt(rrup[i] * rrup[i] + h2) / c.Rref);
      const distance = Math.max(rrup[i], 1);
      mean[i] +=
        constant +
        ln * (slope + c.c5 * ln) +
        near * Math.log(Math.max(11 - distance, 1)) +
        far * Math.log(Math.max(distance - 9, 1));
    }
  }
}

function declaration(median: number, deviation: number): ModelDeclaration {
  const id = `EMME24BB_GMM${median}SGM${deviation}`;
  const backbone = new CoefficientTable(tables[`backbone${median}`]);
  const sigma = new CoefficientTable(tables[`sigma${deviation}`]);
  const imts = commonMeasures(backbone.imts, sigma.imts, ChiouYoungs2014.imts);
  return {
    ...ChiouYoungs2014,
    id,
    citation: `Earthquake Model of the Middle East 2024 (EMME24): scaled backbone on ${ChiouYoungs2014.citation}`,
    imts,
    notes: `Branch ${median} of 5 of the median, branch ${deviation} of 3 of the standard deviations.`,
    async create(args, resources) {
      const base = await ChiouYoungs2014.create(args, resources);
      return withMeasures(modifiedModel(id, base, [scaledBackbone(id, backbone, sigma)]), imts);
    },
  };
}

export const models: ModelModule['models'] = [1, 2, 3, 4, 5].flatMap((median) =>
  [1, 2, 3].map((deviation) => declaration(median, deviation)),
);
