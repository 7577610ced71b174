import { boundingBox, dilatedBox, enclosingBox, unrolledBox, type BoundingBox } from '../../geo/bounding-box.js';
import { unitVector, type Vector } from '../../geo/cartesian.js';
import { Orthographic } from '../../geo/projection.js';
import type { MagnitudeBins } from '../../mfd/rates.js';
import { blockMiddle } from '../../surfaces/mesh-measures.js';
import { blockMesh, type NodeBlock, type NodeMesh } from '../../surfaces/node-mesh.js';
import type { Surface } from '../../surfaces/surface.js';
import { edgeVectors, putEndPoles, type EdgeVectors } from '../../surfaces/top-edge.js';
import { BlockContexts } from './block-contexts.js';
import { BLOCK_NUMBERS } from './block-numbers.js';
import { inCanterbury } from '../../geo/canterbury-region.js';
import type { PreparedSource, Rupture } from '../prepared-source.js';
import type { ContextRequest } from '../../contexts/context-request.js';
import { maximumDistance } from '../../contexts/distance-filter.js';

const { STRIDE, STRIKE, DIP, WIDTH, ZTOR, ZBOT, HYPOCENTRE, MIDDLE, CENTRE, POLES, MEASURED } = BLOCK_NUMBERS;

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
    const { filter } = request;
    const reach = new Float64Array(last - first);
    let counts = false;
    for (let r = first; r < last; r++) {
      reach[r - first] = maximumDistance(filter, this.fault.magnitude(this.bin[r]));
      if (reach[r - first] > 0) counts = true;
    }
    if (!counts) return;
    const writer = new BlockContexts(request, this.fault.mesh, this.fault.box, this.fault.dilation);
    while (writer.load()) {
      for (let r = first; r < last; r++) if (reach[r - first] > 0) this.addRupture(writer, r, reach[r - first]);
    }
  }

  private addRupture(contexts: BlockContexts, r: number, reach: number): void {
    const block = this.block[r];
    const count = contexts.select(block, reach);
    if (count === 0) return;
    const at = this.measured(r);
    const { numbers, fault } = this;
    const { writer } = contexts;
    contexts.writeDistances(block, numbers, at, this.edge(block.firstRow));
    writer.rupture({
      mag: fault.magnitude(this.bin[r]),
      rake: fault.rake,
      dip: numbers[at + DIP],
      strike: numbers[at + STRIKE],
      ztor: numbers[at + ZTOR],
      zbot: numbers[at + ZBOT],
      width: numbers[at + WIDTH],
      hypoLon: numbers[at + HYPOCENTRE],
      hypoLat: numbers[at + HYPOCENTRE + 1],
      hypoDepth: numbers[at + HYPOCENTRE + 2],
    });
    if (writer.batch.rupture.has('inCshm')) {
      const { lon, lat } = blockMesh(fault.mesh, block);
      writer.batch.inCshm[writer.batch.ruptures] = inCanterbury(lon, lat) ? 1 : 0;
    }
    writer.rates(fault.bins, this.bin[r], this.share(r));
    writer.commit(count, r);
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
    putEndPoles(numbers, at + POLES, strike, mesh, topLeft, topLeft + columns - 1);
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
function blockCentre(mesh: NodeMesh, block: NodeBlock): Vector {
  const boxes: BoundingBox[] = [];
  for (let r = block.firstRow; r < block.firstRow + block.rows; r++) {
    const from = r * mesh.columns + block.firstColumn;
    boxes.push(boundingBox(mesh.lon, mesh.lat, from, from + block.columns));
  }
  const { lon0, lat0 } = Orthographic.ofBox(enclosingBox(boxes));
  return unitVector(lon0, lat0);
}
