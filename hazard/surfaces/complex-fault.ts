/** Meshes of complex faults: surfaces between edges, from the top edge down to the bottom edge. */
import { polylineLength, resampledToCount } from '../geo/polyline.js';
import { roundHalfEven } from '../geo/rounding.js';
import { nodeMesh, type NodeMesh } from './node-mesh.js';
import { refusal } from '../refusal.js';

/**
 * Mesh through the edges with steps close to `spacing` (km) along strike and down dip.
 * @param edges from top to bottom, each [lon, lat, depth, ...] in degrees and km
 * Errors: Refusal when there are fewer than two edges or the mesh would have a single row or column.
 */
export function complexFaultMesh(edges: readonly Float64Array[], spacing: number): NodeMesh {
  if (edges.length < 2) throw refusal('INVALID_GEOMETRY', 'a complex fault needs at least two edges');
  const columns = roundHalfEven(meanLength(edges) / spacing) + 1;
  if (columns < 2) throw refusal('MESH_TOO_COARSE', 'the mesh spacing is too large for the length of the edges');
  const resampled = edges.map((edge) => resampledToCount(edge, columns));
  const lines = Array.from({ length: columns }, (_, c) =>
    Float64Array.from(resampled.flatMap((edge) => [edge[3 * c], edge[3 * c + 1], edge[3 * c + 2]])),
  );
  const rows = roundHalfEven(meanLength(lines) / spacing) + 1;
  if (rows < 2) throw refusal('MESH_TOO_COARSE', 'the mesh spacing is too large for the distance between the edges');
  const lon = new Float64Array(rows * columns);
  const lat = new Float64Array(rows * columns);
  const depth = new Float64Array(rows * columns);
  for (let c = 0; c < columns; c++) {
    const column = resampledToCount(lines[c], rows);
    for (let r = 0; r < rows; r++) {
      lon[r * columns + c] = column[3 * r];
      lat[r * columns + c] = column[3 * r + 1];
      depth[r * columns + c] = column[3 * r + 2];
    }
  }
  return nodeMesh(rows, columns, lon, lat, depth);
}

function meanLength(lines: readonly Float64Array[]): number {
  return lines.reduce((sum, line) => sum + polylineLength(line), 0) / lines.length;
}
