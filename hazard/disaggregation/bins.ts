/** In which bin a rupture falls (docs/hazard.md, Disaggregation). */

/** Number of the bin (lo, hi]; below the first edge the first one; -1 above the last edge: such ruptures are left out. */
export function magnitudeBin(edges: Float64Array, magnitude: number): number {
  let bin = 0;
  while (bin + 1 < edges.length && magnitude > edges[bin + 1]) bin++;
  return bin + 1 < edges.length ? bin : -1;
}

/** Number of the bin [lo, hi); beyond the last edge the last one; -1 below the first edge, which explicit edges can cause. */
export function distanceBin(edges: Float64Array, distance: number): number {
  let bin = -1;
  while (bin + 2 < edges.length && distance >= edges[bin + 1]) bin++;
  return bin;
}

/** As distanceBin for a coordinate in degrees, but below the first edge the last bin. */
export function coordinateBin(edges: Float64Array, coordinate: number): number {
  const bin = distanceBin(edges, coordinate);
  return bin < 0 ? edges.length - 2 : bin;
}

/** The longitude, shifted by whole turns, that is nearest to the one of the site. */
export function longitudeNear(site: number, lon: number): number {
  return lon - 360 * Math.round((lon - site) / 360);
}
