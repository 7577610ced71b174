/** Numbers read from text: a list and, when there is one, the first word that is no finite number. */
export interface NumberList {
  readonly values: Float64Array;
  readonly bad?: string;
}

const POWERS_OF_TEN = Float64Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));
const NUMBER = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/;
const LARGEST_EXACT = 2 ** 53;
let numbers = new Float64Array(1024);
let bytes = Buffer.alloc(16384);

/**
 * Reads numbers separated by white space. Plain decimals of up to 15 digits take a short way that is exact: a mantissa below
 * 2^53 divided by a power of ten up to 10^22 is rounded once, as the text itself would be.
 */
export function parseNumbers(text: string): NumberList {
  if (bytes.length < 3 * text.length) bytes = Buffer.alloc(6 * text.length);
  const end = bytes.write(text, 'utf8');
  let count = 0;
  let position = 0;
  for (;;) {
    while (position < end && isBlank(bytes[position])) position++;
    if (position >= end) break;
    const start = position;
    let mantissa = 0;
    let decimals = -1;
    let digits = 0;
    let plain = true;
    let negative = false;
    for (; position < end; position++) {
      const code = bytes[position];
      if (code >= 48 && code <= 57) {
        mantissa = mantissa * 10 + (code - 48);
        digits++;
        if (decimals >= 0) decimals++;
      } else if (code === 46 && decimals < 0) decimals = 0;
      else if (isBlank(code)) break;
      else if (code === 45 && position === start) negative = true;
      else plain = false;
    }
    let value: number;
    if (plain && digits > 0 && mantissa < LARGEST_EXACT && decimals <= 22) {
      value = decimals > 0 ? mantissa / POWERS_OF_TEN[decimals] : mantissa;
      if (negative) value = -value;
    } else {
      const word = bytes.toString('utf8', start, position);
      value = NUMBER.test(word) ? Number(word) : NaN;
      if (!Number.isFinite(value)) return { values: numbers.slice(0, count), bad: word };
    }
    if (count === numbers.length) {
      const larger = new Float64Array(2 * numbers.length);
      larger.set(numbers);
      numbers = larger;
    }
    numbers[count++] = value;
  }
  return { values: numbers.slice(0, count) };
}

/** One finite number, or NaN. */
export function parseNumber(text: string): number {
  const word = text.trim();
  const value = NUMBER.test(word) ? Number(word) : NaN;
  return Number.isFinite(value) ? value : NaN;
}

function isBlank(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13);
}

/** Degrees rounded to 5 decimals, ties to the even digit, as coordinates in text are. */
export function roundCoordinate(degrees: number): number {
  const scaled = degrees * 1e5;
  const floor = Math.floor(scaled);
  const rest = scaled - floor;
  const up = rest > 0.5 || (rest === 0.5 && floor % 2 !== 0);
  return (up ? floor + 1 : floor) / 1e5;
}
