import { RADIANS_TO_DEGREES } from '../geo/constants.js';
import type { MagnitudeBins } from '../mfd/rates.js';
import { pointRelation } from '../scaling/point.js';
import { scalingRelation } from '../scaling/registry.js';
import type { ScalingRelation } from '../scaling/scaling-relation.js';
import { planeShape, ruptureSize, type PlaneShape } from '../surfaces/planar-rupture.js';
import type { DistributedSeismicity, HypocentralDepth, NodalPlane } from './source.js';

/** Planes and depths that merge: equal in everything but the probability. */
function merged<T extends { readonly probability: number }>(
  entries: readonly T[],
  values: (entry: T) => number[],
): T[] {
  const byValue = new Map<string, T>();
  for (const entry of entries) {
    const key = values(entry).join(' ');
    const same = byValue.get(key);
    byValue.set(key, same ? { ...same, probability: same.probability + entry.probability } : entry);
  }
  if (byValue.size === entries.length) return [...entries];
  const order = (entry: T): number[] => [entry.probability, ...values(entry)];
  return [...byValue.values()].sort((a, b) => {
    const [p, q] = [order(a), order(b)];
    const k = p.findIndex((value, i) => value !== q[i]);
    return k < 0 ? 0 : p[k] - q[k];
  });
}

/** Nodal planes; repeated ones are merged, and then all are sorted by probability, as the reference does. */
export function mergedPlanes(planes: readonly NodalPlane[]): NodalPlane[] {
  return merged(planes, ({ strike, dip, rake }) => [strike, dip, rake]);
}

/** Hypocentral depths; repeated ones are merged, and then all are sorted by probability. */
export function mergedDepths(depths: readonly HypocentralDepth[]): HypocentralDepth[] {
  return merged(depths, ({ depth }) => [depth]);
}

/** The probability-weighted arithmetic mean of planes; angles are not wrapped. */
export function meanPlane(planes: readonly NodalPlane[]): NodalPlane {
  const mean = (value: (plane: NodalPlane) => number): number =>
    planes.reduce((sum, plane) => sum + plane.probability * value(plane), 0);
  return {
    probability: 1,
    strike: mean(({ strike }) => strike),
    dip: mean(({ dip }) => dip),
    rake: mean(({ rake }) => rake),
  };
}

/** The probability-weighted mean depth, km. */
export function meanDepth(depths: readonly HypocentralDepth[]): number {
  return depths.reduce((sum, { probability, depth }) => sum + probability * depth, 0);
}

/** What the ruptures of point-like seismicity share, with the shapes of their planes by magnitude. */
export class Seismicity {
  readonly planes: readonly NodalPlane[];
  readonly depths: readonly HypocentralDepth[];
  readonly upperDepth: number;
  readonly lowerDepth: number;
  /** the mean plane and depth that far sites may see */
  readonly meanPlane: NodalPlane;
  readonly meanDepth: number;
  private readonly relation: ScalingRelation;
  private readonly aspectRatio: number;

  /** Errors: RangeError for an unknown scaling relation. */
  constructor(source: DistributedSeismicity) {
    this.planes = mergedPlanes(source.nodalPlanes);
    this.depths = mergedDepths(source.hypocentralDepths);
    this.meanPlane = meanPlane(this.planes);
    this.meanDepth = meanDepth(this.depths);
    this.upperDepth = source.upperSeismogenicDepth;
    this.lowerDepth = source.lowerSeismogenicDepth;
    this.relation = scalingRelation(source.magnitudeScalingRelation);
    this.aspectRatio = source.ruptureAspectRatio;
  }

  /** whether ruptures count as points: their reach is 0 by definition, not that of their tiny planes */
  get isPointLike(): boolean {
    return this.relation === pointRelation;
  }

  /** ruptures of one magnitude at one place */
  get perMagnitude(): number {
    return this.planes.length * this.depths.length;
  }

  shape(magnitude: number, { strike, dip, rake }: NodalPlane): PlaneShape {
    const area = this.relation.medianArea(magnitude, rake);
    return planeShape(ruptureSize(area, this.aspectRatio, dip, this.upperDepth, this.lowerDepth), strike, dip, rake);
  }
}

/** Shapes of the planes for each of a list of magnitudes, computed once for all places that have these magnitudes. */
export class MagnitudeShapes {
  /** [bins][planes] */
  readonly full: readonly (readonly PlaneShape[])[];
  /** [bins]: of the mean plane */
  readonly mean: readonly PlaneShape[];
  /** [bins]: how far ruptures reach from the hypocentre at most, km */
  readonly radius: Float64Array;

  constructor(
    readonly bins: MagnitudeBins,
    seismicity: Seismicity,
  ) {
    const magnitudes = Array.from(bins.magnitudes);
    this.full = magnitudes.map((m) => seismicity.planes.map((plane) => seismicity.shape(m, plane)));
    this.mean = magnitudes.map((m) => seismicity.shape(m, seismicity.meanPlane));
    this.radius = Float64Array.from(this.full, (shapes) => (seismicity.isPointLike ? 0 : ruptureRadius(shapes)));
  }

  /** of the largest magnitude, km */
  get largestRadius(): number {
    return this.radius.reduce((a, b) => Math.max(a, b), 0);
  }
}

/** Half the diagonal of the largest length and the largest projected width over the planes, which may be of two planes. */
function ruptureRadius(shapes: readonly PlaneShape[]): number {
  const length = Math.max(...shapes.map((shape) => shape.length));
  const across = Math.max(...shapes.map((shape) => shape.width * shape.cosDip));
  return Math.sqrt(length * length + across * across) / 2;
}

/** Longitude and latitude in degrees of a unit vector. */
export function lonLat(x: number, y: number, z: number): [number, number] {
  return [Math.atan2(y, x) * RADIANS_TO_DEGREES, Math.atan2(z, Math.sqrt(x * x + y * y)) * RADIANS_TO_DEGREES];
}
