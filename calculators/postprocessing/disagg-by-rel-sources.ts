/**
 * Disaggregation of the sources that matter: for each site, measure and level given, the sources whose mean rate of
 * exceedance is more than a tenth of the largest one, each alone by magnitude, distance and epsilon.
 */
import type { DisaggregatedLevel } from '../../hazard/disaggregation/contributions.js';
import { cellAt, type CellEdges } from '../../hazard/disaggregation/cell-sums.js';
import { binEdges, type BinEdges } from '../../hazard/disaggregation/edges.js';
import { coreId } from '../../hazard/sources/source-id.js';
import type { Job, RelevantSources } from '../../job/job.js';
import type { Run } from '../calculation-run.js';
import type { DisaggregatedCells, DisaggregationTask } from '../disaggregation/disaggregation-task.js';
import { groupName } from '../classical/occurrence-rules.js';
import { type MeasuredBlock, type MeasuredSources, workOf, type WorkItem } from '../preclassical/work-items.js';
import { weightsOfBlock } from '../tasks/mean-weights.js';
import { runInOrder } from '../tasks/ordered-tasks.js';

/** A source counts when its rate exceeds this share of the largest one. */
const RELEVANT_SHARE = 0.1;
/** One bin for all places: these tables do not tell them apart. */
const WHOLE_EARTH = { lon: Float64Array.of(-180, 180), lat: Float64Array.of(-90, 90) };
/** Numbers of tables held at the same time: 32 MB. */
const NUMBERS_HELD = 4_000_000;

/** `disagg_by_rel_sources.main`: the sources that contribute most to given levels, each spread over its bins. */
export async function relevantSources(request: RelevantSources, run: Run, sources: MeasuredSources): Promise<void> {
  const { job, file, monitor } = run;
  const edges = edgesOf(request, job, sources.blocks);
  const measures = request.imts.map((name) => job.imts.findIndex(({ imt }) => imt.name === name));
  for (const { site, levels } of request.levels) {
    const relevant = measures.map((measure, k) => relevantAt(run, site, measure, levels[k]));
    const ids = [...new Set(relevant.flat())].sort();
    monitor.log('INFO', `site ${site}: ${ids.length} relevant sources`);
    const wanted = measures.map((measure, k): DisaggregatedLevel => ({
      measure,
      levels: Float64Array.of(job.imts[measure].imt.kind === 'MMI' ? levels[k] : Math.log(levels[k])),
    }));
    file.postProcessing.createSourceDisaggregation(site, { ids, imts: request.imts, levels, edges });
    for (const [first, slice] of slices(ids, cellCount(edges) * measures.length)) {
      const tables = await disaggregate(run, sources, site, new Set(slice), wanted, edges);
      slice.forEach((id, k) => {
        const table = tables.get(id);
        if (!table) return;
        keepRelevant(table, relevant, id);
        file.postProcessing.writeSourceTable(site, first + k, measures.length, table);
      });
    }
  }
}

/** Slices of a list, each with the number of its first item, whose tables of `size` numbers may be held together. */
function* slices(ids: readonly string[], size: number): Generator<[number, string[]]> {
  const count = Math.max(1, Math.floor(NUMBERS_HELD / size));
  for (let first = 0; first < ids.length; first += count) yield [first, ids.slice(first, first + count)];
}

function cellCount({ magnitude, distance, epsilon }: BinEdges): number {
  return (magnitude.length - 1) * (distance.length - 1) * (epsilon.length - 1);
}

function edgesOf({ bins }: RelevantSources, job: Job, blocks: readonly MeasuredBlock[]): BinEdges {
  let smallest = Infinity;
  let largest = -Infinity;
  for (const { facts } of blocks) {
    for (const { minimumMagnitude, maximumMagnitude } of facts) {
      smallest = Math.min(smallest, minimumMagnitude);
      largest = Math.max(largest, maximumMagnitude);
    }
  }
  let furthest = 0;
  for (const { distances } of job.filters.values()) furthest = Math.max(furthest, distances[distances.length - 1]);
  return binEdges(bins, [smallest, largest], furthest, job.parameters.truncationLevel);
}

/** Ids of the sources with more than a tenth of the largest rate; none where no source exceeds the level. */
function relevantAt({ job, file }: Run, site: number, measure: number, level: number): string[] {
  const { ids, rates } = file.readRatesBySource(site, measure);
  const { levels } = job.imts[measure];
  const atLevel = ids.map((_, s) => rateAtLevel(levels, (l) => rates[l * ids.length + s], level));
  const largest = atLevel.reduce((most, rate) => Math.max(most, rate), 0);
  return ids.filter((_, s) => atLevel[s] > RELEVANT_SHARE * largest);
}

/** Straight in ln rate over ln level between two levels, straight in the rate where one of them is 0; constant outside. */
export function rateAtLevel(levels: Float64Array, rate: (level: number) => number, level: number): number {
  const above = levels.findIndex((value) => value >= level);
  if (above <= 0) return rate(above < 0 ? levels.length - 1 : 0);
  const [low, high] = [rate(above - 1), rate(above)];
  const fraction = Math.log(level / levels[above - 1]) / Math.log(levels[above] / levels[above - 1]);
  if (low <= 0 || high <= 0) return low + fraction * (high - low);
  return Math.exp(Math.log(low) + fraction * Math.log(high / low));
}

/** Tables [measures x magnitudes x distances x epsilons] of one site by id of the source. */
async function disaggregate(
  run: Run,
  { items }: MeasuredSources,
  site: number,
  ids: ReadonlySet<string>,
  levels: readonly DisaggregatedLevel[],
  edges: BinEdges,
): Promise<Map<string, Float64Array>> {
  const work = items.map((item) => onlySources(item, ids)).filter(({ ranges }) => ranges.length > 0);
  const totals = new Map<string, Float64Array>();
  const ofCells: CellEdges = { ...edges, places: [WHOLE_EARTH] };
  const tasks = work.map((item): DisaggregationTask => ({
    ...workOf(item),
    tile: [site, site + 1],
    variants: [weightsOfBlock(item.block.block, run.meanWeights)],
    variantsOfSite: [[0]],
    mean: true,
    bySource: true,
    levels,
    edges: ofCells,
    epsilon: edges.epsilon,
    epsilonStar: false,
  }));
  await runInOrder(run, 'disaggregation', tasks, {
    take: (results) => {
      for (const result of results) {
        const id = result.source!;
        const total = totals.get(id) ?? new Float64Array(cellCount(edges) * levels.length);
        totals.set(id, total);
        addCells(result, ofCells, edges, total);
      }
    },
  });
  return totals;
}

/** Adds the cells of a source to its table. */
function addCells(
  { cells, values, width }: DisaggregatedCells,
  ofCells: CellEdges,
  { magnitude, distance, epsilon }: BinEdges,
  table: Float64Array,
): void {
  const [magnitudes, distances, bins] = [magnitude.length - 1, distance.length - 1, epsilon.length - 1];
  cells.forEach((number, row) => {
    const cell = cellAt(ofCells, number);
    for (let level = 0; level * bins < width; level++) {
      const into = ((level * magnitudes + cell.magnitude) * distances + cell.distance) * bins;
      for (let bin = 0; bin < bins; bin++) table[into + bin] += values[row * width + level * bins + bin];
    }
  });
}

/** The part of a work item that is about some sources. */
function onlySources({ block, ranges }: WorkItem, ids: ReadonlySet<string>): Pick<WorkItem, 'block' | 'ranges'> {
  const { interdependence, sources } = block.block;
  if (interdependence) return { block, ranges: ids.has(groupName(block.block)) ? ranges : [] };
  return { block, ranges: ranges.filter(({ source }) => ids.has(coreId(sources[source].source.id))) };
}

/** Empties the measures of a table for which its source is not relevant. */
function keepRelevant(table: Float64Array, relevant: readonly (readonly string[])[], id: string): void {
  const size = table.length / relevant.length;
  relevant.forEach((ids, k) => {
    if (!ids.includes(id)) table.fill(0, k * size, (k + 1) * size);
  });
}
