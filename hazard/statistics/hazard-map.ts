/** Probabilities below this are raised to it before the logarithm (docs/hazard.md, Maps and spectra). */
const SMALLEST_PROBABILITY = 1e-30;

/**
 * Level with probability of exceedance p, read from a hazard curve by linear interpolation of ln level on ln probability.
 * levels ascending [L], curve [L] from `offset`. 0 when p is above the whole curve, the last level when it is below.
 */
export function levelAtProbability(levels: Float64Array, curve: ArrayLike<number>, offset: number, p: number): number {
  const last = levels.length - 1;
  const lnProbability = (k: number): number => Math.log(Math.max(curve[offset + k], SMALLEST_PROBABILITY));
  const target = Math.log(p);
  if (p > Math.max(curve[offset], SMALLEST_PROBABILITY)) return 0;
  if (p < Math.max(curve[offset + last], SMALLEST_PROBABILITY)) return levels[last];
  // from the highest level down: the lowest level of those whose probability does not exceed p
  let k = last;
  while (k > 0 && lnProbability(k - 1) <= target) k--;
  if (k === 0) return levels[0];
  const above = lnProbability(k);
  const below = lnProbability(k - 1);
  const fraction = (target - above) / (below - above);
  const lnLevel = Math.log(levels[k]) + fraction * (Math.log(levels[k - 1]) - Math.log(levels[k]));
  return Math.exp(lnLevel);
}
