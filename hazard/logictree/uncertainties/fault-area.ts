import type { Discretization, Source, SurfaceGeometry } from '../../sources/source.js';
import { complexFaultMesh } from '../../surfaces/complex-fault.js';
import { faultCells } from '../../surfaces/fault-cells.js';
import type { NodeMesh } from '../../surfaces/node-mesh.js';
import { simpleFaultMesh } from '../../surfaces/simple-fault.js';

/** km: areas of faults do not depend on the mesh that ruptures use. */
const SIMPLE_FAULT_STEP = 1;
const COMPLEX_FAULT_STEP = 2;

/**
 * Area of the whole fault of a source, km2: simple and complex faults on a mesh of their own, characteristic ones on the mesh
 * of their rupture. Errors: RangeError for other sources and surfaces.
 */
export function faultArea(source: Source, discretization: Discretization): number {
  switch (source.type) {
    case 'simpleFault':
      return meshArea(simpleFaultMesh(source.geometry, SIMPLE_FAULT_STEP));
    case 'complexFault':
      return meshArea(complexFaultMesh(source.geometry.edges, COMPLEX_FAULT_STEP));
    case 'characteristicFault':
      return source.surfaces.reduce((sum, surface) => sum + surfaceArea(surface, discretization), 0);
    default:
      throw new RangeError(`a source of type ${source.type} has no fault area`);
  }
}

function surfaceArea(surface: SurfaceGeometry, discretization: Discretization): number {
  const { ruptureMeshSpacing, complexFaultMeshSpacing } = discretization;
  if (surface.kind === 'simpleFault') return meshArea(simpleFaultMesh(surface, surface.spacing ?? ruptureMeshSpacing));
  if (surface.kind === 'complexFault')
    return meshArea(complexFaultMesh(surface.edges, surface.spacing ?? complexFaultMeshSpacing));
  throw new RangeError(`the area of a surface of kind ${surface.kind} cannot be taken for a slip rate`);
}

function meshArea(mesh: NodeMesh): number {
  return faultCells(mesh).area.reduce((sum, area) => sum + area, 0);
}
