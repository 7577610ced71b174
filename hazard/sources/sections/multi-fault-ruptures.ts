import { boundingBox, type BoundingBox } from '../../geo/bounding-box.js';
import { RADIANS_TO_DEGREES } from '../../geo/constants.js';
import { midpoint } from '../../geo/destination.js';
import { greatCircleDistance } from '../../geo/distance.js';
import type { SectionTables } from '../../surfaces/fault-sections.js';
import { arrangeTraces, largestU } from '../../surfaces/gc2.js';

/** Averages over the sections of a rupture, in single precision as in the reference, and its hypocentre. */
export interface RuptureMeasures {
  /** degrees */
  readonly strike: number;
  readonly dip: number;
  /** km */
  readonly width: number;
  readonly ztor: number;
  readonly zbot: number;
  /** km2 */
  readonly area: number;
  /** km: largest |U| over the ends of the sections taken as straight; NaN unless wanted */
  readonly largestU: number;
  /** lon, lat, depth */
  readonly hypocentre: readonly [number, number, number];
  readonly box: BoundingBox;
}

/**
 * Measures of a rupture from the sections that count (those near the sites, when there are few). The hypocentre is the middle
 * of the section closest to the centre of the box around them.
 */
export function measureRupture(tables: SectionTables, sections: Int32Array, withLargestU: boolean): RuptureMeasures {
  const box = boxOf(tables, sections);
  let area = 0;
  let dip = 0;
  let width = 0;
  let ztor = 0;
  let zbot = 0;
  let sin = 0;
  let cos = 0;
  for (let m = 0; m < sections.length; m++) {
    const { measures, zbot: bottom, strikeSin, strikeCos } = tables.sections[sections[m]];
    area += measures.area;
    dip += measures.dip * measures.area;
    width += measures.width * measures.area;
    ztor += measures.ztor * measures.area;
    zbot += bottom * measures.area;
    sin += strikeSin * measures.area;
    cos += strikeCos * measures.area;
  }
  return {
    strike: Math.fround((Math.atan2(sin, cos) * RADIANS_TO_DEGREES + 360) % 360),
    dip: Math.fround(dip / area),
    width: Math.fround(width / area),
    ztor: Math.fround(ztor / area),
    zbot: Math.fround(zbot / area),
    area: Math.fround(area),
    largestU: withLargestU ? largestU(tables.reducedTraces, arrangeTraces(tables.reducedTraces, sections)) : NaN,
    hypocentre: middleClosestTo(tables, sections, box),
    box,
  };
}

/** Box around some sections. */
function boxOf(tables: SectionTables, sections: Int32Array): BoundingBox {
  const lon = new Float64Array(2 * sections.length);
  const lat = new Float64Array(2 * sections.length);
  for (let m = 0; m < sections.length; m++) {
    const { box } = tables.sections[sections[m]];
    lon[2 * m] = box[0];
    lon[2 * m + 1] = box[2];
    lat[2 * m] = box[1];
    lat[2 * m + 1] = box[3];
  }
  return boundingBox(lon, lat);
}

function middleClosestTo(
  tables: SectionTables,
  sections: Int32Array,
  [west, south, east, north]: BoundingBox,
): readonly [number, number, number] {
  const [lon, lat] = midpoint(west, north, east, south);
  let best: readonly [number, number, number] = [NaN, NaN, NaN];
  let least = Infinity;
  for (const section of sections) {
    const { middle } = tables.sections[section];
    const distance = greatCircleDistance(lon, lat, middle[0], middle[1]);
    if (distance < least) {
      least = distance;
      best = middle;
    }
  }
  return best;
}
