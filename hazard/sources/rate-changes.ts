import type { PreparedSource } from './prepared-source.js';
import { refusal } from '../refusal.js';

/**
 * A source whose ruptures occur more or less often than its distribution says: `changes` (1/yr) are added to the rates, by
 * the number of the rupture; such a source has one rate column. Far sites see every rupture then, because means over planes and depths have no numbers.
 * Errors: Refusal naming the source when there are more changes than ruptures, or (from `contexts` and `ruptures`) when a
 * rate falls below 0.
 */
export function withRateChanges(prepared: PreparedSource, changes: Float64Array, id: string): PreparedSource {
  const { ruptureCount } = prepared;
  if (changes.length > ruptureCount)
    throw refusal(
      'INVALID_SOURCE',
      `source ${id}: the rate of rupture ${changes.length - 1} is to be changed, but it has ${ruptureCount} ruptures`,
    );
  const changed = (rate: number, index: number): number => {
    const result = rate + (index < changes.length ? changes[index] : 0);
    if (result < 0) throw refusal('INVALID_SOURCE', `source ${id}: the rate of rupture ${index} would fall below 0`);
    return result;
  };
  return {
    units: prepared.units,
    ruptureCount,
    minimumMagnitude: prepared.minimumMagnitude,
    maximumMagnitude: prepared.maximumMagnitude,
    countRuptures: (first, last) => prepared.countRuptures(first, last),
    boundingBox: (distance) => prepared.boundingBox(distance),
    *ruptures(first, last) {
      for (const rupture of prepared.ruptures(first, last))
        yield { ...rupture, rate: changed(rupture.rate, rupture.index) };
    },
    contexts: (request, first, last) => {
      const { batch } = request;
      let begin = batch.ruptures;
      const change = (): void => {
        for (let r = begin; r < batch.ruptures; r++) batch.rates[r] = changed(batch.rates[r], batch.ruptureIndex[r]);
        begin = batch.ruptures;
      };
      const flush = (): void => {
        change();
        request.flush();
        begin = 0;
      };
      prepared.contexts({ ...request, pointSourceDistance: Infinity, flush }, first, last);
      change();
    },
  };
}
