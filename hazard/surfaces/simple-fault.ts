/** Meshes of simple faults: a trace carried down dip at a constant angle. */
import { azimuth } from '../geo/azimuth.js';
import { DEGREES_TO_RADIANS } from '../geo/constants.js';
import { destination, pointsAtStep } from '../geo/destination.js';
import { resampledByStep } from '../geo/polyline.js';
import { nodeMesh, type NodeMesh } from './node-mesh.js';
import { refusal } from '../refusal.js';

/** What defines a simple fault: trace [lon, lat, depth, ...] in degrees and km, dip in degrees, depths in km. */
export interface SimpleFaultShape {
  readonly trace: Float64Array;
  readonly dip: number;
  readonly upperSeismogenicDepth: number;
  readonly lowerSeismogenicDepth: number;
}

/**
 * Mesh with steps of `spacing` (km). All columns run down in the same direction, at right angles to the line from the first
 * to the last vertex of the trace; the last row may miss the lower depth by half a step.
 * Errors: Refusal when the mesh would have a single row or column.
 */
export function simpleFaultMesh(shape: SimpleFaultShape, spacing: number): NodeMesh {
  const { trace, dip, upperSeismogenicDepth: upper, lowerSeismogenicDepth: lower } = shape;
  const end = trace.length - 3;
  const dipDirection = azimuth(trace[0], trace[1], trace[end], trace[end + 1]) + 90;
  const samples = resampledByStep(trace, spacing);
  const columns = samples.length / 3;
  const perDepth = 1 / Math.tan(dip * DEGREES_TO_RADIANS);
  const lines: Float64Array[] = [];
  for (let c = 0; c < columns; c++) {
    const [lon, lat, depth] = samples.subarray(3 * c, 3 * c + 3);
    const top = destination(lon, lat, dipDirection, (upper - depth) * perDepth);
    const bottom = destination(lon, lat, dipDirection, (lower - depth) * perDepth);
    lines.push(pointsAtStep([...top, upper], [...bottom, lower], spacing));
  }
  // Columns are equally long but for rounding errors, which must not make their numbers of nodes differ.
  const rows = Math.min(...lines.map((line) => line.length / 3));
  if (columns < 2) throw refusal('MESH_TOO_COARSE', 'the mesh spacing is too large for the length of the fault trace');
  if (rows < 2) throw refusal('MESH_TOO_COARSE', 'the mesh spacing is too large for the width of the fault');
  const grid = (k: number): Float64Array => {
    const values = new Float64Array(rows * columns);
    for (let r = 0; r < rows; r++) for (let c = 0; c < columns; c++) values[r * columns + c] = lines[c][3 * r + k];
    return values;
  };
  return nodeMesh(rows, columns, grid(0), grid(1), grid(2));
}
