import type { Imt } from '../imt.js';
import type { ModelDeclaration, ModelModule } from '../model.js';
import { perMeasureModel } from '../per-measure.js';
import { writeNoComponents } from '../sigma.js';
import { unsupportedMeasure } from '../refusals.js';

const ID = 'Campbell1997';

const Campbell1997: ModelDeclaration = {
  id: ID,
  citation:
    'K. W. Campbell (1997), Empirical near-source attenuation relationships for horizontal and vertical components of peak ground acceleration, peak ground velocity, and pseudo-absolute acceleration response spectra, Seismological Research Letters 68(1), 154-179',
  tectonicRegionType: 'Active Shallow Crust',
  validity: {
    magnitude: [4.7, 8.1],
    distance: { kind: 'rrup', range: [0, 60] },
    source: 'what its author means it for (distance to the seismogenic part of the rupture)',
  },
  imts: [{ kind: 'PGA' }],
  component: 'Average Horizontal',
  standardDeviations: ['total'],
  requires: { rupture: ['mag', 'rake'], distances: ['rrup'], site: ['vs30'] },
  arguments: [],
  notes: 'The distance to the rupture stands for that to the seismogenic rupture.',
  create: () => model,
};

const model = perMeasureModel(ID, Campbell1997.requires, (imt: Imt, sites) => {
  if (imt.kind !== 'PGA') throw unsupportedMeasure(ID, imt, 'PGA');
  // soft rock from 760 m/s, hard rock from 1500 m/s: (constant - slope ln rrup)
  const constant = sites.numeric.vs30.map((v) => (v >= 1500 ? 0.405 : v >= 760 ? 0.44 : 0));
  const slope = sites.numeric.vs30.map((v) => (v >= 1500 ? 0.222 : v >= 760 ? 0.171 : 0));
  return (batch, out, m) => {
    const { start, site, mag, rake, rrup } = batch;
    const mean = out.mean[m];
    for (let r = 0; r < batch.ruptures; r++) {
      const near = 0.149 * Math.exp(0.647 * mag[r]);
      const style = styleFactor(rake[r]);
      const event = -3.512 + 0.904 * mag[r] + (1.125 - 0.0957 * mag[r]) * style;
      for (let i = start[r]; i < start[r + 1]; i++) {
        const s = site[i];
        const perLn = 0.112 * style + slope[s];
        let value = event - 0.664 * Math.log(rrup[i] * rrup[i] + near * near) + constant[s];
        if (perLn !== 0) value -= perLn * Math.log(rrup[i]);
        mean[i] = value;
        out.total[m][i] = totalSigma(value);
      }
    }
    writeNoComponents(out, m, batch.size);
  };
});

function styleFactor(rake: number): number {
  if (rake >= 45 && rake <= 135) return 1;
  return rake >= -135 && rake <= -45 ? 0.5 : 0;
}

const LN_LOW = Math.log(0.068);
const LN_HIGH = Math.log(0.21);

/** By ln of the median in g. */
function totalSigma(lnMedian: number): number {
  if (lnMedian < LN_LOW) return 0.55;
  return lnMedian <= LN_HIGH ? 0.173 - 0.14 * lnMedian : 0.39;
}

export const models: ModelModule['models'] = [Campbell1997];
