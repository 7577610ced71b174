import { refusal } from '../refusal.js';

/** Edges of the bins of a disaggregation (docs/hazard.md, Disaggregation). */

/** degrees per km of a great circle, as the reference rounds it */
const DEGREES_PER_KM = 0.0089932;
/** largest number of bins of a table */
export const MOST_CELLS = 1_000_000;

/** What a job says about its bins. Explicit edges replace what follows from the widths. */
export interface BinSettings {
  readonly magnitudeWidth: number;
  /** km; undefined: one bin up to the largest distance */
  readonly distanceWidth: number | undefined;
  /** degrees */
  readonly coordinateWidth: number;
  readonly epsilonBins: number;
  readonly explicit: {
    readonly magnitude?: Float64Array;
    readonly distance?: Float64Array;
    readonly epsilon?: Float64Array;
    /** degrees, for a job of one site */
    readonly lon?: Float64Array;
    readonly lat?: Float64Array;
  };
}

/** Ascending edges of the axes that every site shares. */
export interface BinEdges {
  readonly magnitude: Float64Array;
  /** km */
  readonly distance: Float64Array;
  /** sigmas */
  readonly epsilon: Float64Array;
}

/**
 * Edges for sources with magnitudes `smallest` .. `largest`, distances up to `furthest` km and truncation at +-`truncation` sigmas.
 * Errors: Refusal when the table would have more than MOST_CELLS cells.
 */
export function binEdges(
  settings: BinSettings,
  magnitudes: readonly [smallest: number, largest: number],
  furthest: number,
  truncation: number,
): BinEdges {
  const { magnitudeWidth, distanceWidth, epsilonBins, explicit } = settings;
  const edges = {
    magnitude: explicit.magnitude ?? magnitudeEdges(magnitudes[0], magnitudes[1], magnitudeWidth),
    distance: explicit.distance ?? distanceEdges(furthest, distanceWidth),
    epsilon: explicit.epsilon ?? epsilonEdges(truncation, epsilonBins),
  };
  const cells = Object.values(edges).reduce((product, row) => product * (row.length - 1), 1);
  if (cells > MOST_CELLS)
    throw refusal(
      'TOO_LARGE',
      `the disaggregation has ${cells} bins: at most ${MOST_CELLS} are allowed, take wider ones`,
    );
  return edges;
}

/** Multiples of the width around magnitudes that are first rounded to two decimals. */
export function magnitudeEdges(smallest: number, largest: number, width: number): Float64Array {
  const low = round(smallest, 2);
  const high = round(largest, 2);
  const first = Math.floor(low / width);
  let last = Math.ceil(high / width);
  // a magnitude on the last edge gets a bin above it
  if (last === first || round(high, 3) >= round(width * last, 3)) last++;
  return Float64Array.from({ length: last - first + 1 }, (_, k) => width * (first + k));
}

/** 0, width, 2 width ... at or beyond the largest distance, km; a single bin without a width. */
export function distanceEdges(furthest: number, width: number | undefined): Float64Array {
  if (width === undefined) return Float64Array.of(0, furthest);
  return Float64Array.from({ length: Math.ceil(furthest / width) + 1 }, (_, k) => width * k);
}

/** `count` equal bins over -truncation .. truncation. */
export function epsilonEdges(truncation: number, count: number): Float64Array {
  return equalBins(-truncation, truncation, count);
}

/**
 * Edges around a site, degrees. Longitudes are continued beyond +-180, not wrapped: a place belongs to the bin of its
 * longitude nearest to the site. The number of bins follows from half the extent, so that they are about twice as wide as asked.
 */
export function coordinateEdges(
  lon: number,
  lat: number,
  furthest: number,
  width: number,
): { lon: Float64Array; lat: Float64Array } {
  const half = furthest * DEGREES_PER_KM;
  const count = Math.ceil(half / width);
  const halfLat = Math.min(half, 90);
  const halfLon = Math.min(half / Math.cos((lat * Math.PI) / 180), 180);
  return {
    lon: equalBins(lon - halfLon, lon + halfLon, count),
    lat: equalBins(lat - halfLat, lat + halfLat, count),
  };
}

/** Centres of the bins, as tables name them. */
export function binCentres(edges: Float64Array): Float64Array {
  return Float64Array.from({ length: edges.length - 1 }, (_, k) => (edges[k] + edges[k + 1]) / 2);
}

function equalBins(from: number, to: number, count: number): Float64Array {
  const step = (to - from) / count;
  return Float64Array.from({ length: count + 1 }, (_, k) => (k === count ? to : from + step * k));
}

function round(value: number, decimals: number): number {
  const scale = 10 ** decimals;
  return Math.round(value * scale) / scale;
}
