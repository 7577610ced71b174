import { DatastoreError } from '../hdf5/errors.js';
import { ExportError } from '../datastore/exports/export.js';
import { EngineError, type EngineErrorCode } from '../engine/errors.js';
import { Refusal } from '../hazard/refusal.js';
import { tellError } from '../engine/tell-error.js';

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

/** Other codes are the operator's to mend: 500. */
const STATUS: Readonly<Partial<Record<EngineErrorCode, number>>> = {
  UNKNOWN_JOB: 404,
  UNKNOWN_OUTPUT: 404,
  UNKNOWN_FORMAT: 404,
  WRONG_STATUS: 403,
  HAS_CHILDREN: 403,
  NOT_AVAILABLE: 404,
  ACCOUNT: 400,
};

/**
 * The one place where errors become HTTP statuses. A bug becomes 500 without its stack, which the server writes to its own
 * output when TERRANE_DEBUG is set. `what` is the request, for the report of a bug.
 */
export function toFault(error: unknown, what: string): HttpFault {
  if (error instanceof HttpFault) return error;
  if (error instanceof EngineError) return HttpFault.text(STATUS[error.code] ?? 500, `${error.code}: ${error.message}`);
  if (error instanceof Refusal) return HttpFault.text(400, `InvalidInput: ${error.message}`);
  if (error instanceof ExportError) return HttpFault.text(404, `DataStoreExportError: ${error.message}`);
  if (error instanceof DatastoreError) return HttpFault.text(404, `DatastoreError: ${error.message}`);
  // what Express and its parsers throw for broken requests: malformed percent signs, aborted bodies
  const status = (error as { status?: unknown } | undefined)?.status;
  if (typeof status === 'number' && status >= 400 && status < 500) return HttpFault.text(status, 'bad request');
  const { lines, code, details } = tellError(error, {
    what,
    details: 'the output of the server when TERRANE_DEBUG is set',
  });
  if (details !== undefined && process.env.TERRANE_DEBUG) process.stderr.write(`${what}: ${details}\n`);
  return HttpFault.text(500, `${code === 'BUG' ? 'InternalError' : code}: ${lines.join('\n')}`);
}
