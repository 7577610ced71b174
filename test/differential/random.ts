/** Random choices that depend on a seed alone (mulberry32 by T. Ettinger, in the public domain): the same on every machine. */
export class Random {
  private state: number;

  constructor(seed: number) {
    this.state = (seed * 0x9e3779b1 + 0x7f4a7c15) >>> 0;
  }

  /** uniform in [0, 1) */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let t = this.state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }

  real(low: number, high: number): number {
    return low + (high - low) * this.next();
  }

  /** both ends included */
  integer(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(items: readonly T[]): T {
    return items[Math.floor(this.next() * items.length)];
  }

  /** `count` different items, or all when there are fewer, in the order of the list. */
  some<T>(items: readonly T[], count: number): T[] {
    const rest = items.map((item, i) => ({ item, i }));
    while (rest.length > count) rest.splice(Math.floor(this.next() * rest.length), 1);
    return rest.map(({ item }) => item);
  }

  /** Weights with three decimals that add up to 1. */
  weights(count: number): number[] {
    const parts = Array.from({ length: count }, () => this.integer(1, 5));
    const total = parts.reduce((a, b) => a + b, 0);
    const rounded = parts.map((part) => Math.round((part / total) * 1000) / 1000);
    const rest = rounded.slice(1).reduce((a, b) => a + b, 0);
    return [Math.round((1 - rest) * 1000) / 1000, ...rounded.slice(1)];
  }
}
