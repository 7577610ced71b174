import { useState } from 'preact/hooks';
import { follow } from '../app/address';
import { jobs } from '../server/jobs';
import type { JobView } from '../server/types';
import { JobActions, Status } from '../job/status';
import { bytes, duration } from '../widgets/format';

/** Rows of a page of the list. */
const ROWS = 50;

/** All calculations, newest first: searched, filtered, a page at a time. */
export function JobList() {
  const [search, setSearch] = useState('');
  const [status, setStatus] = useState('');
  const [page, setPage] = useState(0);
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const matches = (job: JobView): boolean =>
    (status === '' || job.status === status || (status === 'running' && job.is_running)) &&
    words.every((word) =>
      `${job.id} ${job.description} ${job.calculation_mode} ${job.owner}`.toLowerCase().includes(word),
    );
  const found = [...jobs.value.values()].filter(matches).sort((a, b) => b.id - a.id);
  const pages = Math.max(1, Math.ceil(found.length / ROWS));
  const shown = Math.min(page, pages - 1);
  return (
    <section class="card" aria-labelledby="jobs-title">
      <h2 id="jobs-title">Calculations</h2>
      <div class="row">
        <label class="field">
          Search
          <input type="search" value={search} onInput={({ currentTarget }) => setSearch(currentTarget.value)} />
        </label>
        <label class="field">
          Status
          <select value={status} onChange={({ currentTarget }) => setStatus(currentTarget.value)}>
            <option value="">all</option>
            {['running', 'complete', 'failed', 'aborted', 'shared'].map((name) => (
              <option value={name}>{name}</option>
            ))}
          </select>
        </label>
      </div>
      {found.length === 0 ? (
        <p class="hint" id="no-jobs">
          {jobs.value.size === 0 ? 'Nothing has been calculated here yet.' : 'No calculation is like that.'}
        </p>
      ) : (
        <div class="scroll">
          <table id="jobs">
            <thead>
              <tr>
                <th scope="col">No.</th>
                <th scope="col">Description</th>
                <th scope="col">Status</th>
                <th scope="col">Took</th>
                <th scope="col">Size</th>
                <th scope="col">
                  <span class="visually-hidden">Actions</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {found.slice(shown * ROWS, (shown + 1) * ROWS).map((job) => (
                <tr key={job.id} data-job={job.id}>
                  <td class="number">{job.id}</td>
                  <td>
                    <a class="open" href={`/engine/${job.id}/outputs`} onClick={follow}>
                      {job.description}
                    </a>
                    <div class="hint">{job.start_time}</div>
                  </td>
                  <td>
                    <Status job={job} />
                  </td>
                  <td class="number">{job.status === 'submitted' ? '' : duration(job.seconds)}</td>
                  <td class="number">{job.size_mb === null ? '' : bytes(job.size_mb * 2 ** 20)}</td>
                  <td>
                    <JobActions job={job} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {pages > 1 && (
        <nav class="row" aria-label="Pages of the list">
          <button type="button" disabled={shown === 0} onClick={() => setPage(shown - 1)}>
            Newer
          </button>
          <span>
            Page {shown + 1} of {pages}
          </span>
          <button type="button" disabled={shown === pages - 1} onClick={() => setPage(shown + 1)}>
            Older
          </button>
        </nav>
      )}
    </section>
  );
}
