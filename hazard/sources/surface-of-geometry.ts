import { faultCells, measureBlock } from '../surfaces/fault-cells.js';
import { GriddedSurface } from '../surfaces/gridded.js';
import { kiteMesh } from '../surfaces/kite-mesh.js';
import { KiteSurface } from '../surfaces/kite.js';
import { COMPLEX_DILATION, SIMPLE_DILATION } from '../surfaces/mesh-distances.js';
import { MultiSurface, type SurfacePart } from '../surfaces/multi.js';
import { planarSurfaceOfCorners } from '../surfaces/planar.js';
import { RectangularSurface } from '../surfaces/rectangular.js';
import { simpleFaultMesh } from '../surfaces/simple-fault.js';
import type { Surface } from '../surfaces/surface.js';
import { keepCorners } from '../surfaces/trace-lines.js';
import { complexFaultSurface } from './complex-fault.js';
import type { Discretization, SurfaceGeometry } from './source.js';
import { refusal } from '../refusal.js';

/** Degrees: corners of top edges at which the azimuth changes by less are left out of generalised coordinates. */
const CORNER_ANGLE = 1;

/**
 * The surface of a rupture given by one geometry, or by several planes, kites, simple or complex faults: their union.
 * Errors: Refusal for geometry that is refused, and for several parts of which one is a grid of points.
 */
export function surfaceOfGeometry(geometries: readonly SurfaceGeometry[], discretization: Discretization): Surface {
  const surfaces = geometries.map((geometry) => surfaceOfOne(geometry, discretization));
  return surfaces.length === 1 ? surfaces[0] : new MultiSurface(surfaces.map(partOf));
}

function surfaceOfOne(geometry: SurfaceGeometry, discretization: Discretization): Surface {
  const spacing = discretization.ruptureMeshSpacing;
  switch (geometry.kind) {
    case 'planar':
      // strike and dip written in files are not used: the reference measures both on the corners
      return planarSurfaceOfCorners(geometry.corners);
    case 'gridded':
      return new GriddedSurface(geometry.points);
    case 'kite': {
      const step = geometry.spacing ?? spacing;
      return new KiteSurface(kiteMesh(geometry.profiles, step, step));
    }
    case 'simpleFault': {
      const mesh = simpleFaultMesh(geometry, geometry.spacing ?? spacing);
      const block = { firstRow: 0, firstColumn: 0, rows: mesh.rows, columns: mesh.columns };
      return new RectangularSurface(mesh, measureBlock(faultCells(mesh), block, 1), SIMPLE_DILATION);
    }
    case 'complexFault': {
      const { mesh, cells } = complexFaultSurface(geometry, discretization.complexFaultMeshSpacing);
      const block = { firstRow: 0, firstColumn: 0, rows: mesh.rows, columns: mesh.columns };
      return new RectangularSurface(mesh, measureBlock(cells, block, cells.rows), COMPLEX_DILATION);
    }
  }
}

/** A plane, kite or fault as part of a larger surface: with its top edge. */
function partOf(surface: Surface): SurfacePart {
  const points = surface.points?.();
  if (points !== undefined && surface.kind === 'planar') {
    const { lon, lat } = points;
    return { surface, trace: Float64Array.of(lon[0], lat[0], lon[1], lat[1]) };
  }
  if (points !== undefined && surface instanceof KiteSurface) {
    const { lon, lat } = points;
    const top = Float64Array.from([...surface.topNodes].flatMap((node) => [lon[node], lat[node]]));
    return { surface, trace: keepCorners(top, CORNER_ANGLE) };
  }
  if (surface instanceof RectangularSurface) {
    const { columns, lon, lat } = surface.mesh;
    const top = Float64Array.from(Array.from({ length: columns }, (_, k) => [lon[k], lat[k]]).flat());
    return { surface, trace: keepCorners(top, CORNER_ANGLE) };
  }
  throw refusal(
    'INVALID_GEOMETRY',
    `a surface of several parts must consist of planes, kites or faults, not of a ${surface.kind} surface`,
  );
}
