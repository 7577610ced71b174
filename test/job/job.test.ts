import assert from 'node:assert/strict';
import { parseImt } from '../../hazard/gmm/imt.js';
import { curveLevels, type Job } from '../../job/job.js';

/** The part of a job that its levels follow from. */
function job(method?: 'convolution' | 'kernel'): Job {
  const imts = ['PGA', 'SA(0.2)'].map((name, m) => ({ imt: parseImt(name), levels: Float64Array.of(0.1, 0.2 + m) }));
  const amplification = method && { method, soilLevels: Float64Array.of(0.01, 0.5, 2) };
  return { imts, amplification } as unknown as Job;
}

describe('levels of the curves of a job', () => {
  const ofCalculation = [
    [0.1, 0.2],
    [0.1, 1.2],
  ];
  const shown = (one: Job): number[][] => curveLevels(one).map((levels) => [...levels]);

  it('are those of the calculation, with the kernel of an amplification too', () => {
    assert.deepEqual(shown(job()), ofCalculation);
    assert.deepEqual(shown(job('kernel')), ofCalculation);
  });

  it('are those on the soil for every measure where curves are convolved', () =>
    assert.deepEqual(shown(job('convolution')), [
      [0.01, 0.5, 2],
      [0.01, 0.5, 2],
    ]));
});
