import { EngineError } from '../engine/errors.js';
import { Refusal } from '../hazard/refusal.js';

/** A fault of the call that needs no more than its message. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Tells what went wrong, in plain sentences on stderr. Returns the exit code: 2 for refused input, 1 for everything else. */
export function reportError(error: unknown): number {
  if (error instanceof Refusal) {
    const count = error.faults.length;
    process.stderr.write(`${error.message}\n`);
    process.stderr.write(`terrane: the job is refused: ${count} ${count === 1 ? 'fault' : 'faults'}\n`);
    return 2;
  }
  const message = error instanceof Error ? error.message : String(error);
  const expected =
    error instanceof UsageError || error instanceof EngineError || error instanceof RangeError || isSystemError(error);
  process.stderr.write(`terrane: ${expected ? '' : 'internal fault: '}${message}\n`);
  if (!expected && process.env.TERRANE_DEBUG && error instanceof Error) process.stderr.write(`${error.stack}\n`);
  return 1;
}

function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'string';
}
