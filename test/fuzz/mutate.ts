/** One random change of one file of a job, as users make them by mistake. */
import type { Random } from '../differential/random.js';

/** Files of a job: name -> bytes. */
export type Files = ReadonlyMap<string, Buffer>;

export interface Mutation {
  /** what was done: drop attribute, change number ... */
  readonly kind: string;
  readonly file: string;
  /** what was changed, in short: the name of the attribute, element, column or parameter */
  readonly target: string;
  /** before -> after, cut short */
  readonly detail: string;
  /** what stands there now; empty for changes of whole files */
  readonly replacement: string;
  readonly files: Files;
}

interface Edit {
  readonly target: string;
  readonly from: number;
  readonly to: number;
  readonly text: string;
}
type Operator = (text: string, random: Random) => Edit | undefined;

/** All matches of a pattern; the first one that the random choice takes. */
function anyMatch(text: string, pattern: RegExp, random: Random): RegExpExecArray | undefined {
  const matches = [...text.matchAll(pattern)];
  return matches.length === 0 ? undefined : random.pick(matches);
}

const replaceMatch = (match: RegExpExecArray, target: string, text: string): Edit => ({
  target,
  from: match.index,
  to: match.index + match[0].length,
  text,
});

const ATTRIBUTE = /\s([\w:]+)="([^"]*)"/g;
const LEAF = /<([\w:]+)((?:\s[^<>]*?)?)(?:\/>|>([^<]*)<\/\1>)/g;
const NUMBER = /(?<![\w.])[-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?(?![\w.])/g;
const PARAMETER = /^([ \t]*)(\w+)([ \t]*=[ \t]*)(.*)$/gm;

/** A name with one letter left out, doubled or swapped. */
function misspelt(name: string, random: Random): string {
  const at = random.integer(0, Math.max(0, name.length - 2));
  return random.pick([
    name.slice(0, at) + name.slice(at + 1),
    name.slice(0, at) + name[at] + name.slice(at),
    name.slice(0, at) + (name[at + 1] ?? '') + name[at] + name.slice(at + 2),
    name.toLowerCase() === name ? name.toUpperCase() : name.toLowerCase(),
  ]);
}

function otherNumber(number: string, random: Random): string {
  const value = Number(number);
  return random.pick([
    String(value * 1.5),
    String(-value),
    '0',
    String(value * 1000),
    'nan',
    'inf',
    '1e300',
    '-999',
    `${number}x`,
    number.replace('.', ','),
    '',
  ]);
}

/** What encloses a place in an XML text: the last opening tag or attribute before it. */
function nameAt(text: string, at: number): string {
  const before = text.slice(0, at);
  const attribute = /([\w:]+)="[^"]*$/.exec(before.slice(before.lastIndexOf('<')));
  return attribute?.[1] ?? /<([\w:]+)[^<]*$/.exec(before)?.[1] ?? '';
}

const XML: Readonly<Record<string, Operator>> = {
  'drop attribute': (text, random) => {
    const match = anyMatch(text, ATTRIBUTE, random);
    return match && replaceMatch(match, match[1], '');
  },
  'duplicate attribute': (text, random) => {
    const match = anyMatch(text, ATTRIBUTE, random);
    return match && replaceMatch(match, match[1], match[0] + match[0]);
  },
  'rename attribute': (text, random) => {
    const match = anyMatch(text, ATTRIBUTE, random);
    return match && replaceMatch(match, match[1], match[0].replace(match[1], misspelt(match[1], random)));
  },
  'drop element': (text, random) => {
    const match = anyMatch(text, LEAF, random);
    return match && replaceMatch(match, match[1], '');
  },
  'duplicate element': (text, random) => {
    const match = anyMatch(text, LEAF, random);
    return match && replaceMatch(match, match[1], match[0] + match[0]);
  },
  'rename element': (text, random) => {
    const match = anyMatch(text, LEAF, random);
    return match && replaceMatch(match, match[1], match[0].replaceAll(match[1], misspelt(match[1], random)));
  },
  'change number': (text, random) => {
    const body = text.indexOf('?>') + 2;
    const match = anyMatch(text.slice(body), NUMBER, random);
    if (!match) return undefined;
    const from = body + match.index;
    const name = nameAt(text, from);
    return { target: name, from, to: from + match[0].length, text: otherNumber(match[0], random) };
  },
  'unescaped character': (text, random) => {
    const match = anyMatch(text, ATTRIBUTE, random);
    return match && replaceMatch(match, match[1], ` ${match[1]}="${random.pick(['A & B', 'A < B', 'A " B'])}"`);
  },
};

const INI: Readonly<Record<string, Operator>> = {
  'drop parameter': (text, random) => {
    const match = anyMatch(text, PARAMETER, random);
    return match && replaceMatch(match, match[2], '');
  },
  'duplicate parameter': (text, random) => {
    const match = anyMatch(text, PARAMETER, random);
    return match && replaceMatch(match, match[2], `${match[0]}\n${match[0]}`);
  },
  'rename parameter': (text, random) => {
    const match = anyMatch(text, PARAMETER, random);
    return match && replaceMatch(match, match[2], match[1] + misspelt(match[2], random) + match[3] + match[4]);
  },
  'change number': (text, random) => {
    const match = anyMatch(text, PARAMETER, random);
    const number = match && anyMatch(match[4], NUMBER, random);
    if (!match || !number) return undefined;
    const from = match.index + match[0].length - match[4].length + number.index;
    return { target: match[2], from, to: from + number[0].length, text: otherNumber(number[0], random) };
  },
  'empty value': (text, random) => {
    const match = anyMatch(text, PARAMETER, random);
    return match && replaceMatch(match, match[2], match[1] + match[2] + match[3]);
  },
};

/** Start of a cell of a line, and its text. */
function cellOf(
  text: string,
  random: Random,
  header: boolean,
): { from: number; cell: string; column: string } | undefined {
  const lines = text.split('\n');
  const first = lines.findIndex((line) => !line.startsWith('#'));
  const body = lines.map((_, k) => k).filter((k) => (header ? k === first : k > first && lines[k].trim() !== ''));
  if (body.length === 0) return undefined;
  const row = random.pick(body);
  const cells = lines[row].split(',');
  const c = random.integer(0, cells.length - 1);
  const before = lines.slice(0, row).reduce((sum, line) => sum + line.length + 1, 0);
  const from = before + cells.slice(0, c).reduce((sum, cell) => sum + cell.length + 1, 0);
  return { from, cell: cells[c], column: lines[first].split(',')[c] ?? '' };
}

const CSV: Readonly<Record<string, Operator>> = {
  'rename column': (text, random) => {
    const found = cellOf(text, random, true);
    return (
      found && {
        target: found.cell,
        from: found.from,
        to: found.from + found.cell.length,
        text: misspelt(found.cell, random),
      }
    );
  },
  'change number': (text, random) => {
    const found = cellOf(text, random, false);
    if (!found || Number.isNaN(Number(found.cell))) return undefined;
    const text_ = otherNumber(found.cell, random);
    return { target: found.column, from: found.from, to: found.from + found.cell.length, text: text_ };
  },
  'drop cell': (text, random) => {
    const found = cellOf(text, random, false);
    return found && { target: found.column, from: found.from, to: found.from + found.cell.length + 1, text: '' };
  },
  'duplicate line': (text, random) => {
    const lines = text.trimEnd().split('\n');
    const row = random.integer(0, lines.length - 1);
    const from = lines.slice(0, row).reduce((sum, line) => sum + line.length + 1, 0);
    return { target: row === 0 ? 'header' : 'row', from, to: from, text: `${lines[row]}\n` };
  },
};

const WHOLE: Readonly<Record<string, (bytes: Buffer, random: Random) => Buffer>> = {
  truncate: (bytes, random) => bytes.subarray(0, random.integer(0, bytes.length - 1)),
  'byte-order mark': (bytes) => Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), bytes]),
  'UTF-16': (bytes) => Buffer.from(`\ufeff${bytes.toString('utf8')}`, 'utf16le'),
  'Windows line ends': (bytes) => Buffer.from(bytes.toString('utf8').replaceAll('\n', '\r\n')),
  'a byte of noise': (bytes, random) => {
    const out = Buffer.from(bytes);
    if (out.length > 0) out[random.integer(0, out.length - 1)] = random.pick([0, 0xff, 0x80, 0x1b]);
    return out;
  },
  'empty file': () => Buffer.alloc(0),
};

/** Whether two texts are one, or one number. */
function isSame(before: string, after: string): boolean {
  return before === after || (before !== '' && after !== '' && Number(before) === Number(after));
}

/** One random change; the same random numbers give the same. Tries operators until one fits the file. */
export function mutate(files: Files, random: Random): Mutation {
  const names = [...files.keys()].sort();
  for (;;) {
    const file = random.pick(names);
    const bytes = files.get(file)!;
    const replaced = (kind: string, target: string, detail: string, changed: Buffer, replacement = ''): Mutation => ({
      kind,
      file,
      target,
      replacement,
      detail: detail.replace(/\s+/g, ' ').slice(0, 160),
      files: new Map([...files, [file, changed]]),
    });
    if (random.chance(0.15)) {
      const kind = random.pick([...Object.keys(WHOLE), 'swap files', 'drop file']);
      if (kind === 'drop file')
        return { ...replaced(kind, '', '', bytes), files: new Map([...files].filter(([name]) => name !== file)) };
      if (kind === 'swap files') {
        const other = random.pick(names);
        if (other === file) continue;
        const swapped = new Map([...files, [file, files.get(other)!], [other, bytes]]);
        return { ...replaced(kind, other, '', bytes), files: swapped };
      }
      const changed = WHOLE[kind](bytes, random);
      if (changed.equals(bytes)) continue;
      return replaced(kind, '', `${bytes.length} -> ${changed.length} bytes`, changed);
    }
    const operators = file.endsWith('.xml') ? XML : file.endsWith('.ini') ? INI : CSV;
    const kind = random.pick(Object.keys(operators));
    const text = bytes.toString('utf8');
    const edit = operators[kind](text, random);
    if (!edit || isSame(text.slice(edit.from, edit.to), edit.text)) continue;
    const { from, to, target } = edit;
    const detail = `${text.slice(Math.max(0, from - 20), to)} -> ${edit.text}`;
    return replaced(kind, target, detail, Buffer.from(text.slice(0, from) + edit.text + text.slice(to)), edit.text);
  }
}
