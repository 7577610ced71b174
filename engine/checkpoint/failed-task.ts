/** Tasks that failed for good, as they lie beside the records of their run, so that they can be run alone. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import type { CalculationSetup } from '../../calculators/tasks/calculation-setup.js';
import type { TaskName } from '../../calculators/tasks/distributor.js';

/** Everything that a task depends on. */
export interface FailedTask {
  readonly name: TaskName;
  readonly number: number;
  readonly payload: object;
  readonly setup: CalculationSetup;
}

/** Keeps a task in a folder; returns its name there, such as classical-3. */
export function keepFailedTask(folder: string, task: FailedTask): string {
  const label = `${task.name}-${task.number}`;
  writeFileSync(fileOf(folder, label), serialize(task), { mode: 0o600 });
  return label;
}

/** The names of the tasks that are kept. */
export function failedTasks(folder: string): string[] {
  const names = existsSync(folder) ? readdirSync(folder) : [];
  return names.flatMap((name) => /^failed-([a-zA-Z]+-\d+)\.task$/.exec(name)?.[1] ?? []);
}

/** A task by one of these names. */
export function readFailedTask(folder: string, label: string): FailedTask {
  return deserialize(readFileSync(fileOf(folder, label))) as FailedTask;
}

const fileOf = (folder: string, label: string): string => join(folder, `failed-${label}.task`);
