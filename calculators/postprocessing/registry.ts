import type { PostProcessing } from '../../job/job.js';
import { jointRates } from './compute-mrd.js';
import { meanConditionalSpectrum } from './conditional-spectrum.js';
import { relevantSources } from './disagg-by-rel-sources.js';
import { medianSpectrum } from './median-spectrum.js';
import type { PostProcessingInput } from './post-processing.js';

/** Runs what a job asks for. Errors: TaskFailed, DatastoreError, RangeError. */
export async function postProcess(request: PostProcessing, input: PostProcessingInput): Promise<void> {
  input.monitor.log('INFO', `post-processing ${request.function}`);
  await run(request, input);
}

/** Every post-processing by the name of its function in job files: one file and one line here. */
function run(request: PostProcessing, input: PostProcessingInput): Promise<void> {
  switch (request.function) {
    case 'compute_mrd.main': return jointRates(request, input);
    case 'conditional_spectrum.main': return meanConditionalSpectrum(request, input);
    case 'disagg_by_rel_sources.main': return relevantSources(request, input);
    case 'median_spectrum.main': return medianSpectrum(request, input);
  } // prettier-ignore
}
