/**
 * Faults of a job's life and of the machine that callers may tell apart, each with what to do. The codes are stable: they map
 * to HTTP statuses and exit codes. docs/errors.md is made from this table.
 */
export const ENGINE_ERROR_CODES = {
  UNKNOWN_JOB: 'take a number that `terrane list` shows',
  UNKNOWN_OUTPUT: 'take an output that `terrane show ID outputs` lists',
  UNKNOWN_FORMAT: 'take a format that `terrane show ID outputs` lists for this output',
  WRONG_STATUS: 'look at the status with `terrane list`: only live jobs are aborted, only complete ones shared',
  HAS_CHILDREN: 'remove the calculations that depend on it first',
  REDIS: 'start Redis, or correct its address (redis://USER:PASSWORD@HOST:PORT, rediss:// for TLS)',
  UNKNOWN_TASK: 'look at the log of the calculation: it names the tasks that failed',
  NOT_AVAILABLE: 'wait until the calculation is complete, or run it with the parameters that give this result',
  DATA_FOLDER_IN_USE: 'use the server that runs, stop it, or choose another folder with --data or TERRANE_DATA',
  ACCOUNT: 'see `terrane user --help`',
  DAMAGED: 'take the file from a backup, or run the calculation again; see that the disk works',
  DATASTORE_ERROR: 'see that the disk has room and works, then run the calculation again',
  NO_SPACE: 'make room on the disk, or choose a folder on another one with --data or TERRANE_DATA',
  NO_ACCESS: 'give the user who runs Terrane the right to read and write there, or choose another place',
  NO_SUCH_PLACE: 'correct the path, or make the folder',
  BROKEN_INSTALLATION: 'install Terrane again: `npm ci`, then `npm run build`',
  RUNNER_DIED:
    'go on with `terrane resume ID`; if it happens again look into the log of the system for why processes end, and give the machine more memory or take fewer workers (--workers)',
  OVER_LIMIT: 'make the job smaller, or raise the limits of the server (docs/operation.md)',
  TOO_MANY_FILES: 'raise the limit of open files (ulimit -n)',
  ADDRESS_IN_USE: 'choose another port with --port, or stop the program that uses it',
  OUT_OF_MEMORY: 'run with fewer workers (--workers), on a machine with more memory, or make the job smaller',
} as const;
/** Code of an EngineError. */
export type EngineErrorCode = keyof typeof ENGINE_ERROR_CODES;

/** What happened, and what to do about it. */
export function withRemedy(code: EngineErrorCode, message: string): string {
  return `${message}: ${ENGINE_ERROR_CODES[code]}`;
}

/** What went wrong with a job as a whole, with what was asked of it, or with the machine: not the input, and no bug. */
export class EngineError extends Error {
  override readonly name = 'EngineError';
  constructor(
    readonly code: EngineErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }

  /** what to do about it */
  get remedy(): string {
    return ENGINE_ERROR_CODES[this.code];
  }
}
