import { useState } from 'preact/hooks';
import { go, path } from '../app/address';
import { post, ServerFault } from '../server/api';
import type { JobView } from '../server/types';
import { Question } from '../widgets/dialog';
import { duration } from '../widgets/format';

/** Runs that are aborted without a question: they are soon done again. */
const SHORT = 60;

/** Words for what the store calls a status. */
const NAMES: Readonly<Record<string, string>> = { created: 'being read', submitted: 'waiting', executing: 'running' };

/** Status of a job, with a bar and the time left while it runs. */
export function Status({ job }: { readonly job: JobView }) {
  const badge = <span class={`status ${job.status}`}>{NAMES[job.status] ?? job.status}</span>;
  if (job.status !== 'executing') return badge;
  const percent = Math.floor(job.progress * 100);
  const left = job.progress > 0.05 ? (job.seconds / job.progress) * (1 - job.progress) : undefined;
  return (
    <div>
      {badge} {percent} % {job.phase}
      {left !== undefined && `, about ${duration(Math.max(1, Math.round(left)))} left`}
      <div class="meter" role="progressbar" aria-valuenow={percent} aria-label={`progress of calculation ${job.id}`}>
        <span style={{ width: `${percent}%` }} />
      </div>
    </div>
  );
}

/** Abort for jobs under way, remove for all others (in the list they are marked for it), resume for those that ended before they were complete. */
export function JobActions({ job, inList = false }: { readonly job: JobView; readonly inList?: boolean }) {
  const [asking, setAsking] = useState(false);
  const [fault, setFault] = useState('');
  const verb = job.is_running ? 'abort' : 'remove';
  const act = (done: 'abort' | 'remove' | 'resume'): void => {
    setFault('');
    post(`/v1/calc/${job.id}/${done}`).then(
      () => {
        if (done === 'remove' && path.value.startsWith(`/engine/${job.id}/`)) go('/engine/');
      },
      (error: unknown) => setFault(error instanceof ServerFault ? error.message : String(error)),
    );
  };
  const ask = (): void => {
    if (verb === 'abort' && job.seconds < SHORT) act(verb);
    else setAsking(true);
  };
  return (
    <>
      {job.resumable && (
        <button type="button" aria-label={`resume calculation ${job.id}`} onClick={() => act('resume')}>
          Resume
        </button>
      )}
      {(verb === 'abort' || !inList) && (
        <button type="button" aria-label={`${verb} calculation ${job.id}`} onClick={ask}>
          {verb === 'abort' ? 'Abort' : 'Remove'}
        </button>
      )}
      {fault && (
        <span class="bad" role="alert">
          {fault}
        </span>
      )}
      {asking && (
        <Question
          question={verb === 'abort' ? `Abort calculation ${job.id}?` : `Remove calculation ${job.id}?`}
          detail={
            verb === 'abort'
              ? `It has run for ${duration(job.seconds)}. What was computed is kept: it can be resumed.`
              : `${job.description}: all its results and inputs are removed for good.`
          }
          action={verb === 'abort' ? 'Abort it' : 'Remove it'}
          onAnswer={(yes) => {
            setAsking(false);
            if (yes) act(verb);
          }}
        />
      )}
    </>
  );
}
