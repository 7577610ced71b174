import type { ContextBatch } from '../../contexts/context-batch.js';
import { CoefficientTable, readTables, type Coefficients } from '../coefficients.js';
import type { GroundMotionModel, ModelDeclaration, ModelModule } from '../model.js';

const { tables } = readTables(import.meta.url, 'akkar-bommer-2010');
const MAIN = new CoefficientTable(tables.main);
const ID = 'AkkarBommer2010';
const LN10 = Math.LN10;
/** cm/s2 to g */
const LN_G = Math.log(980.665);

const AkkarBommer2010: ModelDeclaration = {
  id: ID,
  citation:
    'S. Akkar, J. J. Bommer (2010), Empirical equations for the prediction of PGA, PGV, and spectral accelerations in Europe, the Mediterranean region, and the Middle East, Seismological Research Letters 81(2), 195-206, doi:10.1785/gssrl.81.2.195; short periods: J. J. Bommer, S. Akkar, S. Drouet (2012), Bulletin of Earthquake Engineering 10, 379-399',
  tectonicRegionType: 'Active Shallow Crust',
  validity: {
    magnitude: [5, 7.6],
    distance: { kind: 'rjb', range: [0, 100] },
    source: 'summary of the paper: range of the data',
  },
  imts: MAIN.imts,
  component: 'Average Horizontal',
  standardDeviations: ['total', 'inter', 'intra'],
  requires: { rupture: ['mag', 'rake'], distances: ['rjb'], site: ['vs30'] },
  referenceVelocity: 760,
  arguments: [],
  notes:
    'At a period of 4.0 s exactly the natural logarithm of the median is divided by 0.8, as in the reference engine.',
  create: () => model,
};

const model: GroundMotionModel = {
  id: ID,
  requires: AkkarBommer2010.requires,
  prepare(imts, sites) {
    const measures = imts.map((imt) => {
      const c = MAIN.row(imt, ID);
      const unit = imt.kind === 'PGV' ? 0 : LN_G;
      const site = sites.numeric.vs30.map((v) => LN10 * siteTerm(c, v) - unit);
      return { c, site, divisor: imt.kind === 'SA' && imt.period === 4 ? 0.8 : 1 };
    });
    return (batch, out) => {
      for (let m = 0; m < measures.length; m++) {
        const { c, site, divisor } = measures[m];
        lnMedian(c, site, batch, out.mean[m]);
        if (divisor !== 1) for (let i = 0; i < batch.size; i++) out.mean[m][i] /= divisor;
        out.total[m].fill(c.SigmaTot * LN10, 0, batch.size);
        out.inter[m].fill(c.tau * LN10, 0, batch.size);
        out.intra[m].fill(c.Sigma1 * LN10, 0, batch.size);
      }
    };
  },
};

function siteTerm(c: Coefficients, vs30: number): number {
  if (vs30 < 360) return c.b7;
  return vs30 <= 750 ? c.b8 : 0;
}

function styleTerm(c: Coefficients, rake: number): number {
  if (rake >= -135 && rake <= -45) return c.b9;
  return rake >= 45 && rake <= 135 ? c.b10 : 0;
}

/** Equation 1 in natural logarithms; `siteTerms` [sites]. */
function lnMedian(c: Coefficients, siteTerms: Float64Array, batch: ContextBatch, mean: Float64Array): void {
  const { start, site, mag, rake, rjb } = batch;
  const b6Squared = c.b6 * c.b6;
  for (let r = 0; r < batch.ruptures; r++) {
    const m = mag[r];
    const event = LN10 * (c.b1 + c.b2 * m + c.b3 * m * m + styleTerm(c, rake[r]));
    const halfSlope = 0.5 * (c.b4 + c.b5 * m);
    for (let i = start[r]; i < start[r + 1]; i++)
      mean[i] = event + halfSlope * Math.log(rjb[i] * rjb[i] + b6Squared) + siteTerms[site[i]];
  }
}

export const models: ModelModule['models'] = [AkkarBommer2010];
