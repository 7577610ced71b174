/** Polygons and polylines in a plane: flat arrays [x, y, x, y, ...] in km; rings are closed implicitly. */

/** Squared distance of a point to the segment a-b. */
function squaredDistanceToSegment(x: number, y: number, ax: number, ay: number, bx: number, by: number): number {
  const ux = bx - ax;
  const uy = by - ay;
  const px = x - ax;
  const py = y - ay;
  const squaredLength = ux * ux + uy * uy;
  let t = squaredLength > 0 ? (px * ux + py * uy) / squaredLength : 0;
  t = t < 0 ? 0 : t > 1 ? 1 : t;
  const dx = px - t * ux;
  const dy = py - t * uy;
  return dx * dx + dy * dy;
}

/** Whether a point lies inside a ring (even-odd rule); points on an edge may count either way. */
export function insideRing(ring: Float64Array, x: number, y: number, length: number = ring.length): boolean {
  let inside = false;
  let ax = ring[length - 2];
  let ay = ring[length - 1];
  for (let i = 0; i < length; i += 2) {
    const bx = ring[i];
    const by = ring[i + 1];
    if (ay > y !== by > y && x < ((ax - bx) * (y - by)) / (ay - by) + bx) inside = !inside;
    ax = bx;
    ay = by;
  }
  return inside;
}

/** Whether a point lies inside a ring and farther than a tolerance (km) from its edges. */
export function strictlyInsideRing(ring: Float64Array, x: number, y: number, tolerance = 1e-9): boolean {
  if (!insideRing(ring, x, y)) return false;
  return squaredDistanceToRing(ring, x, y) > tolerance * tolerance;
}

/** Squared distance of a point to the edges of a ring. */
export function squaredDistanceToRing(ring: Float64Array, x: number, y: number, length: number = ring.length): number {
  let best = Infinity;
  let ax = ring[length - 2];
  let ay = ring[length - 1];
  for (let i = 0; i < length; i += 2) {
    const bx = ring[i];
    const by = ring[i + 1];
    const d = squaredDistanceToSegment(x, y, ax, ay, bx, by);
    if (d < best) best = d;
    ax = bx;
    ay = by;
  }
  return best;
}

/** Convex hull (monotone chain), anticlockwise, without collinear points; fewer than three points are returned as they are. */
export function convexHull(points: Float64Array): Float64Array {
  const n = points.length / 2;
  const order = Array.from({ length: n }, (_, i) => i).sort(
    (i, j) => points[2 * i] - points[2 * j] || points[2 * i + 1] - points[2 * j + 1],
  );
  const turn = (a: number, b: number, c: number): number =>
    (points[2 * b] - points[2 * a]) * (points[2 * c + 1] - points[2 * a + 1]) -
    (points[2 * b + 1] - points[2 * a + 1]) * (points[2 * c] - points[2 * a]);
  const half = (indices: readonly number[]): number[] => {
    const hull: number[] = [];
    for (const i of indices) {
      while (hull.length > 1 && turn(hull[hull.length - 2], hull[hull.length - 1], i) <= 0) hull.pop();
      hull.push(i);
    }
    hull.pop();
    return hull;
  };
  const ring = n < 3 ? order : [...half(order), ...half([...order].reverse())];
  const hull = new Float64Array(2 * ring.length);
  ring.forEach((i, k) => {
    hull[2 * k] = points[2 * i];
    hull[2 * k + 1] = points[2 * i + 1];
  });
  return hull;
}

/** Whether segments a-b and c-d have a point in common. */
function segmentsMeet(p: Float64Array, a: number, b: number, c: number, d: number): boolean {
  const side = (i: number, j: number, k: number): number =>
    Math.sign((p[j] - p[i]) * (p[k + 1] - p[i + 1]) - (p[j + 1] - p[i + 1]) * (p[k] - p[i]));
  const between = (i: number, j: number, k: number): boolean =>
    p[k] >= Math.min(p[i], p[j]) &&
    p[k] <= Math.max(p[i], p[j]) &&
    p[k + 1] >= Math.min(p[i + 1], p[j + 1]) &&
    p[k + 1] <= Math.max(p[i + 1], p[j + 1]);
  const [s1, s2, s3, s4] = [side(a, b, c), side(a, b, d), side(c, d, a), side(c, d, b)];
  if (s1 !== s2 && s3 !== s4) return true;
  return (
    (s1 === 0 && between(a, b, c)) ||
    (s2 === 0 && between(a, b, d)) ||
    (s3 === 0 && between(c, d, a)) ||
    (s4 === 0 && between(c, d, b))
  );
}

/** Whether a polyline [x, y, ...], closed to a ring or not, meets itself elsewhere than in consecutive points. */
export function meetsItself(points: Float64Array, closed: boolean): boolean {
  const n = points.length / 2;
  const segments = closed ? n : n - 1;
  for (let i = 0; i < segments; i++) {
    for (let j = i + 2; j < segments; j++) {
      if (closed && i === 0 && j === segments - 1) continue;
      if (segmentsMeet(points, 2 * i, 2 * (i + 1), 2 * j, 2 * ((j + 1) % n))) return true;
    }
  }
  return false;
}
