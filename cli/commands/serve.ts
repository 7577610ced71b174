import { DataFolder } from '../../engine/data-folder.js';
import { startServer } from '../../web/server.js';
import { UsageError } from '../report-error.js';

export interface ServeOptions {
  readonly port: number;
  readonly host: string;
  readonly atOnce: number;
  readonly workers?: number;
  readonly ifNeeded?: boolean;
  readonly maxUpload: number;
  readonly data?: string;
}

/** Serves until it is told to stop. */
export async function serve(options: ServeOptions): Promise<void> {
  const { maxUpload, ifNeeded, ...rest } = options;
  const running = ifNeeded ? new DataFolder(options.data).server() : undefined;
  if (running) {
    process.stdout.write(`Terrane is serving already at ${running.url} (process ${running.pid})\n`);
    return;
  }
  const server = await startServer({
    ...rest,
    uploadLimits: { totalSize: maxUpload * 2 ** 20, files: 5000 },
  }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EADDRINUSE')
      throw new UsageError(`port ${options.port} of ${options.host} is taken; choose another with --port`);
    throw error;
  });
  process.stdout.write(
    `Terrane is serving at ${server.url}\nJobs and results: ${server.dataFolder}\nCtrl-C stops it.\n`,
  );
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
  });
  await server.close();
  process.exit(0);
}
