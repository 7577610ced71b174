import type { SiteAmplification } from '../../hazard/amplification/functions.js';
import type { ModelSpecification } from '../../hazard/gmm/model.js';
import type { DistanceFilter } from '../../hazard/contexts/distance-filter.js';
import type { Discretization } from '../../hazard/sources/source.js';
import type { SiteCollection } from '../../hazard/site/site-collection.js';
import type { Job } from '../../job/job.js';
import { type CurveStatisticsRequest, sitesPerTask } from '../postclassical/curve-statistics.js';

/** What every task of a calculation shares: plain data that threads can clone, with the site arrays in shared memory. */
export interface CalculationSetup {
  readonly sites: SiteCollection;
  readonly imts: readonly { readonly name: string; readonly levels: Float64Array }[];
  /** sigmas */
  readonly truncationLevel: number;
  /** years */
  readonly investigationTime: number;
  /** horizontal components are converted to the geometric mean where possible */
  readonly geometricMean?: boolean;
  /** where the ground motion of every rupture is amplified */
  readonly amplification?: SiteAmplification;
  readonly discretization: Discretization;
  /** one per tectonic region type, in the order of the ground-motion tree */
  readonly regions: readonly RegionSetup[];
  /** where models look for the data tables they name */
  readonly modelFolders: readonly string[];
  /** at most max_sites_disagg sites: see ContextRequest.fewSites */
  readonly fewSites: boolean;
  /** with disagg_by_src: weight of each [source group][model] in the mean, summed over realizations */
  readonly meanWeights?: readonly (readonly number[])[];
  /** given where statistics are made in tasks */
  readonly statistics?: CurveStatisticsRequest;
}
/** What tasks need to know about a tectonic region type. */
export interface RegionSetup {
  readonly tectonicRegionType: string;
  readonly filter: DistanceFilter;
  /** km */
  readonly pointSourceDistance: number;
  /** distinct models of the region, in the order of its branches */
  readonly models: readonly ModelSpecification[];
  /** for each of the models: measures for which its branch has weight 0 */
  readonly weightlessMeasures?: readonly (readonly string[])[];
}

/** Builds the shared setup; numeric site columns are moved to shared memory, so that threads do not copy them. */
export function calculationSetup(run: {
  readonly job: Job;
  readonly meanWeights: readonly (readonly number[])[];
  readonly statistics: CurveStatisticsRequest | undefined;
}): CalculationSetup {
  const { job } = run;
  const { points, parameters, customIds } = job.sites;
  const numeric = Object.fromEntries(
    Object.entries(parameters.numeric).map(([name, column]) => [name, shared(column)]),
  );
  const sharedPoints = Object.fromEntries(
    Object.entries(points).map(([name, column]) => [
      name,
      typeof column === 'number' ? column : shared(column as Float64Array),
    ]),
  ) as unknown as SiteCollection['points'];
  return {
    sites: { points: sharedPoints, parameters: { size: parameters.size, numeric, text: parameters.text }, customIds },
    imts: job.imts.map(({ imt, levels }) => ({ name: imt.name, levels })),
    truncationLevel: job.parameters.truncationLevel,
    investigationTime: job.parameters.investigationTime,
    geometricMean: job.parameters.geometricMean,
    ...(job.amplification?.method === 'kernel' && { amplification: job.amplification }),
    discretization: job.discretization,
    regions: job.logicTree.groundMotion.map(({ tectonicRegionType, branches }) => ({
      tectonicRegionType,
      filter: job.filters.get(tectonicRegionType)!,
      pointSourceDistance: job.pointSourceDistances.get(tectonicRegionType)!,
      models: branches.map((branch) => branch.specification),
      weightlessMeasures: branches.map(({ weightsByImt }) =>
        Object.keys(weightsByImt).filter((imt) => weightsByImt[imt] === 0),
      ),
    })),
    modelFolders: job.modelFolders,
    fewSites: points.size <= job.parameters.maxSitesDisagg,
    meanWeights: job.parameters.disaggBySource ? run.meanWeights : undefined,
    statistics: sitesPerTask(job) === undefined ? undefined : run.statistics,
  };
}

function shared(values: Float64Array): Float64Array {
  const copy = new Float64Array(new SharedArrayBuffer(values.byteLength));
  copy.set(values);
  return copy;
}
