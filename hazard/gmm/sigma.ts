import type { GroundMotion } from './model.js';

/** Of a model with a total standard deviation only: the other two of row m are 0. */
export function writeNoComponents(out: GroundMotion, m: number, size: number): void {
  out.inter[m].fill(0, 0, size);
  out.intra[m].fill(0, 0, size);
}
