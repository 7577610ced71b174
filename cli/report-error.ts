import type { FaultFacts } from '../hazard/refusal.js';
import { tellError } from '../engine/tell-error.js';

/** A fault of the call that needs no more than its message. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  /** @param faults of the input, where these are what is told */
  constructor(
    message: string,
    readonly faults: readonly FaultFacts[] = [],
  ) {
    super(message);
  }
}

/**
 * Tells what went wrong, in plain sentences on stderr; with --json also as one object on stdout.
 * Returns the exit code: 2 for a refused job, 1 for everything else.
 * @param command as called, for the report of a bug
 */
export function reportError(error: unknown, command: string, json: boolean): number {
  const { by, code, lines, faults, details } = told(error, command);
  if (json) {
    const status = by === 'user' ? 'refused' : 'failed';
    process.stdout.write(`${JSON.stringify({ status, code, messages: lines, faults })}\n`);
  }
  if (by === 'user' && code !== 'INVALID_QUERY') {
    const count = faults.length;
    process.stderr.write(`${lines.join('\n')}\n`);
    process.stderr.write(`terrane: the job is refused: ${count} ${count === 1 ? 'fault' : 'faults'}\n`);
    return 2;
  }
  process.stderr.write(`terrane: ${lines.join('\n')}\n`);
  if (details !== undefined && process.env.TERRANE_DEBUG) process.stderr.write(`${details}\n`);
  return 1;
}

function told(error: unknown, command: string) {
  if (error instanceof UsageError)
    return { by: 'operator', code: 'USAGE', lines: [error.message], faults: error.faults, details: undefined } as const;
  return tellError(error, {
    what: `terrane ${command}`,
    details: 'what the same command writes with TERRANE_DEBUG=1 in the environment',
  });
}
