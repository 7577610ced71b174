import { boundingBox } from '../geo/bounding-box.js';
import { azimuth } from '../geo/azimuth.js';
import { DEGREES_TO_RADIANS } from '../geo/constants.js';
import { destination } from '../geo/destination.js';
import { convexHull, meetsItself } from '../geo/planar-polygon.js';
import { Orthographic } from '../geo/projection.js';
import { roundHalfAway, roundHalfEven } from '../geo/rounding.js';
import type { SingleMfd } from '../mfd/mfd.js';
import { magnitudeBins } from '../mfd/rates.js';
import { scalingRelation } from '../scaling/registry.js';
import { faultCells, measureBlock, type FaultCells } from '../surfaces/fault-cells.js';
import { blockMiddle } from '../surfaces/mesh-measures.js';
import { SIMPLE_DILATION } from '../surfaces/mesh-distances.js';
import { blockMesh, type NodeBlock, type NodeMesh } from '../surfaces/node-mesh.js';
import { RectangularSurface } from '../surfaces/rectangular.js';
import { simpleFaultMesh } from '../surfaces/simple-fault.js';
import { BlockRuptures, type BlockVariant } from './floating/block-ruptures.js';
import type { PreparedSource, SourceKind } from './prepared-source.js';
import { namingSource } from './refusal.js';
import { type DepthRange, field } from './source-changes.js';
import { sizeOfFloating } from './source-size.js';
import type { Discretization, SimpleFaultGeometry, SimpleFaultSource } from './source.js';
import { refusal } from '../refusal.js';
import { outlineOfSurfaces } from './source-outline.js';

/** km: step of the mesh whose area turns a slip rate into a moment rate, whatever the rupture mesh. */
const AREA_SPACING = 1;

/** Simple faults: a trace carried down dip, on which rectangles float. */
export const simpleFault: SourceKind<SimpleFaultSource> = {
  type: 'simpleFault',
  code: 'S',
  outline: ({ geometry }) => outlineOfSurfaces([geometry]),
  changes: {
    aspectRatio: field('ruptureAspectRatio'),
    scalingRelation: field('magnitudeScalingRelation'),
    rake: field('rake'),
    dip: { get: ({ geometry }) => geometry.dip, with: (source, dip) => onGeometry(source, { dip }) },
    layer: { get: ({ geometry }) => geometry, with: onLayer, lowerByValue: true, belowSurface: true },
    geometry: {
      uncertainty: 'simpleFaultGeometryAbsolute',
      ofOneSource: true,
      with: (source, [geometry]) => (geometry.kind === 'simpleFault' ? { ...source, geometry } : undefined),
      needed: 'the geometry of a simple fault is',
    },
    withMeshSpacing: (source, spacing) => onGeometry(source, { spacing }),
    faultArea: ({ geometry }) => simpleFaultArea(geometry),
  },
  size: (source, discretization) =>
    sizeOfFloating(source, discretization, {
      variants: (source.hypocentres?.length ?? 1) * (source.slips?.length ?? 1),
    }),
  prepare: (source, discretization, columns = [source.mfd]) =>
    namingSource(source.id, () => prepareSimpleFault(source, discretization, columns)),
};

function onGeometry(source: SimpleFaultSource, change: Partial<SimpleFaultGeometry>): SimpleFaultSource {
  return { ...source, geometry: { ...source.geometry, ...change } };
}

function onLayer(
  source: SimpleFaultSource,
  { upperSeismogenicDepth, lowerSeismogenicDepth }: DepthRange,
): SimpleFaultSource {
  return onGeometry(source, { upperSeismogenicDepth, lowerSeismogenicDepth });
}

function prepareSimpleFault(
  source: SimpleFaultSource,
  discretization: Discretization,
  columns: readonly SingleMfd[],
): PreparedSource {
  const { geometry, rake, ruptureAspectRatio } = source;
  checkTrace(geometry);
  const spacing = geometry.spacing ?? discretization.ruptureMeshSpacing;
  const mesh = simpleFaultMesh(geometry, spacing);
  const cells = faultCells(mesh);
  const bySlip = columns.some((mfd) => mfd.kind === 'slipRateGutenbergRichter');
  const bins = magnitudeBins(columns, discretization.widthOfMfdBin, bySlip ? simpleFaultArea(geometry) : undefined);
  if (bins.magnitudes.length === 0) throw refusal('INVALID_MFD', 'no magnitude has a positive rate');
  const relation = scalingRelation(source.magnitudeScalingRelation);
  const area = (magnitude: number): number => relation.medianArea(magnitude, rake);
  const smallest = area(Math.min(...bins.magnitudes));
  const measured = (block: NodeBlock): NodeBlock => {
    // only when ruptures are used: a logic tree may list sources, and count their ruptures, that cannot be computed
    checkSmallestRupture(source.id, smallest, ruptureAspectRatio, spacing);
    return block;
  };
  const blocks = Array.from(bins.magnitudes, (magnitude) =>
    floatingBlocks(mesh, ruptureNodes(area(magnitude), ruptureAspectRatio, mesh, spacing)),
  );
  return new BlockRuptures({
    mesh,
    rake,
    bins,
    box: boundingBox(...simpleFaultOutline(geometry)),
    blocks,
    variants: variantsOf(source),
    measure: (block) => measureBlock(cells, measured(block), 1),
    hypocentre: (block) => blockMiddle(mesh, block.firstRow, block.firstColumn, block.rows, block.columns),
    surface: (block) => simpleFaultSurface(mesh, cells, measured(block)),
    dilation: SIMPLE_DILATION,
    magnitude: (bin) => bins.magnitudes[bin],
  });
}

/** The surface of a block of a simple-fault mesh; its strike and dip are those of the first row of cells. */
function simpleFaultSurface(mesh: NodeMesh, cells: FaultCells, block: NodeBlock): RectangularSurface {
  return new RectangularSurface(blockMesh(mesh, block), measureBlock(cells, block, 1), SIMPLE_DILATION);
}

/** Area of the fault in km2, as distributions by slip rate and maximum magnitudes by area need it. */
function simpleFaultArea(geometry: SimpleFaultGeometry): number {
  return faultCells(simpleFaultMesh(geometry, AREA_SPACING)).area.reduce((a, b) => a + b, 0);
}

/** Errors: Refusal for a trace of one point or one that meets itself. */
function checkTrace({ trace }: SimpleFaultGeometry): void {
  const n = trace.length / 3;
  if (n < 2) throw refusal('INVALID_GEOMETRY', 'the fault trace needs two points at least');
  const projection = Orthographic.ofPoints(trace, 3);
  const plane = new Float64Array(2 * n);
  for (let i = 0; i < n; i++) plane.set(projection.project(trace[3 * i], trace[3 * i + 1]), 2 * i);
  if (meetsItself(plane, false)) throw refusal('INVALID_GEOMETRY', 'the fault trace meets itself');
}

/** Longitudes and latitudes of the convex hull of the fault seen from above. */
function simpleFaultOutline(geometry: SimpleFaultGeometry): [number[], number[]] {
  const { trace, dip, upperSeismogenicDepth, lowerSeismogenicDepth } = geometry;
  const end = trace.length - 3;
  const dipDirection = azimuth(trace[0], trace[1], trace[end], trace[end + 1]) + 90;
  const lons: number[] = [];
  const lats: number[] = [];
  for (const depth of [upperSeismogenicDepth, lowerSeismogenicDepth]) {
    const distance = depth / Math.tan(dip * DEGREES_TO_RADIANS);
    for (let i = 0; i < trace.length; i += 3) {
      const [lon, lat] = destination(trace[i], trace[i + 1], dipDirection, distance);
      lons.push(lon);
      lats.push(lat);
    }
  }
  const projection = Orthographic.ofCoordinates(lons, lats);
  const plane = new Float64Array(2 * lons.length);
  lons.forEach((lon, i) => plane.set(projection.project(lon, lats[i]), 2 * i));
  const hull = convexHull(plane);
  const outline: [number[], number[]] = [[], []];
  for (let i = 0; i < hull.length; i += 2) {
    const [lon, lat] = projection.inverse(hull[i], hull[i + 1]);
    outline[0].push(lon);
    outline[1].push(lat);
  }
  return outline;
}

/** Numbers of rows and columns of nodes of a rupture. */
interface Nodes {
  readonly rows: number;
  readonly columns: number;
}

/** Errors: Refusal unless the smallest rupture of the source, on an unlimited fault, has two nodes either way. */
function checkSmallestRupture(id: string, area: number, aspectRatio: number, spacing: number): void {
  const length = Math.sqrt(area * aspectRatio);
  if (nodesAlong(length, spacing) >= 2 && nodesAlong(area / length, spacing) >= 2) return;
  throw refusal(
    'MESH_TOO_COARSE',
    `source ${id}: the rupture mesh spacing of ${spacing} km is too large for the smallest rupture`,
  );
}

/** Size of a rupture of an area (km2) on a mesh: reshaped where the fault is too narrow or too short for it. */
function ruptureNodes(area: number, aspectRatio: number, mesh: NodeMesh, spacing: number): Nodes {
  const longest = (mesh.columns - 1) * spacing;
  const widest = (mesh.rows - 1) * spacing;
  if (area >= longest * widest) return mesh;
  let length = Math.sqrt(area * aspectRatio);
  let width = area / length;
  if (width > widest) {
    length *= width / widest;
    width = widest;
  } else if (length > longest) {
    width *= length / longest;
    length = longest;
  }
  return { rows: nodesAlong(width, spacing), columns: nodesAlong(length, spacing) };
}

function nodesAlong(extent: number, spacing: number): number {
  return roundHalfAway(extent / spacing) + 1;
}

/** Every position of a block of nodes on the mesh, by rows. */
function floatingBlocks(mesh: NodeMesh, { rows, columns }: Nodes): NodeBlock[] {
  const blocks: NodeBlock[] = [];
  for (let firstRow = 0; firstRow + rows <= mesh.rows; firstRow++) {
    for (let firstColumn = 0; firstColumn + columns <= mesh.columns; firstColumn++) {
      blocks.push({ firstRow, firstColumn, rows, columns });
    }
  }
  return blocks;
}

/** Pairs of hypocentre and slip direction, hypocentres outermost. Errors: Refusal when only one of the lists is given. */
function variantsOf({ hypocentres, slips }: SimpleFaultSource): BlockVariant[] | undefined {
  if (!hypocentres?.length && !slips?.length) return undefined;
  if (!hypocentres?.length || !slips?.length) {
    throw refusal('INVALID_SOURCE', 'lists of hypocentres and of slip directions are needed both or not at all');
  }
  return hypocentres.flatMap(({ alongStrike, downDip, weight }) =>
    slips.map(({ slip, weight: slipWeight }) => ({
      weight: weight * slipWeight,
      slip,
      hypocentre: (mesh: NodeMesh, { firstRow, firstColumn, rows, columns }: NodeBlock): [number, number, number] => {
        const row = firstRow + roundHalfEven(downDip * (rows - 1));
        const node = row * mesh.columns + firstColumn + roundHalfEven(alongStrike * (columns - 1));
        return [mesh.lon[node], mesh.lat[node], mesh.depth[node]];
      },
    })),
  );
}
