import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Distributor } from '../../calculators/tasks/distributor.js';
import { runCalculation } from '../../calculators/run.js';
import { InlineDistributor } from '../../engine/distribution/inline-distributor.js';
import { RedisDistributor } from '../../engine/distribution/redis/redis-distributor.js';
import { TaskHost } from '../../engine/distribution/redis/task-host.js';
import { readJob } from '../../inputs/read-job.js';
import { contentOf } from '../engine/checkpoint/same-file.js';
import { EXAMPLES } from '../web/api-client.js';
import { RedisServer } from './redis-server.js';

describe('whole jobs that go through Redis', () => {
  let server: RedisServer;
  let host: TaskHost;
  let place: string;
  before(async () => {
    place = mkdtempSync(join(tmpdir(), 'terrane-through-redis-'));
    server = await RedisServer.start();
    host = await TaskHost.start(server.address, 2);
  });
  after(async () => {
    await host.close(true);
    await server.remove();
    rmSync(place, { recursive: true, force: true });
  });

  async function resultOf(example: string, distributor: Distributor): Promise<Map<string, unknown>> {
    const job = await readJob(join(EXAMPLES, example), { workFolder: place });
    const path = join(place, 'calc_1.hdf5');
    const monitor = { log: () => undefined, progress: () => undefined };
    try {
      await runCalculation(job, { path, distributor, monitor });
    } finally {
      await distributor.close();
    }
    return contentOf(path);
  }

  for (const example of readdirSync(EXAMPLES).filter((name) => /^\d/.test(name)))
    it(`give the file that one thread gives: ${example}`, async () => {
      const inOneThread = await resultOf(example, new InlineDistributor());
      assert.ok(inOneThread.size > 10);
      assert.deepEqual(await resultOf(example, new RedisDistributor(server.address, () => undefined)), inOneThread);
    });
});
