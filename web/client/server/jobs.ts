import { signal } from '@preact/signals';
import { getJson } from './api';
import type { JobView } from './types';

/** All jobs that the server has told of, by number. */
export const jobs = signal<ReadonlyMap<number, JobView>>(new Map());
/** Whether the stream of the server's events flows. */
export const connected = signal(true);
/** What users of screen readers are told. */
export const announcement = signal('');

/** Follows the server's events; the browser connects again by itself. */
export function followJobs(): void {
  const events = new EventSource('/v1/events');
  events.onopen = () => {
    connected.value = true;
  };
  events.onerror = () => {
    connected.value = false;
    // a server that answers with anything but a stream ends the source for good
    if (events.readyState === EventSource.CLOSED) setTimeout(followJobs, 2000);
  };
  events.addEventListener('jobs', (event) => {
    const { changed, gone } = JSON.parse((event as MessageEvent<string>).data) as {
      changed: JobView[];
      gone: number[];
    };
    const next = new Map(jobs.value);
    for (const id of gone) next.delete(id);
    for (const job of changed) {
      const before = next.get(job.id);
      if (before?.is_running && !job.is_running) announcement.value = `Calculation ${job.id} is ${job.status}.`;
      next.set(job.id, job);
    }
    jobs.value = next;
  });
}

/** Asks for a job that the stream has not told of: an old one. Errors: ServerFault for an unknown one. */
export async function askForJob(id: number): Promise<void> {
  if (jobs.value.has(id)) return;
  const job = await getJson<JobView>(`/v2/calc/${id}`);
  if (!jobs.value.has(id)) jobs.value = new Map(jobs.value).set(id, job);
}
