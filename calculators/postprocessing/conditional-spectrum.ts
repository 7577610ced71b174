/** Conditional spectrum: distribution of every measure given that the reference measure is at the level of its mean hazard map. */
import { conditionalSpectrum, MOMENTS } from '../../hazard/spectrum/moments.js';
import { CORRELATIONS } from '../../hazard/gmm/terms/period-correlation.js';
import type { ConditionalSpectrum } from '../../job/job.js';
import type { Run } from '../calculation-run.js';
import type { MeasuredSources } from '../preclassical/work-items.js';
import { meanMapLevels, spectrumMoments, total } from './spectrum-moments.js';

/** `conditional_spectrum.main`: mean conditional spectra at the levels of the mean hazard map. */
export async function meanConditionalSpectrum(
  { reference }: ConditionalSpectrum,
  run: Run,
  sources: MeasuredSources,
): Promise<void> {
  const { job, file } = run;
  const { poes, investigationTime } = job.parameters;
  const totals = Float64Array.from(poes, (poe) => -Math.log1p(-poe) / investigationTime);
  const measures = job.imts.length;
  const cells = totals.length * measures;
  const position = job.imts.findIndex(({ imt }) => imt.name === reference);
  const { period } = job.imts[position].imt;
  const correlations = Float64Array.from(job.imts, ({ imt }) => CORRELATIONS.baker_jayaram(imt.period, period));
  for (let site = 0; site < job.sites.points.size; site++) {
    const levels = meanMapLevels(run, site).filter((_, cell) => cell % measures === position);
    const request = { kind: 'conditional', levels, totals, reference: position, correlations } as const;
    const moments = total((await spectrumMoments(run, sources, site, request)).values(), cells * MOMENTS);
    const means = Float64Array.from({ length: cells }, (_, cell) => moments[cell * MOMENTS]);
    const { mean, std } = conditionalSpectrum(moments, means);
    file.postProcessing.writeConditionalSpectrum(site, mean.map(Math.exp), std);
  }
}
