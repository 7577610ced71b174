import { freeBytes } from '../../datastore/disk-space.js';
import { CalculationFile } from '../../datastore/calculation-file.js';
import { curveLevels, type Job } from '../../job/job.js';
import { Run } from '../calculation-run.js';
import { checkRoomForRealizations, keepsRealizations, wantedStatistics } from '../postclassical/wanted-curves.js';
import { calculationSetup } from '../tasks/calculation-setup.js';
import type { Distributor, Monitor } from '../tasks/distributor.js';
import { preclassical } from './preclassical.js';

/** What a calculation will take, from its preclassical phase. */
export interface WorkEstimate {
  /** ruptures times the sites near their sources: an upper bound of the contexts */
  readonly contexts: number;
  /** s of one thread for the curves, measured on a sample of the ruptures of every block of sources */
  readonly seconds: number;
  readonly tasks: number;
  /** bytes of memory for the rates of one tile of sites, besides the program */
  readonly memory: number;
  /** bytes of curves and maps before compression */
  readonly disk: number;
}

/** As classical.ts cuts the sites. */
const SITES_PER_TILE = 2000;
const FLOATS_PER_TILE = 16_000_000;
/** bytes of memory that the program takes with the smallest job, and of its file of results */
const PROGRAM = 150e6;
const SMALLEST_FILE = 30e3;

/**
 * Runs the first phase of a job to know what the others will take. `path`: an unfinished file, removed at the end.
 * Errors: as runCalculation, and Refusal where nothing is near the sites.
 */
export async function estimateWork(
  job: Job,
  {
    path,
    distributor,
    monitor,
  }: { readonly path: string; readonly distributor: Distributor; readonly monitor: Monitor },
): Promise<WorkEstimate> {
  checkRoomForRealizations(job, freeBytes(path));
  const file = await CalculationFile.create(path, job, new Date());
  try {
    const run = new Run(job, file, distributor, monitor);
    await distributor.open(calculationSetup(run));
    const { blocks, items } = await preclassical(run);
    const facts = blocks.flatMap((block) => block.facts);
    const { parameters, sites, logicTree, imts } = job;
    const levels = curveLevels(job).reduce((sum, row) => sum + row.length, 0);
    const realizations = logicTree.realizations.length;
    const kept = keepsRealizations(parameters, sites.points.size, realizations) ? realizations : 0;
    const curves = wantedStatistics(parameters).length + kept;
    const ratesOfSite = 8 * run.columns.length * imts.reduce((sum, row) => sum + row.levels.length, 0);
    const tile = Math.min(sites.points.size, SITES_PER_TILE, Math.max(1, (8 * FLOATS_PER_TILE) / ratesOfSite));
    return {
      contexts: facts.reduce((sum, { weight }) => sum + weight, 0),
      seconds: facts.reduce((sum, { seconds }) => sum + seconds, 0),
      tasks: items.length,
      memory: PROGRAM + tile * ratesOfSite,
      disk:
        SMALLEST_FILE +
        job.inputSize +
        sites.points.size * (4 * curves * (levels + imts.length * parameters.poes.length) + ratesOfSite / 2),
    };
  } finally {
    file.discard();
  }
}
