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
