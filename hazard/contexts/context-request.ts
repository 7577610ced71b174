import type { SitePoints } from '../site/site-points.js';
import type { ContextBatch } from './context-batch.js';
import type { DistanceFilter } from './distance-filter.js';

/** What `contexts` is asked for. */
export interface ContextRequest {
  readonly sites: SitePoints;
  readonly filter: DistanceFilter;
  /** km: beyond it point-like sources show one rupture per magnitude; Infinity = never */
  readonly pointSourceDistance: number;
  /** the calculation has few sites (at most max_sites_disagg): the rules for few sites of docs/hazard.md apply */
  readonly fewSites: boolean;
  /** receives the contexts: columns present are those wanted, rates of every column filled in */
  readonly batch: ContextBatch;
  /** to be called when the batch cannot take one more rupture with all its sites, or its table of rate rows is full; empties both */
  readonly flush: () => void;
}
