import { interpolateViridis } from 'd3-scale-chromatic';

/** Steps of the scale. */
export const STEPS = 64;
/** Colours that grow lighter with the value, told apart with any kind of colour vision (viridis). */
export const COLOURS: readonly string[] = Array.from({ length: STEPS }, (_, k) => interpolateViridis(k / (STEPS - 1)));

/** From values to colours, even in logarithms where values span more than a factor of four. */
export interface ColourScale {
  readonly least: number;
  readonly most: number;
  readonly logarithmic: boolean;
}

/** The scale of the values that are above zero; undefined without any. */
export function scaleOf(values: Float32Array): ColourScale | undefined {
  let [least, most] = [Infinity, -Infinity];
  for (const value of values) {
    if (!(value > 0)) continue;
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  return most > 0 ? { least, most, logarithmic: most / least > 4 } : undefined;
}

/** Step of a value; -1 for one that is not above zero. */
export function stepOf(value: number, { least, most, logarithmic }: ColourScale): number {
  if (!(value > 0)) return -1;
  if (most === least) return STEPS - 1;
  const share = logarithmic ? Math.log(value / least) / Math.log(most / least) : (value - least) / (most - least);
  return Math.max(0, Math.min(STEPS - 1, Math.floor(share * STEPS)));
}

/** Value in the middle, or at another share, of the scale. */
export function valueAt(share: number, { least, most, logarithmic }: ColourScale): number {
  return logarithmic ? least * (most / least) ** share : least + share * (most - least);
}
