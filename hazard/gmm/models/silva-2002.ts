import { CoefficientTable, readTables } from '../coefficients.js';
import type { Requirements } from '../../contexts/context-batch.js';
import type { ModelDeclaration, ModelModule } from '../model.js';
import { capMean, medianCap, momentMagnitude, type MagnitudeScale } from '../terms/nshmp-2008.js';
import { fillSigma, perMeasureModel } from '../per-measure.js';

const { tables } = readTables(import.meta.url, 'silva-2002');
const NSHMP2008 = new CoefficientTable(tables.nshmp2008);
const requires: Requirements = { rupture: ['mag'], distances: ['rjb'], site: [] };

function declaration(id: string, scale: MagnitudeScale, table: CoefficientTable): ModelDeclaration {
  const nshmp = table === NSHMP2008;
  const model = perMeasureModel(id, requires, (imt) => {
    const c = table.row(imt, id);
    const cap = nshmp ? medianCap(imt) : Infinity;
    const saturation = Math.exp(c.c4);
    return (batch, out, k) => {
      const { start, rjb } = batch;
      const mean = out.mean[k];
      for (let r = 0; r < batch.ruptures; r++) {
        const m = momentMagnitude(scale, batch.mag[r]);
        const source = c.c1 + c.c2 * m + c.c10 * (m - 6) * (m - 6);
        const slope = c.c6 + c.c7 * m;
        for (let i = start[r]; i < start[r + 1]; i++) mean[i] = source + slope * Math.log(rjb[i] + saturation);
      }
      capMean(mean, batch.size, cap);
      fillSigma(out, k, batch.size, c.sigma);
    };
  });
  return {
    id,
    citation:
      'W. Silva, N. Gregor, R. Darragh (2002), Development of regional hard rock attenuation relations for central and eastern North America, Pacific Engineering and Analysis',
    tectonicRegionType: 'Stable Shallow Crust',
    validity: {
      magnitude: [4.5, 8.5],
      distance: { kind: 'rjb', range: [1, 400] },
      source: 'the simulations that the equations are fitted to',
    },
    imts: table.imts,
    component: 'Average Horizontal',
    standardDeviations: ['total'],
    requires,
    referenceVelocity: 760,
    arguments: [],
    notes: nshmp ? 'Form of the 2008 US hazard model for the B/C boundary: medians are capped.' : undefined,
    create: () => model,
  };
}

export const models: ModelModule['models'] = [
  declaration('SilvaEtAl2002MwNSHMP2008', 'Mw', NSHMP2008),
  declaration('SilvaEtAl2002MblgAB1987NSHMP2008', 'Mblg87', NSHMP2008),
  declaration('SilvaEtAl2002MblgJ1996NSHMP2008', 'Mblg96', NSHMP2008),
  declaration('SilvaEtAl2002DoubleCornerSaturation', 'Mw', new CoefficientTable(tables.doubleCorner)),
  declaration('SilvaEtAl2002SingleCornerSaturation', 'Mw', new CoefficientTable(tables.singleCorner)),
];
