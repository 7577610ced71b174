import type { ContextRequest } from '../contexts/context-request.js';
import type { SingleMfd } from '../mfd/mfd.js';
import type { Surface } from '../surfaces/surface.js';
import type { Discretization, FaultSections, PointSource, Source } from './source.js';
import type { SourceChanges } from './source-changes.js';
import type { SourceOutline } from './source-outline.js';
import type { SourceSize } from './source-size.js';

/** One rupture of a source: the plain, slow view, for tests, pictures and disaggregation by rupture. */
export interface Rupture {
  /** number within the source, in generation order, before any filter */
  readonly index: number;
  readonly magnitude: number;
  /** position of the magnitude among the source's magnitude bins */
  readonly magnitudeIndex: number;
  /** share of the bin's rate that this rupture carries: rate = bin rate x share */
  readonly share: number;
  /** 1/yr, in the first rate column; NaN for ruptures with explicit probabilities */
  readonly rate: number;
  readonly rake: number;
  /** lon, lat degrees, depth km */
  readonly hypocentre: readonly [number, number, number];
  readonly surface: Surface;
  /** P(0), P(1), ... in the investigation time, where given instead of a rate */
  readonly probabilities?: Float64Array;
  /** weight among mutually exclusive ruptures */
  readonly weight?: number;
  readonly slip?: number;
}

/**
 * A source ready to compute. Work is cut in `units`: pieces in generation order, the smallest that contexts() can make alone
 * (a point of an area source, a magnitude or a rupture of a fault). Rates come in columns, one per magnitude-frequency
 * distribution given to `prepare`: branches of a logic tree that share the geometry share the ruptures.
 */
export interface PreparedSource {
  readonly units: number;
  /** ruptures in all units, before filters */
  readonly ruptureCount: number;
  /** ruptures in the units first .. last - 1 */
  countRuptures(first: number, last: number): number;
  readonly minimumMagnitude: number;
  readonly maximumMagnitude: number;
  /**
   * Filter box (docs/hazard.md, Filtering) dilated by a distance: west, south, east, north in degrees.
   * Errors: Refusal when the box is wider than 180 degrees.
   */
  boundingBox(distance: number): [number, number, number, number];
  /** every rupture of the units, in generation order, unfiltered */
  ruptures(first?: number, last?: number): Iterable<Rupture>;
  /** Appends the contexts of the units to the batch: filtered by box, magnitude and distance, minimum distance applied. */
  contexts(request: ContextRequest, first: number, last: number): void;
}

/** A kind of source: one file and one line in the registry. What a kind can is declared here; nothing else asks for its name. */
export interface SourceKind<S extends Source = Source> {
  readonly type: S['type'];
  /** letter in outputs: P point, M multi-point, A area, S simple fault, C complex, K kite, X characteristic, N non-parametric, F multi-fault */
  readonly code: string;
  /** made by the engine out of others, never written in a file: logic trees cannot name it */
  readonly internal?: true;
  /**
   * its ruptures have given probabilities instead of rates: no distribution, nothing to change by rate. They are for the
   * investigation time of the job, which their file must state, or may leave out.
   */
  readonly explicitProbabilities?: 'ofStatedTime' | 'ofAnyTime';
  /** of several changes to its distributions by a logic tree only the last counts */
  readonly lastDistributionOnly?: true;
  /** the parameter of the job that makes its mesh; rupture_mesh_spacing unless declared */
  readonly meshParameter?: 'complex_fault_mesh_spacing';
  /** an upper bound of its magnitudes, for kinds without a distribution of their own */
  readonly largestMagnitude?: (source: S) => number;
  /** counts of the source from closed forms, before anything is built */
  readonly size: (source: S, discretization: Discretization) => SourceSize;
  /** what a map shows of the source; sources that share their shapes may give the same object */
  readonly outline: (source: S) => SourceOutline;
  /** whether the source depends on area_source_discretization of the job */
  readonly needsGridSpacing?: (source: S) => boolean;
  /**
   * The point sources that it stands for, which a grid gathers (ps_grid_spacing); none: it stays whole. Kinds without it are
   * not gathered. Errors: Refusal for a source that cannot be split.
   */
  readonly points?: (source: S, discretization: Discretization) => readonly PointSource[];
  /** the parts that results by source tell apart */
  readonly parts?: (source: S) => readonly Source[];
  /** the source over the sections of geometry models; the names of sections that are missing instead, if any */
  readonly withSections?: (source: S, sections: FaultSections) => S | readonly string[];
  /** what a logic tree may change */
  readonly changes?: SourceChanges<S>;
  /** magnitudes whose ruptures the mesh cannot hold: they are left out with their rates */
  readonly lostMagnitudes?: (source: S, discretization: Discretization) => readonly number[];
  /**
   * Builds meshes and bins. `columns` are the distributions of the rate columns, by default the source's own one.
   * Errors: Refusal naming source id and reason for geometry or parameters that are refused.
   */
  prepare(source: S, discretization: Discretization, columns?: readonly SingleMfd[]): PreparedSource;
}
