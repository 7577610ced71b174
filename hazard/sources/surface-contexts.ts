import { unrolledBox } from '../geo/bounding-box.js';
import type { Surface } from '../surfaces/surface.js';
import { ContextWriter } from '../contexts/context-writer.js';
import { inCanterbury } from '../geo/canterbury-region.js';
import { largestDistance, sitesInDilatedBox } from '../contexts/distance-filter.js';
import type { ContextRequest } from '../contexts/context-request.js';
import { maximumDistance } from '../contexts/distance-filter.js';

/** A rupture on a surface of its own, as its contexts need it. */
export interface SurfaceRupture {
  readonly index: number;
  readonly magnitude: number;
  readonly rake: number;
  /** lon, lat, depth */
  readonly hypocentre: readonly [number, number, number];
  readonly surface: Surface;
  readonly probabilities?: Float64Array;
  readonly weight?: number;
}

/** Writes contexts of ruptures that each have a surface of their own, of any kind. */
export class SurfaceContexts {
  readonly writer: ContextWriter;
  private readonly candidates: Int32Array;

  constructor(private readonly request: ContextRequest) {
    this.writer = new ContextWriter(request);
    this.candidates = new Int32Array(request.sites.size);
  }

  /**
   * Appends the contexts of one rupture, filtered by box, magnitude and distance; `writeRates` fills the rate columns of the
   * rupture that is being written.
   */
  add(rupture: SurfaceRupture, writeRates: (writer: ContextWriter) => void): void {
    const { sites, filter } = this.request;
    const { writer, candidates } = this;
    const { surface, magnitude } = rupture;
    const reach = maximumDistance(filter, magnitude);
    if (reach <= 0) return;
    const near = sitesInDilatedBox(unrolledBox(surface.boundingBox()), largestDistance(filter), sites, candidates);
    surface.distances('rrup', sites, candidates, near, writer.rrup, 0);
    const count = writer.select(candidates, near, reach, true);
    if (count === 0) return;
    this.writeDistances(rupture, count);
    const { strike, dip, width, ztor, zbot } = surface;
    const [hypoLon, hypoLat, hypoDepth] = rupture.hypocentre;
    const { rake } = rupture;
    writer.rupture({ mag: magnitude, rake, dip, strike, ztor, zbot: zbot ?? NaN, width, hypoLon, hypoLat, hypoDepth });
    const { batch } = writer;
    if (batch.rupture.has('inCshm')) {
      const points = surface.points?.();
      batch.inCshm[batch.ruptures] = points !== undefined && inCanterbury(points.lon, points.lat) ? 1 : 0;
    }
    writeRates(writer);
    writer.commit(count, rupture.index, rupture.weight, rupture.probabilities);
  }

  private writeDistances({ surface }: SurfaceRupture, count: number): void {
    const { sites } = this.request;
    const { batch, kept, wanted } = this.writer;
    for (const kind of wanted) {
      surface.distances(kind, sites, kept, count, batch[kind], batch.size);
    }
  }
}
