import { nearestName } from '../nearest-name.js';
import type { RefusalCode } from '../../hazard/refusal.js';
import type { InputReport } from '../report.js';
import { HARMLESS, STRAY_TEXT } from './harmless.js';
import { elementIsRead, isSkipped, textIsRead, unreadAttributes } from './marks.js';
import type { Element } from './xml.js';

/** One thing that nothing read, however often a file has it. */
interface Finding {
  readonly code: RefusalCode;
  readonly line: number;
  readonly subject: string;
  readonly key: string;
  readonly value?: string;
  readonly message: string;
  readonly allowed?: string;
  readonly harmless?: string;
  count: number;
}

const DECLARATION = /^xmlns(:|$)|^(xsi|xml):/;
const LONGEST_TEXT = 60;

/** Names that readers ask elements of one tag for. */
interface Asked {
  readonly attributes: Set<string>;
  readonly children: Set<string>;
}

/**
 * The content of one file that no reader asked for: attributes, elements and texts. Each is a fault, told once with its first
 * line and how many more there are; or a warning, where it is stray text or harmless.ts says that it changes no number. Readers need not declare
 * anything: what they ask for is what is known.
 */
export class UnreadContent {
  private readonly findings = new Map<string, Finding>();
  /** by tag: what readers ask for */
  private readonly asked = new Map<string, Asked>();
  /** the last tag, as a reader asks an element for many things in a row */
  private lastTag = '';
  private last: Asked = { attributes: new Set(), children: new Set() };

  askedForAttribute(tag: string, name: string): void {
    if (tag !== this.lastTag) this.turnTo(tag);
    const { attributes } = this.last;
    if (!attributes.has(name)) attributes.add(name);
  }

  askedForChild(tag: string, name: string): void {
    if (tag !== this.lastTag) this.turnTo(tag);
    const { children } = this.last;
    if (!children.has(name)) children.add(name);
  }

  private turnTo(tag: string): void {
    let asked = this.asked.get(tag);
    if (!asked) this.asked.set(tag, (asked = { attributes: new Set(), children: new Set() }));
    this.lastTag = tag;
    this.last = asked;
  }

  /** `: <X> is not known` for a child that looks like the one that is missing, or nothing. */
  misspelt({ name: tag, children }: Element, missing: string): string {
    const known = this.asked.get(tag)?.children;
    const strange = children.map(({ name }) => name).filter((name) => known?.has(name) !== true);
    const near = nearestName(missing, strange);
    return near === undefined ? '' : `: <${near}> is not known`;
  }

  /** Notes what is unread in an element whose reader has finished without a fault that ends the reading. */
  collect(element: Element, subject: string): void {
    if (isSkipped(element)) return;
    this.collectOwn(element, subject);
    for (const child of element.children)
      if (elementIsRead(child)) this.collect(child, subject);
      else if (!isSkipped(child)) this.unknownChild(element, child, subject);
  }

  /** Attributes and text of an element whose children are read one by one. */
  collectOwn(element: Element, subject: string): void {
    const { name: tag, attributes, line } = element;
    for (const name of unreadAttributes(element)) {
      if (DECLARATION.test(name)) continue;
      const known = this.asked.get(tag)?.attributes ?? new Set<string>();
      const near = nearestName(name, known);
      this.find(`${tag} @${name}`, {
        code: 'UNKNOWN_ATTRIBUTE',
        line,
        subject,
        key: name,
        value: attributes[name],
        ...(known.has(name)
          ? { message: `this attribute of <${tag}> has no meaning here` }
          : {
              message: `<${tag}> has no such attribute${near === undefined ? '' : `: did you mean ${near}?`}`,
              ...(known.size > 0 && { allowed: [...known].sort().join(', ') }),
            }),
      });
    }
    const text = element.text.trim();
    if (text === '' || textIsRead(element)) return;
    const value = text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}...` : text;
    this.find(`${tag} #`, {
      code: 'UNKNOWN_ELEMENT',
      line,
      subject,
      key: `<${tag}>`,
      value,
      message: '',
      harmless: STRAY_TEXT,
    });
  }

  /** Notes a child that is not known where it stands. */
  unknownChild({ name: tag }: Element, { name, line }: Element, subject: string): void {
    const known = this.asked.get(tag)?.children ?? new Set<string>();
    const near = nearestName(name, known);
    this.find(`${tag} ${name}`, {
      code: 'UNKNOWN_ELEMENT',
      line,
      subject,
      key: name,
      ...(known.has(name)
        ? { message: `<${name}> has no meaning here in <${tag}>` }
        : {
            message: `<${tag}> has no element <${name}>${near === undefined ? '' : `: did you mean <${near}>?`}`,
            ...(known.size > 0 && { allowed: [...known].sort().join(', ') }),
          }),
    });
  }

  private find(place: string, finding: Omit<Finding, 'count'>): void {
    const before = this.findings.get(place);
    if (before) {
      before.count++;
      return;
    }
    const harmless = finding.harmless ?? HARMLESS.get(place);
    this.findings.set(place, { ...finding, count: 1, ...(harmless !== undefined && { harmless }) });
  }

  /** Tells all findings as faults and warnings of the file, and forgets them. */
  tell(file: string, report: InputReport): void {
    for (const { code, line, subject, key, value, message, allowed, harmless, count } of this.findings.values()) {
      const about = subject === '' ? '' : `${subject}: `;
      const more = count === 1 ? '' : ` (and ${count - 1} more)`;
      if (harmless !== undefined) {
        const shown = value === undefined ? key : `${key} = ${value}`;
        report.warn({ file, line, message: `${about}${shown}: not used: ${harmless}${more}` });
      } else
        report.fault({
          code,
          file,
          line,
          key,
          ...(value !== undefined && { value }),
          message: `${about}${message}${more}`,
          ...(allowed !== undefined && { allowed }),
        });
    }
    this.findings.clear();
  }
}
