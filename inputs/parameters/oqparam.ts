import { cutPairs, type DistancePair } from '../../hazard/contexts/distance-filter.js';
import { periodText } from '../../hazard/gmm/imt.js';
import { shownInputs, type JobFiles } from '../files/job-files.js';
import type { JsonValue } from './json-value.js';
import type { Parameters } from './parameters.js';
import { DISAGGREGATION_TABLES } from './parameter-table.js';

/** 0 would divide by zero: the truncated distribution becomes a step at the median */
const SMALLEST_TRUNCATION = 1e-9;
const GRID_POINTSOURCE_DISTANCE = 40;

/**
 * The parameters of a job as clients see them: canonical names, parsed values, and those defaults that follow from other
 * parameters. Nothing is null: what is not given and has no default is left out.
 */
export function canonicalParameters(
  parameters: Parameters,
  files: JobFiles,
  iniFile: string,
): Record<string, JsonValue> {
  const values: Record<string, JsonValue> = Object.fromEntries(
    parameters.givenValues().filter(([name]) => !isFile(name)),
  );
  values.description = parameters.word('description') ?? '';
  values.inputs = shownInputs(files, iniFile);

  const levels = parameters.entries('intensity_measure_types_and_levels');
  delete values.intensity_measure_types_and_levels;
  const measures = levels.length > 0 ? levels : parameters.entries('iml_disagg');
  if (measures.length > 0)
    values.hazard_imtls = Object.fromEntries(measures.map(([name, row]) => [name, [row].flat()]));

  const truncation = parameters.number('truncation_level');
  if (truncation !== undefined) values.truncation_level = Math.max(truncation, SMALLEST_TRUNCATION);
  values.minimum_magnitude = Object.fromEntries(minimumMagnitudes(parameters));
  const distances = cutDistances(parameters);
  if (distances.length > 0) values.maximum_distance = Object.fromEntries(distances);
  values.pointsource_distance = Object.fromEntries(pointSourceDistances(parameters));
  values.rupture_mesh_spacing = Number(parameters.number('rupture_mesh_spacing'));
  values.complex_fault_mesh_spacing = parameters.number('complex_fault_mesh_spacing') ?? values.rupture_mesh_spacing;

  for (const name of ['mean', 'std', 'max', 'hazard_maps', 'uniform_hazard_spectra', 'use_rates', 'disagg_by_src'])
    values[name] = parameters.boolean(name) ?? false;
  values.quantiles = parameters.numbers('quantiles');
  values.poes = probabilities(parameters);
  values.number_of_logic_tree_samples = Number(parameters.number('number_of_logic_tree_samples'));
  values.collect_rlzs = parameters.boolean('collect_rlzs') ?? values.number_of_logic_tree_samples > 1;
  values.max_sites_disagg = Number(parameters.number('max_sites_disagg'));

  const region = values.region as readonly (readonly [number, number])[] | undefined;
  if (region) values.region = polygonText(region);
  if (parameters.word('calculation_mode') === 'disaggregation') addDisaggregation(values, parameters);
  return values;
}

/** Well-known text of a closed ring. */
function polygonText(ring: readonly (readonly [number, number])[]): string {
  const corners = [...ring, ring[0]].map(([lon, lat]) => `${periodText(lon)} ${periodText(lat)}`);
  return `POLYGON((${corners.join(', ')}))`;
}

function isFile(name: string): boolean {
  return /_(file|csv|hdf5)$/.test(name);
}

function addDisaggregation(values: Record<string, JsonValue>, parameters: Parameters): void {
  values.poes_disagg = probabilities(parameters);
  const tables = disaggregationTables(parameters);
  values.disagg_outputs = tables;
  if (!tables.some((table) => table.includes('Eps'))) values.num_epsilon_bins = 1;
}

/** Names of the tables of a disaggregation: all of them unless the job says which. */
export function disaggregationTables(parameters: Parameters): string[] {
  const tables = parameters.words('disagg_outputs');
  return tables.length > 0 ? [...new Set(tables)] : [...DISAGGREGATION_TABLES];
}

/** poes or poes_disagg, or 1 - exp(-investigation_time / T) of the return periods where poes are not given. */
export function probabilities(parameters: Parameters): number[] {
  const own = parameters.word('calculation_mode') === 'disaggregation' ? parameters.numbers('poes_disagg') : [];
  const poes = own.length > 0 ? own : parameters.numbers('poes');
  const time = parameters.number('investigation_time');
  if (poes.length > 0 || time === undefined) return poes;
  return parameters.numbers('return_periods').map((period) => -Math.expm1(-time / period));
}

/** By region; without a default the smallest value is the default. */
export function minimumMagnitudes(parameters: Parameters): [string, number][] {
  const given = parameters.entries('minimum_magnitude') as [string, number][];
  if (given.some(([region]) => region === 'default')) return given;
  return [...given, ['default', Math.min(...given.map(([, magnitude]) => magnitude))]];
}

/** By region; 40 km when sources are merged on a grid and the job does not say. */
export function pointSourceDistances(parameters: Parameters): [string, number][] {
  if (!parameters.isGiven('pointsource_distance') && Number(parameters.number('ps_grid_spacing')) > 0)
    return [['default', GRID_POINTSOURCE_DISTANCE]];
  const given = parameters.entries('pointsource_distance') as [string, number][];
  return given.some(([region]) => region === 'default') ? given : [...given, ['default', 100]];
}

type Pairs = readonly DistancePair[];

/**
 * Maximum distances by region, cut at the minimum magnitude: pairs below it are dropped and the distance there, by linear
 * interpolation, is put first. A region that only has a minimum magnitude of its own takes the default distances.
 */
export function cutDistances(parameters: Parameters): [string, Pairs][] {
  const distances = new Map(parameters.entries('maximum_distance') as unknown as [string, Pairs][]);
  const magnitudes = new Map(minimumMagnitudes(parameters));
  const regions = new Set([...distances.keys(), ...(distances.has('default') ? magnitudes.keys() : [])]);
  return [...regions].map((region): [string, Pairs] => {
    const pairs = distances.get(region) ?? distances.get('default') ?? [];
    return [region, cutPairs(pairs, magnitudes.get(region) ?? magnitudes.get('default') ?? 0)];
  });
}

/** The mean alone, on rates, without single realizations: no path has to be enumerated for it. */
export function wantsOnlyFastMean(parameters: Parameters): boolean {
  const others = parameters.boolean('std') === true || parameters.boolean('max') === true;
  return (
    parameters.boolean('use_rates') === true &&
    parameters.boolean('mean') === true &&
    parameters.boolean('individual_rlzs') !== true &&
    parameters.numbers('quantiles').length === 0 &&
    !others
  );
}
