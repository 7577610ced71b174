import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Distributor } from '../../calculators/tasks/distributor.js';
import { TaskFailed } from '../../calculators/tasks/distributor.js';
import { runCalculation } from '../../calculators/run.js';
import { Checkpoint } from '../../engine/checkpoint/checkpoint.js';
import { DataFolder } from '../../engine/data-folder.js';
import { InlineDistributor } from '../../engine/distribution/inline-distributor.js';
import { EngineError } from '../../engine/errors.js';
import { replayTask } from '../../engine/replay.js';
import { readJob } from '../../inputs/read-job.js';
import { tinyJob, writeFiles } from '../inputs/tiny-job.js';

/** Classical tasks get something that they fail at. */
class Broken implements Distributor {
  readonly workers = 1;
  private readonly inner = new InlineDistributor();
  constructor(private readonly change: object) {}
  open: Distributor['open'] = (setup) => this.inner.open(setup);
  close: Distributor['close'] = () => this.inner.close();
  run: Distributor['run'] = (name, payload) => {
    if (name === 'classical') Object.assign(payload, this.change);
    return this.inner.run(name, payload);
  };
}

describe('a task that failed for good', () => {
  let place: string;
  let folder: DataFolder;
  before(async () => {
    place = mkdtempSync(join(tmpdir(), 'terrane-replay-'));
    folder = new DataFolder(join(place, 'data'));
    await writeFiles(join(place, 'job'), tinyJob());
  });
  after(() => rmSync(place, { recursive: true, force: true }));

  async function failed(id: number, change: object): Promise<TaskFailed> {
    const job = await readJob(join(place, 'job'), { workFolder: place });
    const monitor = { log: () => undefined, progress: () => undefined };
    mkdirSync(folder.makeWork(id).path, { recursive: true });
    const records = new Checkpoint(folder.checkpoint(id), monitor);
    const options = { path: folder.workDatastore(id), distributor: new Broken(change), monitor, records };
    const error = await runCalculation(job, options).catch((thrown: unknown) => thrown);
    records.close();
    assert.ok(error instanceof TaskFailed, String(error));
    return error;
  }

  it('is kept under a name, and fails in the same way when it is run alone', async () => {
    const error = await failed(1, { partial: { sums: [], bySource: [], contexts: 0, paused: { batch: {} } } });
    assert.equal(error.label, 'classical-0');
    const { work, end } = await replayTask(folder, 1, 'classical-0');
    assert.match(work, /^units 0 to 0 of source 1, site/);
    assert.ok(end instanceof Error);
    assert.ok(error.message.startsWith(`classical task 0 failed 3 times: ${end.message}`), error.message);
  });

  it('is not known under another name', async () => {
    await assert.rejects(
      replayTask(folder, 1, '../../classical-0'),
      (error) =>
        error instanceof EngineError && error.code === 'UNKNOWN_TASK' && /there are classical-0/.test(error.message),
    );
    await assert.rejects(replayTask(folder, 9, 'classical-0'), /calculation 9 has no failed task classical-0/);
  });
});
