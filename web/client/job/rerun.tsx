import { useMemo, useState } from 'preact/hooks';
import { go } from '../app/address';
import { ParameterForm } from '../jobs/parameter-form';
import { getJson, sendFiles, ServerFault } from '../server/api';
import { announcement } from '../server/jobs';
import type { JobInputs, JobView } from '../server/types';
import { count } from '../widgets/format';
import { useLoaded, Waiting } from '../widgets/load';

/** The same inputs again, with other values of parameters. */
export function Rerun({ job }: { readonly job: JobView }) {
  const [open, setOpen] = useState(false);
  return (
    <details class="card" id="rerun" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>Run again, with other values</summary>
      {open && <RerunForm job={job} />}
    </details>
  );
}

function RerunForm({ job: { id } }: { readonly job: JobView }) {
  const inputs = useLoaded(`/v2/calc/${id}/inputs`, getJson<JobInputs>);
  const [overrides, setOverrides] = useState<Readonly<Record<string, string>>>({});
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState('');
  const given = useMemo(
    () =>
      new Map([
        ...(inputs.value?.ini.entries ?? []).map(({ key, value }) => [key, value] as const),
        ...Object.entries(inputs.value?.overrides ?? {}),
      ]),
    [inputs.value],
  );
  const run = (): void => {
    setBusy(true);
    setFault('');
    sendFiles<{ job_id: number }>(
      `/v2/calc/${id}/rerun`,
      [],
      { overrides: JSON.stringify(overrides) },
      () => undefined,
    ).then(
      ({ job_id: next }) => {
        announcement.value = `Calculation ${next} was accepted.`;
        go(`/engine/${next}/outputs`);
      },
      (error: unknown) => {
        setBusy(false);
        setFault(error instanceof ServerFault ? error.message : String(error));
      },
    );
  };
  return (
    <>
      <Waiting loaded={inputs} what="the inputs" />
      {inputs.value && (
        <>
          <div class="row">
            <button type="button" class="primary" disabled={busy} onClick={run}>
              Run again
            </button>
            <span class="hint" role="status">
              {busy ? 'The server reads and checks the job.' : `with ${count(Object.keys(overrides).length, 'change')}`}
            </span>
          </div>
          {fault && (
            <p class="message bad pre" role="alert">
              {fault}
            </p>
          )}
          <ParameterForm given={given} overrides={overrides} onChange={setOverrides} />
        </>
      )}
    </>
  );
}
