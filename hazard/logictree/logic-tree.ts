import type { ModelSpecification } from '../gmm/model.js';
import type { Source } from '../sources/source.js';
import type { Choice, Condition } from './choices.js';
import type { Sequence } from './sequence.js';
import type { TreeBranchSet } from './tree.js';

/** One branch of the source-model tree as read. */
export interface SourceModelBranch {
  readonly id: string;
  /** the value as a literal, as outputs show it: 'file.xml' in quotes, (4.5, 1.0), 0.3 */
  readonly value: string;
  readonly weight: number;
}
/** A branch set of the source-model tree, as the results tell of it. */
export interface SourceModelBranchSet {
  readonly id: string;
  readonly uncertaintyType: string;
  /** applyToBranches, applyToSources, applyToTectonicRegionType: as in the file */
  readonly filters: Readonly<Record<string, string>>;
  readonly branches: readonly SourceModelBranch[];
}

/** One path through the source-model tree (or one group of equal samples). */
export interface SourceModelRealization {
  /** names of the base model files */
  readonly name: string;
  /** branch ids, '.' for a level not reached */
  readonly path: readonly string[];
  /** short code (docs/logic-trees.md, Realizations) */
  readonly code: string;
  readonly weight: number;
  /** number of samples in the group; number of ground-motion paths in full enumeration */
  readonly samples: number;
}

/** A ground-motion model with its weights. */
export interface GroundMotionBranch {
  /** g + letter + number of the branch set */
  readonly id: string;
  readonly specification: ModelSpecification;
  /** canonical text of the model: equal text, same model */
  readonly text: string;
  readonly weight: number;
  /** weights by intensity measure type, where the tree states them for this branch */
  readonly weightsByImt: Readonly<Record<string, number>>;
}
/** The models of one tectonic region type. */
export interface GroundMotionBranchSet {
  readonly id: string;
  readonly tectonicRegionType: string;
  readonly branches: readonly GroundMotionBranch[];
  /** sets with the same text are one choice: they take the branch of the same number, whose weight counts once */
  readonly choice?: string;
}

/** One path through both trees. */
export interface Realization {
  readonly sourceModel: number;
  /** branch chosen in each of `groundMotion` */
  readonly models: readonly number[];
  readonly code: string;
  readonly weight: number;
  /** by intensity measure type, where the ground-motion tree has such weights */
  readonly weightsByImt?: Readonly<Record<string, number>>;
}

/** Both trees and what they expand to. Nothing in it grows with the number of paths, but for samples. */
export interface FullLogicTree {
  readonly sourceModelFile: string;
  readonly sourceModelBranchSets: readonly SourceModelBranchSet[];
  /** the same sets as the tree is built from them */
  readonly sourceModelSets: readonly TreeBranchSet[];
  readonly sourceModels: Sequence<SourceModelRealization>;
  /**
   * What the conditions of source groups speak of: the sets of the source-model tree, or in samples one choice among the
   * source-model realizations.
   */
  readonly sourceModelChoices: readonly Choice[];
  /** Branch of each of these choices that a source-model realization takes, -1 for none. */
  readonly choicesOf: (sourceModel: number) => ArrayLike<number>;
  readonly groundMotionFile: string;
  /** regions of the sources only, sorted by name */
  readonly groundMotion: readonly GroundMotionBranchSet[];
  readonly samples: number;
  readonly samplingMethod: string;
  readonly seed: number;
  readonly realizations: Sequence<Realization>;
}

/** How the parts of a group depend on one another. */
export interface Interdependence {
  readonly sources: 'independent' | 'mutex';
  readonly ruptures: 'independent' | 'mutex';
  /** probability of the group (grp_probability), 1 unless given */
  readonly probability: number;
  /** every rupture occurs when the cluster does: annual rate of the cluster (Poisson) */
  readonly clusterRate?: number;
}

/** Whether the sources of a group cannot be computed apart from one another. */
export function isSpecial({ sources, ruptures, clusterRate }: Interdependence): boolean {
  return sources === 'mutex' || ruptures === 'mutex' || clusterRate !== undefined;
}

/** Sources of one region that occur in the same source-model realizations. */
export interface SourceGroup {
  readonly tectonicRegionType: string;
  readonly name: string;
  /** over the source-model choices of the tree; the group counts once for each condition that holds */
  readonly where: readonly Condition[];
  /** numbers of the source-model realizations, a number twice counting twice; undefined in trees of too many paths */
  readonly sourceModels: readonly number[] | undefined;
  readonly interdependence: Interdependence;
  readonly sources: readonly Source[];
}
