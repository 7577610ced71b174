import type { JobRecord } from '../../engine/store/job-record.js';
import { withStore, type DataOptions } from '../data.js';
import { formatDuration, formatTable } from '../table.js';

/** `terrane list`: calculations, newest first. */
export async function list(options: DataOptions & { readonly limit: number; readonly json?: boolean }): Promise<void> {
  const jobs = await withStore(options, (store) => store.list({ limit: options.limit }));
  if (options.json) {
    process.stdout.write(`${JSON.stringify(jobs.map(jobFacts))}\n`);
    return;
  }
  if (jobs.length === 0) {
    process.stdout.write('no jobs yet\n');
    return;
  }
  const rows = jobs.map((job) => {
    const { status, start_time, seconds, description } = jobFacts(job);
    const shown = status === 'executing' ? `${status} ${Math.floor(job.progress * 100)} %` : status;
    return [job.id, shown, start_time.slice(0, 19).replace('T', ' '), formatDuration(seconds), description];
  });
  process.stdout.write(formatTable(['id', 'status', 'started (UTC)', 'took', 'description'], rows));
}

/** A job as commands show it. */
export function jobFacts(job: JobRecord) {
  return {
    id: job.id,
    status: job.status,
    owner: job.owner,
    description: job.description,
    calculation_mode: job.calculationMode,
    start_time: new Date(job.startTime).toISOString(),
    seconds: ((job.stopTime ?? Date.now()) - job.startTime) / 1000,
    progress: job.progress,
    phase: job.phase,
    size_bytes: job.size ?? null,
    inputs: job.inputs.source,
    reason: job.reason,
    faults: job.faults,
  };
}
