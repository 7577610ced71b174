import { isAbsolute, join } from 'node:path';
import { parse } from 'smol-toml';
import type { Arguments, ArgumentValue, ModelSpecification } from './model.js';
import { refusal } from '../refusal.js';

/**
 * Reads the text of an `<uncertaintyModel>` of a ground-motion logic tree: a plain name, or `[Name]` followed by TOML lines
 * with dotted keys and tables for nested models. XML attributes are further arguments, written after the text.
 *
 * `text` of the answer is the identity of the model: equal texts are equal models (`Name` and `[Name]` are equal; blank lines
 * and blanks around a line do not count). Texts under a key ending in `_file` or `_table` are paths relative to `folder`.
 *
 * Logic trees in use extend an inline table by a dotted key (`term = {}`, then `term.kind = 'base'`), which TOML 1.0 forbids:
 * each statement is therefore parsed on its own and merged.
 *
 * Errors: Refusal saying which line is wrong.
 */
export function parseModelSpecification(
  text: string,
  attributes: Readonly<Record<string, string>>,
  folder: string,
): { specification: ModelSpecification; text: string } {
  const lines = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  if (lines.length === 0) throw refusal('MODEL_SPECIFICATION', 'a ground-motion model must be named');
  if (!lines[0].startsWith('[')) {
    if (lines.length > 1 || !/^\w+$/.test(lines[0]))
      throw refusal(
        'MODEL_SPECIFICATION',
        `'${lines.join(' ')}' is not the name of a ground-motion model (Name, or [Name] and key = value lines)`,
      );
    lines[0] = `[${lines[0]}]`;
  }
  // TOML lets a name stand in quotes, which are no part of it
  lines[0] = lines[0].replace(/^\[\s*(["'])(\w+)\1\s*(?=[\].])/, '[$2');
  const name = /^\[\s*(\w+)\s*[\].]/.exec(lines[0])?.[1];
  if (name === undefined)
    throw refusal('MODEL_SPECIFICATION', `'${lines[0]}' must be the name of a ground-motion model in brackets`);
  for (const [key, value] of Object.entries(attributes)) {
    const literal = readValue(value.trim());
    // TOML has no null: None stays a word
    lines.push(`${key} = ${literal === null ? '"None"' : tomlText(literal)}`);
  }

  const root: Table = { [name]: {} };
  let table = root[name] as Table;
  for (const statement of statements(lines)) {
    if (statement.startsWith('[')) {
      const path = headerPath(statement);
      if (path[0] !== name)
        throw refusal('MODEL_SPECIFICATION', `'${statement}': tables of ${name} are written [${name}.table]`);
      table = path.reduce<Table>((outer, key) => innerTable(outer, key, statement), root);
    } else merge(table, parseToml(statement), statement);
  }
  const args = { ...(root[name] as Table) };
  for (const [key, value] of Object.entries(attributes)) if (readValue(value.trim()) === null) args[key] = null;
  return { specification: { name, arguments: resolvePaths(args, folder) as Arguments }, text: lines.join('\n') };
}

interface Table {
  [key: string]: ArgumentValue | Table;
}

/** Joins lines that belong together: a value in brackets or braces may go over several lines. */
function statements(lines: readonly string[]): string[] {
  const all: string[] = [];
  let pending = '';
  let depth = 0;
  for (const line of lines) {
    if (depth === 0 && (line.startsWith('#') || line.startsWith('['))) {
      if (line.startsWith('[')) all.push(line);
      continue;
    }
    pending = pending === '' ? line : `${pending}\n${line}`;
    depth += openBrackets(line);
    if (depth > 0) continue;
    all.push(pending);
    pending = '';
    depth = 0;
  }
  if (pending !== '') throw refusal('MODEL_SPECIFICATION', `'${pending.split('\n')[0]}': a bracket is not closed`);
  return all;
}

/** Brackets and braces opened less those closed, outside quotes and comments. */
function openBrackets(line: string): number {
  let depth = 0;
  let quote = '';
  for (const character of line) {
    if (quote !== '') {
      if (character === quote) quote = '';
    } else if (character === '"' || character === "'") quote = character;
    else if (character === '#') break;
    else if (character === '[' || character === '{') depth++;
    else if (character === ']' || character === '}') depth--;
  }
  return depth;
}

function parseToml(statement: string): Table {
  try {
    return parse(statement) as Table;
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0] : String(error);
    throw refusal('MODEL_SPECIFICATION', `'${statement}' is not a line of TOML: ${reason}`, {}, { cause: error });
  }
}

/** Keys of a table header, outermost first. */
function headerPath(statement: string): string[] {
  const path: string[] = [];
  let table = parseToml(statement);
  for (let keys = Object.keys(table); keys.length === 1; keys = Object.keys(table)) {
    path.push(keys[0]);
    table = table[keys[0]] as Table;
  }
  return path;
}

function isTable(value: unknown): value is Table {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

function innerTable(outer: Table, key: string, statement: string): Table {
  const inner = (outer[key] ??= {});
  if (!isTable(inner)) throw refusal('MODEL_SPECIFICATION', `'${statement}': '${key}' has a value already`);
  return inner;
}

function merge(into: Table, from: Table, statement: string): void {
  for (const [key, value] of Object.entries(from)) {
    if (value instanceof Date)
      throw refusal('MODEL_SPECIFICATION', `'${statement}': a date is not an argument of a ground-motion model`);
    if (isTable(value)) merge(innerTable(into, key, statement), value, statement);
    else if (key in into) throw refusal('MODEL_SPECIFICATION', `'${statement}': '${key}' has a value already`);
    else into[key] = value;
  }
}

function resolvePaths(value: ArgumentValue, folder: string): ArgumentValue {
  if (!isTable(value)) return value;
  const resolved: Record<string, ArgumentValue> = {};
  for (const [key, inner] of Object.entries(value as Arguments)) {
    const isPath = typeof inner === 'string' && /_(file|table)$/.test(key);
    resolved[key] = isPath ? (isAbsolute(inner) ? inner : join(folder, inner)) : resolvePaths(inner, folder);
  }
  return resolved;
}

/** An attribute's value: number, True, False, None, quoted text or list of these; anything else is text as it stands. */
function readValue(text: string): ArgumentValue {
  if (/^[-+]?(?:0|[1-9]\d*)$/.test(text) || /^[-+]?(?:\d+\.\d*|\.\d+|\d+(?=[eE]))(?:[eE][-+]?\d+)?$/.test(text))
    return Number(text);
  if (text === 'True') return true;
  if (text === 'False') return false;
  if (text === 'None') return null;
  const quoted = /^'([^']*)'$|^"([^"]*)"$/.exec(text);
  if (quoted) return quoted[1] ?? quoted[2];
  const list = /^\[(.*)\]$|^\((.*)\)$/s.exec(text);
  if (!list) return text;
  const items = (list[1] ?? list[2]).split(',').map((item) => item.trim());
  if (items[items.length - 1] === '') items.pop();
  return items.map(readValue);
}

function tomlText(value: ArgumentValue): string {
  if (Array.isArray(value)) return `[${value.map((item) => tomlText(item as ArgumentValue)).join(', ')}]`;
  return JSON.stringify(value);
}
