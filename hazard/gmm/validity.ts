/** Where a model is valid: what its authors state, and which contexts lie outside. */
import type { ContextBatch } from '../contexts/context-batch.js';
import type { Validity } from './model.js';

/** What a context may lie outside of. */
export const ASPECTS = ['magnitude', 'distance', 'vs30', 'depth'] as const;

/** Which aspects of context i, of rupture r, lie outside: bit a for ASPECTS[a], 0 for none. What is not in the batch counts as inside. */
export function outsideOf(
  validity: Validity,
  batch: ContextBatch,
  r: number,
  i: number,
  vs30: Float64Array | undefined,
): number {
  const { magnitude, distance, vs30: velocity, depth } = validity;
  let bits = 0;
  if (magnitude && batch.mag.length && isOutside(batch.mag[r], magnitude)) bits |= 1;
  if (distance && batch[distance.kind].length && isOutside(batch[distance.kind][i], distance.range)) bits |= 2;
  if (velocity && vs30 && isOutside(vs30[batch.site[i]], velocity)) bits |= 4;
  if (depth && batch[depth.kind].length && isOutside(batch[depth.kind][r], depth.range)) bits |= 8;
  return bits;
}

/** Bounds belong to the range, with what rounding makes of them. */
const ROUNDING = 1e-9;
function isOutside(value: number, [low, high]: readonly [number, number]): boolean {
  return value < low - ROUNDING || value > high + ROUNDING;
}

/** The ranges in words: `magnitude 3 to 8.5, rrup 0 to 300 km`. */
export function validityText({ magnitude, distance, vs30, depth }: Validity): string {
  const range = (name: string, bounds: readonly [number, number] | undefined, unit = ''): string[] => {
    if (!bounds) return [];
    const [low, high] = bounds;
    if (high === Infinity) return [`${name} from ${low}${unit}`];
    return [low === -Infinity ? `${name} to ${high}${unit}` : `${name} ${low} to ${high}${unit}`];
  };
  const DEPTHS = { hypoDepth: 'hypocentral depth', ztor: 'depth to the top of rupture' } as const;
  return [
    ...range('magnitude', magnitude),
    ...range(distance?.kind ?? '', distance?.range, ' km'),
    ...range('vs30', vs30, ' m/s'),
    ...range(depth ? DEPTHS[depth.kind] : '', depth?.range, ' km'),
  ].join(', ');
}
