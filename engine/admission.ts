import { statfsSync } from 'node:fs';
import type { DataFolder } from './data-folder.js';
import type { JobStore } from './store/job-store.js';

/** What a server takes in; what is left out has no limit. */
export interface AdmissionLimits {
  /** jobs of one user that wait or run */
  readonly jobsPerUser?: number;
  /** jobs of all users that wait or run */
  readonly jobsInAll?: number;
  /** bytes of results that one user may keep */
  readonly bytesPerUser?: number;
  /** bytes that stay free on the disk of the data folder */
  readonly freeBytes?: number;
}

/** Why a job is not taken in. */
export interface NotAdmitted {
  readonly kind: 'too many jobs' | 'no space';
  readonly message: string;
}

/** Decides whether a job is taken in, before any of its files is received. */
export class Admission {
  constructor(
    private readonly store: JobStore,
    private readonly folder: DataFolder,
    private readonly limits: AdmissionLimits,
  ) {}

  /** Why a job of this user with an upload of so many bytes is not taken in; undefined where it is. */
  refuse(owner: string, announced: number): NotAdmitted | undefined {
    const { jobsPerUser, jobsInAll, bytesPerUser, freeBytes = 0 } = this.limits;
    const { live, liveOfAll, bytes } = this.store.usageOf(owner);
    if (jobsPerUser !== undefined && live >= jobsPerUser)
      return tooMany(
        `${counted(live)} of ${owner} wait or run already, the limit is ${jobsPerUser}: abort one, or wait until one ends`,
      );
    if (jobsInAll !== undefined && liveOfAll >= jobsInAll)
      return tooMany(
        `${counted(liveOfAll)} wait or run already, the limit is ${jobsInAll}: try again when some have ended`,
      );
    if (bytesPerUser !== undefined && bytes >= bytesPerUser)
      return {
        kind: 'no space',
        message: `the calculations of ${owner} take ${megabytes(bytes)} of ${megabytes(bytesPerUser)}: remove some first`,
      };
    const free = this.freeSpace();
    if (free < announced + freeBytes)
      return {
        kind: 'no space',
        message: `the disk of the server has ${megabytes(free)} left, which is too little for an upload of ${megabytes(announced)}`,
      };
    return undefined;
  }

  /** bytes that this process may still write */
  private freeSpace(): number {
    const { bavail, bsize } = statfsSync(this.folder.path);
    return bavail * bsize;
  }
}

function tooMany(message: string): NotAdmitted {
  return { kind: 'too many jobs', message };
}

function counted(jobs: number): string {
  return jobs === 1 ? '1 job' : `${jobs} jobs`;
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 2 ** 20)} MB`;
}
