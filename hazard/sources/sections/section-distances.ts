import type { SitePoints } from '../../site/site-points.js';
import type { SectionTables } from '../../surfaces/fault-sections.js';
import { lineCoordinates } from '../../surfaces/trace-lines.js';

/** Sections x sites whose distances are kept at a time. */
const ENTRIES_AT_A_TIME = 1 << 20;

/**
 * Distances from a run of consecutive sites to fault sections, each computed at most once and only when a rupture asks for it.
 * Ruptures combine them. All tables [sections x sites of the run], or [2 x sections x sites] for lines, which a rupture may run
 * through forwards (even rows) or backwards (odd rows).
 */
export class SectionDistances {
  /** sites of the run: first, first + 1, ... */
  first = 0;
  count = 0;
  /** most sites in a run */
  readonly capacity: number;
  /** km */
  readonly rrup: Float64Array;
  private readonly indices: Int32Array;
  /** x, y, z and radius of a sphere around the sites of the run, km */
  private readonly sphere = new Float64Array(4);
  private readonly hasRrup: Uint8Array;
  private readonly hasLine: Uint8Array;
  private readonly hasRjb: Uint8Array;
  private rjbTable = new Float64Array(0);
  /** T, U (km) and weight of each line */
  private lineTable = new Float64Array(0);

  constructor(
    private readonly tables: SectionTables,
    readonly sites: SitePoints,
  ) {
    const sections = tables.sections.length;
    this.capacity = Math.max(1, Math.min(sites.size, Math.floor(ENTRIES_AT_A_TIME / Math.max(1, sections))));
    this.rrup = new Float64Array(sections * this.capacity);
    this.indices = new Int32Array(this.capacity);
    this.hasRrup = new Uint8Array(sections);
    this.hasRjb = new Uint8Array(sections);
    this.hasLine = new Uint8Array(2 * sections);
  }

  /** Starts a run of sites at number `first`; nothing is computed yet, unless the run is the one before. */
  start(first: number): void {
    if (this.first === first && this.count > 0) return;
    this.first = first;
    this.count = Math.min(this.capacity, this.sites.size - first);
    for (let k = 0; k < this.count; k++) this.indices[k] = first + k;
    this.hasRrup.fill(0);
    this.hasRjb.fill(0);
    this.hasLine.fill(0);
    const { sphere } = this;
    const { x, y, z } = this.sites;
    sphere.fill(0);
    for (let s = first; s < first + this.count; s++) {
      sphere[0] += x[s] / this.count;
      sphere[1] += y[s] / this.count;
      sphere[2] += z[s] / this.count;
    }
    for (let s = first; s < first + this.count; s++) {
      sphere[3] = Math.max(sphere[3], Math.hypot(x[s] - sphere[0], y[s] - sphere[1], z[s] - sphere[2]));
    }
  }

  /**
   * Least rupture distances over some sections, km, written to out[0..count); they are exact up to `reach`, because sections
   * that are farther from all sites are passed over.
   */
  leastRrup(sections: Int32Array, reach: number, out: Float64Array): void {
    out.fill(Infinity, 0, this.count);
    for (let m = 0; m < sections.length; m++) {
      const section = sections[m];
      const at = section * this.capacity;
      if (this.hasRrup[section] === 0) {
        if (this.isFarther(section, reach)) continue;
        this.hasRrup[section] = 1;
        const { surface } = this.tables.sections[section];
        surface.distances('rrup', this.sites, this.indices, this.count, this.rrup, at);
      }
      for (let k = 0; k < this.count; k++) if (this.rrup[at + k] < out[k]) out[k] = this.rrup[at + k];
    }
  }

  /** Whether the spheres around the section and around the sites are farther apart than a distance in km. */
  private isFarther(section: number, distance: number): boolean {
    const { sphere } = this.tables.sections[section];
    const own = this.sphere;
    const apart = Math.hypot(sphere[0] - own[0], sphere[1] - own[1], sphere[2] - own[2]);
    return apart - sphere[3] - own[3] > distance;
  }

  /** Least Joyner-Boore distances over some sections, km, written to out[0..count). */
  leastRjb(sections: Int32Array, out: Float64Array): void {
    if (this.rjbTable.length === 0) this.rjbTable = new Float64Array(this.rrup.length);
    const table = this.rjbTable;
    out.fill(Infinity, 0, this.count);
    for (let m = 0; m < sections.length; m++) {
      const section = sections[m];
      const at = section * this.capacity;
      if (this.hasRjb[section] === 0) {
        this.hasRjb[section] = 1;
        const { surface } = this.tables.sections[section];
        surface.distances('rjb', this.sites, this.indices, this.count, table, at);
      }
      for (let k = 0; k < this.count; k++) if (table[at + k] < out[k]) out[k] = table[at + k];
    }
  }

  /**
   * T and U (km) of the sites relative to a rupture that runs through some sections, backwards where so marked, each
   * beginning at a shift along the rupture (km). Written to t[0..count), u[0..count); `weights` is scratch.
   */
  coordinates(
    sections: Int32Array,
    backwards: Uint8Array,
    shift: Float64Array,
    t: Float64Array,
    u: Float64Array,
    weights: Float64Array,
  ): void {
    if (this.lineTable.length === 0) this.lineTable = new Float64Array(6 * this.rrup.length);
    const table = this.lineTable;
    const { count } = this;
    t.fill(0, 0, count);
    u.fill(0, 0, count);
    weights.fill(0, 0, count);
    for (let m = 0; m < sections.length; m++) {
      const row = 2 * sections[m] + backwards[m];
      if (this.hasLine[row] === 0) this.computeLine(row);
      const at = 3 * row * this.capacity;
      for (let k = 0; k < count; k++) {
        const w = table[at + 3 * k + 2];
        t[k] += table[at + 3 * k] * w;
        u[k] += (table[at + 3 * k + 1] + shift[m]) * w;
        weights[k] += w;
      }
    }
    for (let k = 0; k < count; k++) {
      t[k] /= weights[k];
      u[k] /= weights[k];
    }
  }

  private computeLine(row: number): void {
    this.hasLine[row] = 1;
    const { traces } = this.tables;
    for (let k = 0; k < this.count; k++) {
      const site = this.first + k;
      const at = 3 * (row * this.capacity + k);
      lineCoordinates(traces, row, this.sites, site, this.lineTable, at);
    }
  }
}
