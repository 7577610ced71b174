/** Sections of a fault model: kite surfaces that many ruptures share. */
import type { BoundingBox } from '../geo/bounding-box.js';
import { DEGREES_TO_RADIANS } from '../geo/constants.js';
import { kiteMesh } from './kite-mesh.js';
import { KiteSurface } from './kite.js';
import type { PartMeasures, SurfacePart } from './multi.js';
import { nodeMesh, type NodeMesh } from './node-mesh.js';
import { keepCorners, traceLines, type TraceLines } from './trace-lines.js';

/** Degrees: corners of top edges at which the azimuth changes by less are left out. */
const CORNER_ANGLE = 1;

/** A section ready to compute. Distances use a mesh in single precision, measures are those before it, then rounded. */
export interface PreparedSection extends SurfacePart {
  readonly surface: KiteSurface;
  readonly trace: Float64Array;
  readonly measures: PartMeasures;
  readonly zbot: number;
  /** sine and cosine of the strike */
  readonly strikeSin: number;
  readonly strikeCos: number;
  readonly box: BoundingBox;
  /** x, y, z and radius of a sphere around the nodes, km */
  readonly sphere: Float64Array;
  /** lon, lat, depth */
  readonly middle: readonly [number, number, number];
  /** lon, lat of the first and last node of the top edge, degrees, in single precision */
  readonly ends: Float64Array;
}

/**
 * Sections in tables, for rupture-by-rupture sums. The single precision is the reference's, which keeps sections in files.
 */
export interface SectionTables {
  readonly sections: readonly PreparedSection[];
  /** top edges, and the same reduced to their ends */
  readonly traces: TraceLines;
  readonly reducedTraces: TraceLines;
}

/** The section of a kite surface given by its profiles, meshed with one spacing (km) along both directions. */
export function prepareSection(profiles: readonly Float64Array[], spacing: number): PreparedSection {
  const exact = new KiteSurface(kiteMesh(profiles, spacing, spacing));
  const surface = new KiteSurface(singlePrecision(exact.mesh));
  const { mesh, topNodes } = surface;
  const trace = Float64Array.from([...topNodes].flatMap((node) => [mesh.lon[node], mesh.lat[node]]));
  const last = trace.length - 2;
  return {
    surface,
    trace: keepCorners(trace, CORNER_ANGLE),
    measures: {
      strike: Math.fround(exact.strike),
      dip: Math.fround(exact.dip),
      width: Math.fround(exact.width),
      ztor: Math.fround(exact.ztor),
      area: Math.fround(exact.area),
    },
    zbot: Math.fround(exact.zbot),
    strikeSin: Math.sin(Math.fround(exact.strike) * DEGREES_TO_RADIANS),
    strikeCos: Math.cos(Math.fround(exact.strike) * DEGREES_TO_RADIANS),
    box: surface.boundingBox(),
    sphere: sphereAround(surface.mesh),
    middle: surface.middle(),
    ends: Float64Array.of(trace[0], trace[1], trace[last], trace[last + 1]),
  };
}

/** The tables of sections. */
export function sectionTables(sections: readonly PreparedSection[]): SectionTables {
  return {
    sections,
    traces: traceLines(sections.map((section) => section.trace)),
    reducedTraces: traceLines(sections.map((section) => section.ends)),
  };
}

function singlePrecision(mesh: NodeMesh): NodeMesh {
  return nodeMesh(
    mesh.rows,
    mesh.columns,
    mesh.lon.map(Math.fround),
    mesh.lat.map(Math.fround),
    mesh.depth.map(Math.fround),
  );
}

function sphereAround({ x, y, z }: NodeMesh): Float64Array {
  const sphere = new Float64Array(4);
  let count = 0;
  for (let i = 0; i < x.length; i++) {
    if (Number.isNaN(x[i])) continue;
    sphere[0] += x[i];
    sphere[1] += y[i];
    sphere[2] += z[i];
    count++;
  }
  for (let k = 0; k < 3; k++) sphere[k] /= count;
  for (let i = 0; i < x.length; i++) {
    const radius = Math.hypot(x[i] - sphere[0], y[i] - sphere[1], z[i] - sphere[2]);
    if (radius > sphere[3]) sphere[3] = radius;
  }
  return sphere;
}
