/** A line of two texts: in both, only in the first (taken away), or only in the second (added). */
export interface DifferenceLine {
  readonly kind: 'same' | 'gone' | 'new';
  readonly text: string;
}

/** Cells of the table of common lines that are filled at most: 2,000 lines changed into 2,000 others. */
const MOST_CELLS = 4_000_000;

/**
 * The shortest way from one text to another by lines (longest common subsequence, after what begins and ends alike is set aside);
 * undefined where the texts differ too much for that.
 */
export function lineDifference(before: readonly string[], after: readonly string[]): DifferenceLine[] | undefined {
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) head++;
  let tail = 0;
  while (
    tail < before.length - head &&
    tail < after.length - head &&
    before[before.length - 1 - tail] === after[after.length - 1 - tail]
  )
    tail++;
  const a = before.slice(head, before.length - tail);
  const b = after.slice(head, after.length - tail);
  if (a.length * b.length > MOST_CELLS) return undefined;
  const width = b.length + 1;
  const common = new Int32Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      common[i * width + j] =
        a[i] === b[j]
          ? common[(i + 1) * width + j + 1] + 1
          : Math.max(common[(i + 1) * width + j], common[i * width + j + 1]);
  const same = (text: string): DifferenceLine => ({ kind: 'same', text });
  const lines = before.slice(0, head).map(same);
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      lines.push(same(a[i++]));
      j++;
    } else if (j === b.length || (i < a.length && common[(i + 1) * width + j] >= common[i * width + j + 1]))
      lines.push({ kind: 'gone', text: a[i++] });
    else lines.push({ kind: 'new', text: b[j++] });
  }
  return [...lines, ...before.slice(before.length - tail).map(same)];
}
