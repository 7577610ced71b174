import { CoefficientTable, readTables } from '../coefficients.js';
import type { ModelDeclaration, ModelModule } from '../model.js';
import { fillSigma, perMeasureModel } from '../per-measure.js';

const { tables } = readTables(import.meta.url, 'dowrick-rhoades-2005');
const TABLE = new CoefficientTable(tables.main);
const ID = 'DowrickRhoades2005Asc';
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

/** I = A1 + (A2 + A2R R) M + (A3 + A3S S) log10 (Rrup^3 + d^3)^(1/3) + A4 h, and a site term. */
const model = perMeasureModel(ID, requires, (imt, sites) => {
  const c = TABLE.row(imt, ID);
  const weak = sites.size > 0 ? weakSiteTerm(sites.numeric.vs30[0]) : 0;
  const total = Math.hypot(c.sigma, c.tau);
  const d3 = c.d * c.d * c.d;
  return (batch, out, m) => {
    const { start, mag, rake, hypoDepth, rrup } = batch;
    const mean = out.mean[m];
    for (let r = 0; r < batch.ruptures; r++) {
      const reverse = rake[r] > 45 && rake[r] < 135;
      const strikeSlip = Math.abs(rake[r]) <= 45 || Math.abs(rake[r]) >= 135;
      const constant = c.A1 + (c.A2 + (reverse ? c.A2R : 0)) * mag[r] + c.A4 * hypoDepth[r];
      const slope = ((c.A3 + (strikeSlip ? c.A3S : 0)) * Math.LOG10E) / 3;
      for (let i = start[r]; i < start[r + 1]; i++) {
        const intensity = constant + slope * Math.log(rrup[i] * rrup[i] * rrup[i] + d3);
        mean[i] = intensity + weak * siteShare(intensity);
      }
    }
    fillSigma(out, m, batch.size, total, c.tau, c.sigma);
  };
});

const DowrickRhoades2005Asc: ModelDeclaration = {
  id: ID,
  citation:
    'D. J. Dowrick, D. A. Rhoades (2005), Bulletin of the New Zealand Society for Earthquake Engineering 38(4), 185-214',
  tectonicRegionType: 'Active Shallow Crust',
  imts: TABLE.imts,
  component: 'Horizontal',
  standardDeviations: ['total', 'inter', 'intra'],
  requires,
  arguments: [],
  notes:
    'The site class of the first site holds for all sites of a calculation, as in the reference engine; calculations for one site or one class are not affected.',
  create: () => model,
};

export const models: ModelModule['models'] = [DowrickRhoades2005Asc];
