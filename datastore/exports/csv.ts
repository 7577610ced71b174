/** The dialect of CSV that users' scripts read: comment row, header, CRLF, E notation. */
import type { Calculation } from '../calculation.js';
import { writeText } from './text-file.js';

/** %.NE: upper-case E and an exponent of two digits; zero without a sign. */
export function exponential(value: number, decimals: number): string {
  if (Number.isNaN(value)) return 'NAN';
  const text = (value === 0 ? 0 : value).toExponential(decimals);
  const [mantissa, exponent] = text.split('e');
  const sign = exponent.startsWith('-') ? '-' : '+';
  return `${mantissa}E${sign}${exponent.slice(1).padStart(2, '0')}`;
}

/** %.5f, without a minus sign before zero. */
export function coordinate(value: number): string {
  const text = value.toFixed(5);
  return text === '-0.00000' ? '0.00000' : text;
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** A value of the comment row: texts between single quotes, floats with a decimal point, lists in brackets. */
export function commentValue(value: string | number | readonly (string | number)[], integer = false): string {
  if (typeof value === 'string') return `'${value}'`;
  if (typeof value === 'number') return Number.isInteger(value) && !integer ? `${value}.0` : String(value);
  return `[${value.map((item) => commentValue(item)).join(', ')}]`;
}

/**
 * Writes a CSV file row by row: `rows` may be produced lazily. `comment` gives the pairs that follow generated_by, start_date
 * and checksum. A file that cannot be finished is removed.
 */
export function writeCsv(
  path: string,
  calculation: Calculation,
  comment: readonly string[],
  header: readonly string[],
  rows: Iterable<readonly string[]>,
): void {
  const text = [
    `generated_by='Terrane ${calculation.engineVersion}'`,
    `start_date='${calculation.date}'`,
    `checksum=${calculation.checksum}`,
    ...comment,
  ].join(', ');
  const first = ['#', ...new Array<string>(Math.max(0, header.length - 2)).fill(''), text];
  writeText(path, lines([first, header], rows));
}

function* lines(...parts: Iterable<readonly string[]>[]): Generator<string> {
  for (const part of parts) for (const row of part) yield `${row.map(quoted).join(',')}\r\n`;
}
