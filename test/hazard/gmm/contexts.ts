import { ContextBatch } from '../../../hazard/contexts/context-batch.js';
import type { SiteParameters } from '../../../hazard/site/site-parameters.js';
import { parseImt } from '../../../hazard/gmm/imt.js';
import type { Arguments, GroundMotion, GroundMotionModel, ModelResources } from '../../../hazard/gmm/model.js';
import { createModel } from '../../../hazard/gmm/registry.js';
import { NO_FILES } from './no-files.js';

/** One context: values of rupture parameters and distances by their names. */
export type Context = Readonly<Record<string, number>>;

/** Evaluates a model for contexts of one rupture each, all at site 0 unless the sites are as many as the contexts. */
export function evaluate(
  model: GroundMotionModel,
  measures: readonly string[],
  contexts: readonly Context[],
  sites: SiteParameters,
): GroundMotion {
  const size = contexts.length;
  const batch = new ContextBatch(size, new Set(model.requires.rupture), new Set(model.requires.distances));
  contexts.forEach((context, k) => {
    for (const name of [...model.requires.rupture, ...model.requires.distances]) batch[name][k] = context[name];
    batch.site[k] = sites.size === size ? k : 0;
    batch.commitRupture(1);
  });
  const rows = () => measures.map(() => new Float64Array(size).fill(NaN));
  const out = { mean: rows(), total: rows(), inter: rows(), intra: rows() };
  model.prepare(measures.map(parseImt), sites, size)(batch, out);
  return out;
}

export function siteParameters(
  numeric: Readonly<Record<string, readonly number[]>>,
  text: Readonly<Record<string, readonly string[]>> = {},
): SiteParameters {
  const [first] = [...Object.values(numeric), ...Object.values(text)];
  const columns = Object.entries(numeric).map(([name, values]) => [name, Float64Array.from(values)]);
  return { size: first?.length ?? 1, numeric: Object.fromEntries(columns) as Record<string, Float64Array>, text };
}

export function modelOf(
  name: string,
  args: Arguments = {},
  resources: Omit<ModelResources, 'model'> = NO_FILES,
): Promise<GroundMotionModel> {
  return createModel({ name, arguments: args }, resources);
}
