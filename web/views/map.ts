import type { Calculation, CurveKind } from '../../datastore/calculation.js';
import { refusal } from '../../hazard/refusal.js';
import { levelAtProbability } from '../../hazard/statistics/hazard-map.js';
import { measureOf, probabilityOf, type View } from './view.js';

/** Sites whose curves are held at a time. */
const SITES_AT_ONCE = 4096;

/** A hazard map of any probability, read from the curves: the stored ones are the same numbers. */
export const map: View = {
  summary:
    'The hazard map of one measure, statistic and probability: the level exceeded with this probability at every site.',
  parameters: {
    imt: 'measure, default the first one',
    statistic: 'mean, quantile-0.5, rlz-000 ...; default the first one',
    poe: 'probability of exceedance in the investigation time',
  },
  answer: 'float32 numbers, little endian: one level for each site, in the unit of the measure',
  read(calculation, query) {
    const measure = measureOf(calculation, query);
    const kind = kindOf(calculation, query.get('statistic') ?? undefined);
    const poe = probabilityOf(query);
    const levels = calculation.levels[measure];
    const numbers = new Float32Array(calculation.siteCount);
    for (let first = 0; first < numbers.length; first += SITES_AT_ONCE) {
      const last = Math.min(first + SITES_AT_ONCE, numbers.length);
      const curves = calculation.curves(kind, measure, first, last);
      const width = curves.length / (last - first);
      for (let site = first; site < last; site++)
        numbers[site] = levelAtProbability(levels, curves, (site - first) * width, poe);
    }
    return { numbers };
  },
};

/** The row of curves with this name. Errors: Refusal when there is none. */
function kindOf(calculation: Calculation, name: string | undefined): CurveKind {
  const kinds = calculation.kinds();
  const found = name === undefined ? kinds[0] : kinds.find((kind) => kind.name === name);
  if (found) return found;
  const names = kinds.filter(({ dataset }) => dataset === 'stats').map((kind) => kind.name);
  throw refusal('INVALID_QUERY', `no statistic '${name ?? ''}' (there are: ${names.join(', ')})`);
}
