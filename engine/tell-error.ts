import { basename, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { TaskFailed } from '../calculators/tasks/distributor.js';
import { ExportError } from '../datastore/exports/export.js';
import { ENGINE_VERSION } from '../datastore/version.js';
import { type FaultFacts, faultFacts, Refusal, type RefusalCode } from '../hazard/refusal.js';
import { DatastoreError } from '../hdf5/errors.js';
import { EngineError, type EngineErrorCode, withRemedy } from './errors.js';

/** An error as people are told it: plain sentences without stacks and without places on the server. */
export interface ToldError {
  /** who can do something about it: the author of the input, who runs the engine, or who wrote it */
  readonly by: 'user' | 'operator' | 'terrane';
  readonly code: RefusalCode | EngineErrorCode | 'BUG';
  readonly lines: readonly string[];
  /** of a refusal */
  readonly faults: readonly FaultFacts[];
  /** of a bug: where it happened, for those who look for it */
  readonly details?: string;
}

/** What was done when the error came, for the report of a bug. */
export interface Circumstances {
  /** `calculation 12`, `terrane export`, `GET /v1/calc/list` */
  readonly what: string;
  /** where the details of a bug can be found: `the log of calculation 12 at level DEBUG` */
  readonly details: string;
}

const SYSTEM_ERRORS: Readonly<Record<string, readonly [EngineErrorCode, string]>> = {
  ENOSPC: ['NO_SPACE', 'no space left on the disk'],
  EDQUOT: ['NO_SPACE', 'the quota of the disk is used up'],
  EACCES: ['NO_ACCESS', 'permission denied'],
  EPERM: ['NO_ACCESS', 'operation not permitted'],
  EROFS: ['NO_ACCESS', 'the file system is read-only'],
  ENOENT: ['NO_SUCH_PLACE', 'no such file or folder'],
  ENOTDIR: ['NO_SUCH_PLACE', 'not a folder'],
  EISDIR: ['NO_SUCH_PLACE', 'this is a folder, not a file'],
  EMFILE: ['TOO_MANY_FILES', 'too many open files'],
  ENFILE: ['TOO_MANY_FILES', 'too many open files on this machine'],
  EADDRINUSE: ['ADDRESS_IN_USE', 'the address is in use'],
  ENOMEM: ['OUT_OF_MEMORY', 'out of memory'],
  ERR_WORKER_OUT_OF_MEMORY: ['OUT_OF_MEMORY', 'a thread ran out of memory'],
};

/**
 * How an error is told. A Refusal is the user's fault, told line by line; EngineError, DatastoreError and errors of the system
 * are the operator's, told with the remedy; anything else is a fault of Terrane, told as such with what to report.
 */
export function tellError(error: unknown, circumstances: Circumstances): ToldError {
  if (error instanceof Refusal)
    return { by: 'user', code: error.code, lines: error.message.split('\n'), faults: error.faults.map(faultFacts) };
  if (error instanceof TaskFailed && error.cause !== undefined) {
    const told = tellError(error.cause, circumstances);
    return told.by === 'terrane' ? bug(error.message, circumstances, told.details) : told;
  }
  if (error instanceof ExportError) return operator('UNKNOWN_FORMAT', error.message);
  if (error instanceof EngineError) return operator(error.code, error.message);
  const system = systemError(error);
  if (system) return system;
  if (error instanceof DatastoreError)
    return systemError(error.cause) ?? operator('DATASTORE_ERROR', withoutPlaces(error.message));
  return bug(error, circumstances);
}

function operator(code: EngineErrorCode, message: string): ToldError {
  return { by: 'operator', code, lines: [withRemedy(code, message)], faults: [] };
}

/** Errors of calls to the system carry its code; the place is told by its last name only. */
function systemError(error: unknown): ToldError | undefined {
  const { code, path } = (error ?? {}) as NodeJS.ErrnoException;
  if (!(error instanceof Error) || code === undefined || !Object.hasOwn(SYSTEM_ERRORS, code)) return undefined;
  const [known, text] = SYSTEM_ERRORS[code];
  if (known === 'NO_SUCH_PLACE' && path !== undefined && isOwnFile(path))
    return operator('BROKEN_INSTALLATION', `a file of the program is missing (${basename(path)})`);
  return operator(known, path === undefined ? text : `${text} (${basename(path)})`);
}

/** The folder that holds the modules of the program. */
const PROGRAM = fileURLToPath(new URL('../', import.meta.url));

/** Whether a path is that of a file which came with the program, or of its modules. */
function isOwnFile(path: string): boolean {
  return resolve(path).startsWith(PROGRAM);
}

function bug(error: unknown, { what, details }: Circumstances, stack?: string): ToldError {
  const message = error instanceof Error ? error.message : String(error);
  const kind = error instanceof Error && error.name !== 'Error' ? `${error.name}: ` : '';
  return {
    by: 'terrane',
    code: 'BUG',
    lines: [
      `this is a fault of Terrane, not of the job: ${kind}${withoutPlaces(message) || 'without a message'}`,
      `please report it with these lines: Terrane ${ENGINE_VERSION}, ${what}`,
      `where it happened stands in ${details}`,
    ],
    faults: [],
    details: stack ?? (error instanceof Error ? (error.stack ?? message) : message),
  };
}

/** Absolute paths in a text become their last names; a message stays one line. */
function withoutPlaces(text: string): string {
  return text
    .replace(/(?<![\w.<])(?:file:\/\/)?(?:[A-Za-z]:)?(?:[\\/][^\s\\/:'"()]+){2,}/g, (path) =>
      path.split(/[\\/]/).at(-1)!,
    )
    .replace(/\s+/g, ' ')
    .trim();
}
