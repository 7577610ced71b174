import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { TaskFailed, WorkerLost, type Distributor } from '../../../calculators/tasks/distributor.js';
import { InlineDistributor } from '../../../engine/distribution/inline-distributor.js';
import { PoolDistributor } from '../../../engine/distribution/pool-distributor.js';
import { tellJobError } from '../../../engine/runner/failure.js';
import { Refusal } from '../../../hazard/refusal.js';
import { ratesOfJob } from '../../calculators/rates-of-job.js';
import {
  AREA_SOURCE,
  MODEL_TREE,
  POINT_SOURCE,
  sourceModel,
  tinyIni,
  tinyJob,
  type JobFiles,
} from '../../inputs/tiny-job.js';

/** A job of a dozen classical tasks, two seconds of one thread. */
function longJob(ini: Readonly<Record<string, string>> = {}): JobFiles {
  const sites = Array.from({ length: 225 }, (_, k) => `${9 + (k % 15) / 7} ${44 + Math.floor(k / 15) / 7}`);
  return tinyJob({
    'job.ini': tinyIni({ sites: sites.join(', '), area_source_discretization: '4', ...ini }),
    'sm.xml': sourceModel(AREA_SOURCE.replace('id="1"', 'id="a"'), POINT_SOURCE.replace('id="1"', 'id="p"')),
  });
}

/** A depth of -100 m is no unknown depth (-999): the model takes the logarithm of a negative number. */
const NOT_A_NUMBER = tinyJob({
  'job.ini': tinyIni({ reference_depth_to_1pt0km_per_sec: null, sites: null, site_model_file: 'sites.csv' }),
  'sites.csv': 'lon,lat,vs30,vs30measured,z1pt0\n10.1,45.2,760,1,-100\n',
  'gmlt.xml': MODEL_TREE.replace('BooreAtkinson2008', 'AbrahamsonSilva2008'),
});

/** A pool that uses its threads from the first task on. */
const pool = (workers: number): PoolDistributor => new PoolDistributor(workers, { inlineTime: 0 });

/** A pool whose thread ends at the classical tasks. */
function dyingPool(
  deaths: number,
  { hang = false }: { hang?: boolean } = {},
): { pool: PoolDistributor; distributor: Distributor } {
  const workerFile = fileURLToPath(new URL('./dying-worker.js', import.meta.url));
  const dying = new PoolDistributor(1, { inlineTime: 0, workerFile, silence: 2 });
  const counter = new Int32Array(new SharedArrayBuffer(4)).fill(Math.min(deaths, 1e6));
  return { pool: dying, distributor: changed(dying, { deaths: counter, hang }) };
}

/** A distributor that changes the payload of classical tasks. */
function changed(inner: Distributor, change: object): Distributor {
  return {
    workers: inner.workers,
    open: (setup) => inner.open(setup),
    run: (name, payload) => inner.run(name, name === 'classical' ? { ...payload, ...change } : payload),
    close: () => inner.close(),
  };
}

describe('the pool of threads', () => {
  let inOneThread: ReadonlyMap<number, Float64Array>;
  before(async () => {
    inOneThread = (await ratesOfJob(longJob(), new InlineDistributor())).columns;
  });

  it('gives what one thread gives, to the last bit, with both of its threads at work', async () => {
    const two = pool(2);
    const { columns } = await ratesOfJob(longJob(), two);
    assert.deepEqual(columns, inOneThread);
    assert.equal(two.tasksByThread.size, 2, 'both threads have worked');
    assert.ok(
      [...two.tasksByThread.keys()].every((thread) => thread > 0),
      'and nothing was done in the main one',
    );
  });

  it('goes on in whichever thread is free with what a task hands back', async () => {
    const { columns, logged } = await ratesOfJob(longJob({ time_per_task: '0' }), pool(2));
    assert.deepEqual(columns, inOneThread);
    assert.ok(logged.filter((line) => line.includes('its rest goes on')).length > 100);
  });

  it('runs a task again whose thread was killed, in halves, to the same bits, and tells so', async () => {
    for (const deaths of [1, 2]) {
      const { pool: dying, distributor } = dyingPool(deaths);
      const { columns, logged } = await ratesOfJob(longJob(), distributor);
      assert.deepEqual(columns, inOneThread);
      assert.ok(dying.tasksByThread.size >= 2, 'a new thread has taken over');
      const died =
        /^classical task \d is run again with half of its work: its thread died \(worker exited with code: 1\)$/;
      assert.equal(logged.filter((line) => died.test(line)).length, deaths);
      assert.ok(!logged.some((line) => line.includes('its rest goes on')), 'a half has used up no time');
    }
  });

  it('gives the same bits from tasks that are cut after any number of units', async () => {
    let before = Infinity;
    for (const atMost of [1, 7, 1000]) {
      let parts = 0;
      const cut = changed(new InlineDistributor(), { atMost });
      const counted: Distributor = { ...cut, run: (name, payload) => (parts++, cut.run(name, payload)) };
      assert.deepEqual((await ratesOfJob(longJob(), counted)).columns, inOneThread);
      assert.ok(parts < before, 'the smaller the parts the more of them');
      before = parts;
    }
  });

  it('can run a part again in the main thread: the sums it was given stay as they were', async () => {
    const inner = new InlineDistributor();
    const twice: Distributor = {
      ...changed(inner, { atMost: 100 }),
      run: async (name, payload) => {
        if (name !== 'classical') return inner.run(name, payload);
        await inner.run(name, { ...payload, atMost: 100 });
        return inner.run(name, { ...payload, atMost: 100 });
      },
    };
    assert.deepEqual((await ratesOfJob(longJob(), twice)).columns, inOneThread);
  });

  it('ends a thread that gives no sign of life, and runs its task in another one', async () => {
    const { distributor } = dyingPool(1, { hang: true });
    const { columns, logged } = await ratesOfJob(longJob(), distributor);
    assert.deepEqual(columns, inOneThread);
    assert.ok(
      logged.some((line) => /run again with half of its work: its thread gave no sign of life for 2 s/.test(line)),
    );
  });

  it('fails a calculation whose task ends its thread every time, with a reason for users', async () => {
    const { distributor } = dyingPool(Infinity);
    const error = await ratesOfJob(longJob(), distributor).catch((thrown: unknown) => thrown);
    assert.ok(error instanceof WorkerLost);
    assert.match(
      tellJobError(error, 1).lines[0],
      /classical task \d+ failed 3 times: its thread died \(.+\) \(units 0 to \d+ of source a, .*sites 0 to 224\); if memory ran out/,
    );
  });

  const distributors: Record<string, () => Distributor> = {
    'a thread': () => pool(1),
    'the main thread': () => new PoolDistributor(1, { inlineTime: Infinity }),
    'one worker': () => new InlineDistributor(),
  };
  for (const [where, make] of Object.entries(distributors)) {
    it(`names task and source of a fault of the engine in ${where}`, async () => {
      const error = await ratesOfJob(
        longJob(),
        changed(make(), { partial: { sums: [], bySource: [], contexts: 0, paused: { batch: {} } } }),
      ).catch((thrown: unknown) => thrown);
      assert.ok(error instanceof TaskFailed && !(error instanceof WorkerLost));
      assert.match(tellJobError(error, 1).lines[0], /fault of Terrane, not of the job: .*classical task at source a: /);
      assert.ok(error.cause instanceof Error && error.cause.stack?.includes('calculators'), 'the place in the code');
    });

    it(`brings the faults of the user's input from ${where} as they are`, async () => {
      const error = await ratesOfJob(NOT_A_NUMBER, make()).catch((thrown: unknown) => thrown);
      assert.ok(error instanceof Refusal);
      assert.equal(error.code, 'MODEL_NOT_A_NUMBER');
      assert.match(error.message, /source 1: .*z1pt0 = -100/);
    });
  }
});
