/** Characters of branch codes in their order: no backslash, quotation mark, comma, dot, tilde or soft hyphen. */
const ALPHABET = [
  'ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}',
  "!#$%&'()*+-/0123456789:;<=>?@",
  ...Array.from({ length: 0x100 - 0xa1 }, (_, i) => (0xa1 + i === 0xad ? '' : String.fromCharCode(0xa1 + i))),
].join('');

/** Branches that one character tells apart; the reference has no larger branch sets. */
export const CODE_CHARACTERS = ALPHABET.length;

/** Characters that the codes of a set of this many branches take: one, as in the reference, and more only beyond its limit. */
export function codeWidth(branches: number): number {
  let width = 1;
  for (let reach = CODE_CHARACTERS; reach < branches; reach *= CODE_CHARACTERS) width++;
  return width;
}

/** Code of a branch by its number in its set: a number of `width` digits to the base 183, the highest first. */
export function branchCode(number: number, width = 1): string {
  let code = '';
  let rest = number;
  for (let digit = 0; digit < width; digit++) {
    code = ALPHABET[rest % CODE_CHARACTERS] + code;
    rest = Math.floor(rest / CODE_CHARACTERS);
  }
  return code;
}

/** Code of a branch of the first set of the source-model tree: two characters, more only in sets beyond 33,489 branches. */
export function modelCode(number: number, branches = 0): string {
  return branchCode(number, Math.max(2, codeWidth(branches)));
}
