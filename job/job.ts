import type { SiteAmplification } from '../hazard/amplification/functions.js';
import type { BinSettings } from '../hazard/disaggregation/edges.js';
import type { Imt } from '../hazard/gmm/imt.js';
import type { FullLogicTree, SourceGroup } from '../hazard/logictree/logic-tree.js';
import type { SiteCollection } from '../hazard/site/site-collection.js';
import type { DistanceFilter } from '../hazard/contexts/distance-filter.js';
import type { Discretization } from '../hazard/sources/source.js';

/** An intensity measure type with its levels, in the order of the calculation. */
export interface ImtLevels {
  readonly imt: Imt;
  /** ascending, in the unit of the measure (g, cm/s ...) */
  readonly levels: Float64Array;
}

/** Parameters of a classical job, translated from job.ini; units as in the manual (km, years, sigmas). */
export interface JobParameters {
  readonly description: string;
  readonly calculationMode: 'preclassical' | 'classical' | 'disaggregation';
  /** years */
  readonly investigationTime: number;
  /** sigmas; 0 of the job becomes 1e-9 */
  readonly truncationLevel: number;
  /** horizontal components are converted to the geometric mean where possible */
  readonly geometricMean?: boolean;
  readonly useRates: boolean;
  /** quantiles go through all realizations up to this number of them */
  readonly maxExactRealizations: number;
  /** beyond it, the error in probability that quantiles may have */
  readonly quantileError: number;
  readonly mean: boolean;
  readonly std: boolean;
  readonly max: boolean;
  readonly quantiles: readonly number[];
  /** undefined: kept but not exported for one site with several realizations */
  readonly individualRlzs: boolean | undefined;
  readonly poes: readonly number[];
  readonly hazardMaps: boolean;
  readonly uniformHazardSpectra: boolean;
  readonly disaggBySource: boolean;
  readonly maxSitesDisagg: number;
  /** km; 0 = off */
  readonly pointSourceGridSpacing: number;
  /** s of wall time after which a classical task hands back its rest */
  readonly timePerTask: number;
  readonly exports: readonly string[];
  /** absolute folder, when the job names one */
  readonly exportDir: string | undefined;
}

/** Contributions to the hazard at some levels by region, magnitude, distance, place and epsilon (calculation_mode = disaggregation). */
export interface Disaggregation {
  /** tables to make, each with its axes out of TRT, Mag, Dist, Lon, Lat, Eps */
  readonly tables: readonly { readonly name: string; readonly axes: readonly string[] }[];
  readonly bins: BinSettings;
  /** largest distance that counts in any region, of the sources or not, km */
  readonly furthest: number;
  /** the whole of a rupture counts in the bin of epsilon in which the level lies */
  readonly epsilonStar: boolean;
  /** probabilities at which the levels are read off the mean curves; empty: `levels` are given */
  readonly poes: readonly number[];
  /** one for each measure of the job, in its unit; empty: `poes` are given */
  readonly levels: readonly number[];
  /** numbers of the realizations to show; undefined: the nearest ones */
  readonly realizations: readonly number[] | undefined;
  /** how many realizations to show, those nearest to the mean curve; 0: all */
  readonly nearest: number;
}

/** Disaggregates the sources that contribute most, each alone (postproc_func = disagg_by_rel_sources.main). */
export interface RelevantSources {
  readonly function: 'disagg_by_rel_sources.main';
  /** names of measures */
  readonly imts: readonly string[];
  /** per site a level for each of the measures, in their units */
  readonly levels: readonly { readonly site: number; readonly levels: Float64Array }[];
  readonly bins: BinSettings;
}

/** Median spectrum at the levels of the mean hazard maps (postproc_func = median_spectrum.main). */
export interface MedianSpectrum {
  readonly function: 'median_spectrum.main';
}

/** Conditional mean spectrum (postproc_func = conditional_spectrum.main). */
export interface ConditionalSpectrum {
  readonly function: 'conditional_spectrum.main';
  /** name of the measure that is at its level */
  readonly reference: string;
}

/** Joint rates of two measures (postproc_func = compute_mrd.main). */
export interface JointRatesRequest {
  readonly function: 'compute_mrd.main';
  readonly imts: readonly [string, string];
}

/** What is made of the results after the curves, by the name of the function that asks for it. */
export type PostProcessing = RelevantSources | MedianSpectrum | ConditionalSpectrum | JointRatesRequest;

/** A validated job: everything a calculator needs, nothing it must look up. */
export interface Job {
  readonly parameters: JobParameters;
  readonly postProcessing?: PostProcessing;
  /** for jobs of this mode */
  readonly disaggregation?: Disaggregation;
  readonly discretization: Discretization;
  /** sorted as outputs show them */
  readonly imts: readonly ImtLevels[];
  readonly sites: SiteCollection;
  /** what soil does at the sites, where the job has amplification functions */
  readonly amplification?: SiteAmplification;
  /** true when the sites came from a site model (the site_model output is listed then) */
  readonly sitesFromModel: boolean;
  readonly logicTree: FullLogicTree;
  readonly groups: readonly SourceGroup[];
  /** by tectonic region type of the groups */
  readonly filters: ReadonlyMap<string, DistanceFilter>;
  /** km, by tectonic region type */
  readonly pointSourceDistances: ReadonlyMap<string, number>;
  /** folders in which models look for the data tables they name */
  readonly modelFolders: readonly string[];
  /** canonical parameters under their names in job.ini: what extract/oqparam shows (null never written) */
  readonly oqparam: Readonly<Record<string, unknown>>;
  /** 32-bit checksum of the input files */
  readonly checksum: number;
  /** bytes of the input files */
  readonly inputSize: number;
  readonly warnings: readonly string[];
}

/** Levels of the curves by measure: those on the soil where curves are amplified, else those of the calculation. */
export function curveLevels({ imts, amplification }: Job): Float64Array[] {
  return imts.map(({ levels }) => (amplification?.method === 'convolution' ? amplification.soilLevels : levels));
}
