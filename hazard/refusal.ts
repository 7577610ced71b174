/**
 * What the user is told when an input is refused. A Refusal is the user's fault, never ours: any other error that reaches a user
 * is told as a bug of the engine. Every fault carries a code out of the table below; docs/errors.md is made from it.
 */

/** The codes of faults: when each stands, in one sentence. */
export const REFUSAL_CODES = {
  INVALID_INPUT: 'A value, an element or a file of the input is not what the format allows.',
  UNSUPPORTED: 'The input is right, but asks for something that this engine does not do.',
} as const;
export type RefusalCode = keyof typeof REFUSAL_CODES;

/** One fault of an input: where it is, what is wrong, what is allowed. Rendered as one line by `faultText`. */
export interface Fault {
  /** out of REFUSAL_CODES; INVALID_INPUT, or UNSUPPORTED with `feature`, where nothing closer is known */
  readonly code?: RefusalCode;
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
}

const LONGEST_VALUE = 120;

/** `file, line N: key = value: message (allowed: ...)`, always a single line. */
export function faultText(fault: Fault): string {
  const allowed = fault.allowed === undefined ? '' : ` (allowed: ${shorten(fault.allowed, 400)})`;
  const feature = fault.feature === undefined ? '' : ` [feature: ${fault.feature}]`;
  return `${placeText(fault)}${subject(fault)}${shorten(fault.message, 600)}${allowed}${feature}`;
}

/** `file, line N: `, or '' for the job as a whole. */
export function placeText({ file, line }: { readonly file: string; readonly line?: number }): string {
  if (file === '') return '';
  return line === undefined ? `${file}: ` : `${file}, line ${line}: `;
}

function subject({ key, value }: Fault): string {
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
 * `code` is that of the faults where they share one, UNSUPPORTED when nothing is wrong but features are asked for that the
 * engine does not have (named in `features`), else INVALID_INPUT.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: RefusalCode;
  readonly faults: readonly Fault[];

  constructor(faults: readonly Fault[], options?: ErrorOptions) {
    super(faults.map(faultText).join('\n'), options);
    this.faults = faults;
    const codes = new Set(faults.map(codeOf));
    this.code = codes.size === 1 ? [...codes][0] : 'INVALID_INPUT';
  }

  /** distinct names of the missing features, sorted */
  get features(): string[] {
    return [...new Set(this.faults.flatMap(({ feature }) => (feature === undefined ? [] : [feature])))].sort();
  }
}

function codeOf({ code, feature }: Fault): RefusalCode {
  return code ?? (feature === undefined ? 'INVALID_INPUT' : 'UNSUPPORTED');
}

/**
 * The refusal of the science: a single fault that knows no file yet; who reads the input adds file and line.
 * @param about key, value and what is allowed, where they can be named
 */
export function refusal(
  code: RefusalCode,
  message: string,
  about: Pick<Fault, 'key' | 'value' | 'allowed' | 'feature'> = {},
  options?: ErrorOptions,
): Refusal {
  return new Refusal([{ code, file: '', message, ...about }], options);
}
