import { type Fault, faultAt, faultText, placeText, Refusal, shorten } from '../hazard/refusal.js';

/** Something worth telling that does not stop the job. */
export interface InputWarning {
  readonly file: string;
  readonly line?: number;
  readonly message: string;
}

/** Where a fault of something read stands: what the one who refuses it does not know. */
export type Place = Omit<Fault, 'message' | 'code'>;

/** `file, line N: message`. */
export function warningText(warning: InputWarning): string {
  return `${placeText(warning)}${shorten(warning.message, 600)}`;
}

/** Gathers the faults and warnings of one job while it is read; equal ones are kept once, the first `LIMIT` of each. */
export class InputReport {
  static readonly LIMIT = 200;
  private readonly faultsByText = new Map<string, Fault>();
  private readonly warningsByText = new Map<string, InputWarning>();

  get faults(): readonly Fault[] {
    return [...this.faultsByText.values()];
  }

  get warnings(): readonly InputWarning[] {
    return [...this.warningsByText.values()];
  }

  fault(fault: Fault): void {
    const text = faultText(fault);
    if (this.faultsByText.has(text) || this.faultsByText.size > InputReport.LIMIT) return;
    const last: Fault = {
      code: 'INVALID_INPUT',
      file: '',
      message: `there are more than ${InputReport.LIMIT} faults: these are the first`,
    };
    if (this.faultsByText.size < InputReport.LIMIT) this.faultsByText.set(text, fault);
    else this.faultsByText.set(faultText(last), last);
  }

  warn(warning: InputWarning): void {
    if (this.warningsByText.size < InputReport.LIMIT) this.warningsByText.set(warningText(warning), warning);
  }

  /** Runs a step whose refusal must not hide later faults: its faults become faults at `where`. Anything else is a bug and passes. */
  async collect<T>(where: Place, step: () => T | Promise<T>): Promise<T | undefined> {
    try {
      return await step();
    } catch (error) {
      this.absorb(error, where);
      return undefined;
    }
  }

  /** Takes the faults of a Refusal as faults of this report, those without a file at the place given; throws anything else. */
  absorb(error: unknown, where: Place): void {
    if (error instanceof Refusal)
      for (const fault of error.faults) this.fault(fault.file === '' ? faultAt(where, fault) : fault);
    else throw error;
  }

  /** Errors: Refusal with all faults, if there are any. */
  throwIfAny(): void {
    if (this.faultsByText.size > 0) throw new Refusal(this.faults);
  }
}
