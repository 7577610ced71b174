import type { ContextBatch } from '../../contexts/context-batch.js';
import type { SiteParameters } from '../../site/site-parameters.js';
import { CoefficientTable, readTables, type Coefficients } from '../coefficients.js';
import { parseImt, type Imt } from '../imt.js';
import type { GroundMotionModel, ModelDeclaration, ModelModule } from '../model.js';
import { writeNoComponents } from '../sigma.js';

const { tables } = readTables(import.meta.url, 'abrahamson-silva-1997');
const HORIZONTAL = { main: new CoefficientTable(tables.main), sigma: new CoefficientTable(tables.sigma) };
const VERTICAL = {
  main: new CoefficientTable(tables.verticalMain),
  sigma: new CoefficientTable(tables.verticalSigma),
};
const PGA = parseImt('PGA');

const AbrahamsonSilva1997: ModelDeclaration = {
  id: 'AbrahamsonSilva1997',
  citation:
    'N. A. Abrahamson, W. J. Silva (1997), Empirical response spectral attenuation relations for shallow crustal earthquakes, Seismological Research Letters 68(1), 94-127',
  tectonicRegionType: 'Active Shallow Crust',
  imts: HORIZONTAL.main.imts,
  component: 'Average Horizontal',
  standardDeviations: ['total'],
  requires: { rupture: ['mag', 'rake'], distances: ['rrup'], site: ['vs30'] },
  arguments: [],
  notes:
    'Sites below 600 m/s are deep soil. Every reverse event has the hanging-wall term and no other event has it, as in the reference engine.',
  create: () => createModel('AbrahamsonSilva1997', HORIZONTAL),
};

const AbrahamsonSilva1997Vertical: ModelDeclaration = {
  ...AbrahamsonSilva1997,
  id: 'AbrahamsonSilva1997Vertical',
  imts: VERTICAL.main.imts,
  component: 'Vertical',
  create: () => createModel('AbrahamsonSilva1997Vertical', VERTICAL),
};

function createModel(id: string, { main, sigma }: typeof HORIZONTAL): GroundMotionModel {
  return {
    id,
    requires: AbrahamsonSilva1997.requires,
    prepare(imts: readonly Imt[], sites: SiteParameters, capacity) {
      const rows = imts.map((imt) => main.row(imt, id));
      const sigmas = imts.map((imt) => sigma.row(imt, id));
      const pga = main.row(PGA, id);
      const soil = Uint8Array.from(sites.numeric.vs30, (v) => (v < 600 ? 1 : 0));
      const lnPga = new Float64Array(capacity); // ln(PGA on rock + c5)
      return (batch, out) => {
        rockMotion(pga, batch, lnPga);
        for (let i = 0; i < batch.size; i++) lnPga[i] = Math.log(Math.exp(lnPga[i]) + pga.c5);
        for (let m = 0; m < rows.length; m++) {
          rockMotion(rows[m], batch, out.mean[m]);
          addSoil(rows[m], soil, batch, lnPga, out.mean[m]);
          totalSigma(sigmas[m], batch, out.total[m]);
          writeNoComponents(out, m, batch.size);
        }
      };
    },
  };
}

/** f1 + F (f3 + f4) (equations 3 to 9). */
function rockMotion(c: Coefficients, batch: ContextBatch, mean: Float64Array): void {
  const { start, mag, rake, rrup } = batch;
  const c4Squared = c.c4 * c.c4;
  for (let r = 0; r < batch.ruptures; r++) {
    const m = mag[r];
    const dm = m - c.c1;
    let event = c.a1 + c.a12 * (8.5 - m) ** c.n + (dm <= 0 ? c.a2 : c.a4) * dm;
    const halfSlope = 0.5 * (c.a3 + c.a13 * dm);
    const reverse = rake[r] >= 45 && rake[r] <= 135;
    if (reverse) event += styleTerm(c, m);
    const hangingWall = reverse ? Math.min(Math.max(m - 5.5, 0), 1) * c.a9 : 0;
    for (let i = start[r]; i < start[r + 1]; i++) {
      mean[i] = event + halfSlope * Math.log(rrup[i] * rrup[i] + c4Squared);
      if (hangingWall !== 0) mean[i] += hangingWall * hangingWallTaper(rrup[i]);
    }
  }
}

function styleTerm(c: Coefficients, mag: number): number {
  if (mag <= 5.8) return c.a5;
  return mag >= c.c1 ? c.a6 : c.a5 + ((c.a6 - c.a5) * (mag - 5.8)) / (c.c1 - 5.8);
}

function hangingWallTaper(rrup: number): number {
  if (rrup <= 4 || rrup > 24) return 0;
  if (rrup <= 8) return (rrup - 4) / 4;
  return rrup <= 18 ? 1 : 1 - (rrup - 18) / 7;
}

/** f5 (equation 10). */
function addSoil(
  c: Coefficients,
  soil: Uint8Array,
  batch: ContextBatch,
  lnPga: Float64Array,
  mean: Float64Array,
): void {
  const { site } = batch;
  for (let i = 0; i < batch.size; i++) if (soil[site[i]]) mean[i] += c.a10 + c.a11 * lnPga[i];
}

function totalSigma(c: Coefficients, batch: ContextBatch, total: Float64Array): void {
  for (let r = 0; r < batch.ruptures; r++)
    total.fill(c.b5 - c.b6 * Math.min(Math.max(batch.mag[r] - 5, 0), 2), batch.start[r], batch.start[r + 1]);
}

export const models: ModelModule['models'] = [AbrahamsonSilva1997, AbrahamsonSilva1997Vertical];
