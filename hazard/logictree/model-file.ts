import type { Source } from '../sources/source.js';
import type { Interdependence } from './logic-tree.js';

/** A group of a source-model file. `special`: exclusive or cluster, never merged with others. */
export interface FileGroup {
  readonly name: string;
  readonly tectonicRegionType: string;
  readonly interdependence: Interdependence;
  readonly sources: readonly Source[];
  readonly special: boolean;
}
/** What one branch of a set of source models names. */
export interface ModelFile {
  /** the branch that names the file */
  readonly branch: string;
  readonly groups: readonly FileGroup[];
}
