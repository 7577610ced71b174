import { readCsv } from '../files/csv.js';
import type { InputReport } from '../report.js';
import { Refusal } from '../../hazard/refusal.js';
import { readFinite } from '../parameters/parameter-values.js';
import { parseImt } from '../../hazard/gmm/imt.js';

/** Amplification functions as a file states them. */
export interface AmplificationTable {
  /** name for messages */
  readonly file: string;
  /** m/s: the rock from which the factors start */
  readonly vs30Reference: number;
  readonly rows: readonly AmplificationRow[];
  /** largest standard deviation of all columns, measures of other jobs included */
  readonly largestSigma: number;
}

/** One row of the table of amplification functions. */
export interface AmplificationRow {
  readonly code: string;
  /** 0 where the file has no such column */
  readonly fromMagnitude: number;
  /** km */
  readonly fromDistance: number;
  /** g on rock */
  readonly level: number;
  /** [measures of the job]: median factor, and standard deviation of its logarithm (0 where the file has no column) */
  readonly medians: readonly number[];
  readonly sigmas: readonly number[];
}

const LONGEST_CODE = 4;
const CLASS_COLUMNS = ['from_mag', 'from_rrup'];
const KEY_COLUMNS = ['ampcode', ...CLASS_COLUMNS, 'level'];
const SIGMA = 'sigma_';

/**
 * Reads amplification functions: a comment with `vs30_ref=...`, then the columns
 * `ampcode[,from_mag,from_rrup][,level],IMT...,sigma_IMT...`. `measures` are those of the job; others are read for the largest
 * standard deviation only. A kernel needs all of the columns, a convolution cannot tell magnitudes and distances apart.
 * Faults go to the report; undefined when there is one.
 */
export function readAmplificationTable(
  bytes: Uint8Array,
  file: string,
  measures: readonly string[],
  method: 'convolution' | 'kernel',
  report: InputReport,
): AmplificationTable | undefined {
  const before = report.faults.length;
  const { rows, lines } = readCsv(bytes, file);
  const vs30Reference = readReference(bytes, file, report);
  if (rows.length < 2)
    throw new Refusal([{ code: 'AMPLIFICATION', file, message: 'the file has no amplification functions' }]);
  const header = rows[0].map((cell) => columnName(cell.trim()));
  if (!checkHeader(header, { file, line: lines[0] }, measures, method, report)) return undefined;

  const reader = new RowReader(header, measures, file, report);
  const read = rows.slice(1).map((row, k) => reader.read(row, lines[k + 1]));
  if (report.faults.length > before || vs30Reference === undefined) return undefined;
  return { file, vs30Reference, rows: read, largestSigma: reader.largestSigma };
}

/** vs30_ref of the comment that heads the file. */
function readReference(bytes: Uint8Array, file: string, report: InputReport): number | undefined {
  const first = new TextDecoder().decode(bytes.subarray(0, 65536)).split(/\r\n|\n|\r/, 1)[0];
  const text = first.startsWith('#') ? /vs30_ref\s*=\s*([^\s,"']+)/.exec(first)?.[1] : undefined;
  const value = Number(text);
  if (text !== undefined && value > 0 && Number.isFinite(value)) return value;
  report.fault({
    code: 'AMPLIFICATION',
    file,
    line: 1,
    key: 'vs30_ref',
    ...(text !== undefined && { value: text }),
    message: 'the file must begin with the velocity of the rock that its factors start from',
    allowed: 'a comment "#vs30_ref=760", m/s',
  });
  return undefined;
}

/** Names of measures get their one spelling; other names stay. */
function columnName(text: string): string {
  const prefix = text.startsWith(SIGMA) ? SIGMA : '';
  try {
    return prefix + parseImt(text.slice(prefix.length)).name;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return text;
  }
}

function isMeasure(name: string): boolean {
  return /^(PGA|SA\(.*\))$/.test(name);
}

function checkHeader(
  header: readonly string[],
  where: { readonly file: string; readonly line: number },
  measures: readonly string[],
  method: 'convolution' | 'kernel',
  report: InputReport,
): boolean {
  const before = report.faults.length;
  header.forEach((name, k) => {
    const known = KEY_COLUMNS.includes(name) || isMeasure(name.replace(SIGMA, ''));
    if (!known)
      report.fault({
        code: 'UNKNOWN_COLUMN',
        ...where,
        key: name,
        message: 'unknown column',
        allowed: `${KEY_COLUMNS.join(', ')}, PGA, SA(...), sigma_PGA, sigma_SA(...)`,
      });
    if (header.indexOf(name) !== k)
      report.fault({ code: 'REPEATED_COLUMN', ...where, key: name, message: 'the column stands twice' });
    if (method === 'convolution' && CLASS_COLUMNS.includes(name))
      report.fault({
        code: 'AMPLIFICATION',
        ...where,
        key: name,
        message: 'a convolution of curves knows neither magnitudes nor distances',
        allowed: 'amplification_method = kernel, or a table without the column',
      });
  });
  const needed = method === 'kernel' ? [...KEY_COLUMNS, ...measures.map((name) => SIGMA + name)] : ['ampcode'];
  for (const name of [...needed, ...measures])
    if (!header.includes(name))
      report.fault({ code: 'MISSING_COLUMN', ...where, key: name, message: 'the column is missing' });
  return report.faults.length === before;
}

/** Reads rows one after another and keeps what they have in common. */
class RowReader {
  largestSigma = 0;
  private readonly seen = new Map<string, number>();

  constructor(
    private readonly header: readonly string[],
    private readonly measures: readonly string[],
    private readonly file: string,
    private readonly report: InputReport,
  ) {}

  read(cells: readonly string[], line: number): AmplificationRow {
    const { header, measures, file, report } = this;
    if (cells.length !== header.length)
      report.fault({
        code: 'BROKEN_CSV',
        file,
        line,
        message: `the line has ${cells.length} values, the header ${header.length}`,
      });
    const code = (cells[header.indexOf('ampcode')] ?? '').trim();
    if (code.length > LONGEST_CODE)
      report.fault({
        code: 'INVALID_VALUE',
        file,
        line,
        key: 'ampcode',
        value: code,
        message: 'too long',
        allowed: 'up to 4 characters',
      });
    const values = new Map<string, number>();
    header.forEach((name, k) => {
      if (name !== 'ampcode') values.set(name, this.number(name, (cells[k] ?? '').trim(), line));
    });
    for (const [name, value] of values)
      if (name.startsWith(SIGMA)) this.largestSigma = Math.max(this.largestSigma, value);
    const [fromMagnitude, fromDistance, level] = [...CLASS_COLUMNS, 'level'].map((name) => values.get(name) ?? 0);
    const key = [code, fromMagnitude, fromDistance, level].join(' ');
    const before = this.seen.get(key);
    if (before !== undefined)
      report.fault({
        code: 'AMPLIFICATION',
        file,
        line,
        message: `the same ${this.keyNames()} stand already in line ${before}`,
      });
    this.seen.set(key, line);
    return {
      code,
      fromMagnitude,
      fromDistance,
      level,
      medians: measures.map((name) => values.get(name) ?? NaN),
      sigmas: measures.map((name) => values.get(SIGMA + name) ?? 0),
    };
  }

  /** Factors must be above 0, everything else not below. */
  private number(name: string, text: string, line: number): number {
    const where = { file: this.file, line, key: name, value: text };
    try {
      const value = readFinite(text);
      const factor = isMeasure(name);
      if (value < 0 || (factor && value === 0))
        this.report.fault({
          code: 'INVALID_VALUE',
          ...where,
          message: factor ? 'must be above 0' : 'must not be below 0',
        });
      return value;
    } catch (error) {
      this.report.absorb(error, where);
      return NaN;
    }
  }

  private keyNames(): string {
    return KEY_COLUMNS.filter((name) => this.header.includes(name)).join(', ');
  }
}
