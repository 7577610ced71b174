/**
 * Tables of medians in few bytes. A surface is a grid of positive values over distance (slow) and magnitude (fast). Its
 * logarithms are rounded to whole steps, each step number is foretold from its three neighbours (left + above - diagonal) and
 * only what is missing to it is kept. Packed, in this order: the bytes of the residuals from the highest to the lowest, four
 * streams one behind the other (sign in the lowest bit), Brotli (RFC 7932), base64. The error of a value is half a step,
 * relative; a table of 142,000 values takes 0.17 MB at a step of 2e-6.
 */
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';

/** Values [surface, distance, magnitude] of a packed text. Errors: RangeError if it does not hold that many surfaces. */
export function unpackSurfaces(packed: string, rows: number, columns: number, step: number): Float64Array {
  const bytes = brotliDecompressSync(Buffer.from(packed, 'base64'));
  const count = bytes.length / 4;
  const plane = rows * columns;
  if (!Number.isInteger(count / plane))
    throw new RangeError(`packed surfaces: ${bytes.length} bytes are not surfaces of ${rows} by ${columns} values`);
  const steps = new Int32Array(count);
  const values = new Float64Array(count);
  for (let k = 0; k < count; k++) {
    const code = bytes[k] * 2 ** 24 + (bytes[count + k] << 16) + (bytes[2 * count + k] << 8) + bytes[3 * count + k];
    const residual = code % 2 === 0 ? code / 2 : -(code + 1) / 2;
    steps[k] = residual + foretold(steps, k, plane, columns);
    values[k] = Math.exp(steps[k] * step);
  }
  return values;
}

/** Packs positive values [surface, distance, magnitude]. Errors: RangeError for values that are not positive. */
export function packSurfaces(values: ArrayLike<number>, rows: number, columns: number, step: number): string {
  const count = values.length;
  const steps = new Int32Array(count);
  const bytes = Buffer.alloc(4 * count);
  for (let k = 0; k < count; k++) {
    if (!(values[k] > 0)) throw new RangeError(`packed surfaces: value ${k} is ${values[k]}, must be positive`);
    steps[k] = Math.round(Math.log(values[k]) / step);
    const residual = steps[k] - foretold(steps, k, rows * columns, columns);
    const code = residual < 0 ? -2 * residual - 1 : 2 * residual;
    for (let b = 0; b < 4; b++) bytes[b * count + k] = Math.floor(code / 256 ** (3 - b)) % 256;
  }
  const quality = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 };
  return brotliCompressSync(bytes, { params: quality }).toString('base64');
}

function foretold(steps: Int32Array, k: number, plane: number, columns: number): number {
  const inside = k % plane;
  const above = inside >= columns ? steps[k - columns] : 0;
  if (inside % columns === 0) return above;
  return steps[k - 1] + above - (inside >= columns ? steps[k - columns - 1] : 0);
}
