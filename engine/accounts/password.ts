import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** Cost of a hash: 64 MB and about a quarter of a second (RFC 7914; N, r, p as OWASP advises for scrypt). */
const COST = { N: 2 ** 16, r: 8, p: 1, maxmem: 128 * 2 ** 20 };
const KEY_BYTES = 32;
const SALT_BYTES = 16;

/** Characters that a password must have at least. */
export const SHORTEST_PASSWORD = 10;

/** `scrypt$N$r$p$salt$key`, salt and key in base64. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const key = await derive(password, salt, COST);
  return ['scrypt', COST.N, COST.r, COST.p, salt.toString('base64'), key.toString('base64')].join('$');
}

/** Whether a password belongs to a hash. Takes the same time for a user that does not exist (hash undefined). */
export async function matchesPassword(password: string, hash: string | undefined): Promise<boolean> {
  const [kind, N, r, p, salt, key] = (hash ?? '').split('$');
  if (kind !== 'scrypt') {
    await derive(password, Buffer.alloc(SALT_BYTES), COST);
    return false;
  }
  const cost = { N: Number(N), r: Number(r), p: Number(p), maxmem: COST.maxmem };
  return timingSafeEqual(await derive(password, Buffer.from(salt, 'base64'), cost), Buffer.from(key, 'base64'));
}

function derive(password: string, salt: Buffer, cost: typeof COST): Promise<Buffer> {
  return new Promise((resolve, reject) =>
    scrypt(password.normalize('NFKC'), salt, KEY_BYTES, cost, (error, key) => (error ? reject(error) : resolve(key))),
  );
}
