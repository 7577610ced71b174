import { readInPieces } from '../files/file-chunks.js';

/** `&` that begins an entity or a character reference. */
const REFERENCE = /^&(?:#\d+|#x[0-9a-fA-F]+|[A-Za-z_:][\w:.-]*);/;
const LONGEST_REFERENCE = 64;
/** Parts in which `&` is an ordinary character. */
const PARTS: readonly (readonly [open: string, close: string])[] = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
];

/**
 * The line (first is 1) of the first `&` of an XML file that is not escaped, or undefined: parsers look for the `;` behind it and
 * tell of something else, far below. For files that are broken; the encoding must have ASCII in its place.
 */
export async function lineOfBareAmpersand(path: string): Promise<number | undefined> {
  let line = 1;
  let rest = '';
  let close: string | undefined;
  let found: number | undefined;
  const take = (text: string, last: boolean): void => {
    rest += text;
    const end = last ? rest.length : rest.length - LONGEST_REFERENCE;
    let i = 0;
    for (; i < end && found === undefined; i++) {
      const character = rest[i];
      if (character === '\n') line++;
      else if (close !== undefined) {
        if (rest.startsWith(close, i)) close = undefined;
      } else if (character === '<') close = PARTS.find(([open]) => rest.startsWith(open, i))?.[1];
      else if (character === '&' && !REFERENCE.test(rest.slice(i, i + LONGEST_REFERENCE))) found = line;
    }
    rest = rest.slice(i);
  };
  await readInPieces(path, (bytes) => {
    if (found === undefined) take(bytes.toString('latin1'), false);
  });
  if (found === undefined) take('', true);
  return found;
}
