import { parseImt, type Imt } from '../../hazard/gmm/imt.js';
import type { JsonValue } from './json-value.js';
import { readLiteral, type Literal } from './literal.js';
import type { ParameterDeclaration, ParameterType } from './parameter-table.js';
import { roundCoordinate } from '../nrml/numbers.js';
import { refusal } from '../../hazard/refusal.js';

type Reader = (
  text: string,
  declaration: ParameterDeclaration,
) => JsonValue | undefined | Promise<JsonValue | undefined>;

/**
 * Reads the text of a parameter by its type; undefined = not given (an empty value of a list or an optional number).
 * Errors: Refusal saying what is wrong; `allowedText` says what is right.
 */
export async function readParameterValue(
  text: string,
  declaration: ParameterDeclaration,
): Promise<JsonValue | undefined> {
  return READERS[declaration.type](text.trim(), declaration);
}

/** What the type of a parameter allows, in words. */
export function allowedText(declaration: ParameterDeclaration): string {
  if (declaration.choices) return declaration.choices.join(', ');
  const { type, above, maximum } = declaration;
  const limit = maximum === undefined ? '' : ` and <= ${maximum}`;
  const orNothing = type === 'numberOrEmpty' ? ', or nothing' : '';
  return `${above === undefined ? ALLOWED[type] : `a number > ${above}${orNothing}`}${limit}`;
}

const ALLOWED: Readonly<Record<ParameterType, string>> = {
  text: 'a text that is not empty',
  textOrEmpty: 'a text',
  choice: 'one of a list of words',
  boolean: 'true or false',
  booleanOrEmpty: 'true or false',
  integer: 'a whole number >= 0',
  integerOrEmpty: 'a whole number >= 0, or nothing',
  signedInteger: 'a whole number',
  number: 'a number >= 0',
  numberOrEmpty: 'a number >= 0, or nothing',
  numbers: 'numbers >= 0 separated by blanks',
  integers: 'whole numbers >= 0 separated by blanks or commas',
  probabilities: 'numbers from 0 to 1 separated by blanks or commas',
  names: 'names separated by blanks or commas',
  choices: 'words of a list, separated by blanks or commas',
  commaList: 'words separated by commas',
  version: 'a version such as 3.20 or 3.20.1',
  dictionary: 'a dictionary such as {"key": value}',
  numberByRegion: 'a number >= 0, or a dictionary {"default": number, "region": number}',
  distances: 'a number of km, pairs [(magnitude, km), ...], a dictionary of those by region, or magdist',
  levels: 'a dictionary {"PGA": [levels], "SA(0.1)": logscale(lowest, highest, how many)}',
  levelByMeasure: 'a dictionary {"PGA": level}',
  measure: 'an intensity measure type such as PGA or SA(0.1)',
  measures: 'intensity measure types separated by commas',
  sites: 'lon lat [depth], lon lat [depth], ... with |lon| <= 180 and |lat| <= 90',
  ring: 'lon lat, lon lat, lon lat, ... : at least three different corners',
  file: 'a path relative to the folder of the job',
  files: 'paths relative to the folder of the job',
  any: 'any value',
};

const READERS: Readonly<Record<ParameterType, Reader>> = {
  text: notEmpty,
  textOrEmpty: (text) => text,
  choice: (text, { choices = [] }) => {
    if (!choices.includes(text)) throw refusal('INVALID_VALUE', text === '' ? 'the value is empty' : 'unknown value');
    return text;
  },
  boolean: readBoolean,
  booleanOrEmpty: (text) => (text === '' ? undefined : readBoolean(text)),
  integer: (text, declaration) => readInteger(text, 0, declaration.maximum),
  integerOrEmpty: (text, declaration) => (text === '' ? undefined : readInteger(text, 0, declaration.maximum)),
  signedInteger: (text) => readInteger(text, -Infinity),
  number: (text, declaration) => readBounded(text, declaration),
  numberOrEmpty: (text, declaration) => (text === '' ? undefined : readBounded(text, declaration)),
  numbers: (text) => words(withoutBrackets(text), /\s+/).map(readNumber),
  integers: (text) => words(withoutBrackets(text), /[\s,]+/).map((word) => readInteger(word, 0)),
  probabilities: (text) => words(withoutBrackets(text), /[\s,]+/).map(readProbability),
  names: (text) => words(text, /[\s,]+/),
  choices: (text, { choices = [] }) => {
    const given = words(text, /[\s,]+/);
    if (given.length === 0) return undefined;
    for (const word of given) if (!choices.includes(word)) throw refusal('INVALID_VALUE', `'${word}' is unknown`);
    return given;
  },
  commaList: (text) => words(text, /[\s,]+/),
  version: (text) => {
    if (!/^\d+(\.\d+)*$/.test(text)) throw refusal('INVALID_VALUE', 'not a version');
    return text;
  },
  dictionary: async (text) => (text === '' ? undefined : toJson(await readDictionary(text))),
  numberByRegion: readNumberByRegion,
  distances: readDistances,
  levels: async (text) => Object.fromEntries(sortedByPeriod(await readLevels(text))),
  levelByMeasure: async (text) =>
    text === '' ? undefined : Object.fromEntries(sortedByPeriod(await readLevelByMeasure(text))),
  measure: (text) => (text === '' ? undefined : parseImt(text).name),
  measures: (text) => words(text, /\s*,\s*|\s+/).map((word) => parseImt(word).name),
  sites: readSites,
  ring: readRing,
  file: (text) => text,
  files: (text) => text,
  any: (text) => text,
};

function notEmpty(text: string): string {
  if (text === '') throw refusal('INVALID_VALUE', 'the value is empty');
  return text;
}

function words(text: string, separator: RegExp): string[] {
  return text.split(separator).filter((word) => word !== '');
}

function withoutBrackets(text: string): string {
  return text.replace(/[[\]()]/g, ' ');
}

function readBoolean(text: string): boolean {
  const word = text.toLowerCase();
  if (word === 'true' || word === '1') return true;
  if (word === 'false' || word === '0' || word === '') return false;
  throw refusal('INVALID_VALUE', 'not true or false');
}

function readInteger(text: string, least: number, most = Number.MAX_SAFE_INTEGER): number {
  const word = text.toLowerCase();
  if (word === 'true') return 1;
  if (word === 'false') return 0;
  if (!/^[-+]?\d+(_\d+)*$/.test(word))
    throw refusal('INVALID_VALUE', text === '' ? 'the value is empty' : 'not a whole number');
  const value = Number(word.replaceAll('_', ''));
  if (value < least) throw refusal('INVALID_VALUE', 'negative');
  if (value > most) throw refusal('INVALID_VALUE', 'too large');
  return value;
}

/** A finite decimal number, digits may be grouped by `_`. Errors: Refusal. */
export function readFinite(text: string): number {
  if (!/^[-+]?(\d[\d_]*\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text))
    throw refusal('INVALID_VALUE', text === '' ? 'the value is empty' : `'${text}' is not a number`);
  const value = Number(text.replaceAll('_', ''));
  if (!Number.isFinite(value)) throw refusal('INVALID_VALUE', `'${text}' is not a finite number`);
  return value;
}

function readBounded(text: string, { above, maximum }: ParameterDeclaration): number {
  const value = readNumber(text);
  if (above !== undefined && value <= above) throw refusal('INVALID_VALUE', `must be above ${above}`);
  if (maximum !== undefined && value > maximum) throw refusal('INVALID_VALUE', 'too large');
  return value;
}

function readNumber(text: string): number {
  const value = readFinite(text);
  if (value < 0) throw refusal('INVALID_VALUE', `${text} is negative`);
  return value;
}

function readProbability(text: string): number {
  const value = readFinite(text);
  if (value < 0 || value > 1) throw refusal('INVALID_VALUE', `${text} is not a probability`);
  return value;
}

async function readDictionary(text: string): Promise<ReadonlyMap<string, Literal>> {
  const value = await readLiteral(notEmpty(text));
  if (!(value instanceof Map)) throw refusal('INVALID_VALUE', 'not a dictionary');
  return value as ReadonlyMap<string, Literal>;
}

function toJson(value: Literal): JsonValue {
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, item]) => [key, toJson(item as Literal)]));
  if (Array.isArray(value)) return value.map((item) => toJson(item as Literal));
  return value as JsonValue;
}

/** Pairs (magnitude, km) in place of a number count by the largest distance. */
async function readNumberByRegion(text: string): Promise<JsonValue> {
  if (!text.startsWith('{')) return { default: readNumber(text) };
  const entries = [...(await readDictionary(text))];
  if (entries.length === 0) throw refusal('INVALID_VALUE', 'the dictionary is empty');
  return Object.fromEntries(
    entries.map(([region, value]): [string, number] => {
      const number = Array.isArray(value) ? largestDistance(value as readonly Literal[]) : value;
      if (typeof number !== 'number' || !(number >= 0))
        throw refusal('INVALID_VALUE', `'${region}' must have a number >= 0`);
      return [region, number];
    }),
  );
}

function largestDistance(pairs: readonly Literal[]): number {
  return Math.max(...pairs.map((pair) => (Array.isArray(pair) && typeof pair[1] === 'number' ? pair[1] : NaN)));
}

const SMALLEST_MAGNITUDE = 2.5;
const LARGEST_MAGNITUDE = 10.2;
const MAGDIST: readonly (readonly [number, number])[] = [
  [3, 0],
  [6, 150],
  [10, 600],
];

/** Pairs (magnitude, km) by region: a plain number counts from magnitude 2.5 to 10.2. */
async function readDistances(text: string): Promise<JsonValue> {
  if (notEmpty(text) === 'magdist') return { default: MAGDIST };
  const value = await readLiteral(text);
  if (!(value instanceof Map)) return { default: readPairs('default', value) };
  if (value.size === 0) throw refusal('INVALID_VALUE', 'the dictionary is empty');
  const entries = [...(value as ReadonlyMap<string, Literal>)];
  return Object.fromEntries(entries.map(([region, pairs]) => [region, readPairs(region, pairs)]));
}

function readPairs(region: string, value: Literal): [number, number][] {
  if (value === 'magdist') return MAGDIST.map(([magnitude, distance]) => [magnitude, distance]);
  if (typeof value === 'number') {
    if (value < 0) throw refusal('INVALID_VALUE', `'${region}' has the negative distance ${value}`);
    return [
      [SMALLEST_MAGNITUDE, value],
      [LARGEST_MAGNITUDE, value],
    ];
  }
  if (!Array.isArray(value) || value.length === 0)
    throw refusal('INVALID_VALUE', `'${region}' must have a number or pairs`);
  const pairs = value.map((pair: Literal): [number, number] => {
    if (!Array.isArray(pair) || pair.length !== 2 || !pair.every((item) => typeof item === 'number'))
      throw refusal('INVALID_VALUE', `'${region}' must have pairs (magnitude, km)`);
    const [magnitude, distance] = pair as [number, number];
    if (magnitude < SMALLEST_MAGNITUDE || magnitude > LARGEST_MAGNITUDE)
      throw refusal(
        'INVALID_VALUE',
        `magnitude ${magnitude} of '${region}' is outside ${SMALLEST_MAGNITUDE} .. ${LARGEST_MAGNITUDE}`,
      );
    if (distance < 0) throw refusal('INVALID_VALUE', `'${region}' has the negative distance ${distance}`);
    return [magnitude, distance];
  });
  for (let i = 1; i < pairs.length; i++)
    if (!(pairs[i][0] > pairs[i - 1][0])) throw refusal('INVALID_VALUE', `the magnitudes of '${region}' must increase`);
  return pairs;
}

const MOST_LEVELS = 10_000;
/** what a first level of 0 becomes: levels are used as logarithms */
const SMALLEST_LEVEL = 1e-10;

async function readLevels(text: string): Promise<[Imt, number[]][]> {
  const entries = [...(await readDictionary(text))];
  if (entries.length === 0) throw refusal('INVALID_VALUE', 'the dictionary is empty');
  const measures = entries.map(([name, value]): [Imt, number[]] => {
    const imt = parseImt(closed(name));
    if (!Array.isArray(value) || value.length === 0)
      throw refusal('INVALID_VALUE', `${name} must have a list of levels`);
    const levels = (value as readonly Literal[]).map((level) => {
      if (typeof level !== 'number') throw refusal('INVALID_VALUE', `${name} must have a list of numbers`);
      return level;
    });
    if (levels.length > MOST_LEVELS) throw refusal('TOO_LARGE', `${name} has more than ${MOST_LEVELS} levels`);
    if (levels[0] === 0) levels[0] = SMALLEST_LEVEL;
    if (levels[0] < 0) throw refusal('INVALID_VALUE', `${name}: the level ${levels[0]} is negative`);
    for (let i = 1; i < levels.length; i++)
      if (!(levels[i] > levels[i - 1]))
        throw refusal('INVALID_VALUE', `${name}: levels must increase, ${levels[i]} follows ${levels[i - 1]}`);
    return [imt, levels];
  });
  refuseRepeated(measures.map(([imt]) => imt));
  const [[first, { length }]] = measures;
  for (const [imt, levels] of measures)
    if (levels.length !== length)
      throw refusal(
        'INVALID_VALUE',
        `all measures must have as many levels: ${first.name} has ${length}, ${imt.name} ${levels.length}`,
      );
  return measures;
}

/** Jobs in use write `SA(1.0` and mean `SA(1.0)`. */
function closed(name: string): string {
  return /^\w+\([^()]*$/.test(name) ? `${name})` : name;
}

async function readLevelByMeasure(text: string): Promise<[Imt, number[]][]> {
  const measures = [...(await readDictionary(text))].map(([name, value]): [Imt, number[]] => {
    if (typeof value !== 'number' || !(value > 0))
      throw refusal('INVALID_VALUE', `${name} must have one level above 0`);
    return [parseImt(name), [value]];
  });
  refuseRepeated(measures.map(([imt]) => imt));
  return measures;
}

function refuseRepeated(imts: readonly Imt[]): void {
  const names = imts.map(({ name }) => name);
  const repeated = names.find((name, i) => names.indexOf(name) !== i);
  if (repeated !== undefined) throw refusal('INVALID_VALUE', `${repeated} stands twice`);
}

/** Measures without a period first, in the order of the file, then by period; PGA has the period 0. */
function sortedByPeriod(measures: readonly [Imt, number[]][]): [string, number[]][] {
  const period = ({ period: value }: Imt): number => (Number.isNaN(value) ? -1 : value);
  return [...measures].sort(([a], [b]) => period(a) - period(b)).map(([imt, levels]) => [imt.name, levels]);
}

/** Longitude and latitude from text, rounded to 5 decimals. Errors: Refusal. */
export function readCoordinates(lonText: string, latText: string): [number, number] {
  const lon = readFinite(lonText);
  const lat = readFinite(latText);
  if (Math.abs(lon) > 180) throw refusal('INVALID_VALUE', `the longitude ${lonText} is outside -180 .. 180`);
  if (Math.abs(lat) > 90) throw refusal('INVALID_VALUE', `the latitude ${latText} is outside -90 .. 90`);
  return [roundCoordinate(lon), roundCoordinate(lat)];
}

function readSites(text: string): JsonValue | undefined {
  if (text === '') return undefined;
  const seen = new Set<string>();
  return text.split(',').map((item) => {
    const parts = words(item, /\s+/);
    if (parts.length !== 2 && parts.length !== 3)
      throw refusal('INVALID_VALUE', `'${item.trim()}' is not lon lat [depth]`);
    const [lon, lat] = readCoordinates(parts[0], parts[1]);
    if (seen.has(`${lon} ${lat}`)) throw refusal('INVALID_VALUE', `the site ${lon} ${lat} stands twice`);
    seen.add(`${lon} ${lat}`);
    const depth = parts.length === 3 ? readFinite(parts[2]) : 0;
    if (!(depth > -8.848) || depth > 6371)
      throw refusal('INVALID_VALUE', `the depth ${depth} km is not on or in the earth`);
    return [lon, lat, depth];
  });
}

function readRing(text: string): JsonValue | undefined {
  if (text === '') return undefined;
  const wkt = /^POLYGON\s*\(\((.*)\)\)$/is.exec(text)?.[1];
  const corners = (wkt ?? text).split(',').map((item) => {
    const parts = words(item, /\s+/);
    if (parts.length !== 2) throw refusal('INVALID_VALUE', `'${item.trim()}' is not lon lat`);
    return readCoordinates(parts[0], parts[1]);
  });
  const last = corners.length - 1;
  if (last > 0 && corners[0][0] === corners[last][0] && corners[0][1] === corners[last][1]) corners.pop();
  if (new Set(corners.map(String)).size < 3)
    throw refusal('INVALID_VALUE', 'a region needs at least three different corners');
  return corners;
}
