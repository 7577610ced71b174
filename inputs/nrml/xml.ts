import { TextDecoder } from 'node:util';
import { SaxesParser } from 'saxes';
import { Refusal, type RefusalCode } from '../../hazard/refusal.js';
import { lineOfBareAmpersand } from './ampersand.js';
import { readInPieces } from '../files/file-chunks.js';
import { MOST_ATTRIBUTES } from './marks.js';

/** An XML element with all it holds; names are local (`gml:posList` is `posList`). */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Element[];
  /** text directly inside, as written */
  readonly text: string;
  /** line of the end of the opening tag, first is 1 */
  readonly line: number;
  /** what has been read of it: see marks.ts */
  marks: number;
}

/** What is done with each element as it comes by. */
export interface XmlVisitor {
  /**
   * Called at each opening tag that is not inside a gathered element; `parents` are the open elements, outermost first.
   * True: the element is gathered with all it holds and given to `gathered`; false: its children are visited in turn.
   */
  open(element: Element, parents: readonly Element[]): boolean;
  /** a complete element, which the reader then forgets */
  gathered(element: Element): void;
  /** the end of an element that was not gathered */
  close(element: Element): void;
}

interface OpenElement {
  name: string;
  attributes: Record<string, string>;
  children: OpenElement[];
  text: string;
  line: number;
  marks: number;
}

/**
 * Attributes by name, without any that objects have by themselves. Objects made by one constructor share their shape, which makes
 * looking through them several times faster than through Object.create(null).
 */
const Attributes = function Attributes() {} as unknown as new () => object;
Attributes.prototype = Object.freeze(Object.create(null));

function countOf(attributes: object): number {
  let count = 0;
  for (const key in attributes) if (key !== undefined) count++;
  return count;
}

/** No file of the field nests deeper than about 15; hostile ones do. */
type Refuse = (code: RefusalCode, message: string) => Refusal;

const DEEPEST = 100;
const LONGEST_STRAY = 100;
/** Elements that are held together, some 400 bytes each: one source, or a whole logic tree. */
const MOST_GATHERED = 2_000_000;

/**
 * Streams an XML file through a visitor; memory is bounded by the largest gathered element.
 * Document type declarations with entities are refused, so nothing can expand.
 * `file` is how faults name the file.
 * Errors: Refusal naming file and line.
 */
export async function streamXml(path: string, file: string, visitor: XmlVisitor): Promise<void> {
  const parser = new SaxesParser({ xmlns: false, position: true });
  const refuse: Refuse = (code, message) => new Refusal([{ code, file, line: parser.line, message }]);
  const open: OpenElement[] = [];
  const prefixes = new Set<string>();
  let gatheringDepth = 0;
  let gathered = 0;

  let broken = false;
  parser.on('error', (error) => {
    broken = true;
    throw refuse('BROKEN_XML', `the XML is broken: ${error.message.replace(/^\d+:\d+:\s*/, '')}`);
  });
  parser.on('doctype', (text) => {
    if (text.includes('<!ENTITY')) throw refuse('BROKEN_XML', 'declarations of entities are not accepted');
  });
  parser.on('opentagstart', (tag) => {
    tag.attributes = new Attributes() as Record<string, string>;
  });
  parser.on('opentag', (tag) => {
    if (open.length >= DEEPEST) throw refuse('TOO_LARGE', `elements are nested more than ${DEEPEST} deep`);
    for (const key in tag.attributes) if (key.startsWith('xmlns:')) prefixes.add(key.slice('xmlns:'.length));
    const colon = tag.name.indexOf(':');
    if (colon >= 0 && !prefixes.has(tag.name.slice(0, colon)))
      throw refuse('BROKEN_XML', `the XML is broken: the prefix of <${tag.name}> is not declared`);
    const element: OpenElement = {
      name: tag.name.slice(colon + 1),
      attributes: tag.attributes,
      children: [],
      text: '',
      line: parser.line,
      marks: 0,
    };
    if (countOf(tag.attributes) > MOST_ATTRIBUTES)
      throw refuse('TOO_LARGE', `<${tag.name}> has more than ${MOST_ATTRIBUTES} attributes`);
    if (gatheringDepth > 0) {
      open[open.length - 1].children.push(element);
      if (++gathered > MOST_GATHERED)
        throw refuse('TOO_LARGE', `<${open[gatheringDepth - 1].name}> holds more than ${MOST_GATHERED} elements`);
    } else if (visitor.open(element, open)) {
      gatheringDepth = open.length + 1;
      gathered = 0;
    }
    open.push(element);
  });
  const addText = (text: string): void => {
    const current = open.at(-1);
    if (!current) return;
    // of elements that are not gathered the beginning is enough: they have no text, or it is a fault
    if (gatheringDepth > 0 || (current.text.length < LONGEST_STRAY && text.trim() !== ''))
      current.text += gatheringDepth > 0 ? text : text.trim().slice(0, LONGEST_STRAY);
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', () => {
    const element = open.pop();
    if (!element || (gatheringDepth > 0 && open.length >= gatheringDepth)) return;
    if (gatheringDepth > 0) {
      gatheringDepth = 0;
      visitor.gathered(element);
    } else visitor.close(element);
  });

  let decoder: TextDecoder | undefined;
  try {
    await readInPieces(path, (bytes) => {
      decoder ??= decoderFor(bytes, refuse);
      parser.write(decode(decoder, bytes, refuse));
    });
    if (decoder) parser.write(decode(decoder, undefined, refuse));
    parser.close();
  } catch (error) {
    if (error instanceof Refusal) {
      const line = broken ? await lineOfBareAmpersand(path) : undefined;
      if (line === undefined) throw error;
      const message = 'the XML is broken: & must be written &amp;';
      throw new Refusal([{ code: 'BROKEN_XML', file, line, message }], { cause: error });
    }
    if (error instanceof Error && 'code' in error && typeof error.code === 'string' && 'syscall' in error) {
      const missing = error.code === 'ENOENT';
      const reason = missing ? 'No such file' : `the file cannot be read (${error.code})`;
      throw new Refusal([{ code: missing ? 'MISSING_FILE' : 'BROKEN_FILE', file, message: reason }], { cause: error });
    }
    throw error;
  }
}

/** A whole XML file as one tree: for logic trees, which are small. Errors: Refusal naming file and line. */
export async function readXml(path: string, file: string): Promise<Element> {
  let root: Element | undefined;
  await streamXml(path, file, {
    open: () => true,
    gathered: (element) => {
      root = element;
    },
    close: () => undefined,
  });
  if (!root) throw new Refusal([{ code: 'BROKEN_FILE', file, message: 'the file holds no XML element' }]);
  return root;
}

/** Decoder for the encoding that the XML declaration names; UTF-8 unless it does. */
function decoderFor(start: Buffer, refuse: Refuse): TextDecoder {
  const declared = /^\s*<\?xml[^>]*encoding\s*=\s*["']([^"']+)["']/.exec(start.toString('latin1', 0, 200))?.[1];
  try {
    return new TextDecoder(declared ?? 'utf-8', { fatal: true });
  } catch {
    throw refuse('BROKEN_FILE', `the encoding '${declared}' is not known`);
  }
}

function decode(decoder: TextDecoder, bytes: Buffer | undefined, refuse: Refuse): string {
  try {
    return bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode();
  } catch {
    throw refuse('BROKEN_FILE', `the file holds bytes that are not ${decoder.encoding} text`);
  }
}
