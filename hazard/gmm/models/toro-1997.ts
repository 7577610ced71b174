import { CoefficientTable, readTables } from '../coefficients.js';
import type { Requirements } from '../../contexts/context-batch.js';
import type { ModelDeclaration, ModelModule } from '../model.js';
import { capMean, medianCap, momentMagnitude } from '../terms/nshmp-2008.js';
import { fillSigma, perMeasureModel } from '../per-measure.js';

const { tables } = readTables(import.meta.url, 'toro-1997');
const requires: Requirements = { rupture: ['mag'], distances: ['rjb'], site: [] };
const LN_100 = Math.log(100);

/** Equations 3 and 4 with the magnitude-dependent saturation of Toro (2002). */
function declaration(id: string, scale: 'Mw' | 'Mblg'): ModelDeclaration {
  const table = new CoefficientTable(scale === 'Mw' ? tables.mw : tables.mblg);
  // Mblg enters the equation as it is, and the saturation as the mean of two conversions
  const moment = (m: number) =>
    scale === 'Mw' ? m : 0.5 * (momentMagnitude('Mblg87', m) + momentMagnitude('Mblg96', m));
  const model = perMeasureModel(id, requires, (imt) => {
    const c = table.row(imt, id);
    const cap = medianCap(imt);
    return (batch, out, k) => {
      const { start, rjb } = batch;
      const mean = out.mean[k];
      for (let r = 0; r < batch.ruptures; r++) {
        const m = batch.mag[r];
        const source = c.c1 + c.c2 * (m - 6) + c.c3 * (m - 6) * (m - 6);
        const saturation = c.c7 * Math.exp(-1.25 + 0.227 * moment(m));
        const saturation2 = saturation * saturation;
        for (let i = start[r]; i < start[r + 1]; i++) {
          const distance2 = rjb[i] * rjb[i] + saturation2;
          let value = source - 0.5 * c.c4 * Math.log(distance2) - c.c6 * Math.sqrt(distance2);
          if (rjb[i] > 100) value -= (c.c5 - c.c4) * (Math.log(rjb[i]) - LN_100);
          mean[i] = value;
        }
      }
      capMean(mean, batch.size, cap);
      fillSigma(out, k, batch.size, c.sigma);
    };
  });
  return {
    id,
    citation:
      'G. R. Toro, N. A. Abrahamson, J. F. Schneider (1997), Model of strong ground motions from earthquakes in central and eastern North America: best estimates and uncertainties, Seismological Research Letters 68(1), 41-57, doi:10.1785/gssrl.68.1.41',
    tectonicRegionType: 'Stable Shallow Crust',
    validity: {
      magnitude: [5, 8],
      distance: { kind: 'rjb', range: [1, 500] },
      source: 'what its authors mean it for, summary of the paper',
    },
    imts: table.imts,
    component: 'Average Horizontal',
    standardDeviations: ['total'],
    requires,
    referenceVelocity: 760,
    arguments: [],
    notes: 'Form of the 2008 US hazard model for the B/C boundary: medians are capped.',
    create: () => model,
  };
}

export const models: ModelModule['models'] = [
  declaration('ToroEtAl1997MwNSHMP2008', 'Mw'),
  declaration('ToroEtAl1997MblgNSHMP2008', 'Mblg'),
];
