import { readFileSync } from 'node:fs';
import { PLAUSIBLE_COLUMNS } from '../plausible.js';
import type { InputReport } from '../report.js';
import { readCsv } from '../files/csv.js';
import { checkColumns } from '../files/csv-columns.js';
import { SITE_COLUMNS } from './site-columns.js';
import { readCoordinates, readFinite } from '../parameters/parameter-values.js';
import { refusal, Refusal } from '../../hazard/refusal.js';

/** Sites or site parameters as a file states them. All columns have one value per row. */
export interface SiteModel {
  /** degrees, rounded to 5 decimals */
  readonly lon: Float64Array;
  readonly lat: Float64Array;
  /** km, positive downwards; 0 when the file has no column */
  readonly depth: Float64Array;
  /** every column whose values are all numbers */
  readonly numeric: ReadonlyMap<string, Float64Array>;
  /** columns that are text by nature, and those that are not all numbers */
  readonly text: ReadonlyMap<string, readonly string[]>;
  readonly customIds?: readonly string[];
  /** without a header: coordinates only, which are then sorted */
  readonly bare: boolean;
}

/** Parameters that models read as words, even where they look like numbers. */
const TEXT_COLUMNS: ReadonlySet<string> = new Set([
  'geology',
  'region',
  'siteclass',
  'soiltype',
  'ec8',
  'ec8_p18',
  'ampcode',
  'country',
  'geohash',
]);
const FLAGS = new Set(['vs30measured', 'backarc', 'bas', 'in_cshm', 'inCshm']);
/** other spellings in use */
const RENAMED: Readonly<Record<string, string>> = { longitude: 'lon', latitude: 'lat', in_cshm: 'inCshm' };
const LONGEST_ID = 8;
const MOST_SITES = 2_000_000;

interface Rows {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** line of each row in its file */
  readonly lines: readonly number[];
  readonly bare: boolean;
}

/** Place of a file and the name that messages use. */
export interface NamedFile {
  readonly path: string;
  readonly name: string;
}

/**
 * Reads site-model files: CSV with a header, bare `lon,lat` lines, or XML; several files must have the same columns and count
 * as one. Faults go to the report; undefined when nothing can be used.
 */
export async function readSiteModel(files: readonly NamedFile[], report: InputReport): Promise<SiteModel | undefined> {
  const tables: { file: string; table: Rows }[] = [];
  for (const { path, name } of files) {
    const table = await report.collect({ file: name }, async () =>
      /\.(xml|nrml)$/i.test(name) ? readXmlRows(path, name, report) : readCsvRows(path, name, report),
    );
    if (table) tables.push({ file: name, table });
  }
  if (tables.length === 0) return undefined;
  const [{ file: firstFile, table: first }] = tables;
  for (const { file, table } of tables.slice(1))
    if (String([...table.columns].sort()) !== String([...first.columns].sort()))
      report.fault({
        code: 'UNKNOWN_COLUMN',
        file,
        message: `the columns differ from those of ${firstFile}`,
        allowed: first.columns.join(', '),
      });
  if (report.faults.some(({ file }) => tables.some((table) => table.file === file))) return undefined;
  return convert(tables, first, report);
}

function readCsvRows(path: string, name: string, report: InputReport): Rows | undefined {
  const cells = readCsv(readFileSync(path), name);
  if (cells.rows.length === 0) {
    report.fault({ code: 'NO_SITES', file: name, message: 'the file has no sites' });
    return undefined;
  }
  const header = cells.rows[0];
  const bare = header.every((cell) => cell !== '' && Number.isFinite(Number(cell)));
  if (bare) {
    // the depth may be left out, line by line
    const deep = cells.rows.some((row) => row.length === 3);
    const columns = deep ? ['lon', 'lat', 'depth'] : ['lon', 'lat'];
    const rows = deep ? cells.rows.map((row) => (row.length === 2 ? [...row, '0'] : row)) : cells.rows;
    return checkWidths({ columns, rows, lines: cells.lines, bare }, name, report);
  }
  const columns = header.map((column) => RENAMED[column.trim()] ?? column.trim());
  const where = { file: name, line: cells.lines[0] };
  checkColumns(columns, where, SITE_COLUMNS, report);
  for (const needed of ['lon', 'lat'])
    if (!columns.includes(needed))
      report.fault({ code: 'MISSING_COLUMN', ...where, key: needed, message: 'the column is missing' });
  if (cells.rows.length === 1) report.fault({ code: 'NO_SITES', file: name, message: 'the file has no sites' });
  if (report.faults.some(({ file }) => file === name)) return undefined;
  return checkWidths({ columns, rows: cells.rows.slice(1), lines: cells.lines.slice(1), bare }, name, report);
}

function checkWidths(table: Rows, file: string, report: InputReport): Rows | undefined {
  const { columns, rows, lines } = table;
  if (rows.length > MOST_SITES) {
    report.fault({ code: 'TOO_LARGE', file, message: `the file has more than ${MOST_SITES} sites` });
    return undefined;
  }
  let right = true;
  for (const [i, row] of rows.entries()) {
    if (row.length === columns.length) continue;
    right = false;
    report.fault({
      code: 'BROKEN_CSV',
      file,
      line: lines[i],
      message: `the line has ${row.length} values, the header ${columns.length}`,
    });
  }
  return right ? table : undefined;
}

/** Elements of a site model, outermost first. */
const SITE_ELEMENTS = ['nrml', 'siteModel', 'site'];

async function readXmlRows(path: string, file: string, report: InputReport): Promise<Rows> {
  const { streamXml } = await import('../nrml/xml.js');
  const { Scope } = await import('../nrml/scope.js');
  const scope = new Scope(report, file);
  const attributes: Readonly<Record<string, string>>[] = [];
  const lines: number[] = [];
  await streamXml(path, file, {
    open: (element, parents) => {
      const wanted = SITE_ELEMENTS[parents.length];
      if (element.name !== wanted) {
        const place = wanted === undefined ? `in a <${SITE_ELEMENTS[2]}>` : 'here';
        throw scope.refusal(element, `<${element.name}> cannot stand ${place}`, {
          code: 'UNKNOWN_ELEMENT',
          allowed: `<${wanted ?? '/site'}>`,
        });
      }
      if (element.name === 'site') {
        attributes.push(scope.allWords(element));
        lines.push(element.line);
      } else scope.labels(element, 'name', 'id');
      return false;
    },
    gathered: () => undefined,
    close: (element) => scope.finishedOwn(element),
  });
  scope.tellUnread();
  if (attributes.length === 0) throw refusal('NO_SITES', 'the file has no sites');
  const names = Object.keys(attributes[0]);
  const rows = attributes.map((site, i) => {
    if (Object.keys(site).length !== names.length || names.some((name) => site[name] === undefined))
      throw refusal(
        'BROKEN_CSV',
        `the site in line ${lines[i]} has other attributes than the first: ${names.join(', ')}`,
      );
    return names.map((name) => (name === 'vs30Type' ? (site[name] === 'measured' ? '1' : '0') : site[name]));
  });
  const columns = names.map((name) => (name === 'vs30Type' ? 'vs30measured' : (RENAMED[name] ?? name)));
  checkColumns(columns, { file, line: lines[0] }, SITE_COLUMNS, report);
  for (const needed of ['lon', 'lat'])
    if (!columns.includes(needed)) throw refusal('MISSING_COLUMN', `the sites have no ${needed}`);
  return { columns, rows, lines, bare: false };
}

function convert(
  tables: readonly { readonly file: string; readonly table: Rows }[],
  first: Rows,
  report: InputReport,
): SiteModel | undefined {
  const size = tables.reduce((sum, { table }) => sum + table.rows.length, 0);
  const lon = new Float64Array(size);
  const lat = new Float64Array(size);
  const columns = new Map<string, string[]>();
  const seen = new Map<number, number>();
  const place = placesOf(tables);
  for (const column of first.columns)
    if (column !== 'lon' && column !== 'lat') columns.set(column, new Array<string>(size).fill(''));
  let i = 0;
  for (const { table } of tables) {
    const lonColumn = table.columns.indexOf('lon');
    const latColumn = table.columns.indexOf('lat');
    const others = [...columns].map(([name, values]) => ({ from: table.columns.indexOf(name), values }));
    for (const row of table.rows) {
      try {
        [lon[i], lat[i]] = readCoordinates(row[lonColumn].trim(), row[latColumn].trim());
        const key = cellOf(lon[i], lat[i]);
        const before = seen.get(key);
        if (before !== undefined) {
          const { file, line } = place(before);
          const message = `the site stands already in ${file}, line ${line}`;
          report.fault({ code: 'REPEATED_SITE', ...place(i), value: `${lon[i]} ${lat[i]}`, message });
        }
        seen.set(key, i);
      } catch (error) {
        report.absorb(error, place(i));
      }
      for (const { from, values } of others) values[i] = row[from].trim();
      i++;
    }
  }
  if (report.faults.some(({ file }) => tables.some((table) => table.file === file))) return undefined;

  const numeric = new Map<string, Float64Array>();
  const text = new Map<string, readonly string[]>();
  for (const [name, values] of columns) {
    if (name === 'custom_site_id') continue;
    const numbers = readColumn(name, values, place, report);
    if (numbers) numeric.set(name, numbers);
    if (!numbers || TEXT_COLUMNS.has(name)) text.set(name, values);
  }
  checkSiteIds(numeric.get('site_id'), place, report);
  numeric.delete('site_id');
  const customIds = columns.get('custom_site_id');
  if (customIds) checkCustomIds(customIds, place, report);
  const depth = numeric.get('depth') ?? new Float64Array(size);
  numeric.delete('depth');
  return {
    lon,
    lat,
    depth,
    numeric,
    text,
    ...(customIds && { customIds }),
    bare: tables.every(({ table }) => table.bare),
  };
}

type PlaceOf = (row: number) => { readonly file: string; readonly line: number };

/** File and line of a row of all tables together. */
function placesOf(tables: readonly { readonly file: string; readonly table: Rows }[]): PlaceOf {
  return (row) => {
    let rest = row;
    for (const { file, table } of tables) {
      if (rest < table.lines.length) return { file, line: table.lines[rest] };
      rest -= table.lines.length;
    }
    throw new TypeError(`there is no row ${row}`);
  };
}

/** One number for a place with 5 decimals. */
function cellOf(lon: number, lat: number): number {
  return (Math.round(lon * 1e5) + 18_000_000) * 18_000_001 + Math.round(lat * 1e5) + 9_000_000;
}

/** Numbers of a column; undefined for a column of words. A column of numbers with a word in it is a fault. */
function readColumn(
  name: string,
  values: readonly string[],
  place: PlaceOf,
  report: InputReport,
): Float64Array | undefined {
  const numbers = new Float64Array(values.length);
  let words = 0;
  let firstWord = -1;
  let reason = '';
  for (const [i, value] of values.entries()) {
    try {
      numbers[i] = FLAGS.has(name) ? readFlag(value) : readFinite(value);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (words++ === 0) [firstWord, reason] = [i, error.message];
    }
  }
  if (words === 0) {
    const wrong = name === 'vs30' ? numbers.findIndex((value) => !(value > 0)) : -1;
    if (wrong >= 0)
      report.fault({
        code: 'SITE_PARAMETER',
        ...place(wrong),
        key: name,
        value: values[wrong],
        message: 'must be above 0',
        allowed: 'm/s',
      });
    checkPlausibleColumn(name, numbers, values, place, report);
    return numbers;
  }
  const mustBeNumbers = !TEXT_COLUMNS.has(name) && (words < values.length || NUMERIC_COLUMNS.has(name));
  if (mustBeNumbers)
    report.fault({ code: 'SITE_PARAMETER', ...place(firstWord), key: name, value: values[firstWord], message: reason });
  return undefined;
}

/** Refuses or warns of the largest value of a column that no measurement gives. */
function checkPlausibleColumn(
  name: string,
  numbers: Float64Array,
  values: readonly string[],
  place: PlaceOf,
  report: InputReport,
): void {
  const limit = PLAUSIBLE_COLUMNS[name];
  if (limit === undefined) return;
  const { most, usual, unit } = limit;
  const largest = numbers.reduce((a, b) => Math.max(a, b), -Infinity);
  const row = numbers.indexOf(largest);
  if (largest > most)
    report.fault({
      code: 'SITE_PARAMETER',
      ...place(row),
      key: name,
      value: values[row],
      message: 'beyond all that occurs',
      allowed: `up to ${most} ${unit}`,
    });
  else if (largest > usual)
    report.warn({ ...place(row), message: `${name} = ${values[row]} is unusually large (${unit})` });
}

/** Known columns are numbers, also where no value of a file is one. `unit`, `liq_susc_cat` and `lithology` are codes of geologists. */
const NUMERIC_COLUMNS = new Set(
  SITE_COLUMNS.filter(
    (name) => !TEXT_COLUMNS.has(name) && !['custom_site_id', 'unit', 'liq_susc_cat', 'lithology'].includes(name),
  ),
);

function readFlag(text: string): number {
  const word = text.toLowerCase();
  if (word === 'true') return 1;
  if (word === 'false') return 0;
  const value = readFinite(text);
  if (value !== 0 && value !== 1) throw refusal('INVALID_VALUE', 'must be 0 or 1');
  return value;
}

function checkSiteIds(ids: Float64Array | undefined, place: PlaceOf, report: InputReport): void {
  const wrong = ids?.findIndex((id, i) => id !== i) ?? -1;
  if (ids && wrong >= 0)
    report.fault({
      code: 'INVALID_VALUE',
      ...place(wrong),
      key: 'site_id',
      value: String(ids[wrong]),
      message: 'must count 0, 1, 2 ...',
    });
}

function checkCustomIds(ids: readonly string[], place: PlaceOf, report: InputReport): void {
  const allowed = `1 to ${LONGEST_ID} ASCII characters without blanks`;
  for (const [i, value] of ids.entries())
    if (value.length > LONGEST_ID || !/^[\x21-\x7e]+$/.test(value))
      report.fault({
        code: 'INVALID_VALUE',
        ...place(i),
        key: 'custom_site_id',
        value,
        message: 'not usable',
        allowed,
      });
}
