import type { Attachment, Block } from './blocks.js';
import { Card, type CardKind } from './card.js';
import { namedBranches, type DescribedBranchSet } from './description.js';
import { framed, type Item } from './flow.js';
import type { FoldedSet } from './fold.js';
import { at } from './svg-text.js';

/** between two steps of a branching: room for the lines */
const STEP = 64;
/** between boxes of one step */
const BETWEEN = 18;
/** Lines are drawn up to these sizes; beyond them the rows name the sets below. */
const MOST_SETS = 40;
const MOST_LINES = 150;
const MOST_ROWS = 80;
/** A branching may be wider than the rest of the drawing. */
const MOST_WIDTH = 2400;
const BRACE = 18;
/** from the boxes to the lines that run below them, and between these lines */
const LANES_TOP = 14;
const LANE = 9;

function kindOf({ uncertaintyType }: DescribedBranchSet): CardKind {
  return uncertaintyType === 'sourceModel' || uncertaintyType === 'extendModel' ? 'model' : 'change';
}

/** A set with the restricted sets that follow it: joined by lines if there are few, else side by side with names in the rows. */
export function branchingItem(
  block: Block,
  folded: ReadonlyMap<DescribedBranchSet, FoldedSet>,
  mostWidth: number,
): Item {
  const { root, attachments } = block;
  if (attachments.length === 0) return new Card(folded.get(root)!, { kind: kindOf(root), mostWidth });
  const sets = [root, ...attachments.map(({ set }) => set)];
  const lines = attachments.reduce((sum, { below }) => sum + below.length, 0);
  const rows = sets.reduce((most, set) => Math.max(most, folded.get(set)!.shown.length), 0);
  if (attachments.length <= MOST_SETS && lines <= MOST_LINES && rows <= MOST_ROWS) {
    const cards = sets.map((set) => new Card(folded.get(set)!, { kind: kindOf(set), mostWidth, oneColumn: true }));
    const branching = new Branching(attachments, cards);
    if (branching.width <= Math.max(mostWidth, MOST_WIDTH)) return branching;
  }
  const setsBelow = new Map<string, string[]>();
  for (const { set } of attachments)
    for (const id of namedBranches(set)) setsBelow.set(id, [...(setsBelow.get(id) ?? []), set.id]);
  const cards = sets.map(
    (set) => new Card(folded.get(set)!, { kind: kindOf(set), mostWidth: mostWidth - 28, setsBelow }),
  );
  return framed(cards, mostWidth);
}

/** Boxes from left to right by their step from the first set, with a line from every named branch to the set below it. */
class Branching implements Item {
  readonly width: number;
  readonly height: number;
  readonly entry: number;
  private readonly places: ReadonlyMap<Card, readonly [left: number, top: number]>;
  /** right edges of the steps */
  private readonly edges: readonly number[];
  private readonly depths: ReadonlyMap<Card, number>;
  /** sets that hang on branches more than one step before them: their lines run below the boxes, each set's in a lane */
  private readonly lanes: ReadonlyMap<Card, number>;
  /** height of the boxes */
  private readonly floor: number;
  /** card and row of every branch */
  private readonly cardOf: ReadonlyMap<string, Card>;

  /** @param cards of the first set, then of the attachments in their order */
  constructor(
    private readonly attachments: readonly Attachment[],
    private readonly cards: readonly Card[],
  ) {
    this.cardOf = new Map(cards.flatMap((card) => card.set.branches.map(({ id }) => [id, card] as const)));
    const steps: Card[][] = [[cards[0]]];
    for (const [k, { depth }] of attachments.entries()) (steps[depth] ??= []).push(cards[k + 1]);
    this.depths = new Map(steps.flatMap((step, depth) => step.map((card) => [card, depth] as const)));
    const places = new Map<Card, [number, number]>();
    const edges: number[] = [];
    let left = 0;
    for (const step of steps) {
      this.stack(step, left, places);
      edges.push(left + step.reduce((width, card) => Math.max(width, card.width), 0));
      left = edges[edges.length - 1] + STEP;
    }
    this.edges = edges;
    const far = cards.filter((card) => this.parentsOf(card).some(([parent]) => this.isFar(parent, card)));
    this.lanes = new Map(far.map((card, lane) => [card, lane]));
    const bottom = Math.max(...[...places].map(([card, [, top]]) => top + card.height));
    const highest = Math.min(...[...places.values()].map(([, top]) => top));
    for (const place of places.values()) place[1] -= highest;
    this.floor = bottom - highest;
    this.height = this.floor + (far.length > 0 ? LANES_TOP + LANE * far.length : 0);
    this.entry = places.get(cards[0])![1] + cards[0].height / 2;
    this.width = left - STEP + BRACE;
    this.places = places;
  }

  private isFar(parent: Card, card: Card): boolean {
    return this.depths.get(card)! > this.depths.get(parent)! + 1;
  }

  /** Puts the boxes of a step below one another, each as near to the branches it hangs on as the others let it. */
  private stack(step: readonly Card[], left: number, places: Map<Card, [number, number]>): void {
    const wished = step.map((card) => {
      const heights = this.parentsOf(card).map(([parent, row]) => places.get(parent)![1] + row);
      const middle = heights.length > 0 ? heights.reduce((a, b) => a + b, 0) / heights.length : card.height / 2;
      return { card, middle };
    });
    wished.sort((a, b) => a.middle - b.middle);
    const total = wished.reduce((sum, { card }) => sum + card.height + BETWEEN, -BETWEEN);
    const centre = wished.reduce((sum, { middle }) => sum + middle, 0) / wished.length;
    let top = centre - total / 2;
    for (const { card } of wished) {
      places.set(card, [left, top]);
      top += card.height + BETWEEN;
    }
  }

  /** Boxes and rows (height below their top) of the shown branches that a set hangs below. */
  private parentsOf(card: Card): (readonly [parent: Card, row: number])[] {
    const attachment = this.attachments[this.cards.indexOf(card) - 1] as Attachment | undefined;
    return (attachment?.below ?? []).flatMap((id) => {
      const parent = this.cardOf.get(id)!;
      const row = parent.heightOf(id);
      return row === undefined ? [] : [[parent, row] as const];
    });
  }

  draw(left: number, top: number): string {
    const lines = this.cards.map((card) => {
      const [x, y] = this.places.get(card)!;
      const [endX, endY] = [left + x, top + y + card.height / 2];
      const curves = this.parentsOf(card).map(([parent, row]) => {
        const [parentX, parentY] = this.places.get(parent)!;
        const [startX, startY] = [left + parentX + parent.width, top + parentY + row];
        if (this.isFar(parent, card)) {
          const lane = this.lanes.get(card)!;
          const laneY = top + this.floor + LANES_TOP + LANE * lane;
          const [down, up] = [left + this.edges[this.depths.get(parent)!] + 10 + (lane % 4) * 5, endX - 14];
          return `M${at(startX)} ${at(startY)}H${at(down - 5)}q5 0 5 5V${at(laneY - 5)}q0 5 5 5H${at(up - 5)}q5 0 5 -5V${at(endY + 5)}q0 -5 5 -5H${at(endX)}`;
        }
        const bend = STEP / 2;
        return `M${at(startX)} ${at(startY)}H${at(startX + 2)}C${at(startX + bend)} ${at(startY)} ${at(endX - bend)} ${at(endY)} ${at(endX)} ${at(endY)}`;
      });
      if (curves.length === 0) return '';
      const kind = kindOf(card.set);
      return `<path d="${curves.join('')}" class="hang ${kind}-line"/><circle cx="${at(endX)}" cy="${at(endY)}" r="3.5" class="${kind}-fill"/>`;
    });
    const boxes = this.cards.map((card) => {
      const [x, y] = this.places.get(card)!;
      return card.draw(left + x, top + y);
    });
    const [right, half] = [left + this.width, this.height / 2];
    const brace = `M${at(right - BRACE + 4)} ${at(top)}q6 0 6 8V${at(top + half - 8)}q0 8 8 8q-8 0 -8 8V${at(top + this.height - 8)}q0 8 -6 8`;
    return `${lines.join('')}${boxes.join('')}<path d="${brace}" class="join"/>`;
  }
}
