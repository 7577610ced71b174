import { closeSync, openSync, rmSync, writeSync } from 'node:fs';

/** Characters gathered before they are written. */
const GATHERED = 1 << 20;

/** Writes a text piece by piece; the pieces may be produced lazily. A file that cannot be finished is removed. */
export function writeText(path: string, pieces: Iterable<string>): void {
  const file = openSync(path, 'w');
  try {
    let buffer = '';
    for (const piece of pieces) {
      buffer += piece;
      if (buffer.length < GATHERED) continue;
      writeSync(file, buffer);
      buffer = '';
    }
    writeSync(file, buffer);
    closeSync(file);
  } catch (error) {
    closeSync(file);
    rmSync(path, { force: true });
    throw error;
  }
}
