/**
 * The name among the known ones that a misspelt one stands for: equal but for case, blanks and `_`, one the beginning of the
 * other, or different by one or two letters (one in short names). Undefined when none is near.
 */
export function nearestName(written: string, known: Iterable<string>): string | undefined {
  if (written.length < 3 || written.length > LONGEST) return undefined;
  const plain = flattened(written);
  let best: string | undefined;
  let least = written.length < 6 ? 1.5 : 2.5;
  for (const name of known) {
    if (name === written) continue;
    const distance = distanceOf(plain, flattened(name), least);
    if (distance < least) [best, least] = [name, distance];
  }
  return best;
}

/** `Did you mean X?` as the end of a message, or nothing. */
export function didYouMean(written: string, known: Iterable<string>): string {
  const near = nearestName(written, known);
  return near === undefined ? '' : ` (did you mean ${near}?)`;
}

const LONGEST = 60;
/** Shorter beginnings say nothing. */
const SHORTEST_BEGINNING = 4;

function flattened(name: string): string {
  return name.toLowerCase().replace(/[\s_-]/g, '');
}

function distanceOf(a: string, b: string, least: number): number {
  if (a === b) return 0;
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  if (short.length >= SHORTEST_BEGINNING && long.startsWith(short)) return 1;
  return long.length - short.length >= least ? Infinity : editDistance(a, b);
}

/** Levenshtein distance. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next.push(Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[b.length];
}
