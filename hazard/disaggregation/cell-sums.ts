/**
 * Sums over ruptures by cell of a disaggregation. Few of all combinations of magnitude, distance and place occur (what is
 * near has a short distance), so cells are kept by number and made when the first rupture falls into them.
 */
import type { ContextBatch } from '../contexts/context-batch.js';
import { coordinateBin, distanceBin, longitudeNear, magnitudeBin } from './bins.js';

/** Edges of the axes that make cells; epsilon lies within a cell. */
export interface CellEdges {
  readonly magnitude: Float64Array;
  /** km */
  readonly distance: Float64Array;
  /** per site, degrees; longitudes are continued beyond +-180 */
  readonly places: readonly { readonly lon: Float64Array; readonly lat: Float64Array }[];
}

/** Position of a cell, the inverse of its number. */
export interface Cell {
  site: number;
  magnitude: number;
  distance: number;
  lon: number;
  lat: number;
}

const FIRST_ROWS = 256;

/** Numbers by cell, as many in each, for cells that are met one by one: no memory for those that no rupture reaches. */
export class CellSums {
  /** [cells x width], in the order in which the cells were made; longer than needed */
  numbers: Float64Array;
  private readonly rows = new Map<number, number>();

  /** @param width numbers of a cell */
  constructor(
    private readonly edges: CellEdges,
    readonly width: number,
  ) {
    this.numbers = new Float64Array(FIRST_ROWS * width);
  }

  /** Numbers of the cells, in the order of the rows. */
  cells(): Float64Array {
    return Float64Array.from(this.rows.keys());
  }

  /** Where the numbers of a cell begin; the cell is made if needed. */
  offset(cell: number): number {
    const known = this.rows.get(cell);
    if (known !== undefined) return known;
    const offset = this.rows.size * this.width;
    this.rows.set(cell, offset);
    if (offset + this.width > this.numbers.length) {
      const longer = new Float64Array(2 * this.numbers.length);
      longer.set(this.numbers);
      this.numbers = longer;
    }
    return offset;
  }

  /** Offsets of the contexts of a batch, -1 for those left out. Needs the columns mag, rrup, clon, clat. */
  locate(batch: ContextBatch, offsets: Int32Array): void {
    const { magnitude, distance, places } = this.edges;
    const { start, site, mag, rrup, clon, clat } = batch;
    let lastCell = -1;
    let lastOffset = -1;
    for (let r = 0; r < batch.ruptures; r++) {
      // as the reference bins them: a magnitude on an edge belongs to the bin of its nearest single-precision number
      const magnitudeNumber = magnitudeBin(magnitude, Math.fround(mag[r]));
      for (let i = start[r]; i < start[r + 1]; i++) {
        const distanceNumber = distanceBin(distance, Math.fround(rrup[i]));
        offsets[i] = -1;
        if (magnitudeNumber < 0 || distanceNumber < 0) continue;
        const { lon, lat } = places[site[i]];
        const middle = (lon[0] + lon[lon.length - 1]) / 2;
        const lonNumber = coordinateBin(lon, longitudeNear(middle, Math.fround(clon[i])));
        const cell = cellNumber(
          this.edges,
          site[i],
          magnitudeNumber,
          distanceNumber,
          lonNumber,
          coordinateBin(lat, Math.fround(clat[i])),
        );
        if (cell !== lastCell) {
          lastOffset = this.offset(cell);
          lastCell = cell;
        }
        offsets[i] = lastOffset;
      }
    }
  }
}

function cellNumber(
  { distance, places }: CellEdges,
  site: number,
  magnitudeNumber: number,
  distanceNumber: number,
  lonNumber: number,
  latNumber: number,
): number {
  const { lon, lat } = places[site];
  const place = lonNumber * (lat.length - 1) + latNumber;
  const placeCount = (lon.length - 1) * (lat.length - 1);
  const bin = (magnitudeNumber * (distance.length - 1) + distanceNumber) * placeCount + place;
  return bin * places.length + site;
}

/** The position of a cell by its number. */
export function cellAt({ distance, places }: CellEdges, number: number): Cell {
  const site = number % places.length;
  let rest = Math.floor(number / places.length);
  const take = (size: number): number => {
    const position = rest % size;
    rest = Math.floor(rest / size);
    return position;
  };
  const lat = take(places[site].lat.length - 1);
  const lon = take(places[site].lon.length - 1);
  const distanceNumber = take(distance.length - 1);
  return { site, magnitude: rest, distance: distanceNumber, lon, lat };
}
