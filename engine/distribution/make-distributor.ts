import { availableParallelism } from 'node:os';
import type { Distributor } from '../../calculators/tasks/distributor.js';
import { InlineDistributor } from './inline-distributor.js';
import { PoolDistributor } from './pool-distributor.js';

/** Who computes the tasks of a calculation. The results do not depend on it. */
export interface DistributionOptions {
  /** threads of this process; default: one per processor */
  readonly workers?: number;
  /** address of a Redis whose workers compute everything, instead */
  readonly redis?: string;
  /** told what people should know of the workers */
  readonly log?: (message: string) => void;
}

/** Threads of a calculation, or workers that a Redis knows. */
export async function makeDistributor({ workers, redis, log }: DistributionOptions = {}): Promise<Distributor> {
  if (redis !== undefined) {
    const { RedisDistributor } = await import('./redis/redis-distributor.js');
    return new RedisDistributor(redis, log ?? (() => undefined));
  }
  const threads = workers ?? availableParallelism();
  return threads <= 1 ? new InlineDistributor() : new PoolDistributor(threads);
}
