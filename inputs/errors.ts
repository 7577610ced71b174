/** One fault of an input: where it is, what is wrong, what is allowed. Rendered as one line by `faultText`. */
export interface InputError {
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

/** Something worth telling that does not stop the job. */
export interface InputWarning {
  readonly file: string;
  readonly line?: number;
  readonly message: string;
}

const LONGEST_VALUE = 120;

/** `file, line N: key = value: message (allowed: ...)`, always a single line. */
export function faultText(fault: InputError): string {
  const allowed = fault.allowed === undefined ? '' : ` (allowed: ${shorten(fault.allowed, 400)})`;
  const feature = fault.feature === undefined ? '' : ` [feature: ${fault.feature}]`;
  return `${place(fault)}${subject(fault)}${shorten(fault.message, 600)}${allowed}${feature}`;
}

/** `file, line N: message`. */
export function warningText(warning: InputWarning): string {
  return `${place(warning)}${shorten(warning.message, 600)}`;
}

function place({ file, line }: { readonly file: string; readonly line?: number }): string {
  if (file === '') return '';
  return line === undefined ? `${file}: ` : `${file}, line ${line}: `;
}

function subject({ key, value }: InputError): string {
  if (key === undefined) return value === undefined ? '' : `'${shorten(value, LONGEST_VALUE)}': `;
  return value === undefined ? `${key}: ` : `${key} = ${shorten(value, LONGEST_VALUE)}: `;
}

function shorten(text: string, longest: number): string {
  const line = text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
  return line.length <= longest ? line : `${line.slice(0, longest - 3)}...`;
}

/**
 * The input of a job is refused: carries every fault found. `message` is plain text, one line per fault, fit for users.
 * `code` is UNSUPPORTED when nothing is wrong but features are asked for that the engine does not have (named in `features`).
 */
export class InvalidInput extends Error {
  override readonly name = 'InvalidInput';
  readonly code: 'INVALID_INPUT' | 'UNSUPPORTED';
  readonly faults: readonly InputError[];

  constructor(faults: readonly InputError[], options?: ErrorOptions) {
    super(faults.map(faultText).join('\n'), options);
    this.faults = faults;
    this.code =
      faults.length > 0 && faults.every((fault) => fault.feature !== undefined) ? 'UNSUPPORTED' : 'INVALID_INPUT';
  }

  /** distinct names of the missing features, sorted */
  get features(): string[] {
    return [...new Set(this.faults.flatMap(({ feature }) => (feature === undefined ? [] : [feature])))].sort();
  }
}

/** Gathers the faults and warnings of one job while it is read; equal ones are kept once, the first `LIMIT` of each. */
export class InputReport {
  static readonly LIMIT = 200;
  private readonly faultsByText = new Map<string, InputError>();
  private readonly warningsByText = new Map<string, InputWarning>();

  get faults(): readonly InputError[] {
    return [...this.faultsByText.values()];
  }

  get warnings(): readonly InputWarning[] {
    return [...this.warningsByText.values()];
  }

  fault(fault: InputError): void {
    const text = faultText(fault);
    if (this.faultsByText.has(text) || this.faultsByText.size > InputReport.LIMIT) return;
    const last = { file: '', message: `there are more than ${InputReport.LIMIT} faults: these are the first` };
    if (this.faultsByText.size < InputReport.LIMIT) this.faultsByText.set(text, fault);
    else this.faultsByText.set(faultText(last), last);
  }

  warn(warning: InputWarning): void {
    if (this.warningsByText.size < InputReport.LIMIT) this.warningsByText.set(warningText(warning), warning);
  }

  /**
   * Runs a step whose failure must not hide later faults: InvalidInput and RangeError (the science's word for a value it
   * refuses) become faults at `where`; anything else is a bug and passes through.
   */
  async collect<T>(where: Omit<InputError, 'message'>, step: () => T | Promise<T>): Promise<T | undefined> {
    try {
      return await step();
    } catch (error) {
      this.absorb(error, where);
      return undefined;
    }
  }

  /** Takes the faults of an InvalidInput, or the message of a RangeError, as faults of this report; throws anything else. */
  absorb(error: unknown, where: Omit<InputError, 'message'>): void {
    if (error instanceof InvalidInput) for (const fault of error.faults) this.fault(fault);
    else if (error instanceof RangeError) this.fault({ ...where, message: error.message });
    else throw error;
  }

  /** Errors: InvalidInput with all faults, if there are any. */
  throwIfAny(): void {
    if (this.faultsByText.size > 0) throw new InvalidInput(this.faults);
  }
}
