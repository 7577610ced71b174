import { CoefficientTable, readTables } from '../coefficients.js';
import type { Requirements } from '../../contexts/context-batch.js';
import type { ModelDeclaration, ModelModule } from '../model.js';
import { fillSigma, LN_CMS2_TO_G, perMeasureModel } from '../per-measure.js';

const MAIN = new CoefficientTable(readTables(import.meta.url, 'atkinson-2015').tables.main);
const requires: Requirements = { rupture: ['mag'], distances: ['rhypo'], site: [] };

/** Equations 3 and 4; effective depth of 1 km at least, log10 of it beyond: intercept + slope M. */
function declaration(id: string, intercept: number, slope: number): ModelDeclaration {
  const model = perMeasureModel(id, requires, (imt) => {
    const c = MAIN.row(imt, id);
    const unit = imt.kind === 'PGV' ? 0 : LN_CMS2_TO_G;
    return (batch, out, k) => {
      const { start, rhypo } = batch;
      const mean = out.mean[k];
      for (let r = 0; r < batch.ruptures; r++) {
        const m = batch.mag[r];
        const source = (c.c0 + c.c1 * m + c.c2 * m * m) * Math.LN10 + unit;
        const h = Math.max(1, Math.exp(Math.LN10 * (intercept + slope * m)));
        for (let i = start[r]; i < start[r + 1]; i++) {
          const distance2 = rhypo[i] * rhypo[i] + h * h;
          mean[i] = source + 0.5 * c.c3 * Math.log(distance2) + c.c4 * Math.sqrt(distance2) * Math.LN10;
        }
      }
      fillSigma(out, k, batch.size, c.sigma * Math.LN10, c.tau * Math.LN10, c.phi * Math.LN10);
    };
  });
  return {
    id,
    citation:
      'G. M. Atkinson (2015), Ground-motion prediction equation for small-to-moderate events at short hypocentral distances, with application to induced-seismicity hazards, Bulletin of the Seismological Society of America 105(2A), 981-992, doi:10.1785/0120140142',
    tectonicRegionType: 'Induced',
    validity: {
      magnitude: [3, 6],
      distance: { kind: 'rhypo', range: [0, 40] },
      source: 'title and summary of the paper: small to moderate earthquakes at short hypocentral distances',
    },
    imts: MAIN.imts,
    component: 'Average Horizontal (RotD50)',
    standardDeviations: ['total', 'inter', 'intra'],
    requires,
    arguments: [],
    create: () => model,
  };
}

export const models: ModelModule['models'] = [
  declaration('Atkinson2015', -1.72, 0.43),
  declaration('Atkinson2015AltDistSat', -0.28, 0.19),
];
