import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { TaskFailed, WorkerLost, type Distributor } from '../../calculators/tasks/distributor.js';
import { InlineDistributor } from '../../engine/distribution/inline-distributor.js';
import { PREFIX } from '../../engine/distribution/redis/connection.js';
import { getContent, putContent } from '../../engine/distribution/redis/content.js';
import { RedisDistributor } from '../../engine/distribution/redis/redis-distributor.js';
import { announce, liveWorkers } from '../../engine/distribution/redis/registry.js';
import { TaskHost } from '../../engine/distribution/redis/task-host.js';
import { EngineError } from '../../engine/errors.js';
import { Refusal } from '../../hazard/refusal.js';
import { ratesOfJob } from '../calculators/rates-of-job.js';
import { AREA_SOURCE, MODEL_TREE, POINT_SOURCE, sourceModel, tinyIni, tinyJob } from '../inputs/tiny-job.js';
import { Gate } from './gate.js';
import { RedisServer } from './redis-server.js';

/** A dozen classical tasks. */
const JOB = tinyJob({
  'job.ini': tinyIni({
    sites: Array.from({ length: 225 }, (_, k) => `${9 + (k % 15) / 7} ${44 + Math.floor(k / 15) / 7}`).join(', '),
    area_source_discretization: '4',
  }),
  'sm.xml': sourceModel(AREA_SOURCE.replace('id="1"', 'id="a"'), POINT_SOURCE.replace('id="1"', 'id="p"')),
});
/** ms after which a task of a silent worker is taken over */
const LOCK = 1000;

describe('tasks that go through Redis', () => {
  let server: RedisServer;
  let inOneThread: ReadonlyMap<number, Float64Array>;
  let hosts: TaskHost[] = [];
  before(async () => {
    server = await RedisServer.start();
    inOneThread = (await ratesOfJob(JOB, new InlineDistributor())).columns;
  });
  after(() => server.remove());
  afterEach(async () => {
    await Promise.all(hosts.map((host) => host.close(true)));
    hosts = [];
  });

  async function host(threads = 1): Promise<TaskHost> {
    const started = await TaskHost.start(server.address, threads, LOCK);
    hosts.push(started);
    return started;
  }
  const told: string[] = [];
  const distributor = (): RedisDistributor => new RedisDistributor(server.address, (text) => told.push(text));

  /** Tells of every task that is given. */
  function watched(inner: Distributor, onTask: (number: number) => void): Distributor {
    let given = 0;
    return {
      get workers() {
        return inner.workers;
      },
      open: (setup) => inner.open(setup),
      close: () => inner.close(),
      run: (name, payload) => {
        onTask(given++);
        return inner.run(name, payload);
      },
    };
  }

  it('give what one thread gives, to the last bit, and leave no content of single tasks behind', async () => {
    await host(2);
    await host(1);
    assert.deepEqual((await ratesOfJob(JOB, distributor())).columns, inOneThread);
    const redis = new Redis(server.address);
    const keys = await redis.keys(`${PREFIX}:content:*`);
    redis.disconnect();
    // the setup and the packed block
    assert.ok(keys.length <= 3, keys.join(' '));
  });

  it('wait for the first worker, which is told', async () => {
    told.length = 0;
    const done = ratesOfJob(JOB, distributor());
    while (told.length === 0) await setImmediate();
    assert.match(told[0], /there is no worker yet/);
    await host();
    assert.deepEqual((await done).columns, inOneThread);
  });

  it('of a worker that dies go to another one', async () => {
    const first = await host();
    let dead: Promise<void> | undefined;
    const run = watched(distributor(), (number) => {
      if (number !== 3) return;
      // gone without a word, with what it was at
      hosts = [];
      dead = first.close(true).then(() => void host());
    });
    assert.deepEqual((await ratesOfJob(JOB, run)).columns, inOneThread);
    assert.ok(dead);
  });

  it('of a worker that is cut off go to another one, and what it says late changes nothing', async () => {
    const gate = await Gate.to(server.address);
    try {
      hosts.push(await TaskHost.start(gate.address, 1, LOCK));
      let other: Promise<TaskHost> | undefined;
      const run = watched(distributor(), (number) => {
        if (number !== 3) return;
        gate.close();
        other = host();
      });
      assert.deepEqual((await ratesOfJob(JOB, run)).columns, inOneThread);
      const helper = await other!;
      gate.open();
      // the one that was cut off works again, alone
      hosts = hosts.filter((one) => one !== helper);
      await helper.close();
      assert.deepEqual((await ratesOfJob(JOB, distributor())).columns, inOneThread);
    } finally {
      await Promise.all(hosts.map((one) => one.close(true)));
      hosts = [];
      gate.remove();
    }
  });

  it('survive a Redis that is killed and comes back with what it had', async () => {
    await host(2);
    let back: Promise<void> | undefined;
    const run = watched(distributor(), (number) => {
      if (number === 4) back = server.down().then(() => server.up());
    });
    assert.deepEqual((await ratesOfJob(JOB, run)).columns, inOneThread);
    await back;
  });

  it('bring refusals and faults with their source from the worker', async () => {
    await host();
    const refused = tinyJob({
      'job.ini': tinyIni({ reference_depth_to_1pt0km_per_sec: null, sites: null, site_model_file: 'sites.csv' }),
      'sites.csv': 'lon,lat,vs30,vs30measured,z1pt0\n10.1,45.2,760,1,-100\n',
      'gmlt.xml': MODEL_TREE.replace('BooreAtkinson2008', 'AbrahamsonSilva2008'),
    });
    const error = await ratesOfJob(refused, distributor()).catch((thrown: unknown) => thrown);
    assert.ok(error instanceof Refusal);
    assert.equal(error.code, 'MODEL_NOT_A_NUMBER');
    const inner = distributor();
    const broken: Distributor = {
      ...watched(inner, () => undefined),
      run: (name, payload) =>
        inner.run(name, name === 'classical' ? { ...payload, partial: { sums: 3 } as never } : payload),
    };
    const fault = await ratesOfJob(JOB, broken).catch((thrown: unknown) => thrown);
    assert.ok(fault instanceof TaskFailed && !(fault instanceof WorkerLost), String(fault));
    assert.match(fault.message, /classical task 0 failed 3 times/);
  });

  it('are not given to workers of another version, which are named with the remedy', async () => {
    told.length = 0;
    const redis = new Redis(server.address);
    await announce(redis, { program: '0.0.1-v8-1-x64', threads: 8, where: 'old/1' });
    const waiting = distributor();
    await waiting.open({ regions: [], modelFolders: [] } as never);
    assert.equal(waiting.workers, 1);
    await waiting.close();
    assert.match(told[0], /no worker fits: this is .*, old\/1 has 0\.0\.1-v8-1-x64; install the same version/);
    assert.ok((await liveWorkers(redis)).length >= 1);
    await redis.del(`${PREFIX}:worker:old/1`);
    redis.disconnect();
  });

  it('fail at once where there is no Redis, without showing its password', async () => {
    const nobody = new RedisDistributor('redis://user:secret@127.0.0.1:1', () => undefined);
    const error = await nobody.open({} as never).catch((thrown: unknown) => thrown);
    assert.ok(error instanceof EngineError && error.code === 'REDIS');
    assert.match(error.message, /redis:\/\/127\.0\.0\.1:1 cannot be reached/);
    assert.ok(!error.message.includes('secret'));
  });

  it('take no content that is not what was put', async () => {
    const redis = new Redis(server.address);
    const place = await putContent(redis, Buffer.from('sources'));
    assert.equal(String(await getContent(redis, place)), 'sources');
    const other = await putContent(redis, Buffer.from('others'));
    await redis.copy(other.split(' ')[0], place.split(' ')[0], 'REPLACE');
    await assert.rejects(getContent(redis, place), /is not what was put there/);
    await redis.del(place.split(' ')[0]);
    await assert.rejects(getContent(redis, place), /no longer in Redis/);
    redis.disconnect();
  });
});
