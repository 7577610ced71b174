/**
 * Amplification of the ground motion of each rupture: the distribution of the motion on rock is cut into intervals, and each
 * interval is spread over the levels by the distribution of the amplification factor there (docs/hazard.md, Site amplification).
 */
import type { LevelGrid } from '../exceedance/level-grid.js';
import { contributionOf, type Contribution } from '../exceedance/accumulate.js';
import { tabulatedExceedance, type ExceedanceTable } from '../exceedance/truncated-normal.js';
import type { ContextBatch, Requirements } from '../contexts/context-batch.js';
import type { GroundMotion } from '../gmm/model.js';
import { classOfRupture, soilExceedance, type SiteAmplification } from './functions.js';

/** Points of the grid of rock levels, from so many of the largest sigmas below the levels to as many above. */
const POINTS = 40;
const SIGMAS = 4;

/** Amplification functions, made ready for the levels of a calculation. */
export class AmplificationKernel {
  /** what batches must hold besides the wants of the models */
  readonly requires: Requirements = { rupture: ['mag'], distances: ['rrup'], site: [] };
  /** [measures][POINTS]: ln g on rock; motion outside is not counted */
  private readonly ln: readonly Float64Array[];
  private readonly middles: readonly Float64Array[];
  /** [functions][classes][measures] of [intervals x levels], made when first needed */
  private readonly exceedances: (Float64Array | undefined)[][][];
  private readonly occurrence = new Float64Array(POINTS - 1);
  private readonly mixed: Float64Array;

  /** `levels` by measure: g, ascending, above 0. */
  constructor(
    private readonly amplification: SiteAmplification,
    private readonly levels: readonly Float64Array[],
    private readonly grid: LevelGrid,
  ) {
    const reach = SIGMAS * amplification.largestSigma;
    this.ln = levels.map((row) => {
      const low = Math.log(row[0]) - reach;
      const high = Math.log(row[row.length - 1]) + reach;
      return Float64Array.from({ length: POINTS }, (_, n) => low + (n * (high - low)) / (POINTS - 1));
    });
    this.middles = this.ln.map((ln) =>
      Float64Array.from({ length: POINTS - 1 }, (_, n) => (Math.exp(ln[n]) + Math.exp(ln[n + 1])) / 2),
    );
    this.exceedances = amplification.functions.map(({ classes }) => classes.map(() => []));
    this.mixed = new Float64Array(grid.size);
  }

  /**
   * Adds factor x contribution of every context of the batch to the array [sites x levels] of its rate row: the only one of
   * `totals` when the batch has no rate rows.
   * `firstSite` is the number of the first site of the tile. For a mixture of models the
   * probability of exceedance is the weighted sum over `motions`.
   */
  add(
    batch: ContextBatch,
    motions: readonly { readonly weight: number; readonly motion: GroundMotion }[],
    table: ExceedanceTable,
    { contribution, factor }: { readonly contribution: Contribution; readonly factor: number },
    totals: readonly Float64Array[],
    firstSite: number,
  ): void {
    const { start, site, ruptures, mag, rrup } = batch;
    const { first, size } = this.grid;
    const { functions, siteFunctions } = this.amplification;
    const { mixed } = this;
    for (let m = 0; m < first.length - 1; m++) {
      const firstLevel = first[m];
      const lastLevel = first[m + 1];
      for (let r = 0; r < ruptures; r++) {
        const rate = batch.rates[r];
        const total = totals[batch.row[r]];
        for (let i = start[r]; i < start[r + 1]; i++) {
          const soil = siteFunctions[firstSite + site[i]];
          const number = classOfRupture(functions[soil].classes, mag[r], rrup[i]);
          const exceedance = (this.exceedances[soil][number][m] ??= this.exceedance(soil, number, m));
          mixed.fill(0, firstLevel, lastLevel);
          for (let c = 0; c < motions.length; c++) {
            const { weight, motion } = motions[c];
            this.addExceedance(m, table, weight, motion.mean[m][i], motion.total[m][i], exceedance);
          }
          const row = site[i] * size;
          for (let l = firstLevel; l < lastLevel; l++)
            total[row + l] +=
              factor * contributionOf(contribution, mixed[l], rate, batch.probabilities[r], batch.weights[r]);
        }
      }
    }
  }

  /** Adds weight x P(exceedance on the soil) of the levels of measure m to `mixed`. mean in ln g. */
  private addExceedance(
    m: number,
    table: ExceedanceTable,
    weight: number,
    mean: number,
    sigma: number,
    exceedance: Float64Array,
  ): void {
    const { occurrence, mixed } = this;
    const { first } = this.grid;
    const ln = this.ln[m];
    const count = first[m + 1] - first[m];
    let above = tabulatedExceedance(table, (ln[0] - mean) / sigma);
    for (let n = 1; n < POINTS; n++) {
      const probability = tabulatedExceedance(table, (ln[n] - mean) / sigma);
      occurrence[n - 1] = weight * (above - probability);
      above = probability;
    }
    for (let n = 0; n < POINTS - 1; n++) {
      const probability = occurrence[n];
      if (probability === 0) continue;
      for (let l = 0; l < count; l++) mixed[first[m] + l] += probability * exceedance[n * count + l];
    }
  }

  private exceedance(soil: number, number: number, m: number): Float64Array {
    const { curves } = this.amplification.functions[soil].classes[number];
    return soilExceedance(curves[m], this.middles[m], this.levels[m]);
  }
}
