import type { Extraction } from './extraction.js';
import { bytesArray, numbersArray } from './npy.js';
import { refusal } from '../../hazard/refusal.js';

/** values in one answer: beyond it, ask for single kinds or for the datastore */
const LARGEST = 50_000_000;

/** A whole array of curves or maps with the text that describes its axes. */
export function statisticsOrRealizations(
  name: 'hcurves-stats' | 'hcurves-rlzs' | 'hmaps-stats' | 'hmaps-rlzs',
): Extraction {
  return {
    summary: 'the whole dataset of this name',
    extract({ hdf5 }) {
      if (!hdf5.has(name)) throw refusal('INVALID_QUERY', `the calculation has no ${name}`);
      const shape = hdf5.shape(name);
      const size = shape.reduce((product, length) => product * length, 1);
      if (size > LARGEST)
        throw refusal('TOO_LARGE', `'${name}' has ${size} values; at most ${LARGEST} are extracted at once`);
      return {
        array: numbersArray(hdf5.readNumbers(name), shape),
        json: bytesArray(String(hdf5.attributes(name).json)),
      };
    },
  };
}
