/** How tests compare numbers: one rule, with tolerances that are named where they are used. */
import assert from 'node:assert/strict';

/** |got - expected| <= atol + rtol * |expected|; what is not given is 0. */
export interface Tolerance {
  readonly rtol?: number;
  readonly atol?: number;
}

/** NaN is close to nothing. */
export function isClose(got: number, expected: number, { rtol = 0, atol = 0 }: Tolerance): boolean {
  return got === expected || Math.abs(got - expected) <= atol + rtol * Math.abs(expected);
}

/** Errors: AssertionError with both numbers and what they are. */
export function assertClose(got: number | undefined, expected: number, tolerance: Tolerance, what = ''): void {
  if (got !== undefined && isClose(got, expected, tolerance)) return;
  assert.fail(`${what && `${what}: `}${got} is not ${expected} (${stated(tolerance)})`);
}

/** As many numbers, each of them close. Errors: AssertionError with the first that is not, and its place. */
export function assertAllClose(
  got: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance: Tolerance,
  what = '',
): void {
  assert.equal(got.length, expected.length, `${what && `${what}: `}numbers`);
  for (let k = 0; k < expected.length; k++) assertClose(got[k], expected[k], tolerance, `${what} [${k}]`.trim());
}

function stated({ rtol, atol }: Tolerance): string {
  return [rtol !== undefined && `rtol ${rtol}`, atol !== undefined && `atol ${atol}`].filter(Boolean).join(', ');
}
