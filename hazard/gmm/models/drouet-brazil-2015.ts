import { CoefficientTable, readTables } from '../coefficients.js';
import type { ModelDeclaration, ModelModule } from '../model.js';
import { drouetForm } from './drouet-alpes-2015.js';
import { fillSigma, GRAVITY, perMeasureModel } from '../per-measure.js';

const { tables } = readTables(import.meta.url, 'drouet-brazil-2015');
const TABLE = new CoefficientTable(tables.main);
const ID = 'DrouetBrazil2015withDepth';
const requires = { rupture: ['mag', 'hypoDepth'], distances: ['rjb'], site: [] } as const;

/** ln y = c1 + c2 (M - 8) + c3 (M - 8)^2 + (c4 + c5 M) ln sqrt(Rjb^2 + H^2) + c6 Rjb, m/s2 or m/s. */
const model = perMeasureModel(ID, requires, (imt) => {
  const { c1, c2, c3, c4, c5, c6, sigma, tau } = TABLE.row(imt, ID);
  const unit = imt.kind === 'PGV' ? Math.log(100) : -Math.log(GRAVITY);
  return (batch, out, m) => {
    const { start, mag, hypoDepth, rjb } = batch;
    for (let r = 0; r < batch.ruptures; r++) {
      const dm = mag[r] - 8;
      const constant = c1 + dm * (c2 + c3 * dm) + unit;
      const spreading = 0.5 * (c4 + c5 * mag[r]);
      const depth2 = hypoDepth[r] * hypoDepth[r];
      for (let i = start[r]; i < start[r + 1]; i++)
        out.mean[m][i] = constant + spreading * Math.log(rjb[i] * rjb[i] + depth2) + c6 * rjb[i];
    }
    fillSigma(out, m, batch.size, Math.hypot(sigma, tau), tau, sigma);
  };
});

const DrouetBrazil2015withDepth: ModelDeclaration = {
  id: ID,
  citation:
    'S. Drouet (2015, unpublished, Brazil), with the method of S. Drouet, F. Cotton (2015), Bulletin of the Seismological Society of America, doi:10.1785/0120140240',
  tectonicRegionType: 'Stable Shallow Crust',
  imts: TABLE.imts,
  component: 'Average Horizontal',
  standardDeviations: ['total', 'inter', 'intra'],
  requires,
  arguments: [],
  create: () => model,
};

/** The form without depth is that of the models for the Alps. */
const DrouetBrazil2015 = drouetForm({
  ...DrouetBrazil2015withDepth,
  id: 'DrouetBrazil2015',
  requires: { rupture: ['mag'], distances: ['rjb'], site: [] },
  table: new CoefficientTable(tables.withoutDepth),
});

export const models: ModelModule['models'] = [DrouetBrazil2015, DrouetBrazil2015withDepth];
