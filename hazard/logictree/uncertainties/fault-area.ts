import type { Discretization, Source } from '../../sources/source.js';
import { surfaceOfGeometry } from '../../sources/surface-of-geometry.js';
import { complexFaultMesh } from '../../surfaces/complex-fault.js';
import { faultCells } from '../../surfaces/fault-cells.js';
import type { NodeMesh } from '../../surfaces/node-mesh.js';
import { simpleFaultMesh } from '../../surfaces/simple-fault.js';
import { refusal } from '../../refusal.js';

/** km: areas of faults do not depend on the mesh that ruptures use. */
const SIMPLE_FAULT_STEP = 1;
const COMPLEX_FAULT_STEP = 2;

/**
 * Area of the whole fault of a source, km2: simple and complex faults on a mesh of their own, characteristic ones on the mesh
 * of their rupture. Errors: Refusal for other sources.
 */
export function faultArea(source: Source, discretization: Discretization): number {
  switch (source.type) {
    case 'simpleFault':
      return meshArea(simpleFaultMesh(source.geometry, SIMPLE_FAULT_STEP));
    case 'complexFault':
      return meshArea(complexFaultMesh(source.geometry.edges, COMPLEX_FAULT_STEP));
    case 'characteristicFault':
      return surfaceOfGeometry(source.surfaces, discretization).area;
    default:
      throw refusal('TREE_UNCERTAINTY', `a source of type ${source.type} has no fault area`);
  }
}

function meshArea(mesh: NodeMesh): number {
  return faultCells(mesh).area.reduce((sum, area) => sum + area, 0);
}
