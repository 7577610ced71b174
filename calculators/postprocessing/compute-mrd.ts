/** Mean joint rates of two measures: for each site the annual rate of ground motions in every cell of their levels. */
import { CORRELATIONS } from '../../hazard/gmm/terms/period-correlation.js';
import type { JointRatesRequest } from '../../job/job.js';
import { runInOrder } from '../tasks/ordered-tasks.js';
import { weightsOfBlock, type PostProcessingInput } from './post-processing.js';

export async function jointRates(
  { imts }: JointRatesRequest,
  { job, file, items, weights, distributor }: PostProcessingInput,
): Promise<void> {
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
    await runInOrder(
      items.length,
      distributor.workers,
      (number) => {
        const { block, ranges } = items[number];
        const work = { number, block: block.number, blob: block.blob, ranges, site, request };
        return distributor.run('jointRates', { ...work, weights: weightsOfBlock(block, weights) });
      },
      ({ cells }) => {
        for (let k = 0; k < total.length; k++) total[k] += cells[k];
      },
    );
    file.postProcessing.writeJointRates(site, total);
  }
}
