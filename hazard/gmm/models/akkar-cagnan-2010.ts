import type { ContextBatch } from '../../contexts/context-batch.js';
import { siteTerm } from './boore-atkinson-2008.js';
import { CoefficientTable, readTables, type Coefficients } from '../coefficients.js';
import { parseImt } from '../imt.js';
import type { GroundMotionModel, ModelDeclaration, ModelModule } from '../model.js';
import { fillSigma, LN_CMS2_TO_G } from '../per-measure.js';

const { tables } = readTables(import.meta.url, 'akkar-cagnan-2010');
const MAIN = new CoefficientTable(tables.main);
const SITE = new CoefficientTable(tables.site);
const ID = 'AkkarCagnan2010';
const PGA = parseImt('PGA');
const C1 = 6.5;

const AkkarCagnan2010: ModelDeclaration = {
  id: ID,
  citation:
    'S. Akkar, Z. Çağnan (2010), A local ground-motion predictive model for Turkey, and its comparison with other regional and global ground-motion models, Bulletin of the Seismological Society of America 100(6), 2978-2995, doi:10.1785/0120100096',
  tectonicRegionType: 'Active Shallow Crust',
  validity: {
    magnitude: [5, 7.6],
    distance: { kind: 'rjb', range: [0, 200] },
    source: 'summary of the paper: range of the data',
  },
  imts: MAIN.imts,
  component: 'Average Horizontal',
  standardDeviations: ['total', 'inter', 'intra'],
  requires: { rupture: ['mag', 'rake'], distances: ['rjb'], site: ['vs30'] },
  arguments: [],
  create: () => model,
};

const model: GroundMotionModel = {
  id: ID,
  requires: AkkarCagnan2010.requires,
  prepare(imts, sites, capacity) {
    const { vs30 } = sites.numeric;
    const rock = MAIN.row(PGA, ID);
    const rows = imts.map((imt) => MAIN.row(imt, ID));
    const units = imts.map((imt) => (imt.kind === 'PGV' ? 0 : LN_CMS2_TO_G));
    const siteTerms = imts.map((imt) => siteTerm(SITE.row(imt, ID), vs30));
    const pgaRock = new Float64Array(capacity);
    return (batch, out) => {
      lnReference(rock, LN_CMS2_TO_G, batch, pgaRock);
      for (let i = 0; i < batch.size; i++) pgaRock[i] = Math.exp(pgaRock[i]);
      for (let m = 0; m < rows.length; m++) {
        const c = rows[m];
        lnReference(c, units[m], batch, out.mean[m]);
        siteTerms[m](batch, pgaRock, out.mean[m]);
        fillSigma(out, m, batch.size, Math.hypot(c.sigma, c.tau), c.tau, c.sigma);
      }
    };
  },
};

/** Equation 1; the site response is that of Boore & Atkinson (2008). */
function lnReference(c: Coefficients, unit: number, batch: ContextBatch, out: Float64Array): void {
  const { start, mag, rake, rjb } = batch;
  const a7Squared = c.a7 * c.a7;
  for (let r = 0; r < batch.ruptures; r++) {
    const dm = mag[r] - C1;
    let event = unit + c.a1 + (dm <= 0 ? c.a2 : c.a3) * dm + c.a4 * (8.5 - mag[r]) * (8.5 - mag[r]);
    if (rake[r] > -135 && rake[r] < -45) event += c.a8;
    else if (rake[r] > 45 && rake[r] < 135) event += c.a9;
    const halfSlope = 0.5 * (c.a5 + c.a6 * dm);
    for (let i = start[r]; i < start[r + 1]; i++) out[i] = event + halfSlope * Math.log(rjb[i] * rjb[i] + a7Squared);
  }
}

export const models: ModelModule['models'] = [AkkarCagnan2010];
