import { Refusal } from '../../hazard/refusal.js';

/** Cells of a CSV file with the line of each row; empty lines and comment lines (`#`) are left out. */
export interface CsvRows {
  readonly rows: readonly (readonly string[])[];
  /** first line is 1 */
  readonly lines: readonly number[];
}

const LARGEST_FILE = 512 * 1024 * 1024;
/** lines */
const LONGEST_CELL = 100;

/**
 * Splits comma-separated values; cells may be quoted with `"`, a quote inside is doubled.
 * Errors: Refusal for bytes that are not UTF-8, for a quote that is never closed, for files that are too large.
 */
export function readCsv(bytes: Uint8Array, file: string): CsvRows {
  if (bytes.length > LARGEST_FILE)
    throw new Refusal([
      { code: 'TOO_LARGE', file, message: `the file is larger than ${LARGEST_FILE / 1024 / 1024} MB` },
    ]);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new Refusal([{ code: 'BROKEN_FILE', file, message: 'the file is not UTF-8 text' }], { cause });
  }
  if (text.includes('\0'))
    throw new Refusal([{ code: 'BROKEN_FILE', file, message: 'the file holds zero bytes: this is not a text file' }]);
  const rows: string[][] = [];
  const lines: number[] = [];
  const physical = text.split(/\r\n|\n|\r/);
  for (let i = 0; i < physical.length; i++) {
    const start = i;
    if (physical[i].trim() === '' || physical[i].startsWith('#')) continue;
    if (!physical[i].includes('"')) {
      rows.push(physical[i].split(','));
    } else {
      let logical = physical[i];
      while ((logical.split('"').length - 1) % 2 !== 0) {
        if (++i >= physical.length || i - start > LONGEST_CELL)
          throw new Refusal([{ code: 'BROKEN_CSV', file, line: start + 1, message: 'a quoted value is never closed' }]);
        logical += `\n${physical[i]}`;
      }
      rows.push(splitQuoted(logical));
    }
    lines.push(start + 1);
  }
  return { rows, lines };
}

function splitQuoted(line: string): string[] {
  const cells: string[] = [];
  let cell = '';
  let quoted = false;
  for (let i = 0; i < line.length; i++) {
    const char = line[i];
    if (char === '"' && quoted && line[i + 1] === '"') {
      cell += '"';
      i++;
    } else if (char === '"') quoted = !quoted;
    else if (char === ',' && !quoted) {
      cells.push(cell);
      cell = '';
    } else cell += char;
  }
  cells.push(cell);
  return cells;
}
