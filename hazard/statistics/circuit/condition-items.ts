import type { Choice, Condition, Conditional } from '../../logictree/choices.js';
import { GrowingIntegers, IntegerLists } from './integer-lists.js';

/**
 * The rows of a tree by condition. Rows that count under equal conditions make one bundle. An item is a bundle with what is
 * left of its condition after some choices are made; both are numbers.
 */
export class ConditionItems {
  /** item with the whole condition, by bundle */
  readonly whole: number[] = [];
  private readonly rows: number[][] = [];
  private readonly presenceOf = new Map<number, number>();
  /** terms of all bundles: the choice, and the list of branches allowed */
  private readonly termChoices = new GrowingIntegers();
  private readonly termBranches = new GrowingIntegers();
  private readonly branchLists = new IntegerLists();
  private readonly boxes = new IntegerLists();
  private readonly bundleOfBox = new Map<number, number>();
  /** content of an item: its bundle, then the terms that are left */
  private readonly items = new IntegerLists();
  /** item left when the term at a place is taken away, -1 where that was not asked for */
  private readonly reduced = new GrowingIntegers();
  private readonly bundleOfCondition = new Map<Condition, number | undefined>();

  constructor(
    private readonly choices: readonly Choice[],
    rows: readonly Conditional[],
  ) {
    rows.forEach(({ conditions }, row) => {
      for (const condition of conditions) {
        if (!this.bundleOfCondition.has(condition)) {
          const terms = this.terms(condition);
          this.bundleOfCondition.set(condition, terms && this.bundleOf(terms));
        }
        const bundle = this.bundleOfCondition.get(condition);
        if (bundle !== undefined) this.rows[bundle].push(row);
      }
    });
    choices.forEach((choice, number) => this.addPresence(choice, number));
  }

  /** Bundles of rows one after another, as the circuit has them. */
  bundles(): { starts: Int32Array; rows: Int32Array } {
    const starts = new Int32Array(this.rows.length + 1);
    this.rows.forEach((rows, bundle) => (starts[bundle + 1] = starts[bundle] + rows.length));
    return { starts, rows: Int32Array.from(this.rows.flat()) };
  }

  bundle(item: number): number {
    return this.items.data[this.items.start(item)];
  }
  hasRows(item: number): boolean {
    return this.rows[this.bundle(item)].length > 0;
  }
  /** The choice that an item only tells to be met, -1 for an item that has rows. */
  presence(item: number): number {
    return this.presenceOf.get(this.bundle(item)) ?? -1;
  }
  /** Terms left of an item: [firstTerm, endTerm) are places for `choiceAt`; none when the item holds. */
  firstTerm(item: number): number {
    return this.items.start(item) + 1;
  }
  endTerm(item: number): number {
    return this.items.end(item);
  }
  choiceAt(place: number): number {
    return this.termChoices.data[this.items.data[place]];
  }

  /** Place of the term on `choice`, or -1. */
  placeOf(item: number, choice: number): number {
    const end = this.endTerm(item);
    for (let place = this.firstTerm(item); place < end; place++) if (this.choiceAt(place) === choice) return place;
    return -1;
  }

  /** Branches that the term at `place` allows, ascending: branches[firstBranch(place), endBranch(place)). */
  get branches(): Int32Array {
    return this.branchLists.data;
  }
  firstBranch(place: number): number {
    return this.branchLists.start(this.termBranches.data[this.items.data[place]]);
  }
  endBranch(place: number): number {
    return this.branchLists.end(this.termBranches.data[this.items.data[place]]);
  }

  /** The item without its term at `place`. */
  without(item: number, place: number): number {
    while (this.reduced.length <= place) this.reduced.push(-1);
    const known = this.reduced.data[place];
    if (known >= 0) return known;
    const start = this.items.start(item);
    const content = Array.from(this.items.data.subarray(start, this.items.end(item)));
    content.splice(place - start, 1);
    const less = this.items.intern(content);
    this.reduced.data[place] = less;
    return less;
  }

  /** Tells the paths through a choice apart where it is met, rows or not: a bundle without rows that names all branches. */
  private addPresence({ weights, met }: Choice, number: number): void {
    if (weights.length < 2) return;
    const every = this.branchLists.intern(Array.from(weights, (_, branch) => branch));
    for (const condition of met ?? [new Map()]) {
      const terms = this.terms(condition)?.filter(([choice]) => choice !== number);
      if (terms) this.presenceOf.set(this.bundleOf([...terms, [number, every]]), number);
    }
  }

  private bundleOf(terms: readonly (readonly [number, number])[]): number {
    const box = this.boxes.intern([...terms].sort((a, b) => a[0] - b[0]).flat());
    let bundle = this.bundleOfBox.get(box);
    if (bundle === undefined) {
      bundle = this.rows.length;
      this.bundleOfBox.set(box, bundle);
      this.rows.push([]);
      const places: number[] = [];
      for (let k = this.boxes.start(box); k < this.boxes.end(box); k += 2) {
        places.push(this.termChoices.length);
        this.termChoices.push(this.boxes.data[k]);
        this.termBranches.push(this.boxes.data[k + 1]);
      }
      this.whole.push(this.items.intern([bundle, ...places]));
    }
    return bundle;
  }

  /** Choices that a condition restricts with the lists of branches allowed; undefined when it can never hold. */
  private terms(condition: Condition): (readonly [number, number])[] | undefined {
    const terms: (readonly [number, number])[] = [];
    for (const [choice, branches] of condition) {
      const size = this.choices[choice]?.weights.length ?? 0;
      let before = -1;
      for (const branch of branches) {
        if (!(branch > before && branch < size && Number.isInteger(branch)))
          throw new RangeError(
            `condition on choice ${choice}: branch ${branch} is not one of ${size}, or out of order`,
          );
        before = branch;
      }
      if (branches.length === 0) return undefined;
      if (branches.length < size) terms.push([choice, this.branchLists.intern(branches)]);
    }
    return terms;
  }
}
