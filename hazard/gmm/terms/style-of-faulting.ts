/** Style of faulting as most models of crustal earthquakes tell it apart. */
export type StyleOfFaulting = 'strike-slip' | 'normal' | 'reverse';

/** Style by rake (degrees) with sectors of 30 degrees around horizontal slip for strike-slip; the rest by the sign. */
export function styleOfFaulting(rake: number): StyleOfFaulting {
  const absolute = Math.abs(rake);
  if (absolute <= 30 || 180 - absolute <= 30) return 'strike-slip';
  return rake > 0 ? 'reverse' : 'normal';
}
