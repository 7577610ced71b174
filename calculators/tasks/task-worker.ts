import { AmplificationKernel } from '../../hazard/amplification/kernel.js';
import { DISTANCE_KINDS, ContextBatch, type Requirements } from '../../hazard/contexts/context-batch.js';
import { RUPTURE_PARAMETERS } from '../../hazard/contexts/rupture-parameters.js';
import { GIVEN_ONLY } from '../../hazard/contexts/derived-distances.js';
import { parseImt, type Imt } from '../../hazard/gmm/imt.js';
import type { GroundMotionModel } from '../../hazard/gmm/model.js';
import type { ModelValidity } from '../../hazard/gmm/model-registry.js';
import { asGeometricMean, createModel, modelValidities } from '../../hazard/gmm/registry.js';
import { levelGrid, type LevelGrid } from '../../hazard/exceedance/level-grid.js';
import { exceedanceTable, type ExceedanceTable } from '../../hazard/exceedance/truncated-normal.js';
import { RateRows } from '../../hazard/contexts/rate-rows.js';
import { RowSums } from '../../hazard/exceedance/row-sums.js';
import { siteTile, type SiteCollection } from '../../hazard/site/site-collection.js';
import type { PreparedSource } from '../../hazard/sources/prepared-source.js';
import type { ContextRequest } from '../../hazard/contexts/context-request.js';
import { prepareSource, sourceKind } from '../../hazard/sources/registry.js';
import type { Source } from '../../hazard/sources/source.js';
import { decompressBlob, unpackBlob } from '../../hdf5/blob.js';
import { withoutMeasures } from '../../hazard/gmm/wrappers/weightless-measures.js';
import { refusal } from '../../hazard/refusal.js';
import { modelResources } from '../../inputs/logictree/model-resources.js';
import { RangeShares } from '../classical/range-shares.js';
import { RegionModels } from './region-models.js';
import { CurveStatistics } from '../postclassical/curve-statistics.js';
import type { CalculationSetup, RegionSetup } from './calculation-setup.js';
import type { SourceBlock } from './source-block.js';

/** Contexts per batch: a handful of columns then stays in the second-level cache. */
const BATCH_CAPACITY = 2048;
/** Rows in a table of rate rows, and numbers that a worker keeps for their sums: 48 MB. */
const RATE_ROWS_AT_LEAST = 2;
const RATE_ROWS_AT_MOST = 256;
const ROW_FLOATS = 6_000_000;
/**
 * Bytes of decoded blocks and prepared sources that are kept, beyond the block in use: what is prepared once serves the
 * measuring, the calculation and further tiles of sites. Meshes and numbers of ruptures are counted by the rupture.
 */
const BYTES_KEPT = 48_000_000;
const BYTES_PER_RUPTURE = 160;

interface DecodedBlock {
  readonly block: SourceBlock;
  readonly prepared: (PreparedSource | undefined)[];
  bytes: number;
}

/** Errors: Refusal for a model that needs what no source computes. */
function refuseGivenOnly({ id, requires }: GroundMotionModel): void {
  const missing = GIVEN_ONLY.filter((kind) => requires.distances.includes(kind));
  if (missing.length > 0) throw refusal('UNSUPPORTED', `${id} needs ${missing.join(', ')}, which no source computes`);
}

/** What the tasks of one worker share, kept from one task to the next. */
export class TaskWorker {
  readonly grid: LevelGrid;
  readonly table: ExceedanceTable;
  /** [levels of all measures] */
  readonly scratch: Float64Array;
  readonly mixed: Float64Array;
  /** where the ground motion of every rupture is amplified */
  readonly amplification: AmplificationKernel | undefined;
  /** id of the source that the present task has come to, for messages */
  source: string | undefined;
  /** signs of life, counted in memory that whoever waits for the task looks at */
  beats: Int32Array = new Int32Array(1);
  private siteStatistics: CurveStatistics | undefined;
  private readonly imts: readonly Imt[];
  /** the one used last at the end */
  private readonly blocks = new Map<number, DecodedBlock>();
  private lastUsed: DecodedBlock | undefined;
  private tile: { first: number; last: number; regions: (RegionTile | undefined)[] } | undefined;

  private constructor(
    readonly setup: CalculationSetup,
    private readonly models: readonly (readonly GroundMotionModel[])[],
    /** by region and model: where its components are valid */
    private readonly validities: readonly (readonly (readonly ModelValidity[])[])[],
  ) {
    this.imts = setup.imts.map(({ name }) => parseImt(name));
    const levels = setup.imts.map((measure) => measure.levels);
    this.grid = levelGrid(
      levels,
      this.imts.map((imt) => imt.kind !== 'MMI'),
    );
    this.table = exceedanceTable(setup.truncationLevel);
    this.scratch = new Float64Array(this.grid.size);
    this.mixed = new Float64Array(this.grid.size);
    this.amplification = setup.amplification && new AmplificationKernel(setup.amplification, levels, this.grid);
  }

  /** Makes the models of every region. Errors: Refusal naming model and argument. */
  static async open(setup: CalculationSetup): Promise<TaskWorker> {
    const resources = modelResources(setup.modelFolders);
    const models = await Promise.all(
      setup.regions.map((region) =>
        Promise.all(
          region.models.map(async (specification, k) => {
            const wanted = setup.geometricMean ? await asGeometricMean(specification) : specification;
            return withoutMeasures(await createModel(wanted, resources), new Set(region.weightlessMeasures?.[k]));
          }),
        ),
      ),
    );
    const validities = await Promise.all(
      setup.regions.map((region) => Promise.all(region.models.map((model) => modelValidities(model)))),
    );
    return new TaskWorker(setup, models, validities);
  }

  /** Made when first asked for. Errors: TypeError when the calculation makes its statistics elsewhere. */
  get statistics(): CurveStatistics {
    if (!this.setup.statistics) throw new TypeError('this calculation has no statistics in tasks');
    return (this.siteStatistics ??= new CurveStatistics(this.setup.statistics));
  }

  /** Says that the work goes on. */
  beat(): void {
    Atomics.add(this.beats, 0, 1);
  }

  block(number: number, blob: Uint8Array): SourceBlock {
    return this.decoded(number, blob).block;
  }

  /** A source of a block, ready to compute. */
  prepared(number: number, blob: Uint8Array, index: number): PreparedSource {
    const entry = this.decoded(number, blob);
    const work = entry.block.sources[index];
    this.source = work.source.id;
    this.beat();
    const known = entry.prepared[index];
    if (known) return known;
    const { discretization } = this.setup;
    // mutually exclusive sources and clusters are taken whole
    const parts = entry.block.interdependence ? { ...discretization, splitSources: false } : discretization;
    const prepared = prepareSource(work.source, parts, work.columns);
    entry.prepared[index] = prepared;
    entry.bytes += prepared.ruptureCount * BYTES_PER_RUPTURE;
    return prepared;
  }

  code(source: Source): string {
    return sourceKind(source.type).code;
  }

  /** The region against all sites that a sample needs. */
  region(number: number): RegionTile {
    return this.regionTile(number, [0, Math.min(this.setup.sites.points.size, BATCH_CAPACITY)]);
  }

  /** The region's models prepared for a tile of sites; kept while tasks stay on the tile. */
  regionTile(number: number, [first, last]: readonly [number, number]): RegionTile {
    if (this.tile?.first !== first || this.tile.last !== last) this.tile = { first, last, regions: [] };
    const { sites } = this.setup;
    const known = this.tile.regions[number];
    if (known) return known;
    const region = new RegionTile(
      this.setup.regions[number],
      { models: this.models[number], validities: this.validities[number] },
      {
        sites: first === 0 && last === sites.points.size ? sites : siteTile(sites, first, last),
        firstSite: first,
        fewSites: this.setup.fewSites,
      },
      this.imts,
      this.grid,
      this.amplification?.requires,
    );
    region.onBatch = () => this.beat();
    this.tile.regions[number] = region;
    return region;
  }

  private decoded(number: number, blob: Uint8Array): DecodedBlock {
    let entry = this.blocks.get(number);
    if (entry) {
      if (entry === this.lastUsed) return entry;
      this.blocks.delete(number);
    } else {
      const bytes = decompressBlob(blob);
      entry = { block: unpackBlob(bytes) as SourceBlock, prepared: [], bytes: bytes.length };
    }
    this.blocks.set(number, entry);
    this.lastUsed = entry;
    let total = 0;
    for (const { bytes } of this.blocks.values()) total += bytes;
    for (const [oldest, { bytes }] of this.blocks) {
      if (total <= BYTES_KEPT || oldest === number) break;
      this.blocks.delete(oldest);
      total -= bytes;
    }
    return entry;
  }
}

/** The models of a region, and for each of them where its components are valid. */
interface TileModels {
  readonly models: readonly GroundMotionModel[];
  readonly validities: readonly (readonly ModelValidity[])[];
}

/** The sites of a tile. */
interface TileSites {
  readonly sites: SiteCollection;
  /** number of the first one in the job */
  readonly firstSite: number;
  /** see ContextRequest */
  readonly fewSites: boolean;
}

/** One for each component: a mixture of one model has that of the model in all its components. */
function matched(validities: readonly ModelValidity[], components: number): readonly ModelValidity[] {
  return validities.length === 1 ? Array.from({ length: components }, () => validities[0]) : validities;
}

/** One region's models on one tile of sites, with the buffers of its batches. */
export class RegionTile {
  readonly models: RegionModels;
  /** how much lies outside the ranges of models */
  readonly ranges: RangeShares;
  /** contexts evaluated so far */
  contexts = 0;
  /** most contexts in a batch */
  readonly capacity: number;
  private readonly batches = new Map<number, ContextBatch>();
  private readonly placedBatches = new Map<number, ContextBatch>();
  private readonly distances: ConstructorParameters<typeof ContextBatch>[2];
  private readonly rupture: ConstructorParameters<typeof ContextBatch>[1];
  private readonly sites: SiteCollection;
  /** told of every batch of contexts that is full */
  onBatch: () => void = () => undefined;
  /** number of the first site of the tile */
  readonly firstSite: number;
  private readonly fewSites: boolean;

  constructor(
    readonly setup: RegionSetup,
    { models, validities }: TileModels,
    { sites, firstSite, fewSites }: TileSites,
    imts: readonly Imt[],
    private readonly grid: LevelGrid,
    furtherRequirements?: Requirements,
  ) {
    this.sites = sites;
    this.firstSite = firstSite;
    this.fewSites = fewSites;
    this.capacity = Math.max(BATCH_CAPACITY, 2 * sites.points.size);
    const flat = models.map((model) => model.components ?? [{ weight: 1, model }]);
    const all = models.concat(flat.flat().map(({ model }) => model));
    all.forEach(refuseGivenOnly);
    const requires = all.map((model) => model.requires);
    if (furtherRequirements) requires.push(furtherRequirements);
    const depths = validities.flat().map(({ validity }) => validity?.depth?.kind);
    this.rupture = new Set(
      RUPTURE_PARAMETERS.filter(
        (name) => requires.some((need) => need.rupture.includes(name)) || depths.includes(name as 'ztor'),
      ),
    );
    this.distances = new Set(DISTANCE_KINDS.filter((name) => requires.some((need) => need.distances.includes(name))));
    this.models = new RegionModels(models, imts, sites, this.capacity);
    const ofComponents = flat.map((components, k) => matched(validities[k], components.length));
    this.ranges = new RangeShares(ofComponents, grid, sites.parameters.numeric.vs30, sites.points.size, firstSite);
  }

  newRates(): Float64Array {
    return new Float64Array(this.sites.points.size * this.grid.size);
  }

  /** The batch for sources with this many rate columns, empty. */
  batch(columns: number): ContextBatch {
    return this.emptyBatch(this.batches, columns, this.rupture, this.distances);
  }

  /** As batch(), and it carries what cells go by: magnitude, rupture distance and the surface point closest to the site. */
  placedBatch(columns: number): ContextBatch {
    const rupture = new Set([...this.rupture, 'mag' as const]);
    const placed = ['rrup', 'clon', 'clat'] as const;
    return this.emptyBatch(this.placedBatches, columns, rupture, new Set([...this.distances, ...placed]));
  }

  private emptyBatch(
    batches: Map<number, ContextBatch>,
    columns: number,
    rupture: RegionTile['rupture'],
    distances: RegionTile['distances'],
  ): ContextBatch {
    let batch = batches.get(columns);
    if (!batch) {
      const rateRows = columns > 1 ? new RateRows(columns, this.rowCapacity()) : undefined;
      batch = new ContextBatch(this.capacity, rupture, distances, rateRows);
      batches.set(columns, batch);
    }
    batch.clear();
    return batch;
  }

  /** Sums of one rate column for each model, by row of a table of rate rows. */
  newRowSums(): RowSums[] {
    return Array.from({ length: this.models.count }, () => new RowSums(this.sites.points.size, this.grid.size));
  }

  private rowCapacity(): number {
    const floats = this.models.count * this.sites.points.size * this.grid.size;
    return Math.max(RATE_ROWS_AT_LEAST, Math.min(RATE_ROWS_AT_MOST, Math.floor(ROW_FLOATS / floats)));
  }

  request(batch: ContextBatch, flush: () => void): ContextRequest {
    return {
      sites: this.sites.points,
      filter: this.setup.filter,
      pointSourceDistance: this.setup.pointSourceDistance,
      fewSites: this.fewSites,
      batch,
      flush: () => {
        this.onBatch();
        flush();
      },
    };
  }

  /** Makes the contexts of units first .. last - 1; `take` finds them in the batch, part by part, and none left over from before. */
  forEachBatch(prepared: PreparedSource, first: number, last: number, batch: ContextBatch, take: () => void): void {
    const flush = (): void => {
      this.contexts += batch.size;
      if (batch.size > 0) take();
      batch.clear();
    };
    prepared.contexts(this.request(batch, flush), first, last);
    flush();
  }

  /** Makes and evaluates contexts without keeping anything: what a sample of a source costs. */
  counter(columns: number): ContextCounter {
    const batch = this.batch(columns);
    const evaluate = (): void => {
      for (let k = 0; k < this.models.count; k++) this.models.evaluate(k, batch);
    };
    return { add: (prepared, first, last) => this.forEachBatch(prepared, first, last, batch, evaluate) };
  }
}

/** Goes through parts of a source as a task does, ground motions included: what a sample of the work is timed with. */
export interface ContextCounter {
  add(prepared: PreparedSource, first: number, last: number): void;
}
