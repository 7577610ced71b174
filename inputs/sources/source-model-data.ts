import type { Interdependence } from '../../hazard/logictree/logic-tree.js';
import type { FaultSections, Source } from '../../hazard/sources/source.js';

/** A group of sources of one tectonic region type. */
export interface SourceModelGroup {
  readonly name: string;
  readonly tectonicRegionType: string;
  readonly interdependence: Interdependence;
  readonly sources: readonly Source[];
}

/** What an NRML file of the source side holds: groups of sources, or sections of a geometry model. */
export interface SourceModel {
  readonly name: string;
  /** years, where the file states it */
  readonly investigationTime?: number;
  readonly groups: readonly SourceModelGroup[];
  /** set for a geometry model */
  readonly sections?: FaultSections;
}
