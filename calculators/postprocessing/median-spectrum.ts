/**
 * Median spectrum: at each probability and measure, the mean of ln Y over the ruptures that exceed the level of the mean hazard
 * map, weighted with their share in its rate. The rate is taken as probability / investigation time, as the reference does:
 * the weights of small probabilities then add up to a little more than 1.
 */
import type { MedianSpectrum } from '../../job/job.js';
import type { Run } from '../calculation-run.js';
import type { MeasuredSources } from '../preclassical/work-items.js';
import { meanMapLevels, spectrumMoments } from './spectrum-moments.js';

/** `median_spectrum.main`: median spectra at the levels of the mean hazard map. */
export async function medianSpectrum(_request: MedianSpectrum, run: Run, sources: MeasuredSources): Promise<void> {
  const { job, file } = run;
  const { poes, investigationTime } = job.parameters;
  const totals = Float64Array.from(poes, (poe) => poe / investigationTime);
  for (let site = 0; site < job.sites.points.size; site++) {
    const levels = meanMapLevels(run, site);
    const byGroup = await spectrumMoments(run, sources, site, { kind: 'median', levels, totals });
    const groups = [...byGroup.keys()].sort((a, b) => a - b);
    file.postProcessing.writeMedianSpectrum(
      site,
      groups,
      groups.map((group) => byGroup.get(group)!),
    );
  }
}
