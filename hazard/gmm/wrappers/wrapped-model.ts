import type { ContextBatch, DistanceKind, Requirements } from '../../contexts/context-batch.js';
import type { RuptureParameter } from '../../contexts/rupture-parameters.js';
import type { SiteParameters } from '../../site/site-parameters.js';
import type { Imt } from '../imt.js';
import type {
  ArgumentDeclaration,
  Arguments,
  ArgumentValue,
  Evaluator,
  GroundMotion,
  GroundMotionModel,
  ModelDeclaration,
  ModelSpecification,
} from '../model.js';
import { refusal } from '../../refusal.js';

/** Models that evaluate other models and change what these give. */

/** What several models need together. */
export function unionOfRequirements(...all: readonly Requirements[]): Requirements {
  return {
    rupture: [...new Set(all.flatMap((r) => r.rupture))],
    distances: [...new Set(all.flatMap((r) => r.distances))],
    site: [...new Set(all.flatMap((r) => r.site))],
  };
}

/** The same sites with one numeric parameter set to a value everywhere. */
export function withSiteValue(sites: SiteParameters, name: string, value: number): SiteParameters {
  return { ...sites, numeric: { ...sites.numeric, [name]: new Float64Array(sites.size).fill(value) } };
}

/** The contexts of a batch with other values in some columns: the others stay those of the batch, also when it is filled anew. */
export function batchWith(
  batch: ContextBatch,
  columns: Partial<Record<RuptureParameter | DistanceKind, Float64Array>>,
): ContextBatch {
  return Object.assign(Object.create(batch) as ContextBatch, columns);
}

/** Buffers for the ground motion of `measures` intensity measure types, [measures][capacity]. */
export function groundMotionBuffers(measures: number, capacity: number): GroundMotion {
  const rows = () => Array.from({ length: measures }, () => new Float64Array(capacity));
  return { mean: rows(), total: rows(), inter: rows(), intra: rows() };
}

/**
 * The specification in a table with one entry, { Name: { arguments } }; `where` names the table in errors.
 * Errors: Refusal if it is something else.
 */
export function specificationIn(table: ArgumentValue | undefined, where: string): ModelSpecification {
  if (table !== null && typeof table === 'object' && !Array.isArray(table)) {
    const entries = Object.entries(table as Arguments);
    const [name, args] = entries[0] ?? [];
    if (entries.length === 1 && args !== null && typeof args === 'object' && !Array.isArray(args))
      return { name, arguments: args as Arguments };
  }
  throw refusal('MODEL_ARGUMENT', `${where} must be a table with one model, such as ${where}.BooreEtAl2014 = {}`);
}

/** A change of what a wrapped model gives. */
export interface Modification {
  readonly requires: Requirements;
  /** velocity m/s at which the wrapped model is evaluated, instead of that of the site */
  readonly referenceVelocity?: number;
  /** Changes `out`, which holds what the wrapped model gave, in place; `sites` are the true ones. */
  prepare(imts: readonly Imt[], sites: SiteParameters, capacity: number): Evaluator;
}

/** A wrapper needs nothing of its own: the model wrapped says what is needed. */
export const NO_REQUIREMENTS: Requirements = { rupture: [], distances: [], site: [] };

/** A model with its modifications, which act in their order. */
export function modifiedModel(
  id: string,
  wrapped: GroundMotionModel,
  modifications: readonly Modification[],
): GroundMotionModel {
  const referenceVelocity = modifications.find((m) => m.referenceVelocity !== undefined)?.referenceVelocity;
  return {
    id,
    requires: unionOfRequirements(wrapped.requires, ...modifications.map((m) => m.requires)),
    prepare(imts, sites, capacity) {
      const seen = referenceVelocity === undefined ? sites : withSiteValue(sites, 'vs30', referenceVelocity);
      const evaluate = wrapped.prepare(imts, seen, capacity);
      const steps = modifications.map((modification) => modification.prepare(imts, sites, capacity));
      return (batch, out) => {
        evaluate(batch, out);
        for (const step of steps) step(batch, out);
      };
    },
  };
}

/** The argument that names the model wrapped. */
export const WRAPPED_NAME: ArgumentDeclaration = {
  name: 'gmpe_name',
  meaning: 'name of the model that is wrapped; further arguments are passed on to it',
  type: 'text',
};
/** Arguments that are not declared belong to the wrapped model. */
export const PASSED_ON: ArgumentDeclaration = { name: '*', meaning: 'arguments of the wrapped model', type: 'text' };

/** The specification of the wrapped model: `gmpe_name` and the arguments that are not in `own`. */
export function wrappedSpecification(args: Arguments, own: readonly string[] = []): ModelSpecification {
  const passed = Object.entries(args).filter(([name]) => name !== 'gmpe_name' && !own.includes(name));
  return { name: String(args.gmpe_name), arguments: Object.fromEntries(passed) };
}

/** The model that is wrapped by a model with these arguments (`gmpe` or `gmpe_name`), if any. */
export function wrappedIn(args: Arguments): ModelSpecification | undefined {
  if (args.gmpe !== undefined) return specificationIn(args.gmpe, 'gmpe');
  return args.gmpe_name === undefined ? undefined : wrappedSpecification(args);
}

/** Declaration of a model that adds one site or basin term to the model named by `gmpe_name`. */
export function siteTermDeclaration(
  id: string,
  citation: string,
  term: Modification,
  notes?: string,
  check?: (wrapped: GroundMotionModel) => void,
): ModelDeclaration {
  return {
    id,
    citation,
    tectonicRegionType: '',
    imts: [{ kind: 'PGA' }, { kind: 'PGV' }, { kind: 'SA' }],
    component: '',
    standardDeviations: ['total', 'inter', 'intra'],
    requires: term.requires,
    arguments: [WRAPPED_NAME, PASSED_ON],
    notes,
    async create(args, resources) {
      const wrapped = await resources.model(wrappedSpecification(args));
      check?.(wrapped);
      return modifiedModel(id, wrapped, [term]);
    },
  };
}
