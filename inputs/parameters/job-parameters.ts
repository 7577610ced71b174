/** From the parameters of a job file to what the calculation works with. */
import { resolve } from 'node:path';
import { parseImt } from '../../hazard/gmm/imt.js';
import type { Discretization } from '../../hazard/sources/source.js';
import type { ImtLevels, JobParameters } from '../../job/job.js';
import { probabilities } from './oqparam.js';
import type { Parameters } from './parameters.js';

/** Levels of every measure; a job that only names levels for disaggregation has curves at these single levels. */
export function readLevels(parameters: Parameters): ImtLevels[] {
  const given = parameters.entries('intensity_measure_types_and_levels');
  const entries = (given.length > 0 ? given : parameters.entries('iml_disagg')) as [string, number | number[]][];
  return entries.map(([name, levels]) => ({ imt: parseImt(name), levels: Float64Array.from([levels].flat()) }));
}

/** What shapes ruptures. */
export function discretizationOf(parameters: Parameters): Discretization {
  const spacing = Number(parameters.number('rupture_mesh_spacing'));
  return {
    ruptureMeshSpacing: spacing,
    complexFaultMeshSpacing: parameters.number('complex_fault_mesh_spacing') ?? spacing,
    widthOfMfdBin: parameters.number('width_of_mfd_bin'),
    areaSourceDiscretization: parameters.number('area_source_discretization'),
    floatingXStep: Number(parameters.number('floating_x_step')),
    floatingYStep: Number(parameters.number('floating_y_step')),
    investigationTime: parameters.number('investigation_time') ?? NaN,
    inferOccurRates: parameters.boolean('infer_occur_rates') ?? false,
    shiftHypo: parameters.boolean('shift_hypo') ?? false,
    splitSources: parameters.boolean('split_sources') ?? true,
  };
}

function calculationMode(parameters: Parameters): JobParameters['calculationMode'] {
  const mode = parameters.word('calculation_mode');
  return mode === 'preclassical' || mode === 'disaggregation' ? mode : 'classical';
}

/** Parameters of the calculation. folder: that of the job, absolute. */
export function jobParameters(parameters: Parameters, folder: string): JobParameters {
  const flag = (name: string): boolean => parameters.boolean(name) ?? false;
  const exportDir = parameters.word('export_dir');
  return {
    description: parameters.word('description') ?? '',
    calculationMode: calculationMode(parameters),
    investigationTime: parameters.number('investigation_time') ?? NaN,
    truncationLevel: Math.max(parameters.number('truncation_level') ?? NaN, 1e-9),
    geometricMean: flag('horiz_comp_to_geom_mean'),
    useRates: flag('use_rates'),
    maxExactRealizations: Number(parameters.number('max_exact_realizations')),
    quantileError: Number(parameters.number('quantile_error')),
    mean: flag('mean'),
    std: flag('std'),
    max: flag('max'),
    quantiles: parameters.numbers('quantiles'),
    individualRlzs: parameters.boolean('individual_rlzs'),
    poes: probabilities(parameters),
    hazardMaps: flag('hazard_maps'),
    uniformHazardSpectra: flag('uniform_hazard_spectra'),
    disaggBySource: flag('disagg_by_src'),
    maxSitesDisagg: Number(parameters.number('max_sites_disagg')),
    pointSourceGridSpacing: Number(parameters.number('ps_grid_spacing')),
    timePerTask: Number(parameters.number('time_per_task')),
    exports: parameters.words('exports'),
    exportDir: parameters.isGiven('export_dir') && exportDir ? resolve(folder, exportDir) : undefined,
  };
}
