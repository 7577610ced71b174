import type { Request } from 'express';
import { isLive, type JobRecord, type LogRow } from '../engine/store/job-record.js';

/** A job as the list and the status show it. */
export function jobView(job: JobRecord, base: string) {
  const live = isLive(job.status);
  return {
    id: job.id,
    owner: job.owner,
    calculation_mode: job.calculationMode,
    status: job.status,
    is_running: live,
    description: job.description,
    url: `${base}/v1/calc/${job.id}`,
    parent_id: job.parentId ?? null,
    abortable: live,
    size_mb: job.size === undefined ? null : job.size / 2 ** 20,
    start_time: `${new Date(job.startTime).toISOString().slice(0, 19).replace('T', ', ')} UTC`,
  };
}

/** What the page wants to know besides. */
export function jobDetails(job: JobRecord, base: string) {
  return {
    ...jobView(job, base),
    progress: job.progress,
    phase: job.phase,
    seconds: ((job.stopTime ?? Date.now()) - job.startTime) / 1000,
    reason: job.reason,
    faults: job.faults,
    tags: job.tags,
    // an input that was refused will be refused again
    resumable: job.status === 'aborted' || (job.status === 'failed' && job.faults.length === 0),
  };
}

/** `http://HOST`, HOST as the client called us. */
export function baseUrl(request: Request): string {
  return `${request.protocol}://${request.get('host') ?? 'localhost'}`;
}

/** `2026-11-21 01:56:34.693363+00:00` */
export function pythonTime(time: number): string {
  return `${new Date(time).toISOString().slice(0, 23).replace('T', ' ')}000+00:00`;
}

/** A row of the log: four strings, the time cut to 22 characters. */
export function logView({ time, level, process, message }: LogRow): [string, string, string, string] {
  return [new Date(time).toISOString().slice(0, 22), level, process, message];
}
