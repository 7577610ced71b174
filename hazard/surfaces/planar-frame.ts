import { EARTH_RADIUS } from '../geo/constants.js';

/**
 * The numbers by which distances to a plane are computed, in one flat array per plane, so that the ruptures of point sources
 * need neither objects nor trigonometric functions per site. Layout, in numbers from the start of the frame:
 */
export const FRAME = {
  /** top left corner, km Cartesian */
  origin: 0,
  /** unit vectors: normal to the plane, along strike, down dip */
  normal: 3,
  along: 6,
  down: 9,
  /** km, measured on the corners */
  length: 12,
  width: 13,
  /** poles of great circles: bottom left and top left along strike, top left and top right across it */
  poleBottom: 14,
  poleTop: 17,
  poleLeft: 20,
  poleRight: 23,
  /** unit vectors of the corners: top left, top right, bottom left, bottom right */
  corners: 26,
  /** depth of the top and of the bottom, km */
  ztor: 38,
  zbot: 39,
  size: 40,
} as const;

/**
 * Fills the frame at `offset`, whose corners and depths are set already, from sine and cosine of the nominal strike.
 * Follows the reference: width and length are means measured on the corners, great circles use the nominal strike.
 */
export function completeFrame(frame: Float64Array, offset: number, sinStrike: number, cosStrike: number): void {
  const c = offset + FRAME.corners;
  const top = EARTH_RADIUS - frame[offset + FRAME.ztor];
  const bottom = EARTH_RADIUS - frame[offset + FRAME.zbot];
  const tlx = top * frame[c];
  const tly = top * frame[c + 1];
  const tlz = top * frame[c + 2];
  const trx = top * frame[c + 3] - tlx;
  const try_ = top * frame[c + 4] - tly;
  const trz = top * frame[c + 5] - tlz;
  const blx = bottom * frame[c + 6] - tlx;
  const bly = bottom * frame[c + 7] - tly;
  const blz = bottom * frame[c + 8] - tlz;
  const brx = bottom * frame[c + 9] - tlx;
  const bry = bottom * frame[c + 10] - tly;
  const brz = bottom * frame[c + 11] - tlz;
  let scale = 1 / Math.sqrt(trx * trx + try_ * try_ + trz * trz);
  const ux = trx * scale;
  const uy = try_ * scale;
  const uz = trz * scale;
  let nx = try_ * blz - trz * bly;
  let ny = trz * blx - trx * blz;
  let nz = trx * bly - try_ * blx;
  scale = 1 / Math.sqrt(nx * nx + ny * ny + nz * nz);
  nx *= scale;
  ny *= scale;
  nz *= scale;
  const wx = ny * uz - nz * uy;
  const wy = nz * ux - nx * uz;
  const wz = nx * uy - ny * ux;
  frame[offset] = tlx;
  frame[offset + 1] = tly;
  frame[offset + 2] = tlz;
  frame[offset + 3] = nx;
  frame[offset + 4] = ny;
  frame[offset + 5] = nz;
  frame[offset + 6] = ux;
  frame[offset + 7] = uy;
  frame[offset + 8] = uz;
  frame[offset + 9] = wx;
  frame[offset + 10] = wy;
  frame[offset + 11] = wz;
  const topLength = trx * ux + try_ * uy + trz * uz;
  const bottomLength = (brx - blx) * ux + (bry - bly) * uy + (brz - blz) * uz;
  const leftWidth = blx * wx + bly * wy + blz * wz;
  const rightWidth = (brx - trx) * wx + (bry - try_) * wy + (brz - trz) * wz;
  frame[offset + FRAME.length] = (topLength + bottomLength) / 2;
  frame[offset + FRAME.width] = (leftWidth + rightWidth) / 2;
  setPole(frame, offset + FRAME.poleBottom, c + 6, cosStrike, -sinStrike);
  setPole(frame, offset + FRAME.poleTop, c, cosStrike, -sinStrike);
  setPole(frame, offset + FRAME.poleLeft, c, -sinStrike, -cosStrike);
  setPole(frame, offset + FRAME.poleRight, c + 3, -sinStrike, -cosStrike);
}

/** Writes the tangent vector at a corner with given east and north components. */
function setPole(frame: Float64Array, at: number, corner: number, east: number, north: number): void {
  const x = frame[corner];
  const y = frame[corner + 1];
  const z = frame[corner + 2];
  const cosLat = Math.sqrt(x * x + y * y);
  const cosLon = x / cosLat;
  const sinLon = y / cosLat;
  frame[at] = -sinLon * east - z * cosLon * north;
  frame[at + 1] = cosLon * east - z * sinLon * north;
  frame[at + 2] = cosLat * north;
}
