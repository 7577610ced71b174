import { CoefficientTable, readTables } from '../coefficients.js';
import type { ModelDeclaration, ModelModule } from '../model.js';
import { fillSigma, LN_CMS2_TO_G, perMeasureModel } from '../per-measure.js';

const { tables } = readTables(import.meta.url, 'megawati-pan-2010');
const TABLE = new CoefficientTable(tables.main);
const ID = 'MegawatiPan2010';
const requires = { rupture: ['mag'], distances: ['rhypo'], site: [] } as const;

/** ln y = a0 + a1 (M - 6) + a2 (M - 6)^2 + a3 ln R + (a4 + a5 M) R, cm/s2 or cm/s. */
const model = perMeasureModel(ID, requires, (imt) => {
  const { a0, a1, a2, a3, a4, a5, sigma } = TABLE.row(imt, ID);
  const unit = imt.kind === 'PGV' ? 0 : LN_CMS2_TO_G;
  return (batch, out, m) => {
    const { start, mag, rhypo } = batch;
    const mean = out.mean[m];
    for (let r = 0; r < batch.ruptures; r++) {
      const dm = mag[r] - 6;
      const constant = a0 + dm * (a1 + a2 * dm) + unit;
      const slope = a4 + a5 * mag[r];
      for (let i = start[r]; i < start[r + 1]; i++) mean[i] = constant + a3 * Math.log(rhypo[i]) + slope * rhypo[i];
    }
    fillSigma(out, m, batch.size, sigma);
  };
});

const MegawatiPan2010: ModelDeclaration = {
  id: ID,
  citation:
    'K. Megawati, T.-C. Pan (2010), Earthquake Engineering and Structural Dynamics 39(8), 827-845 (Sumatran interface earthquakes at large distance, hard rock)',
  tectonicRegionType: 'Subduction Interface',
  validity: {
    magnitude: [5, 9],
    distance: { kind: 'rhypo', range: [200, 1500] },
    source: 'the simulations that the equations are fitted to',
  },
  imts: TABLE.imts,
  component: 'Average Horizontal',
  standardDeviations: ['total'],
  requires,
  arguments: [],
  create: () => model,
};

export const models: ModelModule['models'] = [MegawatiPan2010];
