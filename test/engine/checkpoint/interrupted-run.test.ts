import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, truncateSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { Distributor, TaskName } from '../../../calculators/tasks/distributor.js';
import { runCalculation } from '../../../calculators/run.js';
import { Checkpoint } from '../../../engine/checkpoint/checkpoint.js';
import { WritingBudget } from '../../../engine/checkpoint/writing-budget.js';
import { InlineDistributor } from '../../../engine/distribution/inline-distributor.js';
import { readJob } from '../../../inputs/read-job.js';
import {
  AREA_SOURCE,
  nrml,
  POINT_SOURCE,
  REGION,
  sourceModel,
  tinyIni,
  tinyJob,
  withFolder,
  writeFiles,
  type JobFiles,
} from '../../inputs/tiny-job.js';
import { contentOf } from './same-file.js';

/** Whatever it costs. */
class Generous extends WritingBudget {
  override allows(): boolean {
    return true;
  }
}
/** Single results are too large, sums are not. */
class SumsOnly extends WritingBudget {
  private asked = 0;
  override allows(): boolean {
    return this.asked++ % 2 === 1;
  }
}

class Interrupted extends Error {}

/** Counts the tasks, and fails at one of them as if the process had died. */
class CountedTasks implements Distributor {
  readonly workers = 1;
  readonly done: TaskName[] = [];
  private given = 0;
  private readonly inner = new InlineDistributor();
  constructor(private readonly last = Infinity) {}
  open: Distributor['open'] = (setup) => this.inner.open(setup);
  close: Distributor['close'] = () => this.inner.close();
  run: Distributor['run'] = async (name, payload) => {
    if (this.given++ < this.last) {
      const result = await this.inner.run(name, payload);
      this.done.push(name);
      return result;
    }
    // what is under way ends, and is taken
    while (this.done.length < this.last) await setImmediate();
    await setImmediate();
    throw new Interrupted();
  };
}

/** Several classical tasks of two sources. */
const CLASSICAL = tinyJob({
  'job.ini': tinyIni({
    sites: Array.from({ length: 81 }, (_, k) => `${9 + (k % 9) / 5} ${44 + Math.floor(k / 9) / 5}`).join(', '),
    area_source_discretization: '4',
  }),
  'sm.xml': sourceModel(AREA_SOURCE.replace('id="1"', 'id="a"'), POINT_SOURCE.replace('id="1"', 'id="p"')),
});
const DISAGGREGATION = tinyJob({
  'job.ini': tinyIni({
    calculation_mode: 'disaggregation',
    poes_disagg: '0.1 0.02',
    mag_bin_width: '0.5',
    distance_bin_width: '20',
    coordinate_bin_width: '0.5',
    num_epsilon_bins: '4',
    area_source_discretization: '2',
  }),
  // exclusive sources are a task of their own
  'sm.xml': nrml(
    `<sourceModel name="two groups"><sourceGroup name="a" tectonicRegion="${REGION}">${AREA_SOURCE.replace('id="1"', 'id="a"')}</sourceGroup>
<sourceGroup name="p" tectonicRegion="${REGION}" src_interdep="mutex" rup_interdep="indep" srcs_weights="0.4 0.6">
${POINT_SOURCE.replace('id="1"', 'id="p:1"')}${POINT_SOURCE.replace('id="1"', 'id="p:2"')}</sourceGroup></sourceModel>`,
  ),
});

async function withJob(
  files: JobFiles,
  step: (
    run: (
      checkpoint: string,
      tasks: CountedTasks,
      budget?: WritingBudget,
    ) => Promise<{ content?: Map<string, unknown>; log: string[] }>,
  ) => Promise<void>,
): Promise<void> {
  await withFolder(async (folder) => {
    await writeFiles(folder, files);
    await step(async (place, distributor, budget = new Generous()) => {
      const job = await readJob(folder, { workFolder: folder });
      const path = join(place, 'calc_1.hdf5');
      const log: string[] = [];
      const monitor = { log: (_: string, text: string) => void log.push(text), progress: () => undefined };
      const records = new Checkpoint(join(place, 'checkpoint'), monitor, budget);
      try {
        await runCalculation(job, { path, distributor, monitor, records });
        return { content: await contentOf(path), log };
      } catch (error) {
        if (!(error instanceof Interrupted)) throw error;
        return { log };
      } finally {
        records.close();
        await distributor.close();
      }
    });
  });
}

describe('a run that was interrupted', () => {
  let place: string;
  beforeEach(() => (place = mkdtempSync(join(tmpdir(), 'terrane-interrupted-'))));
  afterEach(() => rmSync(place, { recursive: true, force: true }));
  const anew = (): void => {
    rmSync(place, { recursive: true });
    place = mkdtempSync(join(tmpdir(), 'terrane-interrupted-'));
  };

  const kinds: [string, JobFiles][] = [
    ['classical', CLASSICAL],
    ['disaggregation', DISAGGREGATION],
  ];
  for (const [name, files] of kinds)
    it(`at any task of a ${name} job goes on from it, and ends with the same bits`, () =>
      withJob(files, async (run) => {
        const whole = new CountedTasks();
        const { content } = await run(place, whole);
        assert.ok(whole.done.filter((task) => task === name).length > 1, whole.done.join(' '));
        for (let last = 0; last <= whole.done.length; last++) {
          anew();
          await run(place, new CountedTasks(last));
          const rest = new CountedTasks();
          assert.deepEqual((await run(place, rest)).content, content, `interrupted after ${last} tasks`);
          assert.deepEqual(rest.done, whole.done.slice(last), 'nothing is computed twice');
        }
      }));

  it('goes on from sums where single results would take too long to write', () =>
    withJob(CLASSICAL, async (run) => {
      const whole = new CountedTasks();
      const { content } = await run(place, whole);
      let fewest = Infinity;
      for (let last = 2; last < whole.done.length; last++) {
        anew();
        await run(place, new CountedTasks(last), new SumsOnly());
        const files = readdirSync(join(place, 'checkpoint'));
        assert.ok(files.filter((file) => file.startsWith('sums-')).length <= 1, files.join(' '));
        const rest = new CountedTasks();
        assert.deepEqual((await run(place, rest, new SumsOnly())).content, content, `interrupted after ${last} tasks`);
        fewest = Math.min(fewest, rest.done.filter((task) => task === 'classical').length);
      }
      assert.ok(fewest <= 2, `${fewest} of ${whole.done.length} tasks were done again`);
    }));

  it('again and again comes to its end', () =>
    withJob(CLASSICAL, async (run) => {
      const whole = new CountedTasks();
      const { content } = await run(place, whole);
      anew();
      for (let k = 1; k < whole.done.length; k++)
        assert.equal((await run(place, new CountedTasks(1))).content, undefined, `run ${k}`);
      const last = new CountedTasks(1);
      assert.deepEqual((await run(place, last)).content, content);
    }));

  it('loses no more than the record that was being written', () =>
    withJob(CLASSICAL, async (run) => {
      const whole = new CountedTasks();
      const { content } = await run(place, whole);
      anew();
      await run(place, new CountedTasks(whole.done.length - 1));
      const folder = join(place, 'checkpoint');
      const sums = join(
        folder,
        readdirSync(folder).find((file) => file.startsWith('sums-'))!,
      );
      truncateSync(sums, statSync(sums).size - 7);
      const rest = new CountedTasks();
      assert.deepEqual((await run(place, rest)).content, content);
      assert.equal(rest.done.length, 2);
    }));

  it('whose parameters or files have changed begins anew, and says what differs', () =>
    withJob(CLASSICAL, async (run) => {
      await run(place, new CountedTasks(4));
      const changes: [JobFiles, RegExp][] = [
        [
          {
            ...CLASSICAL,
            'job.ini': String(CLASSICAL['job.ini']).replace(/truncation_level = \S+/, 'truncation_level = 2'),
          },
          /input files have changed/,
        ],
        [{ ...CLASSICAL, 'sm.xml': sourceModel(POINT_SOURCE) }, /input files have changed/],
      ];
      for (const [files, said] of changes)
        await withJob(files, async (changed) => {
          const tasks = new CountedTasks();
          const { content, log } = await changed(place, tasks);
          assert.ok(content);
          assert.match(log.join('\n'), said);
          assert.ok(tasks.done.includes('preclassical'));
        });
    }));
});
