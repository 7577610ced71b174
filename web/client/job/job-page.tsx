import { useEffect, useState } from 'preact/hooks';
import { follow, go } from '../app/address';
import { getJson, ServerFault } from '../server/api';
import { askForJob, jobs } from '../server/jobs';
import type { JobView, OutputView, Summary } from '../server/types';
import { bytes, duration, moment } from '../widgets/format';
import { useLoaded, Waiting, type Loaded } from '../widgets/load';
import { Results } from '../results/results';
import { DatastorePage } from './datastore-page';
import { InputsPage } from './inputs-page';
import { Log } from './log';
import { Rerun } from './rerun';
import { JobActions, Status } from './status';
import { Tags } from './tags';
import { TreeDrawing } from './tree-drawing';

/** Which part of a calculation is shown. */
export type JobPart = 'outputs' | 'inputs' | 'datastore';

const DONE = ['complete', 'shared'];

/** One calculation in full: facts, results, files, logic trees, log. */
export function JobPage({ id, part }: { readonly id: number; readonly part: JobPart }) {
  const [fault, setFault] = useState('');
  const [known, setKnown] = useState(false);
  const job = jobs.value.get(id);
  useEffect(() => {
    askForJob(id).catch((error: unknown) =>
      setFault(error instanceof ServerFault ? `There is no calculation ${id}.` : String(error)),
    );
  }, [id]);
  useEffect(() => {
    if (job) {
      setKnown(true);
      document.title = `${id} ${job.description}: Terrane`;
    } else if (known) go('/engine/');
  }, [job]);
  const done = job !== undefined && DONE.includes(job.status);
  const outputs = useLoaded(done ? `/v1/calc/${id}/results` : undefined, getJson<OutputView[]>);
  const summary = useLoaded(done ? `/v2/calc/${id}/summary` : undefined, getJson<Summary>);
  if (!job) return <p class={fault ? 'message bad' : 'hint'}>{fault || 'Looking for the calculation …'}</p>;
  const facts: [string, string][] = [
    ['Mode', job.calculation_mode],
    ['Started', moment(job.start_time)],
    ...(job.status === 'submitted' ? [] : [['Took', duration(job.seconds)] as [string, string]]),
    ['By', job.owner],
    ...(job.size_mb === null ? [] : [['Datastore', bytes(job.size_mb * 2 ** 20)] as [string, string]]),
    ...(summary.value
      ? [['Engine', `${summary.value.engine}, inputs ${summary.value.checksum}`] as [string, string]]
      : []),
  ];
  return (
    <div class="column" id="job">
      <section class="card">
        <h1>
          Calculation {id}: {job.description}
        </h1>
        <Status job={job} />
        <dl class="facts">
          {facts.map(([name, value]) => (
            <>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </>
          ))}
        </dl>
        {job.reason.length > 0 && (
          <div class="message bad pre" role="alert">
            {job.reason.join('\n')}
          </div>
        )}
        <div class="row">
          <JobActions job={job} />
          <Tags job={job} />
        </div>
        <nav class="parts" aria-label="Parts of the calculation">
          {PARTS.map(([name, title]) => (
            <a
              href={`/engine/${id}/${name}`}
              onClick={follow}
              aria-current={name === part ? 'page' : undefined}
              hidden={name === 'datastore' && !done}
            >
              {title}
            </a>
          ))}
        </nav>
      </section>
      {part === 'inputs' && <InputsPage job={job} />}
      {part === 'datastore' && done && <DatastorePage id={id} />}
      {part === 'outputs' && <Outputs job={job} summary={summary} outputs={outputs.value} />}
      {part === 'inputs' && !job.is_running && <Rerun job={job} />}
    </div>
  );
}

const PARTS: readonly (readonly [JobPart, string])[] = [
  ['outputs', 'Results'],
  ['inputs', 'Inputs'],
  ['datastore', 'Datastore'],
];

interface OutputsProperties {
  readonly job: JobView;
  readonly summary: Loaded<Summary>;
  readonly outputs: readonly OutputView[] | undefined;
}

function Outputs({ job, summary, outputs }: OutputsProperties) {
  const { id } = job;
  return (
    <>
      <Waiting loaded={summary} what="the results" />
      {summary.value?.results.curves && <Results id={id} summary={summary.value} />}
      {outputs && <Downloads id={id} outputs={outputs} />}
      {job.status !== 'created' && job.status !== 'failed' && <TreeDrawing id={id} />}
      <Log id={id} live={job.is_running} />
    </>
  );
}

/** Every result as a file. */
function Downloads({ id, outputs }: { readonly id: number; readonly outputs: readonly OutputView[] }) {
  return (
    <section class="card">
      <h2>Files</h2>
      <table class="downloads">
        <tbody>
          {outputs.map(({ id: result, name, outtypes }) => (
            <tr key={result}>
              <th scope="row">{name}</th>
              <td>
                {outtypes.map((type) => (
                  <a
                    class="button"
                    href={`/v1/calc/result/${result}?export_type=${type}`}
                    download
                    aria-label={`${type}: ${name}`}
                  >
                    {type}
                  </a>
                ))}
              </td>
            </tr>
          ))}
          <tr>
            <th scope="row">Datastore with everything</th>
            <td>
              <a class="button" href={`/v1/calc/${id}/datastore`} download aria-label="hdf5: datastore with everything">
                hdf5
              </a>
            </td>
          </tr>
        </tbody>
      </table>
    </section>
  );
}
