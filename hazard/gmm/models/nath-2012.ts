import { CoefficientTable, readTables } from '../coefficients.js';
import type { ModelDeclaration, ModelModule } from '../model.js';
import { fillSigma, perMeasureModel } from '../per-measure.js';

const { tables } = readTables(import.meta.url, 'nath-2012');
const BEDROCK = new CoefficientTable(tables.bedrock);
const UPPER = new CoefficientTable(tables.upper);
const requires = { rupture: ['mag'], distances: ['rrup'], site: [] } as const;

/** Equation 11, coefficients of table 5: ln Y (g) = c1 + c2 M + c3 (10 - M)^3 + c4 ln(R + c5 exp(c6 M)); the upper crust has a correction. */
function declare(id: string, correction?: CoefficientTable): ModelDeclaration {
  const model = perMeasureModel(id, requires, (imt) => {
    const { c1, c2, c3, c4, c5, c6, sigma } = BEDROCK.row(imt, id);
    const shift = correction ? Math.log(correction.row(imt, id).correction) : 0;
    return (batch, out, m) => {
      const { start, mag, rrup } = batch;
      for (let r = 0; r < batch.ruptures; r++) {
        const dm = 10 - mag[r];
        const constant = c1 + c2 * mag[r] + c3 * dm * dm * dm + shift;
        const saturation = c5 * Math.exp(c6 * mag[r]);
        for (let i = start[r]; i < start[r + 1]; i++) out.mean[m][i] = constant + c4 * Math.log(rrup[i] + saturation);
      }
      fillSigma(out, m, batch.size, sigma * Math.LN10);
    };
  });
  return {
    id,
    citation: 'S. K. Nath, K. K. S. Thingbaijam, S. K. Maiti, A. Nayak (2012), Journal of Seismology 16(3), 475-488',
    tectonicRegionType: 'Subduction Interface',
    imts: BEDROCK.imts,
    component: 'Vertical',
    standardDeviations: ['total'],
    requires,
    referenceVelocity: 800,
    arguments: [],
    create: () => model,
  };
}

export const models: ModelModule['models'] = [declare('NathEtAl2012Lower'), declare('NathEtAl2012Upper', UPPER)];
