/**
 * What has been read of an element, as bits of one number: models of a gigabyte have millions of elements, for which a set each
 * would be too much. Bit 0: the element itself, bit 1: its text, bit 2: nothing in it is meant to be read; then its attributes in
 * the order of the file.
 */
export interface Marked {
  marks: number;
  readonly attributes: Readonly<Record<string, string>>;
}

const ELEMENT = 1;
const TEXT = 2;
const SKIPPED = 4;
const FIRST_ATTRIBUTE = 3;
/** more attributes than an element of NRML has; elements with more are refused, so that none can hide */
export const MOST_ATTRIBUTES = 28;

/** The element itself has been asked for. */
export function markElement(element: Marked): void {
  element.marks |= ELEMENT;
}
/** Its text has been asked for. */
export function markText(element: Marked): void {
  element.marks |= TEXT;
}
/** Nothing of the element is read, on purpose. */
export function markSkipped(element: Marked): void {
  element.marks |= SKIPPED | ELEMENT;
}
/** One of its attributes has been asked for. */
export function markAttribute(element: Marked, name: string): void {
  let bit = FIRST_ATTRIBUTE;
  for (const key in element.attributes) {
    if (key === name) {
      element.marks |= 1 << bit;
      return;
    }
    bit++;
  }
}
/** All of its attributes have been asked for. */
export function markAllAttributes(element: Marked): void {
  for (const key in element.attributes) markAttribute(element, key);
}

/** Whether a reader has asked for the element. */
export function elementIsRead({ marks }: Marked): boolean {
  return (marks & ELEMENT) !== 0;
}
/** Whether a reader has asked for its text. */
export function textIsRead({ marks }: Marked): boolean {
  return (marks & TEXT) !== 0;
}
/** Whether nothing in it is meant to be read. */
export function isSkipped({ marks }: Marked): boolean {
  return (marks & SKIPPED) !== 0;
}
/** Attributes that nothing has asked for. */
export function unreadAttributes({ marks, attributes }: Marked): readonly string[] {
  let unread: string[] | undefined;
  let bit = FIRST_ATTRIBUTE;
  for (const key in attributes) if ((marks & (1 << bit++)) === 0) (unread ??= []).push(key);
  return unread ?? NONE;
}

/** most elements are read whole: nothing is made for them */
const NONE: readonly string[] = [];
