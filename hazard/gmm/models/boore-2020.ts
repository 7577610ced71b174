import type { ContextBatch } from '../../contexts/context-batch.js';
import { CoefficientTable, readTables, type Coefficients } from '../coefficients.js';
import { parseImt } from '../imt.js';
import type { GroundMotionModel, ModelDeclaration, ModelModule } from '../model.js';

const { tables } = readTables(import.meta.url, 'boore-2020');

const TABLE = new CoefficientTable(tables.main);
const ID = 'BooreEtAl2020';
const PGA = parseImt('PGA');
const requires = { rupture: ['mag', 'rake'], distances: ['rjb'], site: ['vs30'] } as const;
const REFERENCE_VELOCITY = 760;
/** ln of cm/s2 in g, as the authors round it */
const LN_UNIT = -Math.log(981);

/** ln of the motion on rock of 760 m/s, cm/s2 or cm/s: source and path terms (equations 2 to 4). */
function lnRock(c: Coefficients, batch: ContextBatch, out: Float64Array): void {
  const { start, mag, rake, rjb } = batch;
  const h2 = c.h * c.h;
  for (let r = 0; r < batch.ruptures; r++) {
    const dm = mag[r] - c.Mh;
    const absolute = Math.abs(rake[r]);
    const strikeSlip = absolute <= 30 || 180 - absolute <= 30;
    const style = strikeSlip ? c.e1 : rake[r] > 30 && rake[r] < 150 ? c.e3 : c.e2;
    const event = style + (dm <= 0 ? dm * (c.e4 + dm * c.e5) : c.e6 * dm);
    const slope = c.c1 + c.c2 * (mag[r] - 4.5);
    for (let i = start[r]; i < start[r + 1]; i++) {
      const d = Math.sqrt(rjb[i] * rjb[i] + h2);
      out[i] = event + slope * Math.log(d) + c.c3 * (d - 1);
    }
  }
}

/** Linear site term (equation 6): constant below V1 and above Vc. */
function linearTerm(c: Coefficients, vs30: number): number {
  if (vs30 <= c.V1) return c.clin * Math.log(c.V1 / REFERENCE_VELOCITY);
  return vs30 <= c.Vc ? c.clin * Math.log(vs30 / c.Vref) : c.clin * Math.log(c.Vc / REFERENCE_VELOCITY);
}

const model: GroundMotionModel = {
  id: ID,
  requires,
  prepare(imts, sites, capacity) {
    const { vs30 } = sites.numeric;
    const pga = TABLE.row(PGA, ID);
    const measures = imts.map((imt) => {
      const c = TABLE.row(imt, ID);
      const unit = imt.kind === 'PGV' ? 0 : LN_UNIT;
      return {
        c,
        linear: vs30.map((v) => linearTerm(c, v) + c.f1 + unit),
        nonlinear: vs30.map(
          (v) =>
            c.f4 *
            (Math.exp(c.f5 * (Math.min(v, REFERENCE_VELOCITY) - 360)) - Math.exp(c.f5 * (REFERENCE_VELOCITY - 360))),
        ),
      };
    });
    const rock = new Float64Array(capacity);
    return (batch, out) => {
      const { start, site, mag, size } = batch;
      lnRock(pga, batch, rock);
      for (let i = 0; i < size; i++) rock[i] = Math.exp(rock[i]);
      for (let m = 0; m < measures.length; m++) {
        const { c, linear, nonlinear } = measures[m];
        const mean = out.mean[m];
        lnRock(c, batch, mean);
        for (let i = 0; i < size; i++) {
          const s = site[i];
          mean[i] += linear[s] + nonlinear[s] * Math.log(1 + rock[i] / c.f3);
        }
        out.intra[m].fill(c.phi, 0, size);
        for (let r = 0; r < batch.ruptures; r++) {
          const share = Math.min(Math.max((mag[r] - c.Mtau1) / (c.Mtau2 - c.Mtau1), 0), 1);
          const tau = c.tau1 + (c.tau2 - c.tau1) * share;
          out.inter[m].fill(tau, start[r], start[r + 1]);
          out.total[m].fill(Math.hypot(tau, c.phi), start[r], start[r + 1]);
        }
      }
    };
  },
};

const BooreEtAl2020: ModelDeclaration = {
  id: ID,
  citation:
    'D. M. Boore, J. P. Stewart, A. A. Skarlatoudis, E. Seyhan, B. Margaris, N. Theodoulidis, E. Scordilis, I. Kalogeras, N. Klimis, N. S. Melis (2021), A ground-motion prediction model for shallow crustal earthquakes in Greece, Bulletin of the Seismological Society of America 111(2), 857-874',
  tectonicRegionType: 'Active Shallow Crust',
  imts: TABLE.imts,
  component: 'Average Horizontal (RotD50)',
  standardDeviations: ['total', 'inter', 'intra'],
  requires,
  arguments: [],
  notes:
    'Standard gravity counts as 981 cm/s2, and the rock motion of the nonlinear site response is in cm/s2, as in the reference engine.',
  create: () => model,
};

export const models: ModelModule['models'] = [BooreEtAl2020];
