import type { Request, RequestHandler, Response } from 'express';
import type { AccountStore, Identity } from '../engine/accounts/account-store.js';
import type { Admission } from '../engine/admission.js';
import type { DataFolder } from '../engine/data-folder.js';
import type { Dispatcher } from '../engine/dispatcher.js';
import type { JobStore } from '../engine/store/job-store.js';
import type { JobWatch } from '../engine/watch.js';
import { HttpFault } from './http-fault.js';
import type { Metrics } from './metrics.js';
import type { Reader } from './reader.js';
import type { Access, Gate } from './security/gate.js';
import type { UploadLimits } from './upload.js';

/** What all handlers of a server work with. */
export interface ServerContext {
  readonly admission: Admission;
  readonly accounts: AccountStore;
  readonly gate: Gate;
  readonly metrics: Metrics;
  readonly store: JobStore;
  readonly folder: DataFolder;
  readonly dispatcher: Dispatcher;
  readonly watch: JobWatch;
  readonly reader: Reader;
  readonly uploadLimits: UploadLimits;
}

/** And what one request brings. */
export interface WebContext extends ServerContext {
  /** who asks; undefined for a stranger, who gets at public routes only */
  readonly identity: Identity | undefined;
}

/** An endpoint as data: the app, the answers to wrong methods and the documentation are made from the list of these. */
export interface Route {
  readonly method: 'GET' | 'POST';
  /** in Express' form; `:id` and `:result` stand for decimal integers */
  readonly path: string;
  /** who may call it: see Gate */
  readonly access: Access;
  /** what reads the body before the handler, for the few routes that take a form */
  readonly before?: (context: ServerContext) => readonly RequestHandler[];
  /** one sentence for the documentation */
  readonly summary: string;
  /** what may stand in the query, or in the fields of the form, with its meaning */
  readonly parameters?: Readonly<Record<string, string>>;
  /** what a success answers with, for the documentation */
  readonly answer: string;
  handle(request: Request, response: Response, context: WebContext): void | Promise<void>;
}

/** A decimal integer in the path. Errors: HttpFault 404 for anything else. */
export function integerParameter(request: Request, name: 'id' | 'result'): number {
  const text = request.params[name];
  if (typeof text !== 'string' || !/^\d{1,15}$/.test(text)) throw HttpFault.notFound();
  return Number(text);
}

/** One value of the query, undefined if absent or empty. Errors: HttpFault 400 when it is given several times. */
export function queryText(request: Request, name: string): string | undefined {
  const value = request.query[name];
  if (value === undefined || value === '') return undefined;
  if (typeof value !== 'string') throw HttpFault.text(400, `'${name}' may be given only once`);
  return value;
}

/** JSON in ASCII, as clients of the API are used to. */
export function sendJson(response: Response, value: unknown, status = 200): void {
  const text = JSON.stringify(value).replace(
    /[\u007f-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  response.status(status).type('application/json').send(text);
}
