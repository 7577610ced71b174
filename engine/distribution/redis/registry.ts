/** Which workers there are: each says so again and again, and is forgotten when it no longer does. */
import type { Redis } from 'ioredis';
import { LIFE, PREFIX, PROGRAM } from './connection.js';
import type { WorkerFacts } from './messages.js';

const keyOf = (where: string): string => `${PREFIX}:worker:${where}`;

/** A sign of life of a worker. */
export async function announce(redis: Redis, facts: WorkerFacts): Promise<void> {
  await redis.set(keyOf(facts.where), JSON.stringify(facts), 'PX', LIFE);
}

/** The worker leaves. */
export async function leave(redis: Redis, { where }: WorkerFacts): Promise<void> {
  await redis.del(keyOf(where));
}

/** All workers that live. */
export async function liveWorkers(redis: Redis): Promise<WorkerFacts[]> {
  const keys: string[] = [];
  for (let cursor = '0', first = true; first || cursor !== '0'; first = false) {
    const [next, found] = await redis.scan(cursor, 'MATCH', keyOf('*'), 'COUNT', 1000);
    cursor = next;
    keys.push(...found);
  }
  if (keys.length === 0) return [];
  return (await redis.mget(...keys)).flatMap((text) => (text === null ? [] : [JSON.parse(text) as WorkerFacts]));
}

/** Threads of the workers that give the same bits as this program, and the programs of the others. */
export function fitting(workers: readonly WorkerFacts[]): {
  readonly threads: number;
  readonly others: readonly WorkerFacts[];
} {
  const others = workers.filter(({ program }) => program !== PROGRAM);
  const own = workers.filter(({ program }) => program === PROGRAM);
  return { threads: own.reduce((sum, { threads }) => sum + threads, 0), others };
}
