import { availableParallelism } from 'node:os';
import type { Distributor } from '../../calculators/tasks/distributor.js';
import { InlineDistributor } from './inline-distributor.js';
import { PoolDistributor } from './pool-distributor.js';

/** Threads of a calculation: as asked, or one per processor. The results do not depend on it. */
export function makeDistributor(workers = availableParallelism()): Distributor {
  return workers <= 1 ? new InlineDistributor() : new PoolDistributor(workers);
}
