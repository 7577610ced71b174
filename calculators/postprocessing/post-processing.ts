/** Post-processing: what jobs ask for by the name of a function, made from curves, maps and rates that are in the file. */
import type { PostProcessing } from '../../job/job.js';
import type { Run } from '../calculation-run.js';
import type { MeasuredSources } from '../preclassical/work-items.js';
import { jointRates } from './compute-mrd.js';
import { meanConditionalSpectrum } from './conditional-spectrum.js';
import { relevantSources } from './disagg-by-rel-sources.js';
import { medianSpectrum } from './median-spectrum.js';

/** Runs what the job asks for, if anything. Errors: TaskFailed, DatastoreError, Refusal. */
export async function postProcessing(run: Run, sources: MeasuredSources): Promise<void> {
  const { postProcessing: request } = run.job;
  if (!request) return;
  run.enter('post-processing', `post-processing ${request.function}`);
  run.monitor.log('INFO', `post-processing ${request.function}`);
  await compute(request, run, sources);
  run.count(1);
}

/** Every post-processing by the name of its function in job files: one file and one line here. */
function compute(request: PostProcessing, run: Run, sources: MeasuredSources): Promise<void> {
  switch (request.function) {
    case 'compute_mrd.main': return jointRates(request, run, sources);
    case 'conditional_spectrum.main': return meanConditionalSpectrum(request, run, sources);
    case 'disagg_by_rel_sources.main': return relevantSources(request, run, sources);
    case 'median_spectrum.main': return medianSpectrum(request, run, sources);
  } // prettier-ignore
}
