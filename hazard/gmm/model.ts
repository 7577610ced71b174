import type { ContextBatch, DistanceKind, Requirements } from '../contexts/context-batch.js';
import type { SiteParameters } from '../site/site-parameters.js';
import type { Imt } from './imt.js';

/** Value of a constructor argument as a logic tree writes it; nested models are specifications. */
export type ArgumentValue =
  number | string | boolean | null | readonly ArgumentValue[] | { readonly [key: string]: ArgumentValue };
/** Values of a model's arguments by name, defaults filled in. */
export type Arguments = Readonly<Record<string, ArgumentValue>>;

/** One constructor argument: what `inputs` checks and the documentation shows. */
export interface ArgumentDeclaration {
  readonly name: string;
  readonly meaning: string;
  readonly default?: ArgumentValue;
  readonly type: 'number' | 'text' | 'boolean' | 'list' | 'table' | 'model' | 'file';
  readonly allowed?: readonly ArgumentValue[];
  /** inclusive */
  readonly range?: readonly [number, number];
}

/** A model by name with its arguments, as found in a ground-motion logic tree. */
export interface ModelSpecification {
  readonly name: string;
  readonly arguments: Arguments;
}

/** What a model may ask for while it is made: other models, and data tables named by users. */
export interface ModelResources {
  model(specification: ModelSpecification): Promise<GroundMotionModel>;
  /** horizontal component of a model, of what it wraps if it takes it from there; '' if unknown: the registry gives this */
  component?(specification: ModelSpecification): Promise<string>;
  /** contents of an HDF5 file: dataset path -> values and shape, attributes by path */
  hdf5(path: string): Promise<Hdf5Tables>;
  text(path: string): Promise<string>;
}
/** Datasets and attributes of an HDF5 file that a model is given, read whole; attributes by the path of their object. */
export interface Hdf5Tables {
  readonly datasets: Readonly<
    Record<string, { readonly shape: readonly number[]; readonly values: Float64Array | readonly string[] }>
  >;
  readonly attributes: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** Output of an evaluation: one row per intensity measure type, in the order of the request, each of the batch's capacity. */
export interface GroundMotion {
  /** ln of the median (g, cm/s ...); MMI linear */
  readonly mean: readonly Float64Array[];
  /** standard deviations in natural log units: total sigma, between-event tau, within-event phi (0 where the model has none) */
  readonly total: readonly Float64Array[];
  readonly inter: readonly Float64Array[];
  readonly intra: readonly Float64Array[];
}

/** Evaluates one batch; writes mean, total, inter, intra [0, batch.size) of every row; allocates nothing. */
export type Evaluator = (batch: ContextBatch, out: GroundMotion) => void;

/** A model with its arguments fixed. */
export interface GroundMotionModel {
  readonly id: string;
  readonly requires: Requirements;
  /**
   * Fixes intensity measure types and sites, and hoists all that depends on them alone.
   * `capacity` bounds the size of the batches to come: scratch arrays are made here.
   * Errors: Refusal naming model, measure and range for a measure the model does not support.
   */
  prepare(imts: readonly Imt[], sites: SiteParameters, capacity: number): Evaluator;
  /**
   * A model that is a mixture: the exceedance probability is the weighted sum over its components (their mean and sigma are
   * evaluated in their place). `prepare` then gives the moments of the mixture, for those who ask for a mean.
   */
  readonly components?: readonly { readonly weight: number; readonly model: GroundMotionModel }[];
}

type StandardDeviation = 'total' | 'inter' | 'intra';

/** What is known of a model before it is made: the registry, the checks of `inputs` and the documentation live on it. */
export interface ModelDeclaration {
  /** name in logic trees, for example BooreEtAl2014 */
  readonly id: string;
  /** authors, year, title, journal, doi: only what was checked */
  readonly citation: string;
  /** '' for models that take it from what they wrap */
  readonly tectonicRegionType: string;
  /** kinds and, for SA, the range of periods: read from the table */
  readonly imts: readonly ImtRange[];
  readonly component: string;
  readonly standardDeviations: readonly StandardDeviation[];
  readonly requires: Requirements;
  /** reference velocity m/s of models that are for rock only */
  readonly referenceVelocity?: number;
  readonly arguments: readonly ArgumentDeclaration[];
  /** absent where no range is declared yet, and for models that wrap others */
  readonly validity?: Validity;
  /** deviations of the reference engine from the paper that are followed here, shown in the documentation */
  readonly notes?: string;
  /** Arguments are complete (defaults filled in) and checked against the declaration. */
  create(args: Arguments, resources: ModelResources): GroundMotionModel | Promise<GroundMotionModel>;
}
/** A kind of intensity measure that a model gives, with the periods it reaches. */
/** Where a model is valid as its authors state it, bounds included; what they do not state is left out. */
export interface Validity {
  readonly magnitude?: readonly [number, number];
  /** km */
  readonly distance?: { readonly kind: DistanceKind; readonly range: readonly [number, number] };
  /** m/s */
  readonly vs30?: readonly [number, number];
  /** km */
  readonly depth?: { readonly kind: 'hypoDepth' | 'ztor'; readonly range: readonly [number, number] };
  /** where it is stated, and whether as what the model is meant for or as the data it comes from */
  readonly source: string;
}
/** A kind of measure with its range of periods. */
export interface ImtRange {
  readonly kind: string;
  /** s (Hz for Fourier spectra), inclusive */
  readonly minimum?: number;
  readonly maximum?: number;
}

/** A name for another model with some arguments fixed. */
export interface ModelAlias {
  readonly id: string;
  readonly aliasOf: string;
  readonly arguments: Arguments;
}

/** What a model file exports as `models`. */
export type ModelModule = { readonly models: readonly (ModelDeclaration | ModelAlias)[] };
