import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { drawJobTree } from '../../engine/runner/draw-logic-tree.js';
import { planBlocks } from '../../calculators/preclassical/source-blocks.js';
import { prepareSource } from '../../hazard/sources/registry.js';
import type { Job } from '../../job/job.js';
import { readJob } from '../../inputs/read-job.js';
import { formatTable } from '../table.js';

/** Options of `terrane check`. */
export interface CheckOptions {
  readonly param?: Readonly<Record<string, string>>;
  readonly ini?: string;
  /** file for the drawing of the logic trees */
  readonly tree?: string;
  readonly json?: boolean;
}

/** Reads a job as a run would and tells its size; nothing is stored. */
export async function check(source: string, options: CheckOptions): Promise<void> {
  const workFolder = await mkdtemp(join(tmpdir(), 'terrane-check-'));
  try {
    const job = await readJob(source, { jobIni: options.ini, overrides: options.param ?? {}, workFolder });
    const size = sizeOf(job);
    if (options.tree !== undefined) await writeFile(options.tree, drawJobTree(job));
    if (options.json) {
      process.stdout.write(`${JSON.stringify({ valid: true, ...size, warnings: job.warnings })}\n`);
      return;
    }
    for (const warning of job.warnings) process.stderr.write(`WARNING ${warning}\n`);
    const { regions, ...counts } = size;
    process.stdout.write(
      Object.entries(counts)
        .map(([name, value]) => `${name.replaceAll('_', ' ').padEnd(26)} ${value}\n`)
        .join(''),
    );
    const rows = regions.map((region) => [
      region.tectonic_region_type,
      region.sources,
      region.geometries,
      region.ruptures,
      region.models,
    ]);
    process.stdout.write(formatTable(['tectonic region type', 'sources', 'geometries', 'ruptures', 'models'], rows));
    if (options.tree !== undefined) process.stdout.write(`${options.tree}\n`);
    process.stdout.write('the job is valid\n');
  } finally {
    await rm(workFolder, { recursive: true, force: true });
  }
}

/** Counts that decide how long a calculation takes. */
function sizeOf(job: Job) {
  const { parameters, imts, sites, logicTree, groups, discretization } = job;
  const names = logicTree.groundMotion.map((set) => set.tectonicRegionType);
  const blocks = planBlocks(groups, names);
  const regions = logicTree.groundMotion.map(({ tectonicRegionType, branches }, region) => {
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
