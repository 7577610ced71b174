import { refusal } from '../../hazard/refusal.js';
import { measureOf, siteOf, type View } from './view.js';

/** Curves of all kept realizations of one site and measure. */
export const realizationCurves: View = {
  summary: 'Hazard curves of all realizations at one site, where the job kept them (individual_rlzs).',
  parameters: { site: 'number of the site, default 0', imt: 'measure, default the first one' },
  answer:
    'float32 numbers, little endian: probabilities of exceedance, level after level, realization after realization',
  read(calculation, query) {
    const site = siteOf(calculation, query);
    const measure = measureOf(calculation, query);
    if (!calculation.has('hcurves-rlzs'))
      throw refusal('INVALID_QUERY', 'the calculation kept no realizations: individual_rlzs = true keeps them');
    const { hdf5, levels } = calculation;
    const [, count, , width] = hdf5.shape('hcurves-rlzs');
    const stored = hdf5.readFloats('hcurves-rlzs', [
      [site, site + 1],
      [0, count],
      [measure, measure + 1],
    ]);
    const used = levels[measure].length;
    const numbers = new Float32Array(count * used);
    for (let row = 0; row < count; row++) numbers.set(stored.subarray(row * width, row * width + used), row * used);
    return { numbers };
  },
};
