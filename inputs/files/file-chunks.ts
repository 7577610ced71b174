import { closeSync, openSync, readSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';

/** bytes */
const CHUNK = 1 << 18;

/** One for all files: a piece is used up before anything else can run. */
const buffer = Buffer.allocUnsafe(CHUNK);

/**
 * Gives the bytes of a file, piece by piece; a piece is valid while `take` runs. Tens of thousands of small files cost an
 * opening, a reading and a closing each and nothing else; between the pieces of a large one other work gets its turn.
 * Errors: those of node:fs, and those of `take`.
 */
export async function readInPieces(path: string, take: (bytes: Buffer) => void): Promise<void> {
  const descriptor = openSync(path, 'r');
  try {
    for (;;) {
      const length = readSync(descriptor, buffer, 0, CHUNK, null);
      if (length === 0) return;
      take(buffer.subarray(0, length));
      if (length === CHUNK) await setImmediate();
    }
  } finally {
    closeSync(descriptor);
  }
}
