import type { InputReport } from '../report.js';
import { findParameter } from './parameter-table.js';
import type { Parameters } from './parameters.js';

interface Condition {
  /** who reads the parameter, as the end of `is read only ...` */
  readonly only: string;
  readonly holds: (parameters: Parameters) => boolean;
}

function isGiven(parameters: Parameters, ...names: readonly string[]): boolean {
  return names.some((name) => (parameters.text(name) ?? '') !== '');
}

const DISAGGREGATION: Condition = {
  only: 'by calculation_mode = disaggregation',
  holds: (parameters) =>
    parameters.word('calculation_mode') === 'disaggregation' ||
    parameters.word('postproc_func') === 'disagg_by_rel_sources.main',
};
const SPECTRUM: Condition = {
  only: 'by postproc_func = conditional_spectrum.main',
  holds: (parameters) => parameters.word('postproc_func') === 'conditional_spectrum.main',
};
const AMPLIFICATION: Condition = {
  only: 'with amplification_csv',
  holds: (parameters) => isGiven(parameters, 'amplification_file'),
};
const NEVER: Condition = { only: 'by other calculations and engines', holds: () => false };

/**
 * Parameters that are read under a condition. All others are always read, also where there is nothing for them to act on: settings
 * of the sampling without samples, of sources of a kind that the job does not have (docs/unknown-content.md).
 */
const CONDITIONS: Readonly<Record<string, Condition>> = {
  iml_disagg: {
    only: DISAGGREGATION.only,
    holds: (parameters) =>
      DISAGGREGATION.holds(parameters) || !parameters.isGiven('intensity_measure_types_and_levels'),
  },
  poes_disagg: DISAGGREGATION,
  disagg_bin_edges: DISAGGREGATION,
  mag_bin_width: DISAGGREGATION,
  distance_bin_width: DISAGGREGATION,
  coordinate_bin_width: DISAGGREGATION,
  num_epsilon_bins: DISAGGREGATION,
  epsilon_star: DISAGGREGATION,
  disagg_outputs: DISAGGREGATION,
  num_rlzs_disagg: DISAGGREGATION,
  rlz_index: DISAGGREGATION,
  imt_ref: SPECTRUM,
  cross_correlation: SPECTRUM,
  postproc_args: {
    only: 'with postproc_func',
    holds: (parameters) => parameters.word('postproc_func') !== 'dummy.main',
  },
  reqv_ignore_sources: { only: 'with reqv_hdf5', holds: (parameters) => isGiven(parameters, 'reqv_hdf5') },
  amplification_method: AMPLIFICATION,
  vs30_tolerance: AMPLIFICATION,
  region_grid_spacing: {
    only: 'with region or a site model',
    holds: (parameters) => isGiven(parameters, 'region', 'site_model_file') && !isGiven(parameters, 'sites'),
  },
  exposure_file: {
    only: 'when nothing else gives the sites',
    holds: (parameters) => !isGiven(parameters, 'sites', 'region', 'region_grid_spacing'),
  },
  asset_hazard_distance: { only: 'with exposure_file', holds: (parameters) => isGiven(parameters, 'exposure_file') },
  tile_spec: {
    only: 'with the sites of a site model',
    holds: (parameters) =>
      isGiven(parameters, 'site_model_file') && !isGiven(parameters, 'sites', 'region', 'region_grid_spacing'),
  },
  return_periods: {
    only: 'where poes are not given',
    holds: (parameters) => parameters.numbers('poes').length === 0 && parameters.numbers('poes_disagg').length === 0,
  },
};

/** Formats of `exports`: those that are written, and those that other engines write. */
export const WRITTEN_FORMATS: readonly string[] = ['csv', 'rst', 'geojson', 'svg'];

/**
 * Warns of the parameters that the job states and this calculation does not read, one line for each who would read them, and of
 * formats that are not written.
 */
export function warnOfUnread(parameters: Parameters, report: InputReport): void {
  const byReader = new Map<string, string[]>();
  for (const [name] of parameters.givenValues()) {
    const condition = findParameter(name)?.use === 'none' ? NEVER : CONDITIONS[name];
    if (condition === undefined || condition.holds(parameters)) continue;
    const names = byReader.get(condition.only);
    const { line } = parameters.where(name);
    const shown = line === undefined ? parameters.writtenName(name) : `${parameters.writtenName(name)} (line ${line})`;
    if (names) names.push(shown);
    else byReader.set(condition.only, [shown]);
  }
  for (const [only, names] of byReader)
    report.warn({
      file: parameters.file,
      message: `not read in this calculation, only ${only}: ${names.join(', ')}`,
    });
  const formats = parameters.words('exports').filter((format) => !WRITTEN_FORMATS.includes(format));
  if (formats.length > 0)
    report.warn({
      file: parameters.file,
      line: parameters.where('exports').line,
      message: `exports = ${formats.join(', ')}: not written: results are exported as ${WRITTEN_FORMATS.join(', ')}`,
    });
}
