/**
 * The rounding functions of the field. Counts of bins, cells and positions depend on which one is used, so none may be
 * replaced by Math.round, which rounds halves up.
 */

/** Nearest integer, halves away from zero; numbers just below zero go to -1, as the reference does. */
export function roundHalfAway(x: number): number {
  return x >= 0 ? Math.floor(x + 0.5) : Math.floor(x - 0.5);
}

/** `roundHalfAway` to a number of decimals. */
export function roundToDecimals(x: number, decimals: number): number {
  const scale = 10 ** decimals;
  return roundHalfAway(x * scale) / scale;
}

/** Nearest integer, halves to even. */
export function roundHalfEven(x: number): number {
  const below = Math.floor(x);
  const rest = x - below;
  if (rest < 0.5) return below;
  if (rest > 0.5) return below + 1;
  return below % 2 === 0 ? below : below + 1;
}

/** `roundHalfEven` to a number of decimals. */
export function roundEvenToDecimals(x: number, decimals: number): number {
  const scale = 10 ** decimals;
  return roundHalfEven(x * scale) / scale;
}

/**
 * Two decimals as texts of numbers have them (%.2f): by the binary number itself, of which 6.225 lies a little below the half and
 * 6.525 a little above. Exact halves, which are odd multiples of 1/8, go to even.
 */
export function roundAsText(x: number): number {
  return Math.abs(x * 8) % 2 === 1 ? roundEvenToDecimals(x, 2) : Number(x.toFixed(2));
}
