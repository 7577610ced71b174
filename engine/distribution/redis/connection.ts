/** How server, runners and workers reach Redis, and under which names they meet there (docs/scaling.md). */
import { Redis } from 'ioredis';
import { ENGINE_VERSION } from '../../../datastore/version.js';
import { EngineError } from '../../errors.js';
import { checkAddress, withoutPassword } from './address.js';

/** Everything of Terrane in a Redis begins with this. */
export const PREFIX = 'terrane';

/** Programs that give the same bits, and understand one another. */
export const PROGRAM = `${ENGINE_VERSION}-v8-${process.versions.v8}-${process.arch}`;

/** The queue of tasks for such programs: others neither see nor take them. */
export const QUEUE = `tasks-${PROGRAM}`;

/** ms that a sign of life counts */
export const LIFE = 15_000;
/** ms between two signs of life */
export const BEAT = 4_000;

/** A connection that comes back when Redis does. Errors: EngineError REDIS when there is none at first. */
export async function connect(address: string): Promise<Redis> {
  checkAddress(address);
  const redis = new Redis(address, { maxRetriesPerRequest: null, lazyConnect: true, enableReadyCheck: true });
  let first: Error | undefined;
  redis.on('error', (error: Error) => (first ??= error));
  try {
    await Promise.race([redis.connect(), failure(redis)]);
  } catch (error) {
    redis.disconnect();
    const why = first ?? (error as Error);
    throw new EngineError('REDIS', `Redis at ${withoutPassword(address)} cannot be reached (${why.message})`);
  }
  return redis;
}

function failure(redis: Redis): Promise<never> {
  return new Promise((_, reject) => redis.once('error', reject));
}
