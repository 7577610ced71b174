import { levelAtProbability } from '../../../hazard/statistics/hazard-map.js';
import { assertClose } from '../../tolerance.js';

const LEVELS = Float64Array.of(0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1);
const POES = [0.99, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 1e-4, 1e-8, 1e-35];
/** OpenQuake engine 3.24-dev reference figures: curve, map at POES. */
const CASES: readonly (readonly [string, readonly number[], readonly number[]])[] = [
  ['an ordinary curve', [0.9, 0.7, 0.4, 0.2, 0.05, 0.005, 1e-4], [0, 0.0346971443398, 0.1, 0.141421356237, 0.2, 0.287995860951, 0.379470592373, 1, 1, 1]],
  ['a curve that starts at certainty', [1, 1, 0.9, 0.5, 0.2, 0.1, 0.05], [0.0218267703468, 0.1, 0.2, 0.5, 1, 1, 1, 1, 1, 1]],
  ['a curve that ends in zeros', [0.05, 0.01, 0.001, 1e-5, 1e-9, 0, 0], [0, 0, 0, 0, 0.01, 0.014838275601, 0.02, 0.0707106781187, 0.168179283051, 1]],
  ['a curve of zeros', [0, 0, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 0, 0, 0, 0, 1]],
  ['flat stretches', [0.5, 0.5, 0.5, 0.2, 0.2, 0.1, 0.1], [0, 0.01, 0.1, 0.5, 1, 1, 1, 1, 1, 1]],
  ['flat stretches below the probability', [0.1, 0.1, 0.02, 0.02, 0.02, 0.01, 0.01], [0, 0, 0, 0.01, 0.0296765512019, 0.05, 0.5, 1, 1, 1]],
]; // prettier-ignore

describe('hazard maps', () => {
  for (const [name, curve, expected] of CASES) {
    it(`read the level at a probability from ${name}`, () => {
      const atol = 1e-11;
      POES.forEach((poe, k) => {
        const got = levelAtProbability(LEVELS, curve, 0, poe);
        assertClose(got, expected[k], { atol }, `poe ${poe}`);
      });
    });
  }
});
