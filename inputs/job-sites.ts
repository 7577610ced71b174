/** Reading a job, the sites: from positions and site model to all that the models need, and the ground on the way up. */
import type { SiteAmplification } from '../hazard/amplification/functions.js';
import type { SiteCollection } from '../hazard/site/site-collection.js';
import type { ImtLevels } from '../job/job.js';
import {
  amplificationOfSites,
  checkRealizations,
  withCodes,
  type ReadAmplification,
} from './amplification/amplification.js';
import type { JobModels } from './job-models.js';
import { checkMeasures } from './logictree/model-checks.js';
import type { JobReading } from './read-job-file.js';
import { completeSites } from './sites/site-parameters.js';
import type { RawSites } from './sites/sites.js';

/** The sites of a job with all that the models need. */
export interface JobSites {
  readonly sites: SiteCollection;
  /** for jobs with amplification functions */
  readonly amplification: SiteAmplification | undefined;
}

/** Faults go to the report; undefined when there are any, whether found here or before: the models are not tried then. */
export function prepareSites(
  { parameters, report }: JobReading,
  raw: RawSites | undefined,
  imts: readonly ImtLevels[],
  { models, required, shown }: JobModels,
  ground: ReadAmplification | undefined,
  realizations: number,
): JobSites | undefined {
  if (ground) checkRealizations(ground, realizations, parameters, report);
  if (!raw) return undefined;
  const completed = completeSites(raw, required, parameters, report, ground ? new Set([...shown, 'ampcode']) : shown);
  const amplification =
    ground && amplificationOfSites(ground, { raw, sites: completed, models, imts }, parameters, report);
  if (report.faults.length > 0) return undefined;
  const sites = amplification ? withCodes(completed) : completed;
  checkMeasures(
    models,
    imts.map(({ imt }) => imt),
    sites,
    report,
  );
  return { sites, amplification };
}
