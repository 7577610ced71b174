import { CoefficientTable, readTables } from '../coefficients.js';
import type { ModelDeclaration, ModelModule } from '../model.js';
import { perMeasureModel } from '../per-measure.js';

const { tables } = readTables(import.meta.url, 'allen-2012-ipe');
const TABLE = new CoefficientTable(tables.main);
const HYPOCENTRAL = new CoefficientTable(tables.hypocentral);
const ID = 'AllenEtAl2012';
const requires = { rupture: ['mag'], distances: ['rrup'], site: [] } as const;

/** Intensity = c0 + c1 M + c2 ln sqrt(R^2 + (1 + c3 exp(M - 5))^2); sigma falls with distance (equations 5 and 6). */
const model = perMeasureModel(ID, requires, (imt) => {
  const { c0, c1, c2, c3, s1, s2, s3 } = TABLE.row(imt, ID);
  return (batch, out, m) => {
    const { start, mag, rrup } = batch;
    for (let r = 0; r < batch.ruptures; r++) {
      const constant = c0 + c1 * mag[r];
      const near = 1 + c3 * Math.exp(mag[r] - 5);
      for (let i = start[r]; i < start[r + 1]; i++) {
        const scaled = rrup[i] / s3;
        out.mean[m][i] = constant + 0.5 * c2 * Math.log(rrup[i] * rrup[i] + near * near);
        out.total[m][i] = s1 + s2 / (1 + scaled * scaled);
      }
    }
    out.inter[m].fill(0, 0, batch.size);
    out.intra[m].fill(0, 0, batch.size);
  };
});

const AllenEtAl2012: ModelDeclaration = {
  id: ID,
  citation: 'T. I. Allen, D. J. Wald, C. B. Worden (2012), Journal of Seismology 16, 409-433',
  tectonicRegionType: 'Active Shallow Crust',
  validity: {
    magnitude: [5, 7.9],
    distance: { kind: 'rrup', range: [0, 300] },
    source: 'summary of the paper: range of the data',
  },
  imts: TABLE.imts,
  component: 'Average Horizontal',
  standardDeviations: ['total'],
  requires,
  arguments: [],
  create: () => model,
};

/** Rhypo form: a saturation of its own, and beyond 50 km a term c4 ln(R / 50). */
const hypocentral = perMeasureModel(
  'AllenEtAl2012Rhypo',
  { rupture: ['mag'], distances: ['rhypo'], site: [] },
  (imt) => {
    const { c0, c1, c2, c4, m1, m2, s1, s2, s3 } = HYPOCENTRAL.row(imt, 'AllenEtAl2012Rhypo');
    return (batch, out, m) => {
      const { start, mag, rhypo } = batch;
      for (let r = 0; r < batch.ruptures; r++) {
        const constant = c0 + c1 * mag[r];
        const near = m1 + m2 * Math.exp(mag[r] - 5);
        for (let i = start[r]; i < start[r + 1]; i++) {
          const scaled = rhypo[i] / s3;
          out.mean[m][i] =
            constant +
            0.5 * c2 * Math.log(rhypo[i] * rhypo[i] + near * near) +
            (rhypo[i] > 50 ? c4 * Math.log(rhypo[i] / 50) : 0);
          out.total[m][i] = s1 + s2 / (1 + scaled * scaled);
        }
      }
      out.inter[m].fill(0, 0, batch.size);
      out.intra[m].fill(0, 0, batch.size);
    };
  },
);

const AllenEtAl2012Rhypo: ModelDeclaration = {
  ...AllenEtAl2012,
  id: 'AllenEtAl2012Rhypo',
  validity: { ...AllenEtAl2012.validity!, distance: { kind: 'rhypo', range: [0, 300] } },
  requires: hypocentral.requires,
  create: () => hypocentral,
};

export const models: ModelModule['models'] = [AllenEtAl2012, AllenEtAl2012Rhypo];
