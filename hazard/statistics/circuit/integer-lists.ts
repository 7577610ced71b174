const SPREAD = 0x9e3779b1;
const MIX = 0x85ebca6b;

/** Whole numbers added one after another; the array grows by doubling. */
export class GrowingIntegers {
  data: Int32Array = new Int32Array(64);
  length = 0;

  push(value: number): void {
    if (this.length === this.data.length) {
      const larger = new Int32Array(2 * this.length);
      larger.set(this.data);
      this.data = larger;
    }
    this.data[this.length++] = value;
  }

  /** The values so far, in an array of their own. */
  values(): Int32Array {
    return this.data.slice(0, this.length);
  }
}

/** Lists of whole numbers, each held once: equal lists have the same number, from 0 in the order of first appearance. */
export class IntegerLists {
  private readonly values = new GrowingIntegers();
  private readonly starts = new GrowingIntegers();
  private hashes: Int32Array = new Int32Array(64);
  /** list number + 1 by place, 0 where free; of a length that is a power of 2 */
  private table: Int32Array = new Int32Array(128);

  constructor() {
    this.starts.push(0);
  }

  get size(): number {
    return this.starts.length - 1;
  }

  /** All lists one after another; list i is [start(i), end(i)). */
  get data(): Int32Array {
    return this.values.data;
  }
  start(list: number): number {
    return this.starts.data[list];
  }
  end(list: number): number {
    return this.starts.data[list + 1];
  }

  /** Number of the list source[from, to). */
  intern(source: ArrayLike<number>, from = 0, to = source.length): number {
    let hash = to - from;
    for (let k = from; k < to; k++) {
      hash = Math.imul(hash ^ source[k], SPREAD);
      hash ^= hash >>> 15;
    }
    hash = Math.imul(hash, MIX);
    hash ^= hash >>> 13;
    const mask = this.table.length - 1;
    let place = hash & mask;
    for (let found = this.table[place]; found !== 0; found = this.table[place]) {
      if (this.hashes[found - 1] === hash && this.equals(found - 1, source, from, to)) return found - 1;
      place = (place + 1) & mask;
    }
    return this.add(hash, place, source, from, to);
  }

  private equals(list: number, source: ArrayLike<number>, from: number, to: number): boolean {
    const start = this.start(list);
    if (this.end(list) - start !== to - from) return false;
    const data = this.data;
    for (let k = from; k < to; k++) if (data[start + k - from] !== source[k]) return false;
    return true;
  }

  private add(hash: number, place: number, source: ArrayLike<number>, from: number, to: number): number {
    const list = this.size;
    for (let k = from; k < to; k++) this.values.push(source[k]);
    this.starts.push(this.values.length);
    if (list === this.hashes.length) {
      const larger = new Int32Array(2 * list);
      larger.set(this.hashes);
      this.hashes = larger;
    }
    this.hashes[list] = hash;
    this.table[place] = list + 1;
    if (2 * this.size > this.table.length) this.enlarge();
    return list;
  }

  private enlarge(): void {
    const table = new Int32Array(2 * this.table.length);
    const mask = table.length - 1;
    for (let list = 0; list < this.size; list++) {
      let place = this.hashes[list] & mask;
      while (table[place] !== 0) place = (place + 1) & mask;
      table[place] = list + 1;
    }
    this.table = table;
  }
}
