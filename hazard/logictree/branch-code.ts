/** Characters of branch codes in their order: no backslash, quotation mark, comma, dot, tilde or soft hyphen. */
const ALPHABET = [
  'ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}',
  "!#$%&'()*+-/0123456789:;<=>?@",
  ...Array.from({ length: 0x100 - 0xa1 }, (_, i) => (0xa1 + i === 0xad ? '' : String.fromCharCode(0xa1 + i))),
].join('');

/** No branch set holds more branches. */
export const MOST_BRANCHES = ALPHABET.length;

/** One character for a branch by its number in its set. */
export function branchCode(number: number): string {
  return ALPHABET[number % MOST_BRANCHES];
}

/** Two characters for a branch of the first set of the source-model tree. */
export function modelCode(number: number): string {
  return ALPHABET[Math.floor(number / MOST_BRANCHES)] + branchCode(number);
}
