import type { InputReport } from '../report.js';
import type { JobFiles } from '../files/job-files.js';
import { countText, inputLimits, LIMITS_VARIABLE } from '../sizes/limits.js';
import type { Parameters } from './parameters.js';

/** What the parameters must fulfil together, before any other file is read. Each rule reports what breaks it. */
type Rule = (parameters: Parameters, files: JobFiles, report: InputReport) => void;

/** Rules that look at several parameters at once; faults go to the report. */
export function applyRules(parameters: Parameters, files: JobFiles, report: InputReport): void {
  for (const rule of RULES) rule(parameters, files, report);
}

const RULES: readonly Rule[] = [
  needsCalculationMode,
  notForANewerEngine,
  needsLevels,
  notTooManyLevels,
  needsTruncationAndDistance,
  needsGeometry,
  needsSources,
  oneGroundMotionTree,
  probabilitiesForMaps,
  gridExcludesSources,
  soilLevels,
  conditioningMeasure,
  oneTile,
  disaggregation,
];

function isHazard(parameters: Parameters): boolean {
  return ['classical', 'preclassical', 'disaggregation', 'aftershock'].includes(
    parameters.word('calculation_mode') ?? '',
  );
}

function missing(parameters: Parameters, report: InputReport, name: string, message: string, allowed?: string): void {
  report.fault({
    code: 'MISSING_PARAMETER',
    file: parameters.file,
    key: name,
    message,
    ...(allowed !== undefined && { allowed }),
  });
}

function needsCalculationMode(parameters: Parameters, _files: JobFiles, report: InputReport): void {
  if (!parameters.isGiven('calculation_mode'))
    missing(
      parameters,
      report,
      'calculation_mode',
      'the parameter is missing',
      'classical, preclassical, disaggregation ...',
    );
}

/** Jobs state the version of the OpenQuake engine that they need; this engine reads them as that version does. */
const REFERENCE_VERSION = '3.24';

function notForANewerEngine(parameters: Parameters, _files: JobFiles, report: InputReport): void {
  const wanted = parameters.word('minimum_engine_version')?.split('.').map(Number);
  if (!wanted) return;
  const difference = REFERENCE_VERSION.split('.')
    .map((part, i) => Number(part) - (wanted[i] ?? 0))
    .find((value) => value !== 0);
  if (difference !== undefined && difference < 0)
    report.fault({
      code: 'CONFLICTING_PARAMETERS',
      ...parameters.where('minimum_engine_version'),
      message: 'the job is written for a newer version of the OpenQuake engine',
      allowed: `up to ${REFERENCE_VERSION}`,
    });
}

function needsLevels(parameters: Parameters, _files: JobFiles, report: InputReport): void {
  const name = 'intensity_measure_types_and_levels';
  const atLevels = parameters.isGiven('iml_disagg');
  if (parameters.isBroken('iml_disagg', name)) return;
  if (parameters.isGiven(name) && parameters.entries('iml_disagg').length > 0)
    report.fault({
      code: 'CONFLICTING_PARAMETERS',
      ...parameters.where('iml_disagg'),
      message: `cannot be given together with ${name}`,
    });
  else if (isHazard(parameters) && !parameters.isGiven(name) && !atLevels)
    missing(parameters, report, name, 'the levels are missing', '{"PGA": [levels], ...}');
}

function notTooManyLevels(parameters: Parameters, _files: JobFiles, report: InputReport): void {
  const name = 'intensity_measure_types_and_levels';
  const count = parameters.entries(name).reduce((sum, [, levels]) => sum + [levels].flat().length, 0);
  const limit = inputLimits().levels;
  if (count > limit)
    report.fault({
      code: 'TOO_LARGE',
      ...parameters.where(name),
      message: `${countText(count)} levels of all measures together`,
      allowed: `up to ${countText(limit)}; ${LIMITS_VARIABLE}="levels=..." raises the limit`,
    });
}

function needsTruncationAndDistance(parameters: Parameters, _files: JobFiles, report: InputReport): void {
  if (!isHazard(parameters)) return;
  if (!parameters.isGiven('truncation_level'))
    missing(parameters, report, 'truncation_level', 'the parameter is missing', 'a number >= 0');
  if (!parameters.isGiven('maximum_distance'))
    missing(
      parameters,
      report,
      'maximum_distance',
      'the parameter is missing',
      'a number of km, or a dictionary by region',
    );
}

/** Exactly one of sites, region with its spacing, or the site model gives the sites; a site model may go with the others. */
function needsGeometry(parameters: Parameters, files: JobFiles, report: InputReport): void {
  if (parameters.isBroken('sites', 'region', 'region_grid_spacing')) return;
  const region = parameters.value('region') !== undefined;
  const spacing = parameters.number('region_grid_spacing') !== undefined;
  const sites = parameters.value('sites') !== undefined;
  if (region && !spacing)
    report.fault({
      code: 'MISSING_PARAMETER',
      ...parameters.where('region'),
      message: 'needs region_grid_spacing',
      allowed: 'a number of km above 0',
    });
  if (region && sites)
    report.fault({
      code: 'CONFLICTING_PARAMETERS',
      ...parameters.where('sites'),
      message: 'sites and region cannot be given together',
    });
  if (spacing && !(Number(parameters.number('region_grid_spacing')) > 0))
    report.fault({
      code: 'INVALID_VALUE',
      ...parameters.where('region_grid_spacing'),
      message: 'the spacing must be above 0',
    });
  const elsewhere = ['hazard_curves_csv', 'site_model_file', 'exposure_file'];
  const isNamed = (name: string): boolean => parameters.isGiven(name) && !isEmpty(parameters.value(name));
  if (region || sites || files.byKind.has('site_model') || elsewhere.some(isNamed)) return;
  missing(
    parameters,
    report,
    'sites',
    'the job has no sites',
    'sites, site_model_file, or region with region_grid_spacing',
  );
}

/** Of a list of files without a name. */
function isEmpty(value: unknown): boolean {
  return value === '' || (Array.isArray(value) && value.length === 0);
}

function needsSources(parameters: Parameters, _files: JobFiles, report: InputReport): void {
  if (!isHazard(parameters)) return;
  const names = ['source_model_logic_tree_file', 'source_model_file', 'hazard_curves_csv'];
  if (names.some((name) => (parameters.text(name) ?? '') !== '')) return;
  missing(parameters, report, names[0], 'the job has no source model', `${names[0]} or ${names[1]}`);
}

function oneGroundMotionTree(parameters: Parameters, _files: JobFiles, report: InputReport): void {
  if (parameters.isGiven('gsim') && (parameters.text('gsim_logic_tree_file') ?? '') !== '')
    report.fault({
      code: 'CONFLICTING_PARAMETERS',
      ...parameters.where('gsim'),
      message: 'cannot be given together with gsim_logic_tree_file',
    });
}

function probabilitiesForMaps(parameters: Parameters, _files: JobFiles, report: InputReport): void {
  if (parameters.isBroken('poes', 'return_periods')) return;
  if (parameters.numbers('poes').length > 0 || parameters.numbers('return_periods').length > 0) return;
  for (const name of ['hazard_maps', 'uniform_hazard_spectra'])
    if (parameters.boolean(name))
      report.fault({
        code: 'MISSING_PARAMETER',
        ...parameters.where(name),
        message: 'needs poes',
        allowed: 'poes = 0.1 0.02',
      });
}

function gridExcludesSources(parameters: Parameters, _files: JobFiles, report: InputReport): void {
  if (parameters.boolean('disagg_by_src') && Number(parameters.number('ps_grid_spacing')) > 0)
    report.fault({
      code: 'CONFLICTING_PARAMETERS',
      ...parameters.where('ps_grid_spacing'),
      message: 'must be 0 with disagg_by_src, which keeps sources apart',
    });
}

function soilLevels(parameters: Parameters, files: JobFiles, report: InputReport): void {
  if (parameters.isBroken('soil_intensities', 'amplification_method')) return;
  const convolution = files.byKind.has('amplification') && parameters.word('amplification_method') === 'convolution';
  const levels = parameters.numbers('soil_intensities');
  if (convolution && levels.length < 2)
    missing(
      parameters,
      report,
      'soil_intensities',
      'amplification by convolution needs levels on the soil',
      'two or more levels',
    );
  else if (convolution && !levels.every((level, k) => level > (k === 0 ? 0 : levels[k - 1])))
    report.fault({
      code: 'INVALID_VALUE',
      ...parameters.where('soil_intensities'),
      message: 'the levels must be above 0 and ascend',
    });
  if (!convolution && levels.length > 0)
    report.fault({
      code: 'CONFLICTING_PARAMETERS',
      ...parameters.where('soil_intensities'),
      message: 'only for amplification by convolution',
    });
}

function conditioningMeasure(parameters: Parameters, _files: JobFiles, report: InputReport): void {
  const reference = parameters.word('imt_ref') ?? '';
  const measures = parameters.entries('intensity_measure_types_and_levels').map(([name]) => name);
  if (reference !== '' && measures.length > 0 && !measures.includes(reference))
    report.fault({
      code: 'INVALID_VALUE',
      ...parameters.where('imt_ref'),
      message: 'is not among the measures of the job',
      allowed: measures.join(', '),
    });
}

function oneTile(parameters: Parameters, _files: JobFiles, report: InputReport): void {
  if (!parameters.isGiven('tile_spec') || parameters.isBroken('tile_spec')) return;
  const [number, count, ...more] = parameters.numbers('tile_spec');
  if (more.length > 0 || !(number >= 1 && number <= count))
    report.fault({
      code: 'INVALID_VALUE',
      ...parameters.where('tile_spec'),
      message: 'not a tile',
      allowed: '[number, how many], counted from 1',
    });
}

function disaggregation(parameters: Parameters, _files: JobFiles, report: InputReport): void {
  if (parameters.word('calculation_mode') !== 'disaggregation') return;
  const poes = parameters.numbers('poes');
  const own = parameters.numbers('poes_disagg');
  const atLevels = parameters.entries('iml_disagg').length > 0;
  if (!parameters.isBroken('poes', 'poes_disagg', 'iml_disagg', 'return_periods')) {
    if (poes.length > 0 && own.length > 0 && String(poes) !== String(own))
      report.fault({
        code: 'CONFLICTING_PARAMETERS',
        ...parameters.where('poes_disagg'),
        message: 'must equal poes when both are given',
      });
    if (atLevels && poes.length + own.length > 0)
      report.fault({
        code: 'CONFLICTING_PARAMETERS',
        ...parameters.where('iml_disagg'),
        message: 'cannot be given together with poes or poes_disagg',
      });
    if (!atLevels && poes.length + own.length + parameters.numbers('return_periods').length === 0)
      missing(
        parameters,
        report,
        'poes_disagg',
        'the job does not say where to disaggregate',
        'poes_disagg, poes or iml_disagg',
      );
  }
  if (!parameters.isBroken('disagg_bin_edges') && parameters.entries('disagg_bin_edges').length === 0)
    for (const name of ['mag_bin_width', 'distance_bin_width', 'coordinate_bin_width', 'num_epsilon_bins'])
      if (!parameters.isGiven(name)) missing(parameters, report, name, 'needed unless disagg_bin_edges is given');
  if (parameters.isGiven('rlz_index') && parameters.number('num_rlzs_disagg') !== 1)
    report.fault({ code: 'MISSING_PARAMETER', ...parameters.where('rlz_index'), message: 'needs num_rlzs_disagg = 1' });
}
