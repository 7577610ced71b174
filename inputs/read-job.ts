import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parseImt } from '../hazard/gmm/imt.js';
import type { Discretization } from '../hazard/sources/source.js';
import {
  amplificationOfSites,
  checkRealizations,
  readAmplification,
  withCodes,
} from './amplification/amplification.js';
import { checksumFiles } from './files/checksum.js';
import { collapseForEquivalentDistance } from './sources/equivalent-distance.js';
import { readDisaggregation } from './calculations/disaggregation.js';
import { InputReport } from './report.js';
import { readFilters } from './sources/filters.js';
import type { ImtLevels, Job, JobParameters } from '../job/job.js';
import { openJobSource } from './files/job-source.js';
import { readLogicTree } from './logictree/read.js';
import { logicTreeRequest, sourceModelFiles, writtenBranchSets } from './logictree/logic-tree-request.js';
import { modelResources } from './logictree/model-resources.js';
import { checkMeasures, makeModels, requiredSiteParameters, shownSiteParameters } from './logictree/model-checks.js';
import { canonicalParameters, probabilities } from './parameters/oqparam.js';
import type { Parameters } from './parameters/parameters.js';
import { shownPath } from './files/paths.js';
import { readPostProcessing } from './calculations/post-processing.js';
import { discard, readJobFile, type JobFile, type JobOptions } from './read-job-file.js';
import { changeRates } from './sources/rate-changes.js';
import { completeSites } from './sites/site-parameters.js';
import { gatherPointSources } from './sources/point-grid.js';
import { readSites } from './sites/sites.js';
import { checkSources } from './sources/source-checks.js';
import { warningTexts } from './warnings.js';

/** Data tables that come with the engine, for models that name one without a folder. */
export interface ReadJobOptions extends JobOptions {
  /** further folders in which models look for the data tables they name */
  readonly tableFolders?: readonly string[];
}

/**
 * Reads a job: a folder, an .ini file or a ZIP (unpacked into the work folder, which the caller removes when the job is done).
 * Errors: Refusal with all faults found; what was unpacked is removed then.
 */
export async function readJob(source: string, options: ReadJobOptions): Promise<Job> {
  const place = await openJobSource(source, options.jobIni, options.workFolder);
  const report = new InputReport();
  try {
    const jobFile = await readJobFile(place, options.overrides ?? {}, report);
    // what the engine does not do is told before the rest is read
    if (report.faults.some(({ feature }) => feature !== undefined)) report.throwIfAny();
    const job = await readRest(jobFile, place.iniFile, options.tableFolders ?? [], report);
    report.throwIfAny();
    if (!job) throw new TypeError('a job without faults must be complete');
    return job;
  } catch (error) {
    await discard(place);
    throw error;
  }
}

/** Everything behind the job file; undefined when faults leave nothing to build. */
async function readRest(
  { parameters, files }: JobFile,
  iniFile: string,
  tableFolders: readonly string[],
  report: InputReport,
): Promise<Job | undefined> {
  const rawSites = await readSites(parameters, files, report);
  const imts = readLevels(parameters);
  const read = await readAmplification(parameters, files, imts, report);
  const discretization = discretizationOf(parameters);
  const request = logicTreeRequest(parameters, files, discretization, report);
  const trees = request && (await report.collect({ file: parameters.file }, () => readLogicTree(request)));
  if (!trees) return undefined;
  const { logicTree } = trees;
  const { equivalentDistance } = files;
  const ignored = new Set(parameters.words('reqv_ignore_sources'));
  const groups =
    equivalentDistance.size === 0
      ? trees.groups
      : collapseForEquivalentDistance(trees.groups, new Set(equivalentDistance.keys()), ignored);

  const modelTree = files.byKind.get('gsim_logic_tree')?.[0];
  const modelFile = modelTree === undefined ? parameters.file : shownPath(files.folder, modelTree);
  const regions = logicTree.groundMotion.map(({ tectonicRegionType }) => tectonicRegionType);
  const branchSets = modelTree === undefined ? undefined : await writtenBranchSets(modelTree, modelFile);
  const namedRegions = branchSets?.map(({ region }) => region);
  const { filters, pointSourceDistances } = readFilters(parameters, regions, namedRegions, report);
  checkSources(parameters, groups, filters, report);
  const changed = await changeRates(groups, parameters, files, report);
  const spacing = Number(parameters.number('ps_grid_spacing'));
  const gathered = await report.collect({ file: parameters.file }, () =>
    gatherPointSources(changed, spacing, discretization),
  );
  if (!gathered) return undefined;

  const modelFolders = [
    ...new Set([modelTree === undefined ? files.folder : dirname(modelTree), files.folder, ...tableFolders]),
  ];
  const resources = modelResources(modelFolders);
  const models = await makeModels(logicTree, modelFile, resources, report);
  const treeFolder = dirname(modelFile) === '.' ? '' : dirname(modelFile);
  const shown = await shownSiteParameters(branchSets ?? [], regions, treeFolder, resources);
  if (read) {
    shown.add('ampcode');
    checkRealizations(read, logicTree.realizations.length, parameters, report);
  }
  const completed = rawSites && completeSites(rawSites, requiredSiteParameters(models), parameters, report, shown);
  if (!completed) return undefined;
  const amplification = read && amplificationOfSites(read, rawSites, completed, models, parameters, imts, report);
  if (report.faults.length > 0) return undefined;
  const sites = amplification ? withCodes(completed) : completed;
  checkMeasures(
    models,
    imts.map(({ imt }) => imt),
    sites,
    report,
  );
  const facts = {
    imts: imts.map(({ imt }) => imt.name),
    sites: sites.points.size,
    special: gathered.some(
      ({ interdependence: { sources, ruptures, clusterRate } }) =>
        sources === 'mutex' || ruptures === 'mutex' || clusterRate !== undefined,
    ),
  };
  const postProcessing = readPostProcessing(parameters, facts, report);
  const disaggregation = readDisaggregation(
    parameters,
    { sites: sites.points.size, logicTree, groups: gathered },
    report,
  );
  if (report.faults.length > 0) return undefined;

  const inputs = [iniFile, ...[...files.byKind.values()].flat(), ...sourceModelFiles(logicTree, files)];
  const { checksum, size } = await checksumFiles(inputs.filter((path) => existsSync(path)));
  return {
    parameters: jobParameters(parameters, files.folder),
    postProcessing,
    ...(disaggregation && { disaggregation }),
    discretization,
    imts,
    sites,
    ...(amplification && { amplification }),
    sitesFromModel: files.byKind.has('site_model'),
    logicTree,
    groups: gathered,
    filters,
    pointSourceDistances,
    modelFolders,
    oqparam: canonicalParameters(parameters, files, iniFile),
    checksum,
    inputSize: size,
    warnings: warningTexts(report),
  };
}

/** Levels of every measure; a job that only names levels for disaggregation has curves at these single levels. */
function readLevels(parameters: Parameters): ImtLevels[] {
  const given = parameters.entries('intensity_measure_types_and_levels');
  const entries = (given.length > 0 ? given : parameters.entries('iml_disagg')) as [string, number | number[]][];
  return entries.map(([name, levels]) => ({ imt: parseImt(name), levels: Float64Array.from([levels].flat()) }));
}

/** What shapes ruptures. */
function discretizationOf(parameters: Parameters): Discretization {
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

function jobParameters(parameters: Parameters, folder: string): JobParameters {
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
    exports: parameters.words('exports'),
    exportDir: parameters.isGiven('export_dir') && exportDir ? resolve(folder, exportDir) : undefined,
  };
}
