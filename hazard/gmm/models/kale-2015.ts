import type { ContextBatch } from '../../contexts/context-batch.js';
import { CoefficientTable, readTables, type Coefficients } from '../coefficients.js';
import { parseImt } from '../imt.js';
import type { GroundMotionModel, ModelDeclaration, ModelModule } from '../model.js';

const { tables } = readTables(import.meta.url, 'kale-2015');
const PGA = parseImt('PGA');
const requires = { rupture: ['mag', 'rake'], distances: ['rjb'], site: ['vs30'] } as const;
const REFERENCE_VELOCITY = 750;
/** m/s: no change of the site term above */
const CONSTANT_VELOCITY = 1000;
const SITE_C = 2.5;
const SITE_N = 3.2;

/** ln of the motion at 750 m/s (equation 2). */
function lnReference(c: Coefficients, hinge: number, batch: ContextBatch, out: Float64Array): void {
  const { start, mag, rake, rjb } = batch;
  for (let r = 0; r < batch.ruptures; r++) {
    const dm = mag[r] - hinge;
    let constant = c.b1 + (dm <= 0 ? c.b2 : c.b7) * dm + c.b3 * (8.5 - mag[r]) * (8.5 - mag[r]);
    if (rake[r] > -135 && rake[r] < -45) constant += c.b8;
    else if (rake[r] > 45 && rake[r] < 135) constant += c.b9;
    const spreading = 0.5 * (c.b4 + c.b5 * dm);
    for (let i = start[r]; i < start[r + 1]; i++)
      out[i] = constant + spreading * Math.log(rjb[i] * rjb[i] + c.b6 * c.b6) + c.b10 * Math.max(rjb[i] - 80, 0);
  }
}

const kale = (id: string, table: CoefficientTable, hinge: number): GroundMotionModel => ({
  id,
  requires,
  prepare(imts, sites, capacity) {
    const { vs30 } = sites.numeric;
    const pga = table.row(PGA, id);
    // (V / 750)^n of soft sites, 0 on rock, which responds linearly
    const ratio = vs30.map((v) => (v < REFERENCE_VELOCITY ? Math.exp(SITE_N * Math.log(v / REFERENCE_VELOCITY)) : 0));
    const measures = imts.map((imt) => {
      const c = table.row(imt, id);
      const linear = vs30.map((v) => {
        const lnRatio = Math.log(Math.min(v, CONSTANT_VELOCITY) / REFERENCE_VELOCITY);
        return v < REFERENCE_VELOCITY ? (c.sb1 - c.sb2 * SITE_N) * lnRatio : c.sb1 * lnRatio;
      });
      return { c, linear };
    });
    const rock = new Float64Array(capacity);
    const lnRockPlusC = new Float64Array(capacity);
    return (batch, out) => {
      const { start, site, mag, size } = batch;
      lnReference(pga, hinge, batch, rock);
      for (let i = 0; i < size; i++) {
        rock[i] = Math.exp(rock[i]);
        lnRockPlusC[i] = Math.log(rock[i] + SITE_C);
      }
      for (let m = 0; m < measures.length; m++) {
        const { c, linear } = measures[m];
        const mean = out.mean[m];
        lnReference(c, hinge, batch, mean);
        for (let i = 0; i < size; i++) {
          const s = site[i];
          const x = ratio[s];
          mean[i] += x === 0 ? linear[s] : linear[s] + c.sb2 * (Math.log(rock[i] + SITE_C * x) - lnRockPlusC[i]);
        }
        const ratioOfTotal = Math.hypot(c.sd1, c.sd2);
        for (let r = 0; r < batch.ruptures; r++) {
          const w = c.a1 + (c.a2 - c.a1) * Math.min(Math.max((mag[r] - 6) / 0.5, 0), 1);
          out.intra[m].fill(w * c.sd1, start[r], start[r + 1]);
          out.inter[m].fill(w * c.sd2, start[r], start[r + 1]);
          out.total[m].fill(w * ratioOfTotal, start[r], start[r + 1]);
        }
      }
    };
  },
});

function declaration(id: string, table: CoefficientTable, hinge: number): ModelDeclaration {
  const model = kale(id, table, hinge);
  return {
    id,
    citation:
      'Ö. Kale, S. Akkar, A. Ansari, H. Hamzehloo (2015), Bulletin of the Seismological Society of America 105(2A), 963-980',
    tectonicRegionType: 'Active Shallow Crust',
    imts: table.imts,
    component: 'Average Horizontal',
    standardDeviations: ['total', 'inter', 'intra'],
    requires,
    referenceVelocity: REFERENCE_VELOCITY,
    arguments: [],
    create: () => model,
  };
}

export const models: ModelModule['models'] = [
  declaration('KaleEtAl2015Turkey', new CoefficientTable(tables.main), 6.75),
  declaration('KaleEtAl2015Iran', new CoefficientTable(tables.iran), 7),
];
