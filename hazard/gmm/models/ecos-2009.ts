import { CoefficientTable, readTables } from '../coefficients.js';
import type { ModelDeclaration, ModelModule } from '../model.js';
import { fillSigma, perMeasureModel } from '../per-measure.js';

const { tables } = readTables(import.meta.url, 'ecos-2009');
const requires = { rupture: ['mag', 'hypoDepth'], distances: ['rhypo'], site: [] } as const;

/** Intensity = (M - beta) / alpha + a ln(R / 30) + b (R - 30). */
function declare(id: string, table: CoefficientTable): ModelDeclaration {
  const model = perMeasureModel(id, requires, (imt) => {
    const { a, b, alpha, beta, sigma } = table.row(imt, id);
    return (batch, out, m) => {
      const { start, mag, rhypo } = batch;
      for (let r = 0; r < batch.ruptures; r++) {
        const constant = (mag[r] - beta) / alpha - a * Math.log(30);
        for (let i = start[r]; i < start[r + 1]; i++)
          out.mean[m][i] = constant + a * Math.log(rhypo[i]) + b * (rhypo[i] - 30);
      }
      fillSigma(out, m, batch.size, sigma);
    };
  });
  return {
    id,
    citation:
      'D. Fäh et al. (2011), Earthquake Catalogue of Switzerland ECOS-09, Swiss Seismological Service, report, appendix D',
    tectonicRegionType: 'Active Shallow Crust',
    imts: table.imts,
    component: 'Horizontal',
    standardDeviations: ['total'],
    requires,
    arguments: [],
    notes: 'The depth of the hypocentre is asked for but changes nothing, as in the reference engine.',
    create: () => model,
  };
}

export const models: ModelModule['models'] = [
  declare('ECOS2009', new CoefficientTable(tables.all)),
  declare('ECOS2009Highest', new CoefficientTable(tables.highest)),
];
