import type { GroundMotion } from './model.js';

/** Writes standard deviations that are the same for every context of row m [0, size). */
export function writeConstantSigma(
  out: GroundMotion,
  m: number,
  size: number,
  total: number,
  inter = 0,
  intra = 0,
): void {
  out.total[m].fill(total, 0, size);
  out.inter[m].fill(inter, 0, size);
  out.intra[m].fill(intra, 0, size);
}

/** Of a model with a total standard deviation only: the other two of row m are 0. */
export function writeNoComponents(out: GroundMotion, m: number, size: number): void {
  out.inter[m].fill(0, 0, size);
  out.intra[m].fill(0, 0, size);
}
