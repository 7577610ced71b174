/** Faults of a job's life that callers may tell apart; `code` is stable and maps to HTTP statuses and exit codes. */
export type EngineErrorCode =
  | 'UNKNOWN_JOB'
  | 'UNKNOWN_OUTPUT'
  | 'UNKNOWN_FORMAT'
  | 'WRONG_STATUS'
  | 'HAS_CHILDREN'
  | 'NOT_AVAILABLE'
  | 'DATA_FOLDER_IN_USE'
  | 'ACCOUNT';

/** What went wrong with a job as a whole, or with what was asked of it. */
export class EngineError extends Error {
  override readonly name = 'EngineError';
  constructor(
    readonly code: EngineErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
