import { AccountStore } from '../../engine/accounts/account-store.js';
import { checkAddress } from '../../engine/distribution/redis/address.js';
import { DataFolder } from '../../engine/data-folder.js';
import { canIsolate } from '../../engine/runner/sandbox.js';
import { startServer } from '../../web/server.js';
import { UsageError } from '../report-error.js';
import { EngineError } from '../../engine/errors.js';

/** Options of `terrane serve`. */
export interface ServeOptions {
  readonly port: number;
  readonly host: string;
  readonly atOnce: number;
  readonly workers?: number;
  readonly distribute?: string;
  readonly ifNeeded?: boolean;
  readonly maxUpload: number;
  readonly allowHost?: readonly string[];
  readonly allowOrigin?: readonly string[];
  readonly auth?: boolean;
  readonly open?: boolean;
  readonly trustProxy?: readonly string[];
  readonly authHeader?: string;
  readonly jobMemory?: number;
  readonly jobHours?: number;
  readonly readSeconds: number;
  readonly readMemory: number;
  readonly userJobs?: number;
  readonly maxJobs?: number;
  readonly userDisk?: number;
  readonly keepFree: number;
  readonly keepDays?: number;
  readonly data?: string;
}

/** Serves until it is told to stop. */
export async function serve(options: ServeOptions): Promise<void> {
  const { maxUpload, ifNeeded, auth = false, open = false, ...rest } = options;
  checkExposure(options);
  const running = ifNeeded ? new DataFolder(options.data).server() : undefined;
  if (running) {
    process.stdout.write(`Terrane is serving already at ${running.url} (process ${running.pid})\n`);
    return;
  }
  if (options.distribute !== undefined) checkAddress(options.distribute);
  const server = await startServer({
    ...rest,
    redis: options.distribute,
    readingLimits: { seconds: options.readSeconds, memory: options.readMemory * 2 ** 20 },
    runningLimits: {
      seconds: options.jobHours && options.jobHours * 3600,
      memory: options.jobMemory && options.jobMemory * 2 ** 20,
    },
    allowedHosts: options.allowHost,
    allowedOrigins: options.allowOrigin,
    authentication: { required: auth, proxyHeader: options.authHeader?.toLowerCase() },
    trustedProxies: options.trustProxy,
    admissionLimits: {
      jobsPerUser: options.userJobs,
      jobsInAll: options.maxJobs,
      bytesPerUser: options.userDisk && options.userDisk * 2 ** 20,
      freeBytes: options.keepFree * 2 ** 20,
    },
    uploadLimits: { totalSize: maxUpload * 2 ** 20, files: 5000 },
  }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EADDRINUSE')
      throw new EngineError('ADDRESS_IN_USE', `port ${options.port} of ${options.host} is taken`);
    throw error;
  });
  if (auth && !hasOperator(options.data))
    process.stderr.write(
      "terrane: nobody can log in yet: 'terrane user add NAME --role operator' makes the first user\n",
    );
  if (!canIsolate())
    process.stderr.write(
      'terrane: note: jobs run with limits, but not shut in: bubblewrap is not installed or may not work here (apt install bubblewrap)\n',
    );
  if (open && !auth)
    process.stderr.write(
      'terrane: warning: --open: whoever reaches this address reads, runs and removes all jobs without logging in\n',
    );
  process.stdout.write(
    `Terrane is serving at ${server.url}\nJobs and results: ${server.dataFolder}\nCtrl-C stops it.\n`,
  );
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
  });
  await server.close();
  process.exit(0);
}

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|::1)$/;

/** A server that others can reach asks who they are, unless the operator says that it shall not. */
function checkExposure({ host, auth, open, authHeader, trustProxy }: ServeOptions): void {
  if (!LOOPBACK.test(host) && !auth && !open)
    throw new UsageError(
      `--host ${host} makes the server reachable from other machines: add --auth (users log in) or --open (everybody may do everything)`,
    );
  if (authHeader !== undefined && (!auth || !trustProxy?.length))
    throw new UsageError('--auth-header needs --auth and --trust-proxy ADDRESS: only a trusted proxy may name users');
}

function hasOperator(data: string | undefined): boolean {
  const accounts = new AccountStore(new DataFolder(data).storeFile);
  try {
    return accounts.users().some(({ role, disabled }) => role === 'operator' && !disabled);
  } finally {
    accounts.close();
  }
}
