import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AccountStore } from '../engine/accounts/account-store.js';
import { DataFolder } from '../engine/data-folder.js';
import { Dispatcher } from '../engine/dispatcher.js';
import type { WatchLimits } from '../engine/runner/process-watch.js';
import { JobStore } from '../engine/store/job-store.js';
import { JobWatch } from '../engine/watch.js';
import { createApp } from './app.js';
import { Metrics } from './metrics.js';
import { Reader } from './reader.js';
import type { Route } from './route.js';
import { Gate, type AuthenticationOptions } from './security/gate.js';
import { OriginPolicy } from './security/origin-policy.js';
import { Admission, type AdmissionLimits } from '../engine/admission.js';
import { DEFAULT_LIMITS, type UploadLimits } from './upload.js';

/** ms within which the headers of a request must have come */
const HEADERS_WITHIN = 20_000;
/** ms after which a connection on which nothing moves is closed; streams of events send a sign of life more often */
const IDLE_TIMEOUT = 120_000;

/** Where the server listens and what it allows. */
export interface ServerOptions {
  readonly data?: string;
  readonly host: string;
  /** 0: any free one */
  readonly port: number;
  /** jobs that may run at the same time */
  readonly atOnce: number;
  /** threads per job; undefined: one per processor */
  readonly workers?: number;
  /** address of a Redis whose workers compute instead of threads */
  readonly redis?: string;
  readonly uploadLimits?: UploadLimits;
  /** jobs and space that users may take; default: no limits but that of the disk */
  readonly admissionLimits?: AdmissionLimits;
  /** ms after which a connection on which nothing moves is closed; default: two minutes */
  readonly idleTimeout?: number;
  /** days that results stay which are shared with nobody; default: until they are removed */
  readonly keepDays?: number;
  /** further names under which the server may be called; `*` for any */
  readonly allowedHosts?: readonly string[];
  /** reading and checking an upload, and running a job: s and bytes */
  readonly readingLimits?: WatchLimits;
  readonly runningLimits?: WatchLimits;
  /** origins whose pages may use the API; `*` for any */
  readonly allowedOrigins?: readonly string[];
  /** default: none required */
  readonly authentication?: AuthenticationOptions;
  /** addresses of proxies whose X-Forwarded headers count */
  readonly trustedProxies?: readonly string[];
  /** endpoints; default: all of them */
  readonly routes?: readonly Route[];
}

/** A server that listens. */
export interface RunningServer {
  readonly url: string;
  readonly dataFolder: string;
  /** Stops serving; running jobs fail, jobs in line wait for the next server. */
  close(): Promise<void>;
}

/** Errors: EngineError DATA_FOLDER_IN_USE; the system's error when the port is taken. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const folder = new DataFolder(options.data);
  const served = folder.claim();
  const store = new JobStore(folder.storeFile);
  const dispatcher = new Dispatcher(store, folder, options);
  const watch = new JobWatch(folder.storeFile);
  const reader = new Reader(folder);
  const uploadLimits = options.uploadLimits ?? DEFAULT_LIMITS;
  const accounts = new AccountStore(folder.storeFile);
  const gate = new Gate(accounts, store, options.authentication ?? { required: false });
  const policy = new OriginPolicy({
    address: options.host,
    hosts: options.allowedHosts,
    origins: options.allowedOrigins,
  });
  const context = {
    admission: new Admission(store, folder, options.admissionLimits ?? {}),
    store,
    folder,
    dispatcher,
    watch,
    reader,
    uploadLimits,
    accounts,
    gate,
    metrics: new Metrics(store),
  };
  const app = createApp(context, policy, options.trustedProxies, options.routes);
  const http = patientServer(app, options.idleTimeout);
  try {
    await listen(http, options.port, options.host);
  } catch (error) {
    await dispatcher.close();
    watch.close();
    accounts.close();
    store.close();
    await reader.close();
    served.release();
    throw error;
  }
  const { port } = http.address() as AddressInfo;
  const shownHost = options.host === '0.0.0.0' || options.host === '::' ? 'localhost' : options.host;
  const url = `http://${shownHost.includes(':') ? `[${shownHost}]` : shownHost}:${port}`;
  served.announce(url);
  await dispatcher.recover();
  return {
    url,
    dataFolder: folder.path,
    close: async () => {
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
      await dispatcher.close();
      watch.close();
      await reader.close();
      accounts.close();
      store.close();
      served.release();
    },
  };
}

/** A server that lets an upload take hours as long as something comes, while headers must come at once. `idle`: ms, see ServerOptions. */
export function patientServer(app: RequestListener, idle = IDLE_TIMEOUT): Server {
  const http = createServer({ requestTimeout: 0, headersTimeout: HEADERS_WITHIN }, app);
  http.setTimeout(idle);
  return http;
}

function listen(http: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    http.once('error', reject);
    http.listen(port, host, () => {
      http.off('error', reject);
      resolve();
    });
  });
}
