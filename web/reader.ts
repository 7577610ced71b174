import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';
import type { DataFolder } from '../engine/data-folder.js';
import { EngineError } from '../engine/errors.js';
import { HttpFault } from './http-fault.js';
import type { ReaderOutcome, ReaderTask } from './reader-worker.js';
import type { ViewAnswer } from './views/view.js';

const WORKER_FILE = fileURLToPath(new URL('./reader-worker.js', import.meta.url));
/** threads that read datastores for the server */
const THREADS = 2;
/** ms after which an idle thread ends and gives its memory back */
const IDLE = 10_000;

/**
 * Reads datastores for the server in threads of its own: HDF5 reads block, keep their memory for ever, and a failed read
 * spoils the instance, so nothing of it happens in the server's thread.
 */
export class Reader {
  private readonly pool = new Piscina({
    filename: WORKER_FILE,
    minThreads: 0,
    maxThreads: THREADS,
    concurrentTasksPerWorker: 1,
    idleTimeout: IDLE,
    recordTiming: false,
  });

  constructor(private readonly folder: DataFolder) {}

  /** Path of the job's datastore. Errors: EngineError NOT_AVAILABLE while there is none. */
  datastore(id: number): string {
    const path = this.folder.datastore(id);
    if (!existsSync(path)) throw new EngineError('NOT_AVAILABLE', `calculation ${id} has no datastore`);
    return path;
  }

  /** Exports an output: the file to send and the name it should get. Exported once, kept until the job is removed. */
  async export(id: number, type: string, format: string): Promise<{ readonly file: string; readonly name: string }> {
    const task = { kind: 'export', path: this.datastore(id), type, format, folder: this.folder.exports(id) } as const;
    return (await this.run(task)) as { file: string; name: string };
  }

  /** An NPZ of what the query asks for. */
  async extract(id: number, what: string, query: string): Promise<Uint8Array> {
    return (await this.run({ kind: 'extract', path: this.datastore(id), what, query })) as Uint8Array;
  }

  /** What a view of the registry makes of the query. */
  async view(id: number, name: string, query: string): Promise<ViewAnswer> {
    return (await this.run({ kind: 'view', path: this.datastore(id), name, query })) as ViewAnswer;
  }

  /** Curves, maps and spectra of one site for the page. */
  async plot(id: number, site: number): Promise<unknown> {
    return this.run({ kind: 'plot', path: this.datastore(id), site });
  }

  async close(): Promise<void> {
    await this.pool.destroy();
  }

  private async run(task: ReaderTask): Promise<unknown> {
    const outcome = (await this.pool.run(task)) as ReaderOutcome;
    if (outcome.ok) return outcome.value;
    throw HttpFault.text(outcome.status, outcome.body);
  }
}
