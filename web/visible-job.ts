import type { Identity } from '../engine/accounts/account-store.js';
import type { JobRecord } from '../engine/store/job-record.js';
import type { JobStore } from '../engine/store/job-store.js';
import { HttpFault } from './http-fault.js';

/** Errors: HttpFault 404 for unknown and deleted jobs. */
export function visibleJob(store: JobStore, id: number): JobRecord {
  const job = store.find(id);
  if (!job || job.status === 'deleted') throw HttpFault.notFound();
  return job;
}

/** A job whose results are all there. Errors: HttpFault 404 for any other. */
export function finishedJob(store: JobStore, id: number): JobRecord {
  const job = visibleJob(store, id);
  if (job.status !== 'complete' && job.status !== 'shared') throw HttpFault.notFound();
  return job;
}

/** Whose jobs, besides the shared ones, somebody sees in a list; undefined for everybody's. */
export function visibleTo(identity: Identity | undefined): string | undefined {
  return identity?.role === 'operator' ? undefined : (identity?.name ?? '');
}
