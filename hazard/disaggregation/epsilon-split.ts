/** How the exceedance probability of a rupture spreads over bins of epsilon (docs/hazard.md, Disaggregation). */
import { truncatedExceedance } from '../exceedance/truncated-normal.js';
import { normalCdf } from '../exceedance/normal.js';

/** Splits an exceedance probability over bins of epsilon between the truncation levels. */
export class EpsilonSplit {
  /** number of bins */
  readonly bins: number;
  /** exceedance probability at each edge, cut at the truncation */
  private readonly atEdge: Float64Array;
  /** mass beyond the truncation at each side, before it is cut */
  private readonly tail: number;

  /**
   * edges: ascending, sigmas. star: the whole probability goes to the bin in which the level itself lies, and nothing is
   * counted for a level outside the edges.
   */
  constructor(
    private readonly edges: Float64Array,
    private readonly truncation: number,
    private readonly star = false,
  ) {
    this.bins = edges.length - 1;
    this.tail = normalCdf(-truncation);
    this.atEdge = edges.map((edge) => this.exceedance(Math.min(truncation, Math.max(-truncation, edge))));
  }

  /**
   * Adds weight x probability of every bin to out[0 .. bins - 1], for a level at epsilon = (ln level - mean) / sigma.
   * Bins above epsilon get the mass of the distribution in them, the bin of epsilon what is left of the exceedance
   * probability: with edges that end below the truncation that includes the mass above the last edge.
   */
  add(epsilon: number, weight: number, out: Float64Array): void {
    const { edges, atEdge, bins, truncation } = this;
    if (epsilon >= truncation) return;
    let below = 0;
    while (below < edges.length && edges[below] < epsilon) below++;
    if (this.star) {
      if (epsilon < edges[0] || epsilon >= edges[bins]) return;
      out[Math.max(0, below - 1)] += weight * this.exceedance(epsilon);
      return;
    }
    for (let bin = below; bin < bins; bin++) out[bin] += weight * (atEdge[bin] - atEdge[bin + 1]);
    if (below < 1 || below > bins) return;
    const above = atEdge[below] - atEdge[bins];
    out[below - 1] += weight * (this.exceedance(epsilon) - above);
  }

  private exceedance(epsilon: number): number {
    return truncatedExceedance(epsilon, this.truncation, this.tail);
  }
}
