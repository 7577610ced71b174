/** A list whose items are made when they are asked for: a tree of 10^12 paths has one of them as easily as a tree of ten. */
export class Sequence<T> implements Iterable<T> {
  /** @param length number of items; beyond 2^53 it is rounded, as are the numbers of the items there */
  constructor(
    readonly length: number,
    private readonly make: (index: number) => T,
  ) {}

  static of<T>(items: readonly T[]): Sequence<T> {
    return new Sequence(items.length, (index) => items[index]);
  }

  /** Errors: RangeError outside 0 .. length - 1. */
  at(index: number): T {
    if (!(index >= 0 && index < this.length)) throw new RangeError(`there is no item ${index} among ${this.length}`);
    return this.make(index);
  }

  *[Symbol.iterator](): Generator<T> {
    for (let index = 0; index < this.length; index++) yield this.make(index);
  }

  /** Items first .. last - 1. */
  slice(first: number, last: number): T[] {
    const end = Math.min(last, this.length);
    return Array.from({ length: Math.max(0, end - first) }, (_, i) => this.make(first + i));
  }
}
