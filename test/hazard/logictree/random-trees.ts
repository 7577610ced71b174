/** Random logic trees of the shapes that occur, and their enumeration path by path, as statistics are defined. */
import type { Choice, Condition, Conditional } from '../../../hazard/logictree/choices.js';

export interface RandomTree {
  readonly choices: Choice[];
  readonly rows: Conditional[];
  /** annual exceedance rates by row [levels], undefined for rows that do not reach the site */
  readonly rates: (Float64Array | undefined)[];
  readonly levels: number;
}

export const SHAPES = ['entangled', 'source-specific', 'regions', 'chain', 'restricted'] as const;
export type Shape = (typeof SHAPES)[number];

type Draw = () => number;

/** Numbers in [0, 1), the same for the same seed (a Weyl sequence, mixed). */
export function numbersFrom(seed: number): Draw {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
  };
}

export function randomTree(shape: Shape, seed: number): RandomTree {
  const draw = numbersFrom(seed);
  const levels = 1 + Math.floor(draw() * 4);
  const { choices, rows } = SHAPE_MAKERS[shape](draw);
  const slope = 2 + 6 * draw();
  const rates = rows.map(() => {
    if (draw() < 0.1) return undefined;
    // hazard falls by decades over the levels; rows differ by factors of 1.2 to 10
    const scale = 10 ** (-2 - 3 * draw());
    return Float64Array.from({ length: levels }, (_, l) => scale * 10 ** (-slope * (l / 4)) * (1 + 9 * draw()));
  });
  return { choices, rows, rates, levels };
}

const SHAPE_MAKERS: Readonly<Record<Shape, (draw: Draw) => { choices: Choice[]; rows: Conditional[] }>> = {
  entangled(draw) {
    const choices = Array.from({ length: count(draw, 1, 6) }, () => choice(draw, count(draw, 1, 3)));
    const box = (): Condition => {
      const pairs = choices.flatMap((_, c): [number, number[]][] =>
        draw() < 0.4 ? [[c, some(draw, choices, c)]] : [],
      );
      return new Map(pairs);
    };
    // a row with two conditions counts twice where both hold
    const rows = Array.from({ length: count(draw, 1, 12) }, () => ({
      conditions: Array.from({ length: draw() < 0.3 ? 2 : 1 }, box),
    }));
    return { choices, rows };
  },
  'source-specific'(draw) {
    const choices = [choice(draw, count(draw, 1, 3)), choice(draw, count(draw, 2, 4))];
    const rows: Conditional[] = [];
    for (let source = count(draw, 1, 5); source > 0; source--) {
      choices.push(choice(draw, count(draw, 1, 3)));
      const own = choices.length - 1;
      const inModels = some(draw, choices, 0);
      for (const branch of all(choices, own))
        for (const model of all(choices, 1)) rows.push(row([0, inModels], [own, [branch]], [1, [model]]));
    }
    return { choices, rows };
  },
  regions(draw) {
    const choices = [choice(draw, count(draw, 1, 5))];
    const rows: Conditional[] = [];
    for (let region = count(draw, 1, 4); region > 0; region--) {
      choices.push(choice(draw, count(draw, 1, 4)));
      const models = choices.length - 1;
      for (const sourceModel of all(choices, 0))
        if (draw() < 0.8)
          for (const model of all(choices, models)) rows.push(row([0, [sourceModel]], [models, [model]]));
    }
    return { choices, rows };
  },
  chain(draw) {
    const choices = Array.from({ length: count(draw, 2, 7) }, () => choice(draw, 2));
    const rows = choices
      .slice(1)
      .flatMap((_, c) => all(choices, c).flatMap((a) => all(choices, c + 1).map((b) => row([c, [a]], [c + 1, [b]]))));
    return { choices, rows };
  },
  restricted(draw) {
    const choices: Choice[] = [choice(draw, count(draw, 2, 4))];
    const rows: Conditional[] = [];
    for (let set = count(draw, 1, 5); set > 0; set--) {
      // met on some branches of the first set only
      const on = some(draw, choices, 0);
      choices.push({ ...choice(draw, count(draw, 2, 3)), met: [new Map([[0, on]])] });
      const own = choices.length - 1;
      for (const branch of all(choices, own)) if (draw() < 0.7) rows.push(row([0, on], [own, [branch]]));
    }
    rows.push(...all(choices, 0).map((branch) => row([0, [branch]])));
    return { choices, rows };
  },
};

/** Every path once: its weight, and its number of occurrences in `years` [levels][paths]. */
export function enumerate(
  tree: RandomTree,
  weights: readonly ArrayLike<number>[],
  years: number,
): { weights: Float64Array; numbers: Float64Array[] } {
  const { choices, rows, rates, levels } = tree;
  const pathWeights: number[] = [];
  const numbers = Array.from({ length: levels }, (): number[] => []);
  const path = choices.map(() => 0);
  do {
    const met = choices.map((set) => set.met?.some((condition) => holds(condition, path)) ?? true);
    if (path.some((branch, c) => !met[c] && branch > 0)) continue;
    pathWeights.push(path.reduce((product, branch, c) => product * (met[c] ? weights[c][branch] : 1), 1));
    for (let l = 0; l < levels; l++) {
      let sum = 0;
      rows.forEach(({ conditions }, r) => {
        for (const condition of conditions) {
          const number = (rates[r]?.[l] ?? 0) * years;
          if (number >= 1e-12 && holds(condition, path)) sum += number;
        }
      });
      numbers[l].push(Math.min(sum, 100));
    }
  } while (advance(path, choices));
  return { weights: Float64Array.from(pathWeights), numbers: numbers.map((row) => Float64Array.from(row)) };
}

/** Other weights for every choice, of sum 1. */
export function otherWeights(choices: readonly Choice[], seed: number): Float64Array[] {
  const draw = numbersFrom(seed);
  return choices.map(({ weights }) => choice(draw, weights.length).weights);
}

function advance(path: number[], choices: readonly Choice[]): boolean {
  for (let c = path.length - 1; c >= 0; c--) {
    if (++path[c] < choices[c].weights.length) return true;
    path[c] = 0;
  }
  return false;
}
function holds(condition: Condition, path: readonly number[]): boolean {
  for (const [c, branches] of condition) if (!branches.includes(path[c])) return false;
  return true;
}
function row(...terms: [number, number[]][]): Conditional {
  return { conditions: [new Map(terms)] };
}
function all(choices: readonly Choice[], c: number): number[] {
  return Array.from(choices[c].weights.keys());
}
/** Some branches of a choice, at least one. */
function some(draw: Draw, choices: readonly Choice[], c: number): number[] {
  const branches = all(choices, c);
  const kept = branches.filter(() => draw() < 0.5);
  return kept.length > 0 ? kept : [branches[Math.floor(draw() * branches.length)]];
}
function count(draw: Draw, least: number, most: number): number {
  return least + Math.floor(draw() * (most - least + 1));
}
/** A choice with uneven weights, now and then with one of 0. */
function choice(draw: Draw, branches: number): Choice {
  const weights = Float64Array.from({ length: branches }, () => 0.05 + draw());
  if (branches > 2 && draw() < 0.1) weights[Math.floor(draw() * branches)] = 0;
  const sum = weights.reduce((before, weight) => before + weight, 0);
  return { weights: weights.map((weight) => weight / sum) };
}
