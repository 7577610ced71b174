import { CoefficientTable, readTables } from '../coefficients.js';
import { formDeclaration, componentDeviations } from '../context-form.js';
import type { ModelDeclaration, ModelModule } from '../model.js';
import { GRAVITY } from '../per-measure.js';

const { tables } = readTables(import.meta.url, 'douglas-stochastic-2013');

const SIGMA = new CoefficientTable(tables.sigma);
/** cm/s2 to g, from cm/s2 as 100 g m/s2 */
const LN_UNIT = -Math.log(100 * GRAVITY);

/** ln y = b1 + b2 (M - 3) + b3 (M - 3)^2 + b4 (M - 3)^3 + b5 ln(R + bh) + b6 (R + bh), cm/s2 or cm/s (equation 2). */
function declaration(stressDrop: string, quality: string, kappa: string): ModelDeclaration {
  const key = `SD${stressDrop}Q${quality}K${kappa}`;
  const id = `DouglasEtAl2013Stochastic${key}`;
  const table = new CoefficientTable(tables[key]);
  return formDeclaration(
    {
      id,
      citation:
        'J. Douglas, B. Edwards, V. Convertito, N. Sharma, A. Tramelli, D. Kraaijpoel, B. M. Cabrera, N. Maercklin, C. Troise (2013), Predicting ground motion from induced earthquakes in geothermal areas, Bulletin of the Seismological Society of America 103(3), 1875-1897',
      tectonicRegionType: 'Geothermal',
      imts: table.imts,
      component: 'Average Horizontal',
      standardDeviations: ['total', 'inter', 'intra'],
      requires: { rupture: ['mag'], distances: ['rhypo'], site: [] },
      referenceVelocity: 1100,
      notes: `Stress drop ${Number(stressDrop)} bar, quality factor ${quality}, kappa ${Number(kappa) / 1000} s. tau is the mean of the two that the authors give.`,
    },
    (imt) => {
      const c = table.row(imt, id);
      const { phi, tau_s: tauS, tau_b: tauB } = SIGMA.row(imt, id);
      const unit = imt.kind === 'PGV' ? 0 : LN_UNIT;
      let event = 0;
      return {
        rupture({ mag }, r) {
          const dm = mag[r] - 3;
          event = c.b1 + dm * (c.b2 + dm * (c.b3 + dm * c.b4)) + unit;
        },
        mean({ rhypo }, i) {
          const distance = rhypo[i] + c.bh;
          return event + c.b5 * Math.log(distance) + c.b6 * distance;
        },
        deviations: componentDeviations(0.5 * (tauS + tauB), phi),
      };
    },
  );
}

export const models: ModelModule['models'] = ['001', '010', '100'].flatMap((stressDrop) =>
  ['200', '600', '1800'].flatMap((quality) =>
    ['005', '020', '040', '060'].map((kappa) => declaration(stressDrop, quality, kappa)),
  ),
);
