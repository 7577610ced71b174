/**
 * What the user is told when an input is refused. A Refusal is the user's fault, never ours: any other error that reaches a user
 * is told as a bug of the engine. Every fault carries a code out of the table below; docs/errors.md is made from it.
 */

/** The codes of faults: when each stands and what to do, in one sentence. They are stable: programs may tell faults apart by them. */
export const REFUSAL_CODES = {
  INVALID_INPUT: 'The job has faults of several kinds: each of them carries a code of its own.',
  UNSUPPORTED: 'The input is right, but asks for something that this engine does not do: leave that feature out.',
  TOO_LARGE: 'The job asks for more than can be held or computed: make it smaller as the message says.',

  MISSING_FILE: 'A file that the job names is not among its files: add it, or correct its name.',
  FILE_OUTSIDE_JOB: 'A path leads out of the folder of the job: put the file into that folder and name it from there.',
  BROKEN_FILE: 'A file is not what it must be (UTF-8 text, archive, HDF5, GeoJSON), or it is empty: write it again.',
  BROKEN_INI: 'A line of an .ini file is neither a section nor name = value: correct that line.',
  BROKEN_XML:
    'A file is not well-formed XML, or holds what is refused for safety (DOCTYPE): correct it at the line named.',
  BROKEN_CSV: 'A table has lines of different widths or a quote that is never closed: correct it at the line named.',

  UNKNOWN_PARAMETER: 'A name in an .ini file is no parameter of a job: correct its spelling, or take it out.',
  MISSING_PARAMETER: 'The job lacks a parameter that it needs as it stands: add it to the .ini file.',
  REPEATED_PARAMETER: 'A parameter or a section stands twice, or under two names: keep one of them.',
  CONFLICTING_PARAMETERS: 'Two parameters contradict one another: change or leave out one of them.',
  INVALID_VALUE: 'A value is not of the kind or not in the range that is allowed there: give one that is.',
  INVALID_MEASURE: 'A text is not the name of an intensity measure type: write PGA, PGV, SA(0.2) and the like.',

  UNKNOWN_ELEMENT: 'An XML element stands where the format has none of that name: correct its name, or take it out.',
  UNKNOWN_ATTRIBUTE: 'An XML element has an attribute that nothing reads: correct its name, or take it out.',
  REPEATED_ELEMENT: 'An XML element stands twice where one is read: take out the other.',
  MISSING_ELEMENT: 'An XML element lacks one that it must hold: add it.',
  MISSING_ATTRIBUTE: 'An XML element lacks an attribute that it needs: add it.',
  UNKNOWN_COLUMN: 'A table has a column that the format does not have: correct its name, or take it out.',
  MISSING_COLUMN: 'A table lacks a column that it needs: add it.',
  REPEATED_COLUMN: 'A table has a column twice: keep one of them.',
  REPEATED_ID: 'Two things that must be told apart have the same id: rename one of them.',
  INVALID_WEIGHTS: 'Weights or probabilities do not add up to 1, or are not as many as what they weigh: correct them.',

  NO_SOURCES_NEAR:
    'No site is within the maximum distance of any source: look at the coordinates of sites and sources, and at maximum_distance.',
  NO_SOURCES: 'No source is left to compute: the source models are empty, or all sources are filtered out.',
  UNKNOWN_SOURCE: 'An id names no source, rupture or section of the source models: correct it.',
  UNKNOWN_SOURCE_TYPE: 'A type of source or rupture is not one that the engine has: take one of those allowed.',
  INVALID_SOURCE: 'What a source is given does not go together: correct the source as the message says.',
  INVALID_GEOMETRY:
    'The shape of a source or a region is not possible (it crosses itself, is turned over, has no points).',
  INVALID_MFD: 'A magnitude-frequency distribution is not possible (span, b-value, rates): correct its parameters.',
  MESH_TOO_COARSE: 'The mesh spacing of the job is too large for a rupture or a fault: lower rupture_mesh_spacing.',
  UNKNOWN_SCALING_RELATION: 'The name of a magnitude scaling relation is not known: take one of docs/sources.md.',

  UNKNOWN_MODEL: 'The name of a ground-motion model is not known: take one of docs/ground-motion-models.md.',
  MODEL_SPECIFICATION: 'The text that names a ground-motion model and its arguments cannot be read: correct it.',
  MODEL_ARGUMENT: 'An argument of a ground-motion model is unknown, missing or not allowed: correct it.',
  MODEL_FILE: 'A file that a ground-motion model reads (a table, zones) does not hold what it must: correct it.',
  MODEL_MEASURE: 'A ground-motion model does not give an intensity measure type: take that out, or another model.',
  MODEL_RANGE: 'A rupture lies where a ground-motion model is not defined at all: take another model for that region.',
  MODEL_SITE_PARAMETER: 'A ground-motion model does not know the value of a site parameter: change it, or the model.',
  MODEL_NOT_A_NUMBER:
    'A ground-motion model gives no number for a rupture and a site: change the site or source that the message names.',

  TREE_STRUCTURE: 'A logic tree is not built as the format asks: correct its branch sets and branches.',
  TREE_REFERENCE: 'A logic tree names a branch, a branch set, a region or a type that is not there: correct the name.',
  TREE_UNCERTAINTY:
    'A branch changes sources in a way that does not fit them: correct its value or what it applies to.',
  UNKNOWN_REALIZATION: 'A number or path names no realization of the logic tree: take one of the list of realizations.',

  NO_SITES: 'The job has no sites, or none is near the assets: give sites, a site model, or a region with a spacing.',
  REPEATED_SITE: 'A site stands twice: take one of the two out.',
  SITE_PARAMETER: 'A parameter of the sites is missing where a model needs it, or has a value that is not allowed.',

  AMPLIFICATION: 'The amplification functions do not fit the job (sites, measures, reference velocity): correct them.',
  OTHER_CALCULATION:
    'A calculation does not fit the earlier one that it starts from: make equal what the message names, or start from none.',
  NO_LEVEL: 'There is no level to disaggregate at: the curves do not reach the probability asked for.',
  INVALID_QUERY: 'What is asked of a calculation is not in it, or is not how one asks: take one of the values allowed.',
} as const;
/** The kinds of faults of an input. */
export type RefusalCode = keyof typeof REFUSAL_CODES;

/** One fault of an input: where it is, what is wrong, what is allowed. Rendered as one line by `faultText`. */
export interface Fault {
  /** out of REFUSAL_CODES */
  readonly code: RefusalCode;
  /** path relative to the folder of the job, '' for the job as a whole */
  readonly file: string;
  /** first line is 1 */
  readonly line?: number;
  /** parameter, attribute, column or tag at fault */
  readonly key?: string;
  /** value as written */
  readonly value?: string;
  /** what is wrong, in one sentence without a full stop */
  readonly message: string;
  readonly allowed?: string;
  /** set when the input is right but asks for something the engine does not do: name of that feature */
  readonly feature?: string;
  /** set when the message itself names key, value and what is allowed: the text of the fault does not repeat them */
  readonly spelledOut?: true;
}

const LONGEST_VALUE = 120;

/** `file, line N: key = value: message (allowed: ...)`, always a single line. */
export function faultText(fault: Fault): string {
  if (fault.spelledOut) return `${placeText(fault)}${shorten(fault.message, 600)}`;
  const feature = fault.feature === undefined ? '' : ` [feature: ${fault.feature}]`;
  return `${placeText(fault)}${subject(fault)}${shorten(fault.message, 600)}${allowedText(fault)}${feature}`;
}

function allowedText({ allowed }: Pick<Fault, 'allowed'>): string {
  return allowed === undefined ? '' : ` (allowed: ${shorten(allowed, 400)})`;
}

/** `file, line N: `, or '' for the job as a whole. */
export function placeText({ file, line }: { readonly file: string; readonly line?: number }): string {
  if (file === '') return '';
  return line === undefined ? `${file}: ` : `${file}, line ${line}: `;
}

function subject({ key, value }: Pick<Fault, 'key' | 'value'>): string {
  if (key === undefined) return value === undefined ? '' : `'${shorten(value, LONGEST_VALUE)}': `;
  return value === undefined ? `${key}: ` : `${key} = ${shorten(value, LONGEST_VALUE)}: `;
}

/** One line of at most `longest` characters. */
export function shorten(text: string, longest: number): string {
  const line = text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
  return line.length <= longest ? line : `${line.slice(0, longest - 3)}...`;
}

/**
 * The input is refused: carries every fault found. `message` is plain text, one line per fault, fit for users.
 * `code` is that of the faults where they share one (UNSUPPORTED: nothing is wrong but features are asked for that the engine
 * does not have, named in `features`), else INVALID_INPUT.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: RefusalCode;
  readonly faults: readonly Fault[];

  constructor(faults: readonly Fault[], options?: ErrorOptions) {
    super(faults.map(faultText).join('\n'), options);
    this.faults = faults;
    const codes = new Set(faults.map(({ code }) => code));
    this.code = codes.size === 1 ? [...codes][0] : 'INVALID_INPUT';
  }

  /** distinct names of the missing features, sorted */
  get features(): string[] {
    return [...new Set(this.faults.flatMap(({ feature }) => (feature === undefined ? [] : [feature])))].sort();
  }
}

/**
 * The refusal of the science: a single fault that knows no file yet; who reads the input adds file and line (`faultAt`).
 * @param about key, value and what is allowed, where they can be told apart; the message names them too
 */
export function refusal(
  code: RefusalCode,
  message: string,
  about: Pick<Fault, 'key' | 'value' | 'allowed'> = {},
  options?: ErrorOptions,
): Refusal {
  const spelledOut = Object.keys(about).length > 0 && { spelledOut: true as const };
  return new Refusal([{ code, file: '', message, ...about, ...spelledOut }], options);
}

/** The same refusal with something in front of every message: `source a1: `. */
export function refusalAbout(subject: string, error: Refusal): Refusal {
  const faults = error.faults.map((fault) => ({ ...fault, message: `${subject}${fault.message}` }));
  return new Refusal(faults, { cause: error });
}

/** A fault that knows no file, at its place in the input: what it names itself is closer than what the place names. */
export function faultAt(where: Omit<Fault, 'code' | 'message'>, fault: Fault): Fault {
  const placed = { ...where, ...fault, file: where.file };
  if (!fault.spelledOut) return placed;
  return { ...placed, message: `${subject(where)}${fault.message}${allowedText(where)}` };
}

/** A fault as programs are given it: `message` says what is wrong, the rest where and with what. */
export type FaultFacts = Omit<Fault, 'spelledOut'>;

/** The facts of a fault, with a value that fits on a screen. */
export function faultFacts(fault: Fault): FaultFacts {
  const facts: FaultFacts & { spelledOut?: true } = { ...fault };
  delete facts.spelledOut;
  return fault.value === undefined ? facts : { ...facts, value: shorten(fault.value, LONGEST_FACT) };
}

const LONGEST_FACT = 1000;
