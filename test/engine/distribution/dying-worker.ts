import runInThread, { type PoolTask } from '../../../engine/distribution/pool-worker.js';

/** The worker of the pool, whose thread ends, or hangs, at tasks that carry `deaths` (in shared memory), as often as this says. */
export default function runOrDie(task: PoolTask): Promise<unknown> {
  const { deaths, hang } = task.payload as { deaths?: Int32Array; hang?: boolean };
  if (deaths && Atomics.sub(deaths, 0, 1) > 0) {
    if (!hang) process.exit(1);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  }
  return runInThread(task);
}
