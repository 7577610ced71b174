import type { ContextBatch } from '../gmm/context.js';
import { azimuth, modulo } from '../geo/azimuth.js';
import { dilatedBox, unrolledBox, type BoundingBox } from '../geo/bounding-box.js';
import { unitVector } from '../geo/cartesian.js';
import { greatCircleDistance } from '../geo/distance.js';
import { Orthographic } from '../geo/projection.js';
import { roundEvenToDecimals } from '../geo/rounding.js';
import type { MagnitudeBins } from '../mfd/rates.js';
import type { SitePoints } from '../site/site-points.js';
import { blockMiddle } from '../surfaces/mesh-measures.js';
import { MeshDistances } from '../surfaces/mesh-distances.js';
import type { NodeBlock, NodeMesh } from '../surfaces/node-mesh.js';
import type { Surface } from '../surfaces/surface.js';
import { distanceAcross, distanceBeyond, edgeVectors, putEndPoles, type EdgeVectors } from '../surfaces/top-edge.js';
import { maximumDistance, type ContextRequest, type PreparedSource, type Rupture } from './prepared-source.js';

/** What distinguishes one kind of fault from another when its ruptures are blocks of one mesh. */
export interface BlockFault {
  readonly mesh: NodeMesh;
  readonly rake: number;
  readonly bins: MagnitudeBins;
  /** box around the fault, not dilated */
  readonly box: BoundingBox;
  /** blocks of each bin, in generation order */
  readonly blocks: readonly (readonly NodeBlock[])[];
  /** ruptures of every block, in generation order; a single one with the hypocentre of `hypocentre` unless given */
  readonly variants?: readonly BlockVariant[];
  /** strike and dip in degrees, width in km of a block */
  measure(block: NodeBlock): { strike: number; dip: number; width: number };
  /** lon, lat, depth */
  hypocentre(block: NodeBlock): [number, number, number];
  surface(block: NodeBlock): Surface;
  /** km by which the outline is widened for near sites, see MeshDistances.joynerBoore */
  readonly dilation: number;
  /** magnitude as calculations use it */
  magnitude(bin: number): number;
}

/** One of several ruptures of a block, which share its rate: by hypocentre and slip direction. */
export interface BlockVariant {
  /** of the rate of the block */
  readonly weight: number;
  readonly slip?: number;
  /** lon, lat, depth */
  hypocentre(mesh: NodeMesh, block: NodeBlock): [number, number, number];
}

/** Numbers kept per rupture: see the constants that follow. */
const STRIDE = 20;
const STRIKE = 0;
const DIP = 1;
const WIDTH = 2;
const ZTOR = 3;
const ZBOT = 4;
const HYPOCENTRE = 5;
const MIDDLE = 8;
const CENTRE = 10;
const POLES = 13;
const MEASURED = 19;

/** Nodes x sites whose distances are kept at a time: 8 MB. */
const NODES_AT_A_TIME = 1 << 20;

/**
 * Ruptures that are blocks of nodes of one fault mesh. They share the mesh, the vectors of its rows, and per site the distances
 * to its nodes; what a rupture has of its own is twenty numbers. A unit is a rupture.
 */
export class BlockRuptures implements PreparedSource {
  readonly units: number;
  readonly ruptureCount: number;
  readonly minimumMagnitude: number;
  readonly maximumMagnitude: number;
  /** [ruptures] */
  private readonly block: readonly NodeBlock[];
  private readonly bin: Int32Array;
  private readonly numbers: Float64Array;
  private readonly variants: readonly BlockVariant[];
  /** [rows] vectors of the rows that are top edges of ruptures */
  private readonly edges: (EdgeVectors | undefined)[] = [];

  constructor(private readonly fault: BlockFault) {
    this.variants = fault.variants ?? [{ weight: 1, hypocentre: (_, block) => fault.hypocentre(block) }];
    const repeated = <T>(value: T): T[] => this.variants.map(() => value);
    this.block = fault.blocks.flat().flatMap(repeated);
    this.bin = Int32Array.from(fault.blocks.flatMap((blocks, bin) => blocks.flatMap(() => repeated(bin))));
    this.numbers = new Float64Array(this.block.length * STRIDE);
    this.units = this.block.length;
    this.ruptureCount = this.block.length;
    const magnitudes = fault.bins.magnitudes;
    this.minimumMagnitude = magnitudes.reduce((least, m) => Math.min(least, m), Infinity);
    this.maximumMagnitude = magnitudes.reduce((most, m) => Math.max(most, m), -Infinity);
  }

  countRuptures(first: number, last: number): number {
    return last - first;
  }

  boundingBox(distance: number): [number, number, number, number] {
    return dilatedBox(unrolledBox(this.fault.box), distance);
  }

  *ruptures(first = 0, last = this.units): Iterable<Rupture> {
    const { bins, rake } = this.fault;
    for (let r = first; r < last; r++) {
      const bin = this.bin[r];
      const share = this.share(r);
      const { slip } = this.variants[r % this.variants.length];
      yield {
        index: r,
        magnitude: bins.magnitudes[bin],
        magnitudeIndex: bin,
        share,
        rate: bins.rates[bin * bins.columns] * share,
        rake,
        hypocentre: this.hypocentre(r),
        surface: this.fault.surface(this.block[r]),
        ...(slip !== undefined && { slip }),
      };
    }
  }

  /** Share of the rate of its bin that a rupture carries. */
  private share(r: number): number {
    return this.variants[r % this.variants.length].weight / this.fault.blocks[this.bin[r]].length;
  }

  private hypocentre(r: number): [number, number, number] {
    return this.variants[r % this.variants.length].hypocentre(this.fault.mesh, this.block[r]);
  }

  contexts(request: ContextRequest, first: number, last: number): void {
    const { sites, filter } = request;
    const reach = new Float64Array(last - first);
    let farthest = 0;
    for (let r = first; r < last; r++) {
      reach[r - first] = maximumDistance(filter, this.fault.magnitude(this.bin[r]));
      farthest = Math.max(farthest, reach[r - first]);
    }
    if (farthest === 0) return;
    const nodes = this.fault.mesh.rows * this.fault.mesh.columns;
    const capacity = Math.min(sites.size, request.batch.capacity, Math.ceil(NODES_AT_A_TIME / nodes));
    const writer = new BlockContexts(new MeshDistances(this.fault.mesh, capacity), request, this.fault.dilation);
    for (let next = 0; next < sites.size;) {
      next = writer.distances.load(sites, next, farthest);
      if (writer.distances.count === 0) continue;
      for (let r = first; r < last; r++) if (reach[r - first] > 0) this.addRupture(writer, r, reach[r - first]);
    }
  }

  private addRupture(writer: BlockContexts, r: number, reach: number): void {
    const block = this.block[r];
    const count = writer.select(block, reach);
    if (count === 0) return;
    const at = this.measured(r);
    const { batch } = writer;
    if (batch.size + count > batch.capacity || batch.ruptures >= batch.capacity) writer.flush();
    this.writeParameters(batch, r, at);
    writer.writeDistances(block, this.numbers, at, this.edge(block.firstRow));
    batch.commitRupture(count);
  }

  private writeParameters(batch: ContextBatch, r: number, at: number): void {
    const { numbers, fault } = this;
    const { rupture } = batch;
    const row = batch.ruptures;
    const bin = this.bin[r];
    if (rupture.has('mag')) batch.mag[row] = roundEvenToDecimals(fault.magnitude(bin), 3);
    if (rupture.has('rake')) batch.rake[row] = fault.rake;
    if (rupture.has('strike')) batch.strike[row] = numbers[at + STRIKE];
    if (rupture.has('dip')) batch.dip[row] = numbers[at + DIP];
    if (rupture.has('width')) batch.width[row] = numbers[at + WIDTH];
    if (rupture.has('ztor')) batch.ztor[row] = numbers[at + ZTOR];
    if (rupture.has('zbot')) batch.zbot[row] = numbers[at + ZBOT];
    if (rupture.has('hypoLon')) batch.hypoLon[row] = numbers[at + HYPOCENTRE];
    if (rupture.has('hypoLat')) batch.hypoLat[row] = numbers[at + HYPOCENTRE + 1];
    if (rupture.has('hypoDepth')) batch.hypoDepth[row] = numbers[at + HYPOCENTRE + 2];
    batch.ruptureIndex[row] = r;
    batch.weights[row] = 1;
    batch.probabilities[row] = undefined;
    const { columns, rates } = fault.bins;
    const share = this.share(r);
    for (let c = 0; c < columns; c++) batch.rates[row * columns + c] = rates[bin * columns + c] * share;
  }

  /** Where the numbers of a rupture stand; they are computed when a rupture is used for the first time. */
  private measured(r: number): number {
    const at = r * STRIDE;
    const { numbers } = this;
    if (numbers[at + MEASURED] === 1) return at;
    const { mesh } = this.fault;
    const block = this.block[r];
    const { firstRow, firstColumn, rows, columns } = block;
    const { strike, dip, width } = this.fault.measure(block);
    numbers[at + STRIKE] = strike;
    numbers[at + DIP] = dip;
    numbers[at + WIDTH] = width;
    const topLeft = firstRow * mesh.columns + firstColumn;
    const bottomLeft = topLeft + (rows - 1) * mesh.columns;
    numbers[at + ZTOR] = mesh.depth.subarray(topLeft, topLeft + columns).reduce((a, b) => Math.min(a, b));
    numbers[at + ZBOT] = mesh.depth.subarray(bottomLeft, bottomLeft + columns).reduce((a, b) => Math.max(a, b));
    numbers.set(this.hypocentre(r), at + HYPOCENTRE);
    const [lon, lat] = blockMiddle(mesh, firstRow, firstColumn, rows, columns);
    numbers[at + MIDDLE] = lon;
    numbers[at + MIDDLE + 1] = lat;
    numbers.set(blockCentre(mesh, block), at + CENTRE);
    const topRight = topLeft + columns - 1;
    putEndPoles(
      numbers,
      at + POLES,
      strike,
      mesh.lon[topLeft],
      mesh.lat[topLeft],
      mesh.lon[topRight],
      mesh.lat[topRight],
    );
    numbers[at + MEASURED] = 1;
    return at;
  }

  private edge(row: number): EdgeVectors {
    const { lon, lat, columns } = this.fault.mesh;
    const from = row * columns;
    return (this.edges[row] ??= edgeVectors(lon.subarray(from, from + columns), lat.subarray(from, from + columns)));
  }
}

/** Unit vector of the centre of the projection of a block: the middle of the box around it. */
function blockCentre(mesh: NodeMesh, block: NodeBlock): [number, number, number] {
  const lon: number[] = [];
  const lat: number[] = [];
  for (let r = block.firstRow; r < block.firstRow + block.rows; r++) {
    for (let c = block.firstColumn; c < block.firstColumn + block.columns; c++) {
      lon.push(mesh.lon[r * mesh.columns + c]);
      lat.push(mesh.lat[r * mesh.columns + c]);
    }
  }
  const { lon0, lat0 } = Orthographic.ofCoordinates(lon, lat);
  return unitVector(lon0, lat0);
}

/** Selects the sites of a rupture and writes their distances. */
class BlockContexts {
  readonly batch: ContextBatch;
  readonly flush: () => void;
  private readonly sites: SitePoints;
  private readonly minimum: number;
  /** [selected] slots of the selected sites among the loaded ones, and their rupture distances */
  private readonly slot: Int32Array;
  private readonly rrup: Float64Array;
  private count = 0;

  constructor(
    readonly distances: MeshDistances,
    request: ContextRequest,
    private readonly dilation: number,
  ) {
    this.batch = request.batch;
    this.flush = request.flush;
    this.sites = request.sites;
    this.minimum = request.filter.minimumDistance;
    this.slot = new Int32Array(distances.capacity);
    this.rrup = new Float64Array(distances.capacity);
  }

  /** Sites within a distance (km) of a block: their number. */
  select(block: NodeBlock, reach: number): number {
    this.count = 0;
    for (let s = 0; s < this.distances.count; s++) {
      const rrup = this.distances.ruptureDistance(s, block);
      if (!(rrup <= reach)) continue;
      this.slot[this.count] = s;
      this.rrup[this.count++] = rrup;
    }
    return this.count;
  }

  /** Distances of the selected sites, from the end of the batch on. */
  writeDistances(block: NodeBlock, numbers: Float64Array, at: number, edge: EdgeVectors): void {
    const { batch, count, slot, distances, minimum } = this;
    const wanted = batch.distances;
    const from = batch.size;
    for (let k = 0; k < count; k++) batch.site[from + k] = distances.site[slot[k]];
    if (wanted.has('rrup')) for (let k = 0; k < count; k++) batch.rrup[from + k] = Math.max(minimum, this.rrup[k]);
    if (wanted.has('rjb')) {
      for (let k = 0; k < count; k++) {
        batch.rjb[from + k] = Math.max(
          minimum,
          distances.joynerBoore(slot[k], block, numbers, at + CENTRE, this.dilation),
        );
      }
    }
    if (wanted.has('rx') || wanted.has('ry0')) this.writeAcross(block, numbers, at, edge);
    if (wanted.has('rhypo') || wanted.has('repi')) this.writeHypocentral(numbers, at);
    if (wanted.has('azimuth')) this.writeAzimuth(numbers, at);
    if (wanted.has('azimuthcp') || wanted.has('clon') || wanted.has('clat')) this.writeClosest(block);
  }

  private writeAcross(block: NodeBlock, numbers: Float64Array, at: number, edge: EdgeVectors): void {
    const { batch, count, slot, distances } = this;
    const rx = batch.distances.has('rx');
    const ry0 = batch.distances.has('ry0');
    for (let k = 0; k < count; k++) {
      const i = batch.size + k;
      const u = 3 * slot[k];
      const ux = distances.unit[u];
      const uy = distances.unit[u + 1];
      const uz = distances.unit[u + 2];
      if (rx) batch.rx[i] = distanceAcross(edge, block.firstColumn, block.columns - 1, ux, uy, uz);
      if (ry0) batch.ry0[i] = distanceBeyond(numbers, at + POLES, ux, uy, uz);
    }
  }

  private writeHypocentral(numbers: Float64Array, at: number): void {
    const { batch, count, sites, minimum } = this;
    for (let k = 0; k < count; k++) {
      const i = batch.size + k;
      const site = batch.site[i];
      const repi = greatCircleDistance(
        numbers[at + HYPOCENTRE],
        numbers[at + HYPOCENTRE + 1],
        sites.lon[site],
        sites.lat[site],
      );
      const depth = numbers[at + HYPOCENTRE + 2] - sites.depth[site];
      if (batch.distances.has('repi')) batch.repi[i] = Math.max(minimum, repi);
      if (batch.distances.has('rhypo')) batch.rhypo[i] = Math.max(minimum, Math.sqrt(repi * repi + depth * depth));
    }
  }

  private writeAzimuth(numbers: Float64Array, at: number): void {
    const { batch, count, sites } = this;
    for (let k = 0; k < count; k++) {
      const site = batch.site[batch.size + k];
      const angle = azimuth(numbers[at + MIDDLE], numbers[at + MIDDLE + 1], sites.lon[site], sites.lat[site]);
      batch.azimuth[batch.size + k] = modulo(angle - numbers[at + STRIKE], 360);
    }
  }

  private writeClosest(block: NodeBlock): void {
    const { batch, count, slot, distances, sites } = this;
    const { lon, lat } = distances.mesh;
    for (let k = 0; k < count; k++) {
      const i = batch.size + k;
      const node = distances.closestNode(slot[k], block);
      const site = batch.site[i];
      if (batch.distances.has('clon')) batch.clon[i] = lon[node];
      if (batch.distances.has('clat')) batch.clat[i] = lat[node];
      if (batch.distances.has('azimuthcp')) {
        batch.azimuthcp[i] = azimuth(sites.lon[site], sites.lat[site], lon[node], lat[node]);
      }
    }
  }
}
