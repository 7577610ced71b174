import type { ContextBatch } from '../../contexts/context-batch.js';
import { CoefficientTable, readTables, type Coefficients } from '../coefficients.js';
import type { ModelDeclaration, ModelModule } from '../model.js';
import { perMeasureModel } from '../per-measure.js';
import { writeNoComponents } from '../sigma.js';

const { tables } = readTables(import.meta.url, 'campbell-bozorgnia-2003');
const MAIN = new CoefficientTable(tables.main);
const ID = 'CampbellBozorgnia2003NSHMP2007';

const CampbellBozorgnia2003NSHMP2007: ModelDeclaration = {
  id: ID,
  citation:
    'K. W. Campbell, Y. Bozorgnia (2003), Updated near-source ground-motion (attenuation) relations for the horizontal and vertical components of peak ground acceleration and acceleration response spectra, Bulletin of the Seismological Society of America 93(1), 314-331, doi:10.1785/0120020029, with the errata',
  tectonicRegionType: 'Active Shallow Crust',
  imts: MAIN.imts,
  component: 'Average Horizontal',
  standardDeviations: ['total'],
  requires: { rupture: ['mag', 'rake', 'dip'], distances: ['rrup', 'rjb'], site: [] },
  referenceVelocity: 760,
  arguments: [],
  notes:
    'As in the hazard model of Alaska of 2007: firm rock; the hanging-wall factor is used at all distances (negative beyond 5 km) and magnitudes, and does not depend on the style of faulting.',
  create: () => model,
};

const model = perMeasureModel(ID, CampbellBozorgnia2003NSHMP2007.requires, (imt) => {
  const c = MAIN.row(imt, ID);
  return (batch, out, m) => {
    meanOf(c, batch, out.mean[m]);
    for (let r = 0; r < batch.ruptures; r++) {
      const mag = batch.mag[r];
      out.total[m].fill(mag < 7.4 ? c.c16 - 0.07 * mag : c.c16 - 0.518, batch.start[r], batch.start[r + 1]);
    }
    writeNoComponents(out, m, batch.size);
  };
});

function meanOf(c: Coefficients, batch: ContextBatch, mean: Float64Array): void {
  const { start, mag, rake, dip, rrup, rjb } = batch;
  const firmRock = c.c5 + 0.5 * c.c6 + 0.5 * c.c7;
  for (let r = 0; r < batch.ruptures; r++) {
    const m = mag[r];
    const curve = (8.5 - m) * (8.5 - m);
    const near = firmRock * Math.exp(c.c8 * m + c.c9 * curve);
    let event = c.c1 + c.c2 * m + c.c3 * curve + c.c14;
    if (rake[r] >= 22.5 && rake[r] <= 157.5) event += dip[r] > 45 ? c.c10 : c.c11;
    const hangingWall = dip[r] <= 70 ? Math.min(m - 5.5, 1) * c.c15 : 0;
    for (let i = start[r]; i < start[r + 1]; i++) {
      const taper = ((5 - rjb[i]) / 5) * Math.min(rrup[i] / 8, 1);
      mean[i] = event + 0.5 * c.c4 * Math.log(rrup[i] * rrup[i] + near * near) + hangingWall * taper;
    }
  }
}

export const models: ModelModule['models'] = [CampbellBozorgnia2003NSHMP2007];
