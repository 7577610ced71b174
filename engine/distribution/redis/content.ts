/**
 * Content in Redis under the hash of its bytes: what many tasks share is sent once and fetched once by each worker. The queue itself carries
 * keys only. Bytes are compressed; a hash that does not fit is told.
 */
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { Redis } from 'ioredis';
import { PREFIX } from './connection.js';

const compress = promisify(gzip);
const expand = promisify(gunzip);

/** s after its last use that content stays: a worker may join late */
const KEPT = 3600;
/** bytes of one content, before and after compression: Redis takes 512 MB, and a string of Node less */
const LARGEST = 256 * 2 ** 20;
const LARGEST_EXPANDED = 2 ** 31 - 1;

/** Content that was asked for is not there: Redis has lost it, or it has expired. */
class ContentLost extends Error {}

/** Puts bytes under their hash, or under a key of their own; returns where they are. Errors: RangeError for too many bytes. */
export async function putContent(redis: Redis, bytes: Uint8Array, own?: string): Promise<string> {
  const hash = createHash('sha256').update(bytes).digest('hex');
  const key = `${PREFIX}:content:${own ?? hash}`;
  if (own === undefined && (await redis.expire(key, KEPT)) === 1) return `${key} ${hash}`;
  const packed = await compress(bytes, { level: 1 });
  if (packed.length > LARGEST) throw new RangeError(`${packed.length} bytes are too many for one message`);
  await redis.set(key, packed, 'EX', KEPT);
  return `${key} ${hash}`;
}

/** Fetches what putContent has put. Errors: ContentLost; RangeError for bytes that are not what was put. */
export async function getContent(redis: Redis, place: string): Promise<Buffer> {
  const [key, hash] = place.split(' ');
  const packed = await redis.getBuffer(key);
  if (packed === null) throw new ContentLost(`${key} is no longer in Redis`);
  const bytes = await expand(packed, { maxOutputLength: LARGEST_EXPANDED });
  if (createHash('sha256').update(bytes).digest('hex') !== hash)
    throw new RangeError(`${key} in Redis is not what was put there`);
  return bytes;
}

/** Removes content that one task alone has used. */
export async function dropContent(redis: Redis, ...places: readonly string[]): Promise<void> {
  if (places.length > 0) await redis.del(...places.map((place) => place.split(' ')[0]));
}
