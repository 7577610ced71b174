/** Sources as tasks get them: in blocks of one region, which a worker decodes as a whole. */
import type { Interdependence } from '../../hazard/logictree/logic-tree.js';
import type { SingleMfd } from '../../hazard/mfd/mfd.js';
import type { Source } from '../../hazard/sources/source.js';

/** A source with the branches that share its geometry: one rate column per (distribution, source group). */
export interface WorkSource {
  readonly source: Source;
  /** distributions of the columns; absent for sources without one, which have a single column */
  readonly columns?: readonly SingleMfd[];
  /** number of the source group each column belongs to */
  readonly groups: readonly number[];
}

/** Sources of one region that are stored, sent and decoded together. */
export interface SourceBlock {
  readonly region: number;
  /** given for groups that must be computed as a whole (exclusive sources or ruptures, clusters) */
  readonly interdependence?: Interdependence;
  readonly sources: readonly WorkSource[];
}

/** Units first .. last - 1 of a source of the block. */
export interface UnitRange {
  readonly source: number;
  readonly first: number;
  readonly last: number;
}

/** What a task is about: some units of some sources of a block. */
export interface SourceWork {
  /** number of the block */
  readonly block: number;
  /** gzip of the packed SourceBlock, in shared memory */
  readonly blob: Uint8Array;
  readonly ranges: readonly UnitRange[];
}
