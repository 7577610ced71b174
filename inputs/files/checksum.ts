import { readInPieces } from './file-chunks.js';

const MODULUS = 65521;
/** bytes after which the sums must be reduced to stay below 2^32 */
const BLOCK = 3800;

/** Adler-32 (RFC 1950) of the contents of the files, one after the other, and their size in bytes. */
export async function checksumFiles(paths: readonly string[]): Promise<{ checksum: number; size: number }> {
  let a = 1;
  let b = 0;
  let size = 0;
  for (const path of paths)
    await readInPieces(path, (bytes) => {
      size += bytes.length;
      for (let start = 0; start < bytes.length; start += BLOCK) {
        const end = Math.min(start + BLOCK, bytes.length);
        for (let i = start; i < end; i++) {
          a += bytes[i];
          b += a;
        }
        a %= MODULUS;
        b %= MODULUS;
      }
    });
  return { checksum: b * 65536 + a, size };
}
