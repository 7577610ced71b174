/**
 * calculation_mode = disaggregation. After the curves:
 *  1. the level of each site, measure and probability is read off the mean curve (or given by the job);
 *  2. the realizations to show are chosen, those nearest to the mean first;
 *  3. for each block of sources, realizations that use the same source groups with the same model share a variant: ruptures are
 *     gone through once, and every model adds to the variants that use it, in sparse cells (site, magnitude, distance, place);
 *  4. results are taken in the order of the tasks and added to the tables wanted, which are all that is held: never the product
 *     of all axes. The mean over the realizations shown is one more column;
 *  5. tables go to the file as probabilities.
 * Bins are laid out before the curves (bins-plan.ts). With more realizations than tables can hold only the mean is made: one variant, with the weights of the models in the mean.
 */
import { cellAt, type CellEdges } from '../../hazard/disaggregation/cell-sums.js';
import { probabilityToNumber } from '../../hazard/exceedance/occurrence.js';
import type { Disaggregation, Job } from '../../job/job.js';
import { disaggregatedLevels, type MeanCurves } from './levels.js';
import type { DisaggregationPlan } from './bins-plan.js';
import { SiteTables } from './tables.js';
import { realizationVariants, meanVariant, type Variants } from './variants.js';
import type { Run } from '../calculation-run.js';
import type { DisaggregatedCells, DisaggregationTask } from './disaggregation-task.js';
import { keptRealizations } from './kept-realizations.js';
import { runInOrder } from '../tasks/ordered-tasks.js';
import { type MeasuredSources, workOf, type WorkItem } from '../preclassical/work-items.js';
import { RealizationCurves } from '../postclassical/realization-curves.js';

/**
 * Disaggregates a job whose rates are in the file; nothing for jobs that do not ask for it. Errors: TaskFailed, Refusal when
 * no level can be found.
 */
export async function disaggregation(
  run: Run,
  { items }: MeasuredSources,
  plan: DisaggregationPlan | undefined,
): Promise<void> {
  const { job, file } = run;
  const { disaggregation: request } = job;
  if (!request || !plan) return;
  run.enter('disaggregation');
  const { edges, epsilon, lengths } = plan;
  const found = disaggregatedLevels(request, run);
  const kept = plan.single ? chosen(request, run, found) : undefined;
  const shown = kept?.[0].length ?? 0;
  const withMean = kept === undefined || shown > 1;
  const tables = edges.places.map(
    () => new SiteTables(request.tables, lengths, found.levels.length, shown + (withMean ? 1 : 0)),
  );
  const weights = kept && realizationWeights(job, kept);
  const variants: Variants = kept ? realizationVariants(job, kept) : meanVariant(run.meanWeights, edges.places.length);
  const task = (item: WorkItem): DisaggregationTask => {
    const own = variants.of(item.block.block);
    return {
      ...workOf(item),
      tile: [0, edges.places.length],
      variants: own.variants,
      variantsOfSite: own.variantsOfSite,
      mean: kept === undefined,
      bySource: false,
      levels: found.levels,
      edges,
      epsilon,
      epsilonStar: request.epsilonStar,
    };
  };
  await runInOrder(run, 'disaggregation', items.map(task), {
    take: (results, number) => {
      const { block } = items[number].block;
      const { columnsOfSite } = variants.of(block);
      const size = found.levels.length * lengths.Eps;
      const exclusive = block.interdependence?.sources === 'mutex';
      const into = { region: block.region, edges, tables, columnsOfSite, size };
      for (const cells of results) addResult(cells, into, weights && { weights, exclusive });
      run.progress((number + 1) / items.length);
    },
  });
  run.count(items.length);
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
function chosen(request: Disaggregation, { job, columns }: Run, { mean, rates }: MeanCurves): (readonly number[])[] {
  const { logicTree, groups, imts, parameters } = job;
  const size = imts.reduce((sum, measure) => sum + measure.levels.length, 0);
  const curves = new RealizationCurves(logicTree, groups, columns, size, parameters.investigationTime);
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

/** Where the cells of a block belong. */
interface BlockTables {
  readonly region: number;
  readonly edges: CellEdges;
  readonly tables: readonly SiteTables[];
  readonly columnsOfSite: readonly (readonly number[])[];
  /** numbers of a cell and column */
  readonly size: number;
}

/** Adds the cells of a task to the tables of their sites: to every realization, and to the mean over them. */
function addResult(
  { cells, values, width }: DisaggregatedCells,
  { region, edges, tables, columnsOfSite, size }: BlockTables,
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
