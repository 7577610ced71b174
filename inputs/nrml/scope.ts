import { SharedParts } from '../../hazard/logictree/content.js';
import type { InputReport } from '../report.js';
import { Refusal, type RefusalCode } from '../../hazard/refusal.js';
import { PLAUSIBLE, type Plausible } from '../plausible.js';
import { parseNumber, parseNumbers } from './numbers.js';
import { markAllAttributes, markAttribute, markElement, markSkipped, markText } from './marks.js';
import { UnreadContent } from './unread.js';
import type { Element } from './xml.js';

/** Values that a number may take, and how to say so. */
export interface Range {
  readonly test: (value: number) => boolean;
  readonly allowed: string;
  /** beyond this a value is told as unusually large */
  readonly usual?: number;
}

/** Numbers above `least` that measurements may give. */
function plausible({ most, usual, unit }: Plausible, least: number): Range {
  return { test: (v) => v > least && v <= most, allowed: `above ${least}, up to ${most} ${unit}`, usual };
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

/** km, positive downwards; no land is higher than 8.848 km. */
export const DEPTH: Range = plausible(PLAUSIBLE.depth, -8.848);
/** mm/yr */
export const SLIP_RATE: Range = plausible(PLAUSIBLE.slipRate, 0);
/** GPa; values in Pa are caught */
export const RIGIDITY: Range = plausible(PLAUSIBLE.rigidity, 0);

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
    /** of the file: what no reader asked for */
    private readonly unread = new UnreadContent(),
  ) {}

  /** The same file, about another thing: `source 'a1'`. */
  about(subject: string): Scope {
    return new Scope(this.report, this.file, subject, this.shared, this.unread);
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
      const child = this.child(found, name);
      if (!child) {
        const hint = this.unread.misspelt(found, name);
        throw this.refusal(found, `<${found.name}> needs a <${name}>${hint}`, { code: 'MISSING_ELEMENT' });
      }
      found = child;
    }
    return found;
  }

  /** The child of that name, of which there may be one. */
  child(element: Element, name: string): Element | undefined {
    this.unread.askedForChild(element.name, name);
    let found: Element | undefined;
    for (const candidate of element.children) {
      if (candidate.name !== name) continue;
      if (found) {
        this.fault(candidate, `<${name}> stands twice in <${element.name}>`, {
          code: 'REPEATED_ELEMENT',
          key: name,
          allowed: 'one',
        });
        markSkipped(candidate);
        continue;
      }
      markElement(candidate);
      found = candidate;
    }
    return found;
  }

  /** All children of these names, in the order of the file. */
  childrenNamed(element: Element, ...names: readonly string[]): Element[] {
    for (const name of names) this.unread.askedForChild(element.name, name);
    const found = element.children.filter(({ name }) => names.includes(name));
    for (const child of found) markElement(child);
    return found;
  }

  /** All children; the caller says what is wrong with those it does not know. */
  allChildren(element: Element): readonly Element[] {
    for (const child of element.children) markElement(child);
    return element.children;
  }

  /** The text directly in an element. */
  text(element: Element): string {
    markText(element);
    return element.text;
  }

  /** The text of an attribute; undefined where it is left out. */
  word(element: Element, name: string): string | undefined {
    this.unread.askedForAttribute(element.name, name);
    const text = element.attributes[name];
    if (text !== undefined) markAttribute(element, name);
    return text;
  }

  /** All attributes, for elements whose attributes are arguments with names of their own. */
  allWords(element: Element): Readonly<Record<string, string>> {
    markAllAttributes(element);
    return element.attributes;
  }

  /** Attributes that name or describe a thing and are not needed here. */
  labels(element: Element, ...names: readonly string[]): void {
    for (const name of names) this.word(element, name);
  }

  /** Nothing of the element is read, on purpose. */
  skip(element: Element): void {
    markSkipped(element);
  }

  /** Takes note of what no one has asked for in an element that has been read to its end. */
  finished(element: Element): void {
    this.unread.collect(element, this.subject);
  }

  /** The same for the attributes and the text of an element whose children are read one by one. */
  finishedOwn(element: Element): void {
    this.unread.collectOwn(element, this.subject);
  }

  /** The same for a child that is not known where it stands. */
  unknown(parent: Element, child: Element): void {
    this.unread.unknownChild(parent, child, this.subject);
  }

  /** Reports everything noted; called once, at the end of the file. */
  tellUnread(): void {
    this.unread.tell(this.file, this.report);
  }

  /** The number that is the whole text of an element. */
  number(element: Element, range: Range = ANY): number {
    return this.checked(element, element.name, this.text(element), range);
  }

  /** A number in an attribute that must be there. */
  attribute(element: Element, name: string, range: Range = ANY): number {
    const text = this.word(element, name);
    if (text !== undefined) return this.checked(element, name, text, range);
    this.missing(element, name, range.allowed);
    return NaN;
  }

  /** A number in an attribute that may be left out. */
  optionalAttribute(element: Element, name: string, range: Range = ANY): number | undefined {
    return this.word(element, name) === undefined ? undefined : this.attribute(element, name, range);
  }

  /** Reports an attribute that must be there and is not. */
  private missing(element: Element, name: string, allowed: string): void {
    this.fault(element, `<${element.name}> needs the attribute ${name}`, { code: 'MISSING_ATTRIBUTE', allowed });
  }

  private checked(element: Element, key: string, text: string, range: Range): number {
    const value = parseNumber(text);
    const shown = text.trim();
    if (Number.isNaN(value)) {
      this.fault(element, 'not a finite number', { code: 'INVALID_VALUE', key, value: shown, allowed: range.allowed });
      return NaN;
    }
    if (range.test(value)) {
      if (range.usual !== undefined && value > range.usual) this.warn(element, `${key} = ${shown} is unusually large`);
      return value;
    }
    this.fault(element, 'out of range', { code: 'INVALID_VALUE', key, value: shown, allowed: range.allowed });
    return NaN;
  }

  /** The numbers in the text of an element; every one in the range. */
  numbers(element: Element, range: Range = ANY): Float64Array {
    return this.list(element, element.name, this.text(element), range);
  }

  /** The numbers in an attribute that must be there. */
  attributeNumbers(element: Element, name: string, range: Range = ANY): Float64Array {
    const text = this.word(element, name);
    if (text !== undefined) return this.list(element, name, text, range);
    this.missing(element, name, 'numbers separated by blanks');
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
