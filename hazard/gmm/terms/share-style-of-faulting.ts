const REVERSE_SHARE = 0.81;
const NORMAL_SHARE = 0.01;
const LN_NORMAL = Math.log(0.95);

/**
 * ln of the factor by style of faulting for models without such a term, as the SHARE project used it.
 * `reverseFactor`: ratio of reverse to strike-slip motion at the period; rake degrees.
 * Source: J. J. Bommer, J. Douglas, F. O. Strasser (2003), Bulletin of Earthquake Engineering 1, 171-203.
 */
export function shareStyleOfFaulting(reverseFactor: number, rake: number): number {
  const lnReverse = Math.log(reverseFactor);
  const base = -REVERSE_SHARE * lnReverse - NORMAL_SHARE * LN_NORMAL;
  if (rake > 30 && rake <= 150) return base + lnReverse;
  if (rake > -120 && rake <= -60) return base + LN_NORMAL;
  return base;
}
