/** Kinds of the nodes of a circuit. */
export const LEAF = 0;
/** Kind of node: independent children. */
export const PRODUCT = 1;
/** Kind of node: one child out of several, by weight. */
export const MIXTURE = 2;

/**
 * A logic tree as an arithmetic circuit. Its nodes stand for the number of occurrences that the rows below them add up to:
 *  - leaf: the sum of some bundles, each the sum of some rows; no choice is left,
 *  - product: the sum of independent children (their generating functions multiply, hence the name),
 *  - mixture: the child of the branch drawn of one choice; branches with the same child share one edge.
 * A child has a smaller number than its parents, and equal parts are one node. Only typed arrays: can be posted to threads.
 *
 * A path draws one branch of every choice it meets. The circuit keeps apart paths that add up the same rows only where some
 * other row tells them apart; their number and weights can still be had from the branches of the edges.
 */
export interface ChoiceCircuit {
  readonly rows: number;
  /** branches by choice */
  readonly choiceSizes: Int32Array;
  /** bundle b is the sum of bundleRows[bundleStarts[b], bundleStarts[b + 1]); a row listed twice counts twice */
  readonly bundleStarts: Int32Array;
  readonly bundleRows: Int32Array;
  /** LEAF, PRODUCT or MIXTURE by node */
  readonly kinds: Uint8Array;
  /** choice of a mixture, -1 for the other kinds [nodes] */
  readonly choices: Int32Array;
  /** node n has parts[partStarts[n], partStarts[n + 1]): bundles of a leaf, children of the other kinds */
  readonly partStarts: Int32Array;
  readonly parts: Int32Array;
  /** branches that lead to part e of a mixture: branches[branchStarts[e], branchStarts[e + 1]) */
  readonly branchStarts: Int32Array;
  readonly branches: Int32Array;
  /** how often a node is a child [nodes] */
  readonly parents: Int32Array;
  readonly root: number;
}

/** Number of paths of the tree; a double, so exact up to 2^53. */
export function pathCount(circuit: ChoiceCircuit): number {
  const { kinds, partStarts, parts, branchStarts } = circuit;
  const counts = new Float64Array(kinds.length);
  for (let node = 0; node < kinds.length; node++) {
    let count = kinds[node] === MIXTURE ? 0 : 1;
    if (kinds[node] !== LEAF) {
      for (let e = partStarts[node]; e < partStarts[node + 1]; e++) {
        if (kinds[node] === PRODUCT) count *= counts[parts[e]];
        else count += (branchStarts[e + 1] - branchStarts[e]) * counts[parts[e]];
      }
    }
    counts[node] = count;
  }
  return counts[circuit.root];
}
