/**
 * Reading a job, step by step: the job file, then sites, ground, logic trees, sources, models, and what is asked for besides
 * curves. Every step puts its faults into the report and leaves out what it cannot make, so that all faults are told at once.
 */
import { existsSync } from 'node:fs';
import { isSpecial } from '../hazard/logictree/logic-tree.js';
import type { Job } from '../job/job.js';
import { readAmplification } from './amplification/amplification.js';
import { readDisaggregation } from './calculations/disaggregation.js';
import { readPostProcessing } from './calculations/post-processing.js';
import { checksumFiles } from './files/checksum.js';
import { openJobSource } from './files/job-source.js';
import { readModels } from './job-models.js';
import { prepareSites } from './job-sites.js';
import { prepareSources } from './job-sources.js';
import { readTrees } from './job-trees.js';
import { sourceModelFiles } from './logictree/logic-tree-request.js';
import { discretizationOf, jobParameters, readLevels } from './parameters/job-parameters.js';
import { canonicalParameters } from './parameters/oqparam.js';
import { discard, readJobFile, type JobOptions, type JobReading } from './read-job-file.js';
import { InputReport } from './report.js';
import { readSites } from './sites/sites.js';
import { warningTexts } from './warnings.js';

/** How a job is read. */
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
    const { iniFile } = place;
    const job = await readSteps({ ...jobFile, iniFile, tableFolders: options.tableFolders ?? [], report });
    report.throwIfAny();
    if (!job) throw new TypeError('a job without faults must be complete');
    return job;
  } catch (error) {
    await discard(place);
    throw error;
  }
}

/** Everything behind the job file; undefined when faults leave nothing to build. */
async function readSteps(reading: JobReading): Promise<Job | undefined> {
  const { parameters, files, iniFile, report } = reading;
  const imts = readLevels(parameters);
  const rawSites = await readSites(parameters, files, report);
  const ground = await readAmplification(parameters, files, imts, report);
  const trees = await readTrees(reading);
  const sources = trees && (await prepareSources(reading, trees));
  if (!sources) return undefined;
  const { logicTree } = trees;
  const { groups } = sources;
  const models = await readModels(reading, trees);
  const ready = prepareSites(reading, rawSites, imts, models, ground, logicTree.realizations.length);
  if (!ready) return undefined;
  const { sites, amplification } = ready;
  const facts = {
    imts: imts.map(({ imt }) => imt.name),
    sites: sites.points.size,
    special: groups.some(({ interdependence }) => isSpecial(interdependence)),
  };
  const postProcessing = readPostProcessing(parameters, facts, report);
  const disaggregation = readDisaggregation(parameters, { sites: facts.sites, logicTree, groups }, report);
  if (report.faults.length > 0) return undefined;

  const inputs = [iniFile, ...[...files.byKind.values()].flat(), ...sourceModelFiles(logicTree, files)];
  const { checksum, size } = await checksumFiles(inputs.filter((path) => existsSync(path)));
  return {
    parameters: jobParameters(parameters, files.folder),
    postProcessing,
    ...(disaggregation && { disaggregation }),
    discretization: discretizationOf(parameters),
    imts,
    sites,
    ...(amplification && { amplification }),
    sitesFromModel: files.byKind.has('site_model'),
    logicTree,
    ...sources,
    modelFolders: models.folders,
    oqparam: canonicalParameters(parameters, files, iniFile),
    checksum,
    inputSize: size,
    warnings: warningTexts(report),
  };
}
