/** A whole calculation: preclassical, classical tile by tile, postclassical site by site, into one file. */
import { CalculationFile, type SourceInfo } from '../datastore/calculation-file.js';
import { freeBytes } from '../datastore/disk-space.js';
import { type RateColumn, rateColumns } from '../hazard/logictree/choice-model.js';
import { isSpecial } from '../hazard/logictree/logic-tree.js';
import type { Job } from '../job/job.js';
import { classicalTile, type TileRates } from './classical/classical.js';
import { planDisaggregation } from './disaggregation/bins-plan.js';
import { disaggregate } from './disaggregation/disaggregation.js';
import type { Distributor, Monitor } from './tasks/distributor.js';
import { checkRoomForRealizations } from './postclassical/wanted-statistics.js';
import { planBlocks } from './preclassical/source-blocks.js';
import { SMALLEST_NUMBER } from './postclassical/realization-rates.js';
import { SiteCurves } from './postclassical/site-curves.js';
import { sitesPerTask, statisticsRequest, type StatisticsRequest } from './postclassical/site-statistics.js';
import { cutWork, preclassical, type MeasuredBlock, type WorkItem } from './preclassical/preclassical.js';
import { postProcess } from './postprocessing/registry.js';
import { calculationSetup, coreId, keepsRatesBySource, meanWeights } from './tasks/calculation-setup.js';

/** Sites per tile, and floats of rates held for one tile (columns x sites x levels). */
const SITES_PER_TILE = 2000;
const FLOATS_PER_TILE = 16_000_000;

/** Sites between two steps of the progress bar. */
const SITES_PER_PROGRESS = 16;

/** Fractions of the progress bar. */
const PRECLASSICAL_SHARE = 0.1;
const CLASSICAL_SHARE = 0.97;

export interface CalculationSummary {
  readonly contexts: number;
  readonly ruptures: number;
  readonly sources: number;
  readonly tasks: number;
  readonly tiles: number;
}

/**
 * Runs a job and writes `path`. On any error the unfinished file is removed and the error thrown on.
 * Errors: TaskFailed for what goes wrong in a worker, RangeError for sources that are refused, DatastoreError.
 */
export async function runCalculation(
  job: Job,
  options: {
    readonly path: string;
    readonly distributor: Distributor;
    readonly monitor: Monitor;
    readonly startDate?: Date;
  },
): Promise<CalculationSummary> {
  const { path, distributor, monitor } = options;
  checkRoomForRealizations(job, freeBytes(path));
  const file = await CalculationFile.create(path, job, options.startDate ?? new Date());
  try {
    const summary = await compute(job, file, distributor, monitor);
    file.finish();
    monitor.progress(1, 'complete');
    return summary;
  } catch (error) {
    file.discard();
    throw error;
  }
}

async function compute(
  job: Job,
  file: CalculationFile,
  distributor: Distributor,
  monitor: Monitor,
): Promise<CalculationSummary> {
  const phases = new Phases();
  const columns = rateColumns(job.logicTree, job.groups);
  const statistics = statisticsRequest(job, columns);
  await distributor.open(calculationSetup(job, sitesPerTask(job) === undefined ? undefined : statistics));
  const regions = job.logicTree.groundMotion.map((set) => set.tectonicRegionType);
  const blocks = await preclassical(planBlocks(job.groups, regions), distributor, file, monitor, PRECLASSICAL_SHARE);
  const items = cutWork(blocks);
  const facts = blocks.flatMap((block) => block.facts);
  const ruptures = facts.reduce((sum, fact) => sum + fact.ruptures, 0);
  phases.end('preclassical', facts.length);
  monitor.log('INFO', `${facts.length} sources with ${ruptures} ruptures, ${items.length} tasks`);
  if (items.length === 0)
    monitor.log('WARNING', 'no site is within the maximum distance of any source: all curves are zero');
  file.writeSourceInfo(sourceInfo(blocks));
  if (job.parameters.calculationMode === 'preclassical') {
    file.writePerformance(phases.rows);
    return { contexts: 0, ruptures, sources: facts.length, tasks: items.length, tiles: 0 };
  }
  const plan = job.disaggregation && planDisaggregation(job.disaggregation, job, blocks, monitor);
  const totals = await classicalAndCurves(job, { columns, statistics, items }, file, distributor, monitor);
  phases.end('classical and postclassical', totals.contexts);
  if (job.disaggregation && plan) {
    await disaggregate(job.disaggregation, { job, file, columns, plan, items, distributor, monitor });
    phases.end('disaggregation', items.length);
  }
  if (job.postProcessing) {
    const weights = meanWeights(job);
    await postProcess(job.postProcessing, { job, file, blocks, items, weights, distributor, monitor });
    phases.end(`post-processing ${job.postProcessing.function}`, 1);
  }
  file.writePerformance(phases.rows);
  monitor.log('INFO', `${totals.contexts} rupture-site contexts`);
  return {
    contexts: totals.contexts,
    ruptures,
    sources: facts.length,
    tasks: items.length * totals.tiles,
    tiles: totals.tiles,
  };
}

/** Tile after tile: rates, then curves of its sites; nothing of a tile outlives it. */
async function classicalAndCurves(
  job: Job,
  {
    columns,
    statistics,
    items,
  }: {
    readonly columns: readonly RateColumn[];
    readonly statistics: StatisticsRequest | undefined;
    readonly items: readonly WorkItem[];
  },
  file: CalculationFile,
  distributor: Distributor,
  monitor: Monitor,
): Promise<{ contexts: number; tiles: number }> {
  const { imts } = job;
  const columnNumbers = new Map(columns.map(({ group, model }, number) => [`${group} ${model}`, number]));
  const levels = imts.map((measure) => measure.levels);
  const levelCount = levels.reduce((sum, row) => sum + row.length, 0);
  const siteCount = job.sites.points.size;
  const tileSize = Math.max(
    1,
    Math.min(SITES_PER_TILE, Math.floor(FLOATS_PER_TILE / (levelCount * Math.max(1, columns.length)))),
  );
  const tiles = Math.ceil(siteCount / tileSize);
  file.createRates(columns);
  const sourceIds = keepsRatesBySource(job) ? sourceNames(job) : [];
  if (sourceIds.length) file.createRatesBySource(sourceIds);
  const curves = new SiteCurves(job, file, distributor, columns, statistics);
  const work = items.reduce((sum, { seconds }) => sum + seconds, 0) * tiles || 1;
  let done = 0;
  let contexts = 0;
  const advance = (seconds: number): void => {
    done += seconds;
    monitor.progress(
      PRECLASSICAL_SHARE + (CLASSICAL_SHARE - PRECLASSICAL_SHARE) * Math.min(1, done / work),
      'classical',
    );
  };
  for (let tile = 0; tile < tiles; tile++) {
    const range = [tile * tileSize, Math.min(siteCount, (tile + 1) * tileSize)] as const;
    const columnOf = (group: number, model: number): number => columnNumbers.get(`${group} ${model}`)!;
    const rates = await classicalTile(items, range, columnOf, distributor, monitor, advance);
    contexts += rates.contexts;
    const share = (1 - CLASSICAL_SHARE) / tiles;
    await writeTile(rates, columns, levelCount, file, curves, (fraction) =>
      monitor.progress(CLASSICAL_SHARE + share * (tile + fraction), 'postclassical'),
    );
    if (sourceIds.length) writeBySource(rates, sourceIds, levelCount, file);
  }
  curves.finish();
  return { contexts, tiles };
}

async function writeTile(
  rates: TileRates,
  columns: readonly RateColumn[],
  levelCount: number,
  file: CalculationFile,
  curves: SiteCurves,
  onProgress: (fraction: number) => void,
): Promise<void> {
  const ofSite = new Float32Array(columns.length * levelCount);
  for (let site = rates.first; site < rates.last; site++) {
    const from = (site - rates.first) * levelCount;
    ofSite.fill(0);
    const rows = columns.map((_, number) => {
      const row = rates.columns.get(number)?.subarray(from, from + levelCount);
      if (row) ofSite.set(row, number * levelCount);
      return row;
    });
    if (columns.length) file.writeSiteRates(site, ofSite);
    await curves.add(rows);
    if (site % SITES_PER_PROGRESS === 0) onProgress((site + 1 - rates.first) / (rates.last - rates.first));
  }
  await curves.flush();
}

/** Names under which mean rates by source are listed, sorted. */
function sourceNames(job: Job): string[] {
  const names = job.groups.flatMap((group) => {
    const ids = group.sources.map((source) => coreId(source.id));
    return isSpecial(group.interdependence) ? [[...new Set(ids)].join('+')] : ids;
  });
  return [...new Set(names)].sort();
}

/** Rates [sites x levels x sources] of a tile. */
function writeBySource(rates: TileRates, ids: readonly string[], levelCount: number, file: CalculationFile): void {
  const sites = rates.last - rates.first;
  const values = new Float64Array(sites * levelCount * ids.length);
  ids.forEach((id, s) => {
    const own = rates.bySource.get(id);
    if (!own) return;
    for (let k = 0; k < own.length; k++) values[k * ids.length + s] = own[k] < SMALLEST_NUMBER ? 0 : own[k];
  });
  file.writeRatesBySource(rates.first, rates.last, values);
}

function sourceInfo(blocks: readonly MeasuredBlock[]): SourceInfo[] {
  return blocks.flatMap(({ block, facts }) =>
    facts.map((fact, k): SourceInfo => ({
      id: fact.id,
      group: block.sources[k].groups[0],
      code: fact.code,
      seconds: fact.seconds,
      sites: fact.closeSites,
      ruptures: fact.ruptures,
      weight: fact.weight,
      mutexWeight: block.sources[k].source.mutexWeight ?? 1,
      region: block.region,
    })),
  );
}

/** Wall time and memory by phase, for the results. */
class Phases {
  readonly rows: { operation: string; seconds: number; memoryMb: number; counts: number }[] = [];
  private begin = performance.now();

  end(operation: string, counts: number): void {
    const now = performance.now();
    this.rows.push({
      operation,
      seconds: (now - this.begin) / 1000,
      memoryMb: process.memoryUsage.rss() / 2 ** 20,
      counts,
    });
    this.begin = now;
  }
}
