import { parse } from 'cookie';
import type { Request, RequestHandler } from 'express';
import { rateLimit } from 'express-rate-limit';
import type { AccountStore, Identity } from '../../engine/accounts/account-store.js';
import { currentOwner } from '../../engine/data-folder.js';
import type { JobRecord } from '../../engine/store/job-record.js';
import type { JobStore } from '../../engine/store/job-store.js';
import { HttpFault } from '../http-fault.js';

/**
 * Who may call a route. public: everybody; user: whoever has logged in; job: who may see the job of the path (its owner,
 * everybody once it is shared, operators); owner: who may change it (its owner, operators); operator: operators.
 */
export type Access = 'public' | 'user' | 'job' | 'owner' | 'operator';

/** Name of the cookie with the key of a session. */
export const SESSION_COOKIE = 'sessionid';

/** How requests tell who makes them. */
export interface AuthenticationOptions {
  /** off: everybody who reaches the server is its operator */
  readonly required: boolean;
  /** header in which a trusted proxy names the user that it has authenticated, in lower case */
  readonly proxyHeader?: string;
  /** failed log-ins of one address within a quarter of an hour, after which further ones wait; default 10 */
  readonly failedLogIns?: number;
}

const FAILED_LOG_INS = 10;
const LOG_IN_WINDOW = 900_000;

/** The one gate: every route passes it before its handler runs. */
export class Gate {
  /** holds back addresses that guess passwords */
  readonly logInLimit: RequestHandler;

  constructor(
    private readonly accounts: AccountStore,
    private readonly store: JobStore,
    private readonly options: AuthenticationOptions,
  ) {
    this.logInLimit = rateLimit({
      windowMs: LOG_IN_WINDOW,
      limit: options.failedLogIns ?? FAILED_LOG_INS,
      skipSuccessfulRequests: true,
      standardHeaders: 'draft-8',
      legacyHeaders: false,
      message: 'Too many failed log-ins: wait some minutes',
    });
  }

  get required(): boolean {
    return this.options.required;
  }

  /** Who makes the request; undefined for a stranger. */
  identify(request: Request): Identity | undefined {
    if (!this.options.required) return { name: currentOwner(), role: 'operator' };
    const [, token] = /^(?:Bearer|Token) +(\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
    if (token !== undefined) return this.accounts.ofToken(token);
    const key = sessionKey(request);
    if (key !== undefined) return this.accounts.ofSession(key);
    return this.ofProxy(request);
  }

  /** Errors: HttpFault 403 with an empty body; 404 where clients expect a job of somebody else not to exist. */
  check(access: Access, identity: Identity | undefined, request: Request): void {
    if (access === 'public') return;
    if (!identity) throw new HttpFault(403, undefined);
    if (identity.role === 'operator' || access === 'user') return;
    if (access === 'operator') throw new HttpFault(403, undefined);
    const job = this.jobOf(request);
    if (!job || job.owner === identity.name) return;
    if (access === 'job' && job.status === 'shared') return;
    throw new HttpFault(request.path.endsWith('/status') ? 404 : 403, undefined);
  }

  /** The job in the path, also by one of its outputs; undefined when there is none: the handler says so. */
  jobOf(request: Request): JobRecord | undefined {
    const { id, result } = request.params;
    if (typeof id === 'string' && /^\d{1,15}$/.test(id)) return this.store.find(Number(id));
    if (typeof result !== 'string' || !/^\d{1,15}$/.test(result)) return undefined;
    const output = this.store.findOutput(Number(result));
    return output && this.store.find(output.jobId);
  }

  /** A proxy is trusted by its address (--trust-proxy); the header of anybody else counts for nothing. */
  private ofProxy(request: Request): Identity | undefined {
    const { proxyHeader } = this.options;
    if (proxyHeader === undefined) return undefined;
    const trusted = request.app.get('trust proxy fn') as (address: string, hop: number) => boolean;
    const name = request.headers[proxyHeader];
    if (typeof name !== 'string' || name === '' || !trusted(request.socket.remoteAddress ?? '', 0)) return undefined;
    const account = this.accounts.find(name);
    if (account?.disabled) return undefined;
    return { name, role: account?.role ?? 'user' };
  }
}

/** Key of the session that the request's cookie names. */
export function sessionKey(request: Request): string | undefined {
  return parse(request.headers.cookie ?? '')[SESSION_COOKIE];
}
