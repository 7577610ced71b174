import { DatastoreError } from '../hdf5/errors.js';
import { ExportError } from '../datastore/exports/export.js';
import { EngineError, type EngineErrorCode } from '../engine/errors.js';
import { Refusal } from '../hazard/refusal.js';

/** An answer that is not a success, thrown by handlers. */
export class HttpFault extends Error {
  override readonly name = 'HttpFault';
  constructor(
    readonly status: number,
    readonly body: string | object | undefined,
  ) {
    super(typeof body === 'string' ? body : `HTTP status ${status}`);
  }

  /** 404 with an empty body: no such thing. */
  static notFound(): HttpFault {
    return new HttpFault(404, undefined);
  }
  static text(status: number, message: string): HttpFault {
    return new HttpFault(status, message);
  }
  static json(status: number, body: object): HttpFault {
    return new HttpFault(status, body);
  }
}

const STATUS: Readonly<Record<EngineErrorCode, number>> = {
  UNKNOWN_JOB: 404,
  UNKNOWN_OUTPUT: 404,
  UNKNOWN_FORMAT: 404,
  WRONG_STATUS: 403,
  HAS_CHILDREN: 403,
  NOT_AVAILABLE: 404,
  DATA_FOLDER_IN_USE: 500,
  ACCOUNT: 400,
};

/** The one place where errors become HTTP statuses. A bug becomes 500 without its stack. */
export function toFault(error: unknown): HttpFault {
  if (error instanceof HttpFault) return error;
  if (error instanceof EngineError) return HttpFault.text(STATUS[error.code], `${error.code}: ${error.message}`);
  if (error instanceof Refusal) return HttpFault.text(400, `InvalidInput: ${error.message}`);
  if (error instanceof ExportError) return HttpFault.text(404, `DataStoreExportError: ${error.message}`);
  if (error instanceof DatastoreError) return HttpFault.text(404, `DatastoreError: ${error.message}`);
  if (error instanceof RangeError) return HttpFault.text(400, `RangeError: ${error.message}`);
  // what Express and its parsers throw for broken requests: malformed percent signs, aborted bodies
  const status = (error as { status?: unknown } | undefined)?.status;
  if (typeof status === 'number' && status >= 400 && status < 500) return HttpFault.text(status, 'bad request');
  return HttpFault.text(500, `InternalError: ${error instanceof Error ? error.message : String(error)}`);
}
