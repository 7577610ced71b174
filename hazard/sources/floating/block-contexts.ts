import { azimuth } from '../../geo/azimuth.js';
import { unrolledBox, type BoundingBox } from '../../geo/bounding-box.js';
import type { SitePoints } from '../../site/site-points.js';
import { MeshDistances } from '../../surfaces/mesh-distances.js';
import { fillAzimuth } from '../../surfaces/node-distances.js';
import type { NodeBlock, NodeMesh } from '../../surfaces/node-mesh.js';
import { distanceAcross, distanceBeyond, type EdgeVectors } from '../../surfaces/top-edge.js';
import { BLOCK_NUMBERS } from './block-numbers.js';
import { ContextWriter } from '../../contexts/context-writer.js';
import { largestDistance, sitesInDilatedBox } from '../../contexts/distance-filter.js';
import type { ContextRequest } from '../../contexts/context-request.js';

const { STRIKE, MIDDLE, CENTRE, POLES } = BLOCK_NUMBERS;

/** Nodes x sites whose distances are kept at a time: 8 MB. */
const NODES_AT_A_TIME = 1 << 20;

/**
 * The mesh last used from some sites, with its distances: calculations ask for the ruptures of a source in small portions. Kept
 * only when all sites that matter fit in at once.
 */
interface LoadedMesh {
  readonly mesh: NodeMesh;
  readonly distance: number;
  readonly distances: MeshDistances;
}
const LAST_USED = new WeakMap<SitePoints, LoadedMesh>();

/** Selects the sites of ruptures that are blocks of a mesh and writes their distances, a group of sites at a time. */
export class BlockContexts {
  readonly writer: ContextWriter;
  private readonly distances: MeshDistances;
  /** sites inside the box of the fault, and how many of them have been looked at */
  private readonly candidates: Int32Array;
  private readonly candidateCount: number = 0;
  /** whether the distances of all sites stand ready from an earlier use */
  private isLoaded = false;
  private next = 0;
  /** [sites] slot of a loaded site in `distances` */
  private readonly slot: Int32Array;
  private count = 0;

  constructor(
    private readonly request: ContextRequest,
    mesh: NodeMesh,
    box: BoundingBox,
    private readonly dilation: number,
  ) {
    const { sites, filter, batch } = request;
    this.writer = new ContextWriter(request);
    this.candidates = new Int32Array(sites.size);
    this.slot = new Int32Array(sites.size);
    const last = LAST_USED.get(sites);
    const reach = largestDistance(filter);
    if (last?.mesh === mesh && last.distance === reach && last.distances.count <= batch.capacity) {
      this.distances = last.distances;
      this.isLoaded = true;
      return;
    }
    this.candidateCount = sitesInDilatedBox(unrolledBox(box), reach, sites, this.candidates);
    const atATime = Math.ceil(NODES_AT_A_TIME / (mesh.rows * mesh.columns));
    this.distances = new MeshDistances(mesh, Math.min(this.candidateCount, batch.capacity, atATime));
  }

  /** Takes the next group of sites that the source may reach; false when there is none left. */
  load(): boolean {
    const { distances, slot, request } = this;
    const { sites } = request;
    const distance = largestDistance(request.filter);
    if (this.isLoaded) {
      this.isLoaded = false;
      this.next = this.candidateCount;
    } else {
      do {
        if (this.next >= this.candidateCount) return false;
        this.next = distances.load(sites, this.candidates, this.next, this.candidateCount, distance);
      } while (distances.count === 0);
      if (this.candidateCount <= distances.capacity)
        LAST_USED.set(sites, { mesh: distances.mesh, distance, distances });
    }
    for (let s = 0; s < distances.count; s++) slot[distances.site[s]] = s;
    return distances.count > 0;
  }

  /** Sites of the group within a distance (km) of a block: their number. */
  select(block: NodeBlock, reach: number): number {
    const { writer, distances } = this;
    for (let s = 0; s < distances.count; s++) writer.rrup[s] = distances.ruptureDistance(s, block);
    this.count = writer.select(distances.site, distances.count, reach, true);
    return this.count;
  }

  /** Distances of the selected sites but rrup, which `select` wrote; `numbers` are those of the rupture, from `at` on. */
  writeDistances(block: NodeBlock, numbers: Float64Array, at: number, edge: EdgeVectors): void {
    const { count, slot, distances, dilation } = this;
    const { batch, kept } = this.writer;
    const { sites } = this.request;
    const { size, distances: wanted } = batch;
    if (wanted.has('rjb')) {
      for (let k = 0; k < count; k++) {
        batch.rjb[size + k] = distances.joynerBoore(slot[kept[k]], block, numbers, at + CENTRE, dilation);
      }
    }
    if (wanted.has('rx')) {
      for (let k = 0; k < count; k++) {
        const s = kept[k];
        const { unitX, unitY, unitZ } = sites;
        batch.rx[size + k] = distanceAcross(edge, block.firstColumn, block.columns - 1, unitX[s], unitY[s], unitZ[s]);
      }
    }
    if (wanted.has('ry0')) {
      for (let k = 0; k < count; k++) {
        const s = kept[k];
        batch.ry0[size + k] = distanceBeyond(numbers, at + POLES, sites.unitX[s], sites.unitY[s], sites.unitZ[s]);
      }
    }
    if (wanted.has('azimuth')) {
      const [lon, lat] = [numbers[at + MIDDLE], numbers[at + MIDDLE + 1]];
      fillAzimuth({ lon, lat, strike: numbers[at + STRIKE] }, sites, kept, count, batch.azimuth, size);
    }
    if (wanted.has('azimuthcp') || wanted.has('clon') || wanted.has('clat')) this.writeClosest(block);
  }

  private writeClosest(block: NodeBlock): void {
    const { count, slot, distances } = this;
    const { batch, kept } = this.writer;
    const { sites } = this.request;
    const { lon, lat } = distances.mesh;
    for (let k = 0; k < count; k++) {
      const i = batch.size + k;
      const site = kept[k];
      const node = distances.closestNode(slot[site], block);
      if (batch.distances.has('clon')) batch.clon[i] = lon[node];
      if (batch.distances.has('clat')) batch.clat[i] = lat[node];
      if (batch.distances.has('azimuthcp')) {
        batch.azimuthcp[i] = azimuth(sites.lon[site], sites.lat[site], lon[node], lat[node]);
      }
    }
  }
}
