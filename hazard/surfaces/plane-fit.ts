/** Plane of least squares through a cloud of points. */
import { RADIANS_TO_DEGREES } from '../geo/constants.js';

/**
 * Strike and dip, degrees, of the plane that fits the points best (least sum of squared distances to the plane).
 * x east, y north, z up, km, each [n]. The plane dips to the right of the strike; dip in [0, 90].
 */
export function planeStrikeDip(x: Float64Array, y: Float64Array, z: Float64Array): [number, number] {
  let [nx, ny, nz] = smallestEigenvector(covariance([x, y, z]));
  if (nz < 0) [nx, ny, nz] = [-nx, -ny, -nz];
  const horizontal = Math.hypot(nx, ny);
  const dipDirection = Math.atan2(nx, ny) * RADIANS_TO_DEGREES;
  return [(dipDirection - 90 + 720) % 360, Math.atan2(horizontal, nz) * RADIANS_TO_DEGREES];
}

function covariance(axes: readonly Float64Array[]): number[][] {
  const n = axes[0].length;
  const means = axes.map((axis) => axis.reduce((a, b) => a + b, 0) / n);
  return axes.map((a, i) =>
    axes.map((b, j) => {
      let sum = 0;
      for (let k = 0; k < n; k++) sum += (a[k] - means[i]) * (b[k] - means[j]);
      return sum;
    }),
  );
}

/** Eigenvector of the smallest eigenvalue of a symmetric 3 x 3 matrix by Jacobi rotations (Golub and Van Loan, 8.5). */
function smallestEigenvector(matrix: number[][]): [number, number, number] {
  const a = matrix.map((row) => row.slice());
  const v = [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ];
  for (let sweep = 0; sweep < 50; sweep++) {
    const off = a[0][1] * a[0][1] + a[0][2] * a[0][2] + a[1][2] * a[1][2];
    const scale = a[0][0] * a[0][0] + a[1][1] * a[1][1] + a[2][2] * a[2][2];
    if (off <= 1e-32 * scale) break;
    for (const [p, q] of [
      [0, 1],
      [0, 2],
      [1, 2],
    ]) {
      rotate(a, v, p, q);
    }
  }
  let smallest = 0;
  for (let i = 1; i < 3; i++) if (a[i][i] < a[smallest][smallest]) smallest = i;
  return [v[0][smallest], v[1][smallest], v[2][smallest]];
}

function rotate(a: number[][], v: number[][], p: number, q: number): void {
  if (a[p][q] === 0) return;
  const theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
  const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const c = 1 / Math.sqrt(t * t + 1);
  const s = t * c;
  for (let k = 0; k < 3; k++) {
    const kp = a[k][p];
    const kq = a[k][q];
    a[k][p] = c * kp - s * kq;
    a[k][q] = s * kp + c * kq;
  }
  for (let k = 0; k < 3; k++) {
    const pk = a[p][k];
    const qk = a[q][k];
    a[p][k] = c * pk - s * qk;
    a[q][k] = s * pk + c * qk;
    const vkp = v[k][p];
    const vkq = v[k][q];
    v[k][p] = c * vkp - s * vkq;
    v[k][q] = s * vkp + c * vkq;
  }
}
