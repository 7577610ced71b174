import type { InputReport, Place } from '../report.js';
import { didYouMean } from '../nearest-name.js';
import type { IniEntry } from './ini.js';
import type { JsonValue } from './json-value.js';
import { IGNORED_FILE_KINDS, PARAMETERS, type ParameterDeclaration, type ParameterTable } from './parameter-table.js';
import { allowedText, readParameterValue } from './parameter-values.js';

interface Given {
  readonly entry: IniEntry;
  /** undefined when the text could not be read: the fault is already reported */
  readonly value: JsonValue | undefined;
  readonly broken: boolean;
}

/** The parameters of a job by their present names: given values, and defaults for what is not given. */
export class Parameters {
  constructor(
    readonly file: string,
    private readonly given: ReadonlyMap<string, Given>,
    private readonly table: ParameterTable,
  ) {}

  /** Whether the job states the parameter (rightly or wrongly). */
  isGiven(name: string): boolean {
    return this.given.has(name);
  }

  /** Whether the job states the parameter in a way that could not be read: rules that depend on it are silent then. */
  isBroken(...names: readonly string[]): boolean {
    return names.some((name) => this.given.get(name)?.broken);
  }

  /** The name under which the job states the parameter. */
  writtenName(name: string): string {
    return this.given.get(name)?.entry.key ?? name;
  }

  /** The text as written. */
  text(name: string): string | undefined {
    return this.given.get(name)?.entry.value;
  }

  /** Place and value of the parameter, for faults about it. */
  where(name: string): Place {
    const entry = this.given.get(name)?.entry;
    if (!entry) return { file: this.file, key: name };
    return { file: this.file, key: entry.key, value: entry.value, ...(entry.line > 0 && { line: entry.line }) };
  }

  /** The value, or the default; undefined when there is neither. */
  value(name: string): JsonValue | undefined {
    const declaration = this.table.find(name);
    if (!declaration) throw new TypeError(`the parameter ${name} is not declared`);
    return this.given.get(name)?.value ?? declaration.default;
  }

  number(name: string): number | undefined {
    const value = this.value(name);
    return typeof value === 'number' ? value : undefined;
  }

  boolean(name: string): boolean | undefined {
    const value = this.value(name);
    return typeof value === 'boolean' ? value : undefined;
  }

  word(name: string): string | undefined {
    const value = this.value(name);
    return typeof value === 'string' ? value : undefined;
  }

  numbers(name: string): number[] {
    const value = this.value(name);
    return Array.isArray(value) ? value.filter((item) => typeof item === 'number') : [];
  }

  words(name: string): string[] {
    const value = this.value(name);
    return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
  }

  /** Entries of a dictionary, in order; empty when there is none. */
  entries(name: string): [string, JsonValue][] {
    const value = this.value(name);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
  }

  /** The given ones: present name and value, in the order of the file. */
  givenValues(): [string, JsonValue][] {
    return [...this.given].flatMap(([name, { value }]) => (value === undefined ? [] : [[name, value]]));
  }

  /** Lines that are not parameters of the table, kept for files of unknown kinds. */
  entry(name: string): IniEntry | undefined {
    return this.given.get(name)?.entry;
  }
}

/**
 * Reads the values of the entries of a job file. Values from outside (`overrides`) replace those of the file. Unknown names
 * warn; unknown kinds of files, values that cannot be read, an old name beside its new one are faults.
 */
export async function readParameters(
  entries: readonly IniEntry[],
  overrides: Readonly<Record<string, string>>,
  file: string,
  report: InputReport,
  table: ParameterTable = PARAMETERS,
): Promise<Parameters> {
  const given = new Map<string, Given>();
  const outside = Object.entries(overrides).map(([key, value]): IniEntry => ({
    key: key.trim().toLowerCase(),
    value: value.trim(),
    line: 0,
  }));
  const replaced = new Set(outside.map(({ key }) => table.find(key)?.name ?? key));
  const kept = entries.filter(({ key }) => !replaced.has(table.find(key)?.name ?? key));
  for (const entry of [...kept, ...outside]) {
    const where = { file, key: entry.key, value: entry.value, ...(entry.line > 0 && { line: entry.line }) };
    const declaration = table.find(entry.key);
    if (!declaration) {
      judgeUnknown(entry, where, report, table);
      continue;
    }
    const other = given.get(declaration.name);
    if (other) {
      report.fault({
        code: 'REPEATED_PARAMETER',
        ...where,
        message: `means the same as ${other.entry.key}: only one of them may be given`,
      });
      continue;
    }
    if (entry.key !== declaration.name && !isInput(declaration))
      report.warn({ file, line: where.line, message: `${entry.key} is now called ${declaration.name}` });
    given.set(declaration.name, { entry, ...(await read(entry, declaration, where, report)) });
  }
  return new Parameters(file, given, table);
}

async function read(
  { value: text }: IniEntry,
  declaration: ParameterDeclaration,
  where: Place,
  report: InputReport,
): Promise<{ value: JsonValue | undefined; broken: boolean }> {
  try {
    return { value: await readParameterValue(text, declaration), broken: false };
  } catch (error) {
    report.absorb(error, { ...where, allowed: allowedText(declaration) });
    return { value: undefined, broken: true };
  }
}

function isInput({ type }: ParameterDeclaration): boolean {
  return type === 'file' || type === 'files';
}

function judgeUnknown(entry: IniEntry, where: Place, report: InputReport, table: ParameterTable): void {
  const kind = /^(.*)_(?:file|csv|hdf5)$/.exec(entry.key)?.[1];
  if (kind === undefined) {
    const names = table.declarations.map(({ name }) => name);
    const hint = didYouMean(entry.key, names);
    report.warn({ file: where.file, line: where.line, message: `unknown parameter ${entry.key} is ignored${hint}` });
  } else if (IGNORED_FILE_KINDS.test(kind)) {
    report.warn({ file: where.file, line: where.line, message: `${entry.key} has no effect on hazard` });
  } else {
    const allowed = table.declarations.map(({ name }) => name).filter((name) => /_(file|csv|hdf5)$/.test(name));
    report.fault({ code: 'UNKNOWN_PARAMETER', ...where, message: 'unknown kind of file', allowed: allowed.join(', ') });
  }
}
