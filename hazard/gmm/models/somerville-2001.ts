import { CoefficientTable, readTables } from '../coefficients.js';
import type { Requirements } from '../../contexts/context-batch.js';
import type { ModelDeclaration, ModelModule } from '../model.js';
import { capMean, medianCap } from '../terms/nshmp-2008.js';
import { fillSigma, perMeasureModel } from '../per-measure.js';

const MAIN = new CoefficientTable(readTables(import.meta.url, 'somerville-2001').tables.main);
const ID = 'SomervilleEtAl2001NSHMP2008';
const requires: Requirements = { rupture: ['mag'], distances: ['rjb'], site: [] };
const LN_HINGE = 0.5 * Math.log(50 * 50 + 36);

const model = perMeasureModel(ID, requires, (imt) => {
  const c = MAIN.row(imt, ID);
  const cap = medianCap(imt);
  return (batch, out, k) => {
    const { start, rjb } = batch;
    const mean = out.mean[k];
    for (let r = 0; r < batch.ruptures; r++) {
      const m = batch.mag[r];
      const source = c.a1 + c.a2 * (m - 6.4) + c.a7 * (8.5 - m) * (8.5 - m);
      const slope = c.a4 * (m - 6.4);
      for (let i = start[r]; i < start[r + 1]; i++) {
        const l = 0.5 * Math.log(rjb[i] * rjb[i] + 36);
        const spreading = rjb[i] < 50 ? c.a3 * l : c.a3 * LN_HINGE + c.a6 * (l - LN_HINGE);
        mean[i] = source + slope * l + c.a5 * rjb[i] + spreading;
      }
    }
    capMean(mean, batch.size, cap);
    fillSigma(out, k, batch.size, c.sigma);
  };
});

const SomervilleEtAl2001NSHMP2008: ModelDeclaration = {
  id: ID,
  citation:
    'P. Somerville, N. Collins, N. Abrahamson, R. Graves, C. Saikia (2001), Ground motion attenuation relations for the central and eastern United States, final report to the USGS, award 99HQGR0098',
  tectonicRegionType: 'Stable Shallow Crust',
  validity: {
    magnitude: [6, 7.5],
    distance: { kind: 'rjb', range: [0, 500] },
    source: 'the simulations that the equations are fitted to',
  },
  imts: MAIN.imts,
  component: 'Average Horizontal',
  standardDeviations: ['total'],
  requires,
  referenceVelocity: 760,
  arguments: [],
  notes: 'Form of the 2008 US hazard model for the B/C boundary: medians are capped.',
  create: () => model,
};

export const models: ModelModule['models'] = [SomervilleEtAl2001NSHMP2008];
