import { at } from './svg-text.js';

/** Something with a place in the drawing; lines come in and go out at half its height, or come in at `entry`. */
export interface Item {
  readonly width: number;
  readonly height: number;
  /** pixels below the top */
  readonly entry?: number;
  draw(left: number, top: number): string;
}

/** Items in lines, as words in a text. */
export interface Flow {
  readonly width: number;
  readonly height: number;
  readonly lines: readonly FlowLine[];
}
interface FlowLine {
  readonly top: number;
  readonly height: number;
  readonly items: readonly { readonly item: Item; readonly left: number }[];
}

/** room for the sign between two sets */
const JOIN = 52;
/** between lines */
const LEADING = 26;

/** Breaks items into lines of `width` pixels at most, `gap` between them and `lead` before the first of a line. */
function breakLines(
  items: readonly Item[],
  width: number,
  gap: number,
  lead: (index: number) => number,
  firstAlone = false,
): Flow {
  const lines: FlowLine[] = [];
  let [top, widest] = [0, 0];
  let line: { item: Item; left: number }[] = [];
  let right = 0;
  const finish = (): void => {
    if (line.length === 0) return;
    const height = line.reduce((most, { item }) => Math.max(most, item.height), 0);
    lines.push({ top, height, items: line });
    top += height + LEADING;
    widest = Math.max(widest, right);
    line = [];
  };
  for (const [index, item] of items.entries()) {
    if ((firstAlone && index === 1) || right + gap + item.width > width) finish();
    const left = line.length === 0 ? lead(index) : right + gap;
    line.push({ item, left });
    right = left + item.width;
  }
  finish();
  return { width: widest, height: Math.max(0, top - LEADING), lines };
}

/** Sets of which each hangs below all that stands before it; `continued`: also the first one hangs below something. */
export function joinedFlow(items: readonly Item[], width: number, continued: boolean): Flow {
  return breakLines(items, width, JOIN, (index) => (index > 0 || continued ? JOIN : 0));
}

/** The first set, and below it the others side by side, without lines between them, in a frame. */
export function framed(items: readonly Item[], width: number): Item {
  const padding = 14;
  const flow = breakLines(items, width - 2 * padding, 16, () => 0, true);
  return {
    width: flow.width + 2 * padding,
    height: flow.height + 2 * padding,
    draw: (left, top) => {
      const box = `x="${at(left)}" y="${at(top)}" width="${at(flow.width + 2 * padding)}" height="${at(flow.height + 2 * padding)}"`;
      const inside = flow.lines.flatMap((line) =>
        line.items.map(({ item, left: x }) => item.draw(left + padding + x, top + padding + line.top)),
      );
      return `<rect ${box} rx="12" class="frame"/>${inside.join('')}`;
    },
  };
}

/** Draws joined sets, with a sign before each that hangs below what stands before it. */
export function drawJoined(flow: Flow, left: number, top: number): string {
  return flow.lines
    .flatMap((line) => {
      const middle = top + line.top + line.height / 2;
      return line.items.map(({ item, left: x }) => {
        const join = x > 0 ? drawJoin(left + x, middle, entryOf(item, middle), line.items[0].left === x) : '';
        return join + item.draw(left + x, middle - item.height / 2);
      });
    })
    .join('');
}

function entryOf(item: Item, middle: number): number {
  return item.entry === undefined ? middle : middle - item.height / 2 + item.entry;
}

/** A line from height `y` into the item at `right` and `entry`, with a sign of multiplication. */
function drawJoin(right: number, y: number, entry: number, first: boolean): string {
  const centre = right - JOIN / 2;
  const start = first ? centre : right - JOIN;
  return [
    `<path d="M${at(start)} ${at(y)}H${at(centre)}${y === entry ? '' : `V${at(entry)}`}H${at(right)}" class="join"/>`,
    `<circle cx="${at(centre)}" cy="${at(y)}" r="9" class="times"/>`,
    `<path d="M${at(centre - 3.5)} ${at(y - 3.5)}l7 7m0 -7l-7 7" class="join"/>`,
  ].join('');
}
