import runInThread, { type PoolTask } from '../../../engine/distribution/pool-worker.js';

/** The worker of the pool, whose thread ends at tasks that carry `deaths` (in shared memory), as often as this says. */
export default function runOrDie(task: PoolTask): Promise<unknown> {
  const { deaths } = task.payload as { deaths?: Int32Array };
  if (deaths && Atomics.sub(deaths, 0, 1) > 0) process.exit(1);
  return runInThread(task);
}
