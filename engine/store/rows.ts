import type { FaultFacts } from '../../hazard/refusal.js';
import type { StoreRow as Row, StoreValue as Value } from './database.js';
import type { JobInputs, JobRecord, JobStatus, OutputRecord } from './job-record.js';

/** Inputs of a job that has none yet. */
export const NO_INPUTS: JobInputs = { source: '', overrides: {} };

/** A job as its row tells it. */
export function jobOf(row: Row): JobRecord {
  return {
    id: row.id as number,
    owner: row.owner as string,
    calculationMode: row.calculation_mode as string,
    description: row.description as string,
    tags: (row.tags as string).split(' ').filter(Boolean),
    status: row.status as JobStatus,
    startTime: row.start_time as number,
    stopTime: (row.stop_time as number | null) ?? undefined,
    progress: row.progress as number,
    phase: row.phase as string,
    parentId: (row.parent_id as number | null) ?? undefined,
    size: (row.size as number | null) ?? undefined,
    inputs: readCell(row.inputs, NO_INPUTS),
    reason: readCell<string[]>(row.reason, []),
    faults: readCell<FaultFacts[]>(row.faults, []),
    attempts: row.attempts as number,
    runner:
      row.runner_pid === null
        ? undefined
        : {
            pid: row.runner_pid as number,
            started: (row.runner_started as string | null) ?? '',
            place: (row.runner_place as string | null) ?? '',
          },
  };
}

/** One cell that something else has written must not hide all jobs: it counts as empty. */
function readCell<T>(cell: Value | undefined, empty: T): T {
  try {
    return JSON.parse(String(cell)) as T;
  } catch {
    return empty;
  }
}

/** An output as its row tells it. */
export function outputOf(row: Row): OutputRecord {
  return {
    id: row.id as number,
    jobId: row.job_id as number,
    type: row.type as string,
    name: row.name as string,
    formats: (row.formats as string).split(' '),
  };
}
