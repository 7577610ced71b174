import { availableParallelism } from 'node:os';
import { withoutPassword } from '../../engine/distribution/redis/address.js';
import { TaskHost } from '../../engine/distribution/redis/task-host.js';

/** Options of `terrane worker`. */
export interface WorkerOptions {
  readonly threads?: number;
}

/** `terrane worker ADDRESS`: computes tasks of servers that use the same Redis, until it is told to stop. */
export async function worker(address: string, { threads = availableParallelism() }: WorkerOptions): Promise<void> {
  const host = await TaskHost.start(address, threads);
  process.stdout.write(`waiting for tasks at ${withoutPassword(address)} with ${threads} threads\nCtrl-C stops it.\n`);
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
  });
  // a second signal ends what is under way
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1));
  await host.close();
  process.exit(0);
}
