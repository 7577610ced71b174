/** decades from which on an axis has lines at powers of ten only */
const MANY_DECADES = 4;
/** below this ratio of its ends an axis has numbers at twice and five times the powers of ten, too */
const SHORT_AXIS = 40;

/** A value at which a logarithmic axis has a line. */
export interface LogarithmicTick {
  readonly value: number;
  /** whether its number is written */
  readonly labelled: boolean;
}

/** Lines of a logarithmic axis from `least` to `most`, both above 0, ascending: whole multiples of powers of ten. */
export function logarithmicTicks(least: number, most: number): LogarithmicTick[] {
  const ratio = most / least;
  const drawn = ratio > 10 ** MANY_DECADES ? [1] : [1, 2, 3, 4, 5, 6, 7, 8, 9];
  const labelled = ratio < SHORT_AXIS ? [1, 2, 5] : [1];
  const ticks: LogarithmicTick[] = [];
  for (let exponent = Math.floor(Math.log10(least)); exponent <= Math.log10(most); exponent++)
    for (const digit of drawn) {
      // from its text, so that 0.3 is 0.3
      const value = Number(`${digit}e${exponent}`);
      if (value >= least && value <= most) ticks.push({ value, labelled: labelled.includes(digit) });
    }
  return ticks;
}
