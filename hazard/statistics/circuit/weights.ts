import { type ChoiceCircuit, LEAF, MIXTURE, PRODUCT } from './circuit.js';

/** Weights of one measure laid on a circuit. */
export interface CircuitWeights {
  /** false when a choice has no weight above 0: nothing can be drawn then, and statistics are 0 */
  readonly any: boolean;
  /** sum of the weights of the branches behind a part of a mixture [parts] */
  readonly total: Float64Array;
  /** smallest of these weights [parts] */
  readonly smallest: Float64Array;
  /** smallest weight of a single path through a node [nodes] */
  readonly smallestPath: Float64Array;
}

/** weights: [choices][branches]; each choice is divided by its sum. */
export function layWeights(circuit: ChoiceCircuit, weights: readonly ArrayLike<number>[]): CircuitWeights {
  const { kinds, choices, choiceSizes, partStarts, parts, branchStarts, branches } = circuit;
  const shares = Array.from(choiceSizes, (size, choice) => normalized(weights[choice], size, choice));
  const total = new Float64Array(parts.length);
  const smallest = new Float64Array(parts.length);
  const smallestPath = new Float64Array(kinds.length);
  for (let node = 0; node < kinds.length; node++) {
    let least = kinds[node] === MIXTURE ? Infinity : 1;
    for (let e = partStarts[node]; e < partStarts[node + 1] && kinds[node] !== LEAF; e++) {
      if (kinds[node] === PRODUCT) {
        least *= smallestPath[parts[e]];
        continue;
      }
      const share = shares[choices[node]];
      let sum = 0;
      let edge = Infinity;
      for (let k = branchStarts[e]; k < branchStarts[e + 1]; k++) {
        sum += share[branches[k]];
        edge = Math.min(edge, share[branches[k]]);
      }
      total[e] = sum;
      smallest[e] = edge;
      least = Math.min(least, edge * smallestPath[parts[e]]);
    }
    smallestPath[node] = least;
  }
  return { any: shares.every((share) => share.some((weight) => weight > 0)), total, smallest, smallestPath };
}

function normalized(weights: ArrayLike<number>, size: number, choice: number): Float64Array {
  if (weights.length !== size)
    throw new RangeError(`choice ${choice} has ${size} branches, but ${weights.length} weights are given`);
  const share = Float64Array.from(weights);
  const sum = share.reduce((before, weight) => before + weight, 0);
  if (sum > 0 && sum !== 1) for (let branch = 0; branch < size; branch++) share[branch] /= sum;
  return share;
}
