import { planBlocks } from '../../calculators/preclassical/source-blocks.js';
import { prepareSource } from '../../hazard/sources/registry.js';
import type { Job } from '../../job/job.js';

/** Counts of one tectonic region type. */
interface RegionSize {
  readonly tectonic_region_type: string;
  readonly sources: number;
  /** sources that differ in more than their rates */
  readonly geometries: number;
  readonly ruptures: number;
  readonly models: number;
}

/** Counts that decide how long a calculation takes. */
export interface JobSize {
  readonly description: string;
  readonly calculation_mode: string;
  readonly sites: number;
  readonly intensity_measure_types: number;
  readonly levels: number;
  readonly source_model_realizations: number;
  readonly realizations: number;
  readonly source_groups: number;
  readonly sources: number;
  readonly geometries: number;
  readonly ruptures: number;
  readonly input_bytes: number;
  readonly regions: readonly RegionSize[];
}

/** The size of a job. Errors: Refusal for a source that is refused. */
export function sizeOfJob(job: Job): JobSize {
  const { parameters, imts, sites, logicTree, groups, discretization } = job;
  const names = logicTree.groundMotion.map((set) => set.tectonicRegionType);
  const blocks = planBlocks(groups, names);
  const regions = logicTree.groundMotion.map(({ tectonicRegionType, branches }, region): RegionSize => {
    const ofRegion = groups.filter((group) => group.tectonicRegionType === tectonicRegionType);
    // copies that differ in their rates only are computed together
    const computed = blocks.filter((block) => block.region === region).flatMap(({ sources }) => sources);
    return {
      tectonic_region_type: tectonicRegionType,
      sources: ofRegion.reduce((sum, { sources }) => sum + sources.length, 0),
      geometries: computed.length,
      ruptures: computed.reduce(
        (sum, { source, columns }) => sum + prepareSource(source, discretization, columns).ruptureCount,
        0,
      ),
      models: branches.length,
    };
  });
  return {
    description: parameters.description,
    calculation_mode: parameters.calculationMode,
    sites: sites.points.size,
    intensity_measure_types: imts.length,
    levels: imts.reduce((sum, { levels }) => sum + levels.length, 0),
    source_model_realizations: logicTree.sourceModels.length,
    realizations: logicTree.realizations.length,
    source_groups: groups.length,
    sources: regions.reduce((sum, region) => sum + region.sources, 0),
    geometries: regions.reduce((sum, region) => sum + region.geometries, 0),
    ruptures: regions.reduce((sum, region) => sum + region.ruptures, 0),
    input_bytes: job.inputSize,
    regions,
  };
}
