import { refusal } from '../../hazard/refusal.js';
import { measureOf, siteOf, type View } from './view.js';

/** Mean rates by source at one site. */
export const sourceRates: View = {
  summary: 'Mean annual rates of exceedance by source at one site (disagg_by_src).',
  parameters: { site: 'number of the site, default 0', imt: 'measure, default the first one' },
  answer: '`{"sources": [id, ...], "rates": [[rate of every level], ...]}`, 1/yr, sources that add nothing left out',
  read(calculation, query) {
    const site = siteOf(calculation, query);
    const measure = measureOf(calculation, query);
    const path = 'mean_rates_by_src';
    if (!calculation.has(`${path}/array`))
      throw refusal('INVALID_QUERY', 'the calculation has no rates by source: disagg_by_src = true makes them');
    const ids = calculation.hdf5.readTexts(`${path}/src_id`);
    const rates = calculation.hdf5.readFloats(`${path}/array`, [
      [site, site + 1],
      [measure, measure + 1],
    ]);
    const levels = rates.length / ids.length;
    const rows = ids.map((id, source) => ({
      id,
      rates: Array.from({ length: levels }, (_, level) => rates[level * ids.length + source]),
    }));
    const seen = rows.filter((row) => row.rates.some((rate) => rate > 0));
    return { json: { sources: seen.map(({ id }) => id), rates: seen.map((row) => row.rates) } };
  },
};
