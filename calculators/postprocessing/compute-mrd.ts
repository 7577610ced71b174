/** Mean joint rates of two measures: for each site the annual rate of ground motions in every cell of their levels. */
import { CORRELATIONS } from '../../hazard/gmm/terms/period-correlation.js';
import type { JointRatesRequest } from '../../job/job.js';
import type { Run } from '../calculation-run.js';
import { type MeasuredSources, workOf } from '../preclassical/work-items.js';
import { weightsOfBlock } from '../tasks/mean-weights.js';
import { runInOrder } from '../tasks/ordered-tasks.js';

/** `compute_mrd.main`: mean joint rates of two measures at all sites, written to `mrd`. */
export async function jointRates({ imts }: JointRatesRequest, run: Run, { items }: MeasuredSources): Promise<void> {
  const { job, file, meanWeights } = run;
  const numbers = imts.map((name) => job.imts.findIndex(({ imt }) => imt.name === name));
  const [first, second] = numbers.map((number) => job.imts[number]);
  const request = {
    measures: [numbers[0], numbers[1]],
    levels: [first.levels.map(Math.log), second.levels.map(Math.log)],
    correlation: CORRELATIONS.baker_jayaram(first.imt.period, second.imt.period),
  } as const;
  const sites = job.sites.points.size;
  file.postProcessing.createJointRates(imts, [first.levels.length - 1, second.levels.length - 1]);
  for (let site = 0; site < sites; site++) {
    const total = new Float64Array((first.levels.length - 1) * (second.levels.length - 1));
    const tasks = items.map((item) => ({
      ...workOf(item),
      site,
      request,
      weights: weightsOfBlock(item.block.block, meanWeights),
    }));
    await runInOrder(run, 'jointRates', tasks, {
      take: ({ cells }) => {
        for (let k = 0; k < total.length; k++) total[k] += cells[k];
      },
    });
    file.postProcessing.writeJointRates(site, total);
  }
}
