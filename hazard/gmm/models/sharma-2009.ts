import { CoefficientTable, readTables } from '../coefficients.js';
import type { ModelDeclaration, ModelModule } from '../model.js';
import { fillSigma, GRAVITY, perMeasureModel } from '../per-measure.js';

const { tables } = readTables(import.meta.url, 'sharma-2009');
const TABLE = new CoefficientTable(tables.main);
const ID = 'SharmaEtAl2009';
/** sites above this velocity (m/s) are rock */
const ROCK_VELOCITY = 760;
const requires = { rupture: ['mag', 'rake'], distances: ['rjb'], site: ['vs30'] } as const;

/** Equation 1, coefficients of table 2: log10 y (m/s2) = b1 + b2 M + b3 log10 sqrt(Rjb^2 + b4^2) + b5 S + b6 H; H is 0 for reverse faulting, else 1. */
const model = perMeasureModel(ID, requires, (imt, sites) => {
  const { b1, b2, b3, b4, b5, b6, sigma } = TABLE.row(imt, ID);
  const siteTerms = sites.numeric.vs30.map((v) => (v > ROCK_VELOCITY ? Math.LN10 * b5 : 0));
  return (batch, out, m) => {
    const { start, site, mag, rake, rjb } = batch;
    for (let r = 0; r < batch.ruptures; r++) {
      const reverse = rake[r] > 30 && rake[r] < 150;
      const constant = Math.LN10 * (b1 + b2 * mag[r] + (reverse ? 0 : b6)) - Math.log(GRAVITY);
      for (let i = start[r]; i < start[r + 1]; i++)
        out.mean[m][i] = constant + 0.5 * b3 * Math.log(rjb[i] * rjb[i] + b4 * b4) + siteTerms[site[i]];
    }
    fillSigma(out, m, batch.size, sigma * Math.LN10);
  };
});

const SharmaEtAl2009: ModelDeclaration = {
  id: ID,
  citation:
    'M. L. Sharma, J. Douglas, H. Bungum, J. Kotadia (2009), Journal of Earthquake Engineering 13(8), 1191-1210',
  tectonicRegionType: 'Active Shallow Crust',
  imts: TABLE.imts,
  component: 'Average Horizontal',
  standardDeviations: ['total'],
  requires,
  arguments: [],
  notes: 'Normal faulting, which the paper does not cover, counts as strike-slip, as in the reference engine.',
  create: () => model,
};

export const models: ModelModule['models'] = [SharmaEtAl2009];
