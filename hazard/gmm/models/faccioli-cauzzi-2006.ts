import { CoefficientTable, readTables } from '../coefficients.js';
import type { ModelDeclaration, ModelModule } from '../model.js';
import { fillSigma, perMeasureModel } from '../per-measure.js';

const { tables } = readTables(import.meta.url, 'faccioli-cauzzi-2006');
const TABLE = new CoefficientTable(tables.main);
const ID = 'FaccioliCauzzi2006';
const requires = { rupture: ['mag'], distances: ['repi'], site: [] } as const;

/** Intensity = c1 + c2 M + c3 ln sqrt(Repi^2 + h^2). */
const model = perMeasureModel(ID, requires, (imt) => {
  const { c1, c2, c3, h, sigma } = TABLE.row(imt, ID);
  return (batch, out, m) => {
    const { start, mag, repi } = batch;
    for (let r = 0; r < batch.ruptures; r++) {
      const constant = c1 + c2 * mag[r];
      for (let i = start[r]; i < start[r + 1]; i++)
        out.mean[m][i] = constant + 0.5 * c3 * Math.log(repi[i] * repi[i] + h * h);
    }
    fillSigma(out, m, batch.size, sigma);
  };
});

const FaccioliCauzzi2006: ModelDeclaration = {
  id: ID,
  citation:
    'E. Faccioli, C. Cauzzi (2006), First European Conference on Earthquake Engineering and Seismology, Geneva, paper 569',
  tectonicRegionType: 'Active Shallow Crust',
  imts: TABLE.imts,
  component: 'Horizontal',
  standardDeviations: ['total'],
  requires,
  arguments: [],
  create: () => model,
};

export const models: ModelModule['models'] = [FaccioliCauzzi2006];
