/** What records were computed with. They serve a later run only where all of it is the same: equal bits, or none. */
import { arch } from 'node:os';
import type { RecordsBasis } from '../../calculators/tasks/task-records.js';
import { ENGINE_VERSION } from '../../datastore/version.js';

/** Form of the records; a change of tasks or results makes another one. */
const FORM = 1;

/** What a job and a program give that records depend on. */
export interface CheckpointBasis extends RecordsBasis {
  readonly form: number;
  readonly version: string;
  /** rounds exponentials and logarithms */
  readonly machine: string;
}

/** The basis of a job with this program on this machine. */
export function currentBasis(ofJob: RecordsBasis): CheckpointBasis {
  const machine = `V8 ${process.versions.v8} on ${arch()}`;
  return { form: FORM, version: ENGINE_VERSION, machine, ...ofJob };
}

/** What differs between the basis of records and that of a run, in words; undefined when nothing does. */
export function differenceOf(found: unknown, present: CheckpointBasis): string | undefined {
  const before = found as Partial<CheckpointBasis>;
  if (before.form !== present.form)
    return `its records have form ${before.form}, this program writes form ${present.form}`;
  if (before.version !== present.version)
    return `it was computed by Terrane ${before.version}, this is ${present.version}`;
  if (before.machine !== present.machine) return `it was computed with ${before.machine}, this is ${present.machine}`;
  if (before.inputs !== present.inputs) return `the input files have changed (${before.inputs}; now ${present.inputs})`;
  const parameters = before.parameters ?? {};
  for (const name of new Set([...Object.keys(parameters), ...Object.keys(present.parameters)])) {
    const [was, is] = [parameters[name], present.parameters[name]].map((value) => JSON.stringify(value) ?? 'not given');
    if (was !== is) return `${name} was ${was} and is ${is}`;
  }
  return before.setup === present.setup ? undefined : 'sites, levels or ground-motion models have changed';
}
