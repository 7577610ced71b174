import type { JobRecord } from './store/job-record.js';
import { JobStore } from './store/job-store.js';

/** ms between two looks at the store while somebody listens */
const INTERVAL = 200;

/** What listeners are told: jobs that changed, ids of jobs that left the list. */
interface JobChanges {
  readonly changed: readonly JobRecord[];
  readonly gone: readonly number[];
}
type Listener = (changes: JobChanges) => void;

/**
 * Tells listeners what changes in the job store, whichever process changes it (runners and commands write by themselves).
 * It has a connection of its own: SQLite counts the commits of the other ones. Without listeners it does nothing.
 */
export class JobWatch {
  private readonly store: JobStore;
  private readonly listeners = new Set<Listener>();
  private readonly known = new Map<number, string>();
  private timer: NodeJS.Timeout | undefined;
  private version = -1;

  constructor(
    storeFile: string,
    private readonly limit = 200,
  ) {
    this.store = new JobStore(storeFile);
  }

  /** Starts with all jobs of the list; returns the function that ends the subscription. */
  subscribe(listener: Listener): () => void {
    if (this.listeners.size === 0) this.look();
    this.listeners.add(listener);
    listener({ changed: this.store.list({ limit: this.limit }), gone: [] });
    this.timer ??= setInterval(() => this.look(), INTERVAL).unref();
    return () => {
      this.listeners.delete(listener);
      if (this.listeners.size > 0) return;
      clearInterval(this.timer);
      this.timer = undefined;
    };
  }

  close(): void {
    clearInterval(this.timer);
    this.listeners.clear();
    this.store.close();
  }

  private look(): void {
    const version = this.store.dataVersion();
    if (version === this.version) return;
    this.version = version;
    const jobs = this.store.list({ limit: this.limit });
    const changed: JobRecord[] = [];
    const present = new Set<number>();
    for (const job of jobs) {
      present.add(job.id);
      const text = JSON.stringify(job);
      if (this.known.get(job.id) === text) continue;
      this.known.set(job.id, text);
      changed.push(job);
    }
    // a job that newer ones push out of the list is not gone
    const missing = [...this.known.keys()].filter((id) => !present.has(id));
    const gone = missing.filter((id) => (this.store.find(id)?.status ?? 'deleted') === 'deleted');
    for (const id of missing) this.known.delete(id);
    if (changed.length === 0 && gone.length === 0) return;
    for (const listener of this.listeners) listener({ changed, gone });
  }
}
