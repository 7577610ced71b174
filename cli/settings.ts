import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Command, Option } from 'commander';
import { withoutPassword } from '../engine/distribution/redis/address.js';
import { nearestName } from '../inputs/nearest-name.js';
import { UsageError } from './report-error.js';

/** What a setting may be in a file. */
type FileValue = string | number | boolean | readonly (string | number | boolean)[];

/** Flags that make sense for one call only. */
const OF_A_CALL: ReadonlySet<string> = new Set(['config', 'if-needed', 'show-settings', 'help']);

/** The variable of the environment that stands for a flag: TERRANE_MAX_UPLOAD for --max-upload. */
export function variableOf(name: string): string {
  return `TERRANE_${name.toUpperCase().replaceAll('-', '_')}`;
}

/**
 * Completes the options of a command from the environment and from a file (TOML, a line for each flag without its dashes):
 * flags win over variables, variables over the file, the file over defaults. An empty variable counts as none.
 * Errors: UsageError with every wrong setting of variables and file, each with its place and what is allowed.
 */
export async function applySettings(
  command: Command,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  const faults: string[] = [];
  const options = command.options.filter((option) => !OF_A_CALL.has(option.name()));
  const path = (command.opts().config as string | undefined) ?? environment[variableOf('config')];
  const file =
    path === undefined || path === '' ? new Map<string, FileValue>() : await readSettings(path, options, faults);
  for (const option of options) {
    const key = option.attributeName();
    if (command.getOptionValueSource(key) === 'cli') continue;
    const variable = variableOf(option.name());
    const text = environment[variable];
    const given: readonly [where: string, value: FileValue] | undefined =
      text !== undefined && text !== ''
        ? [variable, option.variadic ? text.split(',').map((word) => word.trim()) : text]
        : file.has(option.name())
          ? [`${basename(path!)}: ${option.name()}`, file.get(option.name())!]
          : undefined;
    if (!given) continue;
    const [where, value] = given;
    try {
      command.setOptionValueWithSource(key, valueOf(option, value), where.startsWith('TERRANE_') ? 'env' : 'config');
    } catch (error) {
      faults.push(`${where} = ${JSON.stringify(value)}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  if (faults.length > 0) throw new UsageError(faults.join('\n'));
}

/** The settings of a file by name. Errors: UsageError when it cannot be read or is no TOML. */
async function readSettings(
  path: string,
  options: readonly Option[],
  faults: string[],
): Promise<Map<string, FileValue>> {
  const { parse } = await import('smol-toml');
  let table: Record<string, unknown>;
  try {
    table = parse(readFileSync(path, 'utf8'));
  } catch (error) {
    const [reason] = (error instanceof Error ? error.message : String(error)).split('\n');
    throw new UsageError(`the settings in ${basename(path)} cannot be read: ${reason}`);
  }
  const names = options.map((option) => option.name());
  const known = new Map<string, FileValue>();
  for (const [name, value] of Object.entries(table)) {
    if (!names.includes(name)) {
      const near = nearestName(name, names);
      faults.push(
        `${basename(path)}: ${name} is no setting${near === undefined ? ` (settings: ${names.join(', ')})` : `: did you mean ${near}?`}`,
      );
    } else if (isValue(value)) known.set(name, value);
    else faults.push(`${basename(path)}: ${name} must be a text, a number, true, false, or a list of these`);
  }
  return known;
}

function isValue(value: unknown): value is FileValue {
  const isPlain = (one: unknown): boolean => ['string', 'number', 'boolean'].includes(typeof one);
  return isPlain(value) || (Array.isArray(value) && value.every(isPlain));
}

/** A value as the flag itself would have given it. Errors: Error saying what is allowed. */
function valueOf(option: Option, value: FileValue): unknown {
  if (option.variadic) return [value].flat().map(String);
  if (Array.isArray(value)) throw new Error('must be one value.');
  if (option.isBoolean()) {
    const word = String(value).toLowerCase();
    if (['true', '1', 'yes', 'on'].includes(word)) return true;
    if (['false', '0', 'no', 'off'].includes(word)) return false;
    throw new Error('must be true or false.');
  }
  return option.parseArg ? option.parseArg(String(value), undefined as never) : String(value);
}

/** Every setting with its value and where it comes from, a line each; passwords in addresses are left out. */
export function shownSettings(command: Command): string {
  const sources: Readonly<Record<string, string>> = {
    cli: 'flag',
    env: 'variable',
    config: 'file',
    default: 'default',
  };
  const rows = command.options
    .filter((option) => !OF_A_CALL.has(option.name()))
    .map((option) => {
      const key = option.attributeName();
      const value: unknown = command.opts()[key];
      const source = command.getOptionValueSource(key);
      return [
        option.name(),
        value === undefined ? 'none' : withoutPassword([value].flat().join(', ')),
        source === undefined ? 'default' : (sources[source] ?? source),
        variableOf(option.name()),
      ];
    });
  const widths = [0, 1, 2].map((k) => Math.max(...rows.map((row) => row[k].length)));
  return rows
    .map((row) =>
      row
        .map((cell, k) => cell.padEnd(widths[k] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
