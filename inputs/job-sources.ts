/** Reading a job, the sources: from those of the files to those that are computed, and what filters their ruptures. */
import type { SourceGroup } from '../hazard/logictree/logic-tree.js';
import type { JobTrees } from './job-trees.js';
import { discretizationOf } from './parameters/job-parameters.js';
import type { JobReading } from './read-job-file.js';
import { collapseForEquivalentDistance } from './sources/equivalent-distance.js';
import { readFilters, type RegionFilters } from './sources/filters.js';
import { gatherPointSources } from './sources/point-grid.js';
import { changeRates } from './sources/rate-changes.js';
import { checkSources } from './sources/source-checks.js';

/** The sources of a job, ready to compute. */
export interface JobSources extends RegionFilters {
  readonly groups: readonly SourceGroup[];
}

/** Faults go to the report; undefined when they leave no sources. */
export async function prepareSources(
  { parameters, files, report }: JobReading,
  trees: JobTrees,
): Promise<JobSources | undefined> {
  const averaged = collapseForEquivalentDistance(
    trees.groups,
    new Set(files.equivalentDistance.keys()),
    new Set(parameters.words('reqv_ignore_sources')),
  );
  const namedRegions = trees.branchSets?.map(({ region }) => region);
  const filters = readFilters(parameters, trees.regions, namedRegions, report);
  const discretization = discretizationOf(parameters);
  checkSources(parameters, averaged, filters.filters, report, discretization);
  const changed = await changeRates(averaged, parameters, files, report);
  const spacing = Number(parameters.number('ps_grid_spacing'));
  const groups = await report.collect({ file: parameters.file }, () =>
    gatherPointSources(changed, spacing, discretization),
  );
  return groups && { groups, ...filters };
}
