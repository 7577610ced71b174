import { didYouMean } from '../nearest-name.js';
import type { InputReport } from '../report.js';

/** Where the header of a table stands. */
interface HeaderPlace {
  readonly file: string;
  readonly line: number;
}

const LONGEST_NAME = 60;
/** Names become those of data sets and of files. */
const USABLE = /^[\p{L}\p{N}_][\p{L}\p{N}_ .()+-]*$/u;

/**
 * Reports columns without a usable name, those that stand twice, and those that `isKnown` does not know: a column is used, or it
 * is a fault. False when there is one.
 */
export function checkColumns(
  columns: readonly string[],
  place: HeaderPlace,
  known: readonly string[],
  report: InputReport,
): boolean {
  const before = report.faults.length;
  columns.forEach((name, k) => {
    if (name === '')
      report.fault({ code: 'UNKNOWN_COLUMN', ...place, value: '', message: `column ${k + 1} has no name` });
    else if (!USABLE.test(name) || name.length > LONGEST_NAME)
      report.fault({
        code: 'UNKNOWN_COLUMN',
        ...place,
        key: name,
        message: `column ${k + 1} has no usable name`,
        allowed: 'letters, digits, blanks and _ . - + ( )',
      });
    else if (columns.indexOf(name) !== k)
      report.fault({ code: 'REPEATED_COLUMN', ...place, key: name, message: 'the column stands twice' });
    else if (!known.includes(name))
      report.fault({
        code: 'UNKNOWN_COLUMN',
        ...place,
        key: name,
        message: `unknown column${didYouMean(name, known)}`,
        allowed: known.join(', '),
      });
  });
  return report.faults.length === before;
}
