import { readFileSync } from 'node:fs';
import { parseRows } from '../conformance/table.js';

/** A CSV table as it was written, cells as texts. */
export interface ExportedTable {
  /** pairs of the comment row in order, without those that name the program, the date and the checksum */
  readonly comment: readonly (readonly [key: string, value: string])[];
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const OF_THE_RUN = ['generated_by', 'start_date', 'checksum'];

/** Errors: Error when the first row is no comment row, or the file does not end its lines with CR LF. */
export function readExportedTable(path: string): ExportedTable {
  const lines = readFileSync(path, 'utf8').split('\r\n');
  if (lines.pop() !== '' || lines.some((line) => line.includes('\n'))) throw new Error(`${path}: lines end with CR LF`);
  const [first, columns, ...rows] = parseRows(lines);
  if (first[0] !== '#' || first.length !== columns.length) throw new Error(`${path} has no comment row`);
  const pairs = [...first.at(-1)!.matchAll(/(\w+)=('[^']*'|\[[^\]]*\]|\{[^}]*\}|[^,[{]+)(?:, |$)/g)];
  const comment = pairs.map(([, key, value]): [string, string] => [key, value]);
  const missing = OF_THE_RUN.filter((name, k) => comment[k]?.[0] !== name);
  if (missing.length > 0) throw new Error(`${path}: the comment row does not begin with ${OF_THE_RUN.join(', ')}`);
  return { comment: comment.slice(OF_THE_RUN.length), columns, rows };
}
