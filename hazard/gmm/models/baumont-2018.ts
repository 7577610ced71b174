import { CoefficientTable, readTables } from '../coefficients.js';
import type { ModelDeclaration, ModelModule } from '../model.js';
import { fillSigma, perMeasureModel } from '../per-measure.js';

const { tables } = readTables(import.meta.url, 'baumont-2018');
const TABLE = new CoefficientTable(tables.main);
const ID = 'BaumontEtAl2018High2210IAVGDC30n7';
const requires = { rupture: ['mag'], distances: ['rhypo'], site: [] } as const;

/** Intensity = c1 + c2 M + beta log10 R + gamma R. */
const model = perMeasureModel(ID, requires, (imt) => {
  const { c1, c2, beta, gamma, be, we } = TABLE.row(imt, ID);
  const slope = beta * Math.LOG10E;
  return (batch, out, m) => {
    const { start, mag, rhypo } = batch;
    for (let r = 0; r < batch.ruptures; r++) {
      const constant = c1 + c2 * mag[r];
      for (let i = start[r]; i < start[r + 1]; i++)
        out.mean[m][i] = constant + slope * Math.log(rhypo[i]) + gamma * rhypo[i];
    }
    fillSigma(out, m, batch.size, Math.hypot(be, we));
  };
});

const BaumontEtAl2018: ModelDeclaration = {
  id: ID,
  citation:
    'D. Baumont, K. Manchuel, P. Traversa, C. Durouchoux, E. Nayman, G. Ameri (2018), Bulletin of Earthquake Engineering 16, 2285-2310, doi:10.1007/s10518-018-0344-6',
  tectonicRegionType: 'Active Shallow Crust',
  imts: TABLE.imts,
  component: 'Horizontal',
  standardDeviations: ['total'],
  requires,
  arguments: [],
  create: () => model,
};

export const models: ModelModule['models'] = [BaumontEtAl2018];
