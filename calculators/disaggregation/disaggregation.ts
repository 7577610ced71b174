/**
 * calculation_mode = disaggregation. After the curves:
 *  1. the level of each site, measure and probability is read off the mean curve (or given by the job);
 *  2. the realizations to show are chosen, those nearest to the mean first;
 *  3. for each block of sources, realizations that use the same source groups with the same model share a variant: ruptures are
 *     gone through once, and every model adds to the variants that use it, in sparse cells (site, magnitude, distance, place);
 *  4. results are taken in the order of the tasks and added to the tables wanted, which are all that is held: never the product
 *     of all axes. The mean over the realizations shown is one more column;
 *  5. tables go to the file as probabilities.
 * Bins are laid out before the curves (disaggregation-plan.ts). With more realizations than tables can hold only the mean is made: one variant, with the weights of the models in the mean.
 */
import type { CalculationFile } from '../../datastore/calculation-file.js';
import { cellAt, type CellEdges } from '../../hazard/disaggregation/cell-sums.js';
import { type RateColumn } from '../../hazard/logictree/choice-model.js';
import { probabilityToNumber } from '../../hazard/exceedance/occurrence.js';
import type { Disaggregation, Job } from '../../job/job.js';
import { disaggregatedLevels, type MeanCurves } from './levels.js';
import type { DisaggregationPlan } from './bins-plan.js';
import { SiteTables } from './tables.js';
import { realizationVariants, meanVariant, type Variants } from './variants.js';
import type { DisaggregationCellsResult } from './cells-task.js';
import type { Distributor, Monitor } from '../tasks/distributor.js';
import { keptRealizations } from '../postclassical/kept-realizations.js';
import { runInOrder } from '../tasks/ordered-tasks.js';
import type { WorkItem } from '../preclassical/preclassical.js';
import { RealizationRates } from '../postclassical/realization-rates.js';

export interface DisaggregationInput {
  readonly job: Job;
  readonly file: CalculationFile;
  readonly columns: readonly RateColumn[];
  readonly plan: DisaggregationPlan;
  readonly items: readonly WorkItem[];
  readonly distributor: Distributor;
  readonly monitor: Monitor;
}

/**
 * Disaggregates a job whose rates are in the file. Errors: RangeError when no level can be found.
 */
export async function disaggregate(request: Disaggregation, input: DisaggregationInput): Promise<void> {
  const { job, file, plan, items, distributor, monitor, columns } = input;
  const { edges, epsilon, lengths } = plan;
  const found = disaggregatedLevels(request, job, columns, file, monitor);
  const kept = plan.single ? chosen(request, input, found) : undefined;
  const shown = kept?.[0].length ?? 0;
  const withMean = kept === undefined || shown > 1;
  const tables = edges.places.map(
    () => new SiteTables(request.tables, lengths, found.levels.length, shown + (withMean ? 1 : 0)),
  );
  const weights = kept && realizationWeights(job, kept);
  const variants: Variants = kept ? realizationVariants(job, kept) : meanVariant(job, edges.places.length);
  await runInOrder(
    items.length,
    distributor.workers,
    (number) => {
      const { block, ranges } = items[number];
      const own = variants.of(block.block);
      return distributor.run('disaggregationCells', {
        number,
        block: block.number,
        blob: block.blob,
        ranges,
        variants: own.variants,
        variantsOfSite: own.variantsOfSite,
        mean: kept === undefined,
        levels: found.levels,
        edges,
        epsilon,
        epsilonStar: request.epsilonStar,
      });
    },
    (result) => {
      const { block } = items[result.number].block;
      const { columnsOfSite } = variants.of(block);
      const size = found.levels.length * lengths.Eps;
      const exclusive = block.interdependence?.sources === 'mutex';
      addResult(result, block.region, edges, tables, columnsOfSite, size, weights && { weights, exclusive });
      monitor.progress(0.98, 'disaggregation');
    },
  );
  const layout = file.disaggregation;
  layout.create({ request, edges, epsilon, kept, levels: found.values, poes: found.poes, withMean });
  tables.forEach((ofSite, site) => {
    layout.writeTotals(site, ofSite.totalProbabilities(0, shown));
    if (shown > 0)
      for (const { name, values } of ofSite.probabilities(0, shown)) layout.writeTable('rlzs', name, site, values);
    if (withMean)
      for (const { name, values } of ofSite.probabilities(shown, shown + 1))
        layout.writeTable('stats', name, site, values);
  });
}

/** Realizations shown at each site. */
function chosen(
  request: Disaggregation,
  { job, columns }: DisaggregationInput,
  { mean, rates }: MeanCurves,
): (readonly number[])[] {
  const { logicTree, groups, imts, parameters } = job;
  const size = imts.reduce((sum, measure) => sum + measure.levels.length, 0);
  const curves = new RealizationRates(logicTree, groups, columns, size, parameters.investigationTime);
  // with levels of its own the reference compares at the one of the first measure
  const compared = request.poes.length > 0 ? size : imts[0].levels.length;
  return mean.map((curve, site) => {
    curves.site(rates(site));
    const single = (first: number, last: number, out: Float32Array): void => curves.probabilities(first, last, out);
    return [...keptRealizations(request, logicTree.realizations.length, curve, compared, single)];
  });
}

/** Weight in the mean by site, measure and realization shown: as in the reference not divided by their sum. */
function realizationWeights({ logicTree, imts }: Job, kept: readonly (readonly number[])[]): Float64Array[][] {
  return kept.map((numbers) => {
    const rows = numbers.map((number) => logicTree.realizations.at(number));
    return imts.map(({ imt }) =>
      Float64Array.from(rows, ({ weight, weightsByImt }) => weightsByImt?.[imt.name] ?? weight),
    );
  });
}

/** Adds the cells of a task to the tables of their sites: to every realization, and to the mean over them. */
function addResult(
  { cells, values, width }: DisaggregationCellsResult,
  region: number,
  edges: CellEdges,
  tables: readonly SiteTables[],
  columnsOfSite: readonly (readonly number[])[],
  size: number,
  mean: { readonly weights: readonly (readonly Float64Array[])[]; readonly exclusive: boolean } | undefined,
): void {
  const sum = new Float64Array(size);
  for (let row = 0; row < cells.length; row++) {
    const cell = cellAt(edges, cells[row]);
    const table = tables[cell.site];
    const variantOfColumn = columnsOfSite[cell.site];
    variantOfColumn.forEach((variant, column) => {
      if (variant >= 0) table.add(region, cell, column, values, row * width + variant * size);
    });
    if (!mean || variantOfColumn.length < 2) continue;
    sum.fill(0);
    const weights = mean.weights[cell.site];
    const perMeasure = size / weights.length;
    for (let z = 0; z < variantOfColumn.length; z++) {
      if (variantOfColumn[z] < 0) continue;
      const first = row * width + variantOfColumn[z] * size;
      for (let j = 0; j < size; j++) {
        const number = values[first + j];
        // the mean of exclusive sources is one of probabilities
        sum[j] += weights[Math.floor(j / perMeasure)][z] * (mean.exclusive ? -Math.expm1(-number) : number);
      }
    }
    if (mean.exclusive) for (let j = 0; j < size; j++) sum[j] = sum[j] > 0 ? probabilityToNumber(sum[j]) : 0;
    table.add(region, cell, variantOfColumn.length, sum, 0);
  }
}
