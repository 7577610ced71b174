import { RADIANS_TO_DEGREES } from '../../geo/constants.js';
import type { MagnitudeBins } from '../../mfd/rates.js';
import { pointRelation } from '../../scaling/point.js';
import { scalingRelation } from '../../scaling/registry.js';
import type { ScalingRelation } from '../../scaling/scaling-relation.js';
import {
  orientation,
  putShape,
  ruptureSize,
  SHAPE,
  type Orientation,
  type RuptureSize,
} from '../../surfaces/planar-rupture.js';
import type { DistributedSeismicity, HypocentralDepth, NodalPlane } from '../source.js';

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
function mergedPlanes(planes: readonly NodalPlane[]): NodalPlane[] {
  return merged(planes, ({ strike, dip, rake }) => [strike, dip, rake]);
}

/** Hypocentral depths; repeated ones are merged, and then all are sorted by probability. */
function mergedDepths(depths: readonly HypocentralDepth[]): HypocentralDepth[] {
  return merged(depths, ({ depth }) => [depth]);
}

/** The arithmetic mean of planes, weighted by their probabilities whatever these add up to; angles are not wrapped. */
export function meanPlane(planes: readonly NodalPlane[]): NodalPlane {
  return {
    probability: 1,
    strike: weightedMean(planes, ({ strike }) => strike),
    dip: weightedMean(planes, ({ dip }) => dip),
    rake: weightedMean(planes, ({ rake }) => rake),
  };
}

/** The mean depth, km, weighted by the probabilities of the depths. */
export function meanDepth(depths: readonly HypocentralDepth[]): number {
  return weightedMean(depths, ({ depth }) => depth);
}

function weightedMean<T extends { readonly probability: number }>(
  entries: readonly T[],
  value: (entry: T) => number,
): number {
  let sum = 0;
  let total = 0;
  for (const entry of entries) {
    sum += entry.probability * value(entry);
    total += entry.probability;
  }
  return sum / total;
}

/** What the ruptures of point-like seismicity share, with the shapes of their planes by magnitude. */
export class Seismicity {
  readonly planes: readonly NodalPlane[];
  readonly depths: readonly HypocentralDepth[];
  readonly upperDepth: number;
  readonly lowerDepth: number;
  /** the mean plane and depth (km) that far sites may see */
  readonly meanPlane: NodalPlane;
  readonly meanDepth: number;
  /** of the planes, and of the mean plane at the end */
  readonly orientations: readonly Orientation[];
  private readonly relation: ScalingRelation;
  private readonly aspectRatio: number;

  /** Errors: Refusal for an unknown scaling relation. */
  constructor(source: DistributedSeismicity) {
    this.planes = mergedPlanes(source.nodalPlanes);
    this.depths = mergedDepths(source.hypocentralDepths);
    this.meanPlane = meanPlane(this.planes);
    this.meanDepth = meanDepth(this.depths);
    this.orientations = [...this.planes, this.meanPlane].map(({ strike, dip, rake }) => orientation(strike, dip, rake));
    this.upperDepth = source.upperSeismogenicDepth;
    this.lowerDepth = source.lowerSeismogenicDepth;
    this.relation = scalingRelation(source.magnitudeScalingRelation);
    this.aspectRatio = source.ruptureAspectRatio;
  }

  /** ruptures of one magnitude at one place */
  get perMagnitude(): number {
    return this.planes.length * this.depths.length;
  }

  /** Length and width of the rupture of a magnitude on a plane, km. */
  size(magnitude: number, { dip, rake }: Pick<NodalPlane, 'dip' | 'rake'>): RuptureSize {
    const area = this.relation.medianArea(magnitude, rake);
    return ruptureSize(area, this.aspectRatio, dip, this.upperDepth, this.lowerDepth);
  }

  /** Writes the shapes of all orientations for one magnitude; see `planar-rupture.ts`. */
  putShapes(table: Float64Array, at: number, magnitude: number): void {
    const { relation, aspectRatio, orientations } = this;
    for (let p = 0; p < orientations.length; p++) {
      const plane = orientations[p];
      const area = relation.medianArea(magnitude, plane.rake);
      putShape(table, at + p * SHAPE.size, area, aspectRatio, plane, this.lowerDepth - this.upperDepth);
    }
  }

  /**
   * How far (km) from the hypocentre the ruptures of a magnitude reach at most: half the diagonal of the largest length and the
   * largest projected width over the planes, which may be of two planes. Sites are sought this much further. `at` is where the
   * shapes of the magnitude stand.
   */
  reach(table: Float64Array, at: number): number {
    let length = 0;
    let across = 0;
    for (let p = 0; p < this.planes.length; p++) {
      length = Math.max(length, table[at + p * SHAPE.size + SHAPE.length]);
      across = Math.max(across, table[at + p * SHAPE.size + SHAPE.across]);
    }
    return this.halfDiagonal(length, across);
  }

  /**
   * By how much (km) the limit of distant sites exceeds `pointsource_distance`: half the diagonal of the projected rupture on the
   * plane listed last. No plane is more right than another; the reference takes this one.
   */
  nearness(table: Float64Array, at: number): number {
    const last = at + (this.planes.length - 1) * SHAPE.size;
    return this.halfDiagonal(table[last + SHAPE.length], table[last + SHAPE.across]);
  }

  private halfDiagonal(length: number, across: number): number {
    return this.relation === pointRelation ? 0 : Math.sqrt(length * length + across * across) / 2;
  }
}

/** Shapes of the planes for each of a list of magnitudes, computed when first used, for all places that share the list. */
export class MagnitudeShapes {
  /** km, of the largest magnitude */
  readonly largestRadius: number;
  /**
   * Mean depth (km) that far sites may see. The reference weights depths with the yearly rate of a place and divides by that: the
   * result may miss a whole number by rounding, which models with a limit there (10 km in Allen 2012) answer with another formula.
   */
  readonly meanDepth: number;
  /** shapes of all bins: stride numbers per bin */
  private shapes: Float64Array | undefined;
  private readonly stride: number;

  /** `places` is the number of places that the rates of the bins are spread over. */
  constructor(
    readonly bins: MagnitudeBins,
    private readonly seismicity: Seismicity,
    places = 1,
  ) {
    let rate = 0;
    for (let bin = 0; bin < bins.magnitudes.length; bin++) rate += bins.rates[bin * bins.columns] / places;
    const { meanDepth: depth } = seismicity;
    this.meanDepth = rate > 0 ? (depth * rate) / rate : depth;
    this.stride = seismicity.orientations.length * SHAPE.size;
    let largest = -Infinity;
    for (const magnitude of bins.magnitudes) if (magnitude > largest) largest = magnitude;
    const scratch = new Float64Array(this.stride);
    seismicity.putShapes(scratch, 0, largest);
    this.largestRadius = seismicity.reach(scratch, 0);
  }

  get table(): Float64Array {
    if (this.shapes) return this.shapes;
    const { magnitudes } = this.bins;
    const shapes = new Float64Array(magnitudes.length * this.stride);
    for (let bin = 0; bin < magnitudes.length; bin++) {
      this.seismicity.putShapes(shapes, bin * this.stride, magnitudes[bin]);
    }
    return (this.shapes = shapes);
  }

  /** Where the shape of a plane stands in the table; the number of planes stands for the mean plane. */
  at(bin: number, plane: number): number {
    return bin * this.stride + plane * SHAPE.size;
  }

  /** How far the ruptures of a bin reach from the hypocentre at most, km. */
  radius(bin: number): number {
    return this.seismicity.reach(this.table, bin * this.stride);
  }

  /** By how much the limit of distant sites exceeds `pointsource_distance` for a bin, km; see `Seismicity.nearness`. */
  nearness(bin: number): number {
    return this.seismicity.nearness(this.table, bin * this.stride);
  }
}

/** Longitude and latitude in degrees of a unit vector. */
export function lonLat(x: number, y: number, z: number): [number, number] {
  return [Math.atan2(y, x) * RADIANS_TO_DEGREES, Math.atan2(z, Math.sqrt(x * x + y * y)) * RADIANS_TO_DEGREES];
}
