import { SharedParts } from '../../hazard/logictree/content.js';
import type { InputReport } from '../report.js';
import { Refusal, type RefusalCode } from '../../hazard/refusal.js';
import { parseNumber, parseNumbers } from './numbers.js';
import type { Element } from './xml.js';

/** Values that a number may take, and how to say so. */
export interface Range {
  readonly test: (value: number) => boolean;
  readonly allowed: string;
}

/** Any finite number. */
export const ANY: Range = { test: () => true, allowed: 'a finite number' };
/** Numbers above 0. */
export const POSITIVE: Range = { test: (v) => v > 0, allowed: 'a number above 0' };
/** Numbers from 0 on. */
export const NOT_NEGATIVE: Range = { test: (v) => v >= 0, allowed: '0 or more' };
/** Probabilities. */
export const PROBABILITY: Range = { test: (v) => v >= 0 && v <= 1, allowed: '0 to 1' };
/** Probabilities above 0. */
export const POSITIVE_PROBABILITY: Range = { test: (v) => v > 0 && v <= 1, allowed: 'above 0, up to 1' };
/** Degrees east. */
export const LONGITUDE: Range = { test: (v) => v >= -180 && v <= 180, allowed: '-180 to 180 degrees' };
/** Degrees north. */
export const LATITUDE: Range = { test: (v) => v >= -90 && v <= 90, allowed: '-90 to 90 degrees' };
/** Degrees clockwise from north. */
export const STRIKE: Range = { test: (v) => v >= 0 && v < 360, allowed: '0 to below 360 degrees' };
/** Degrees below the horizontal. */
export const DIP: Range = { test: (v) => v > 0 && v <= 90, allowed: 'above 0, up to 90 degrees' };
/** Degrees, direction of slip in the plane. */
export const RAKE: Range = { test: (v) => v > -180 && v <= 180, allowed: 'above -180, up to 180 degrees' };
/** No magnitude of the field is larger; files in other units are caught. */
export const MAGNITUDE: Range = { test: (v) => v > 0 && v <= 11, allowed: 'a magnitude above 0, up to 11' };

interface Detail {
  readonly code: RefusalCode;
  readonly key?: string;
  readonly value?: string;
  readonly allowed?: string;
}

/**
 * Reads values out of elements and reports what is wrong with them, naming file, line and the thing being read.
 * Numbers at fault come back as NaN so that reading can go on and find further faults; an element that is missing altogether
 * ends the reading of its owner (Refusal).
 */
export class Scope {
  constructor(
    readonly report: InputReport,
    readonly file: string,
    private readonly subject = '',
    /** what sources have in common is held once */
    readonly shared = new SharedParts(),
  ) {}

  /** The same file, about another thing: `source 'a1'`. */
  about(subject: string): Scope {
    return new Scope(this.report, this.file, subject, this.shared);
  }

  fault(element: Element, message: string, detail: Detail): void {
    this.report.fault({ file: this.file, line: element.line, ...detail, message: this.worded(message) });
  }

  warn(element: Element, message: string): void {
    this.report.warn({ file: this.file, line: element.line, message: this.worded(message) });
  }

  /** For faults after which the owner cannot be read further. */
  refusal(element: Element, message: string, detail: Detail): Refusal {
    return new Refusal([{ file: this.file, line: element.line, ...detail, message: this.worded(message) }]);
  }

  private worded(message: string): string {
    return this.subject === '' ? message : `${this.subject}: ${message}`;
  }

  /** The descendant at a path of tags. Errors: Refusal if there is none. */
  need(element: Element, ...path: readonly string[]): Element {
    let found = element;
    for (const name of path) {
      const child = found.children.find((candidate) => candidate.name === name);
      if (!child) throw this.refusal(found, `<${found.name}> needs a <${name}>`, { code: 'MISSING_ELEMENT' });
      found = child;
    }
    return found;
  }

  /** The number that is the whole text of an element. */
  number(element: Element, range: Range = ANY): number {
    return this.checked(element, element.name, element.text, range);
  }

  /** A number in an attribute that must be there. */
  attribute(element: Element, name: string, range: Range = ANY): number {
    const text = element.attributes[name];
    if (text !== undefined) return this.checked(element, name, text, range);
    this.fault(element, `<${element.name}> needs the attribute ${name}`, {
      code: 'MISSING_ATTRIBUTE',
      allowed: range.allowed,
    });
    return NaN;
  }

  /** A number in an attribute that may be left out. */
  optionalAttribute(element: Element, name: string, range: Range = ANY): number | undefined {
    return element.attributes[name] === undefined ? undefined : this.attribute(element, name, range);
  }

  private checked(element: Element, key: string, text: string, range: Range): number {
    const value = parseNumber(text);
    const shown = text.trim();
    if (Number.isNaN(value)) {
      this.fault(element, 'not a finite number', { code: 'INVALID_VALUE', key, value: shown, allowed: range.allowed });
      return NaN;
    }
    if (range.test(value)) return value;
    this.fault(element, 'out of range', { code: 'INVALID_VALUE', key, value: shown, allowed: range.allowed });
    return NaN;
  }

  /** The numbers in the text of an element; every one in the range. */
  numbers(element: Element, range: Range = ANY): Float64Array {
    return this.list(element, element.name, element.text, range);
  }

  /** The numbers in an attribute that must be there. */
  attributeNumbers(element: Element, name: string, range: Range = ANY): Float64Array {
    const text = element.attributes[name];
    if (text !== undefined) return this.list(element, name, text, range);
    this.fault(element, `<${element.name}> needs the attribute ${name}`, {
      code: 'MISSING_ATTRIBUTE',
      allowed: 'numbers separated by blanks',
    });
    return new Float64Array(0);
  }

  private list(element: Element, key: string, text: string, range: Range): Float64Array {
    const { values, bad } = parseNumbers(text);
    if (bad !== undefined)
      this.fault(element, 'not a finite number', { code: 'INVALID_VALUE', key, value: bad, allowed: range.allowed });
    else if (values.length === 0)
      this.fault(element, 'numbers are missing', { code: 'INVALID_VALUE', key, allowed: range.allowed });
    const outside = values.find((value) => !range.test(value));
    if (outside !== undefined)
      this.fault(element, 'out of range', {
        code: 'INVALID_VALUE',
        key,
        value: String(outside),
        allowed: range.allowed,
      });
    return values;
  }
}
