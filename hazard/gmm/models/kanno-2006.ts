import { CoefficientTable, readTables } from '../coefficients.js';
import type { ModelDeclaration, ModelModule } from '../model.js';
import { fillSigma, LN_CMS2_TO_G, perMeasureModel } from '../per-measure.js';

const { tables } = readTables(import.meta.url, 'kanno-2006');
const SITE = new CoefficientTable(tables.site);
const requires = { rupture: ['mag'], distances: ['rrup'], site: ['vs30'] } as const;

/** log10 y = c + a M + b R - log10(R + d 10^(0.5 M)) + p log10 V + q (equations 5 to 7), cm/s2 or cm/s. */
function declare(id: string, region: 'Interface' | 'IntraSlab', table: CoefficientTable): ModelDeclaration {
  const model = perMeasureModel(id, requires, (imt, sites) => {
    const { a, b, c, d, epsilon } = table.row(imt, id);
    const { p, q } = SITE.row(imt, id);
    const unit = imt.kind === 'PGV' ? 0 : LN_CMS2_TO_G;
    const siteTerms = sites.numeric.vs30.map((v) => p * Math.log(v) + Math.LN10 * q + unit);
    return (batch, out, m) => {
      const { start, site, mag, rrup } = batch;
      const mean = out.mean[m];
      for (let r = 0; r < batch.ruptures; r++) {
        const constant = Math.LN10 * (c + a * mag[r]);
        const saturation = d * Math.exp(Math.LN10 * 0.5 * mag[r]);
        for (let i = start[r]; i < start[r + 1]; i++)
          mean[i] = constant + Math.LN10 * b * rrup[i] - Math.log(rrup[i] + saturation) + siteTerms[site[i]];
      }
      fillSigma(out, m, batch.size, epsilon * Math.LN10);
    };
  });
  return {
    id,
    citation:
      'T. Kanno, A. Narita, N. Morikawa, H. Fujiwara, Y. Fukushima (2006), Bulletin of the Seismological Society of America 96(3), 879-897',
    tectonicRegionType: `Subduction ${region}`,
    validity: {
      magnitude: [5, 8.2],
      distance: { kind: 'rrup', range: [0, 500] },
      source: 'the data, summary of the paper',
    },
    imts: table.imts,
    component: 'Peak square root of sum of squares of horizontals',
    standardDeviations: ['total'],
    requires,
    referenceVelocity: 800,
    arguments: [],
    notes: 'Without the term for anomalous intensity in north-eastern Japan.',
    create: () => model,
  };
}

export const models: ModelModule['models'] = [
  declare('Kanno2006Deep', 'IntraSlab', new CoefficientTable(tables.deep)),
  declare('Kanno2006Shallow', 'Interface', new CoefficientTable(tables.shallow)),
];
