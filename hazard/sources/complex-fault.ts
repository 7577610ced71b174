import { azimuth } from '../geo/azimuth.js';
import { boundingBoxOfPoints, enclosingBox } from '../geo/bounding-box.js';
import { direction, toCartesian, unitVector } from '../geo/cartesian.js';
import { RADIANS_TO_DEGREES } from '../geo/constants.js';
import { meetsItself } from '../geo/planar-polygon.js';
import { withoutRepeatedPoints } from '../geo/polyline.js';
import { roundToDecimals } from '../geo/rounding.js';
import type { SingleMfd } from '../mfd/mfd.js';
import { magnitudeBins } from '../mfd/rates.js';
import { scalingRelation } from '../scaling/registry.js';
import { complexFaultMesh } from '../surfaces/complex-fault.js';
import { faultCells, measureBlock, type FaultCells } from '../surfaces/fault-cells.js';
import { COMPLEX_DILATION } from '../surfaces/mesh-distances.js';
import { blockMiddle } from '../surfaces/mesh-measures.js';
import { blockMesh, type NodeBlock, type NodeMesh } from '../surfaces/node-mesh.js';
import { RectangularSurface } from '../surfaces/rectangular.js';
import { BlockRuptures } from './floating/block-ruptures.js';
import { floatOnCells } from './floating/complex-fault-floating.js';
import type { PreparedSource, SourceKind } from './prepared-source.js';
import { namingSource } from './refusal.js';
import { field } from './source-changes.js';
import { sizeOfFloating } from './source-size.js';
import type { ComplexFaultGeometry, ComplexFaultSource, Discretization } from './source.js';
import { refusal } from '../refusal.js';
import { outlineOfSurfaces } from './source-outline.js';

/** km: step of the mesh whose area turns a slip rate into a moment rate, whatever the rupture mesh. */
const AREA_SPACING = 2;

/** Complex faults: surfaces between edges of any shape, on which ruptures float by area. */
export const complexFault: SourceKind<ComplexFaultSource> = {
  type: 'complexFault',
  code: 'C',
  outline: ({ geometry }) => outlineOfSurfaces([geometry]),
  meshParameter: 'complex_fault_mesh_spacing',
  changes: {
    aspectRatio: field('ruptureAspectRatio'),
    geometry: {
      uncertainty: 'complexFaultGeometryAbsolute',
      ofOneSource: true,
      with: (source, [geometry]) => (geometry.kind === 'complexFault' ? { ...source, geometry } : undefined),
      needed: 'the geometry of a complex fault is',
    },
    withMeshSpacing: (source, spacing) => ({ ...source, geometry: { ...source.geometry, spacing } }),
    faultArea: ({ geometry }) => areaOfEdges(geometry),
  },
  size: (source, discretization) => sizeOfFloating(source, discretization),
  prepare(source, discretization, columns = [source.mfd]) {
    return namingSource(source.id, () => prepareComplexFault(source, discretization, columns));
  },
};

function prepareComplexFault(
  source: ComplexFaultSource,
  discretization: Discretization,
  columns: readonly SingleMfd[],
): PreparedSource {
  const surface = complexFaultSurface(source.geometry, discretization.complexFaultMeshSpacing);
  const { mesh, cells } = surface;
  const bySlip = columns.some((mfd) => mfd.kind === 'slipRateGutenbergRichter');
  const area = bySlip ? areaOfEdges(source.geometry) : undefined;
  const bins = magnitudeBins(columns, discretization.widthOfMfdBin, area);
  const relation = scalingRelation(source.magnitudeScalingRelation);
  const blocks = Array.from(bins.magnitudes, (magnitude) => {
    const wanted = relation.medianArea(magnitude, source.rake);
    return floatOnCells(cells, Math.sqrt(wanted * source.ruptureAspectRatio), wanted);
  });
  return new BlockRuptures({
    mesh,
    rake: source.rake,
    bins,
    box: enclosingBox(source.geometry.edges.map((edge) => boundingBoxOfPoints(edge, 3))),
    blocks,
    measure: (block) => measureBlock(cells, block, block.rows - 1),
    hypocentre: (block) => middleOf(mesh, block),
    surface: (block) =>
      new RectangularSurface(blockMesh(mesh, block), measureBlock(cells, block, block.rows - 1), COMPLEX_DILATION),
    dilation: COMPLEX_DILATION,
    magnitude: (bin) => bins.magnitudes[bin],
  });
}

function middleOf(mesh: NodeMesh, block: NodeBlock): [number, number, number] {
  return blockMiddle(mesh, block.firstRow, block.firstColumn, block.rows, block.columns);
}

/** Area of the surface between the edges, km2, as distributions by slip rate need it. */
function areaOfEdges(geometry: ComplexFaultGeometry): number {
  return faultCells(complexFaultMesh(geometry.edges, AREA_SPACING)).area.reduce((a, b) => a + b, 0);
}

/**
 * Mesh and cells of a complex fault. `spacing` (km) yields to that of the geometry.
 * Errors: Refusal when the edges cross, or the surface dips to the left of its strike.
 */
export function complexFaultSurface(
  geometry: ComplexFaultGeometry,
  spacing: number,
): { mesh: NodeMesh; cells: FaultCells } {
  checkEdges(geometry.edges);
  const mesh = complexFaultMesh(geometry.edges, geometry.spacing ?? spacing);
  checkDipDirection(mesh);
  return { mesh, cells: faultCells(mesh) };
}

/** The edges seen from the side, on the vertical plane through the first one, must bound an area without crossings. */
function checkEdges(given: readonly Float64Array[]): void {
  const edges = given.map(withoutRepeatedPoints);
  const top = edges[0];
  const end = top.length - 3;
  const along = direction(top[0], top[1], azimuth(top[0], top[1], top[end], top[end + 1]));
  const down = unitVector(top[0], top[1]).map((c) => -c);
  const origin = toCartesian(top[0], top[1], top[2]);
  const ring: number[] = [];
  const add = (line: Float64Array, i: number): void => {
    const offset = toCartesian(line[i], line[i + 1], line[i + 2]).map((c, k) => c - origin[k]);
    const x = offset.reduce((sum, c, k) => sum + c * along[k], 0);
    const y = offset.reduce((sum, c, k) => sum + c * down[k], 0);
    // an edge may repeat a point
    if (x !== ring.at(-2) || y !== ring.at(-1)) ring.push(x, y);
  };
  for (let i = 0; i < top.length; i += 3) add(top, i);
  for (const edge of edges.slice(1, -1)) add(edge, edge.length - 3);
  const bottom = edges[edges.length - 1];
  for (let i = bottom.length - 3; i >= 0; i -= 3) add(bottom, i);
  for (const edge of edges.slice(1, -1).reverse()) add(edge, 0);
  if (meetsItself(Float64Array.from(ring), true))
    throw refusal('INVALID_GEOMETRY', 'the edges of the complex fault cross each other');
}

/** The first cell must dip to the right of its top edge: the Aki and Richards convention. */
function checkDipDirection(mesh: NodeMesh): void {
  const below = mesh.columns;
  const along = toUnit(mesh, 1, 0);
  const down = toUnit(mesh, below, 0);
  // normal of the triangle, upwards when the surface dips to the right
  const up =
    (down[1] * along[2] - down[2] * along[1]) * mesh.ux[0] +
    (down[2] * along[0] - down[0] * along[2]) * mesh.uy[0] +
    (down[0] * along[1] - down[1] * along[0]) * mesh.uz[0];
  const normal = Math.hypot(
    down[1] * along[2] - down[2] * along[1],
    down[2] * along[0] - down[0] * along[2],
    down[0] * along[1] - down[1] * along[0],
  );
  const dip = roundToDecimals(Math.acos(Math.max(-1, Math.min(1, up / normal))) * RADIANS_TO_DEGREES, 1);
  if (dip > 90) {
    throw refusal(
      'INVALID_GEOMETRY',
      'the complex fault dips to the left of its strike; the top edge must run the other way',
    );
  }
}

function toUnit(mesh: NodeMesh, to: number, from: number): [number, number, number] {
  return [mesh.x[to] - mesh.x[from], mesh.y[to] - mesh.y[from], mesh.z[to] - mesh.z[from]];
}
