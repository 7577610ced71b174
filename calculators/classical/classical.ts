/**
 * Classical: annual exceedance rates, one tile of sites after another. The tasks of a tile are the work items of the sources;
 * their sums are added in the order of the items.
 */
import type { Job } from '../../job/job.js';
import type { Run } from '../calculation-run.js';
import { nothingNear } from '../preclassical/preclassical.js';
import { type MeasuredSources, workOf, type WorkItem } from '../preclassical/work-items.js';
import { sumInOrder } from '../tasks/ordered-tasks.js';
import type { Sums } from '../tasks/task-records.js';
import type { ClassicalTask } from './classical-task.js';
import { samplingOf, type RangeSums } from './range-shares.js';
import { RangeReport } from './range-warnings.js';
import { listedSources, writeRatesBySource } from './rates-by-source.js';

/** Sites per tile, and floats of rates held for one tile (columns x sites x levels). */
const SITES_PER_TILE = 2000;
const FLOATS_PER_TILE = 16_000_000;

/** Sites first .. last - 1. */
type Tile = readonly [first: number, last: number];

/** Rates of a tile of sites. */
export interface TileRates {
  readonly tile: Tile;
  /** annual exceedance rates [tile sites x levels] by column number; absent columns are zero */
  readonly columns: ReadonlyMap<number, Float64Array>;
  /** with disagg_by_src: mean annual rates [tile sites x levels] by source id */
  readonly bySource: ReadonlyMap<string, Float64Array>;
}

/** Rates of tile after tile, written to the file; nothing of a tile outlives it. Errors: TaskFailed. */
export async function* classical(run: Run, { items }: MeasuredSources): AsyncGenerator<TileRates> {
  const { job, file, columns } = run;
  const levelCount = job.imts.reduce((sum, { levels }) => sum + levels.length, 0);
  const tiles = rateTiles(job, columns.length);
  const names = listedSources(job);
  file.createRates(columns);
  if (names.length) file.createRatesBySource(names);
  const work = items.reduce((sum, { seconds }) => sum + seconds, 0) * tiles.length || 1;
  let done = 0;
  const advance = (item: WorkItem): void => run.progress((done += item.seconds) / work);
  let contexts = 0;
  const sampling = samplingOf(estimatedContexts(items));
  const ranges = new RangeReport();
  for (const tile of tiles) {
    run.enter('classical');
    const rates = new TileSums(run, tile, sampling, ranges);
    await rates.compute(items, advance);
    writeTileRates(run, rates);
    if (names.length) writeRatesBySource(file, tile, names, rates.bySource, levelCount);
    run.count(rates.contexts);
    contexts += rates.contexts;
    yield rates;
  }
  run.monitor.log('INFO', `${contexts} rupture-site contexts`);
  if (contexts === 0 && items.length > 0) nothingNear(run);
  await ranges.write(job.imts, sampling / job.sites.points.size, run.monitor);
}

/** Ruptures times sites, as the preclassical phase has counted them. */
function estimatedContexts(items: readonly WorkItem[]): number {
  const blocks = new Set(items.map(({ block }) => block));
  return [...blocks].reduce((sum, { facts }) => sum + facts.reduce((s, { weight }) => s + weight, 0), 0);
}

/** The sites of a job, in tiles whose rates can be held. */
export function rateTiles({ imts, sites: { points } }: Job, columnCount: number): Tile[] {
  const sites = points.size;
  const floatsPerSite = imts.reduce((sum, { levels }) => sum + levels.length, 0) * Math.max(1, columnCount);
  const size = Math.max(1, Math.min(SITES_PER_TILE, Math.floor(FLOATS_PER_TILE / floatsPerSite)));
  return Array.from(
    { length: Math.ceil(sites / size) },
    (_, k) => [k * size, Math.min(sites, (k + 1) * size)] as const,
  );
}

/** Rates of a site [levels] by column, undefined where there are none. */
export function ratesOfSite(
  { tile, columns }: TileRates,
  site: number,
  columnCount: number,
  levelCount: number,
): (Float64Array | undefined)[] {
  const from = (site - tile[0]) * levelCount;
  return Array.from({ length: columnCount }, (_, number) => columns.get(number)?.subarray(from, from + levelCount));
}

/** What the sums of a tile are written down in. */
interface TileCounts {
  readonly contexts: number;
  /** of all tiles so far */
  readonly ranges: readonly RangeSums[];
}
interface ColumnPiece {
  readonly column: number;
  readonly rates: Float64Array;
}
interface SourcePiece {
  readonly source: string;
  readonly rates: Float64Array;
}

/** The sums of one tile. */
class TileSums implements TileRates {
  readonly columns = new Map<number, Float64Array>();
  readonly bySource = new Map<string, Float64Array>();
  contexts = 0;
  private readonly columnNumbers: ReadonlyMap<string, number>;

  constructor(
    private readonly run: Run,
    readonly tile: Tile,
    private readonly sampling: number,
    private readonly ranges: RangeReport,
  ) {
    this.columnNumbers = new Map(run.columns.map(({ group, model }, number) => [`${group} ${model}`, number]));
  }

  /** Runs the tasks of the tile. `advance` is told of every item that is done. */
  async compute(items: readonly WorkItem[], advance: (item: WorkItem) => void): Promise<void> {
    const { run, tile } = this;
    const task = (item: WorkItem): ClassicalTask => ({
      ...workOf(item),
      tile,
      // exclusive groups and clusters are one piece
      budget: item.block.block.interdependence ? Infinity : run.budget,
      rangeSampling: this.sampling,
    });
    await sumInOrder(run, 'classical', items.map(task), {
      sums: this.kept(items, advance),
      rest: (payload, { rest, ...partial }, number) => {
        if (rest.length === 0) return undefined;
        if (payload.atMost === undefined)
          run.monitor.log('INFO', `task ${number} used up its ${run.budget} s; its rest goes on as a new task`);
        return { ...payload, ranges: rest, partial };
      },
      half: (payload) => {
        if (payload.budget === Infinity) return undefined;
        const units = payload.ranges.reduce((sum, { first, last }) => sum + last - first, 0);
        return { ...payload, atMost: Math.ceil(Math.min(units, payload.atMost ?? Infinity) / 2) };
      },
      take: ({ sums, bySource, contexts, ranges }, number) => {
        for (const { group, model, rates } of sums)
          addTo(this.columns, this.columnNumbers.get(`${group} ${model}`)!, rates);
        for (const { id, rates } of bySource) addTo(this.bySource, id, rates);
        this.ranges.add(ranges ?? []);
        this.contexts += contexts;
        advance(items[number]);
      },
    });
  }

  /** The sums as they are written down, and taken up by a run that goes on. */
  private kept(items: readonly WorkItem[], advance: (item: WorkItem) => void): Sums {
    return {
      bytes: () => {
        const arrays = [...this.columns.values(), ...this.bySource.values()];
        return arrays.reduce((sum, { byteLength }) => sum + byteLength, 0);
      },
      pieces: () => [
        { contexts: this.contexts, ranges: this.ranges.list() } satisfies TileCounts,
        ...[...this.columns].map(([column, rates]) => ({ column, rates }) satisfies ColumnPiece),
        ...[...this.bySource].map(([source, rates]) => ({ source, rates }) satisfies SourcePiece),
      ],
      restore: (pieces, tasks) => {
        for (const piece of pieces as Iterable<TileCounts | ColumnPiece | SourcePiece>)
          if ('column' in piece) this.columns.set(piece.column, piece.rates);
          else if ('source' in piece) this.bySource.set(piece.source, piece.rates);
          else {
            this.contexts = piece.contexts;
            this.ranges.restore(piece.ranges);
          }
        items.slice(0, tasks).forEach(advance);
      },
    };
  }
}

/** Writes the rates of every site of a tile. */
export function writeTileRates({ job, columns, file }: Run, rates: TileRates): void {
  const levelCount = job.imts.reduce((sum, { levels }) => sum + levels.length, 0);
  const ofSite = new Float32Array(columns.length * levelCount);
  const [first, last] = rates.tile;
  for (let site = first; site < last && columns.length > 0; site++) {
    ofSite.fill(0);
    ratesOfSite(rates, site, columns.length, levelCount).forEach((row, number) => {
      if (row) ofSite.set(row, number * levelCount);
    });
    file.writeSiteRates(site, ofSite);
  }
}

/** The first array of a key is taken over, later ones are added to it. */
function addTo<K>(totals: Map<K, Float64Array>, key: K, rates: Float64Array): void {
  const total = totals.get(key);
  if (!total) totals.set(key, rates);
  else for (let k = 0; k < rates.length; k++) total[k] += rates[k];
}
