import { useEffect, useState } from 'preact/hooks';
import { follow, query, select } from '../app/address';
import { JobActions, Status } from '../job/status';
import { getJson } from '../server/api';
import { jobs } from '../server/jobs';
import type { JobView } from '../server/types';
import { bytes, count, duration, moment } from '../widgets/format';
import { useLoaded, Waiting } from '../widgets/load';
import { keep, leaving, removalFault, removeSoon, SECONDS } from './removals';

/** Rows of a page of the list. */
const ROWS = 50;
/** ms between two questions for the list while jobs change */
const INTERVAL = 600;
const STATUSES = ['running', 'complete', 'failed', 'aborted', 'shared'];
const COLUMNS = [
  ['id', 'No.'],
  ['description', 'Description'],
  ['status', 'Status'],
  ['took', 'Took'],
  ['size', 'Size'],
] as const;

interface Found {
  readonly total: number;
  readonly jobs: readonly JobView[];
  readonly owners: readonly string[];
  readonly tags: readonly string[];
}

/** All calculations: searched, filtered, sorted, a page at a time; what is looked for stands in the address. */
export function JobList() {
  const asked = (name: string): string => query.value.get(name) ?? '';
  const page = Number(asked('page') || '0');
  const sort = asked('sort') || '-id';
  const question = new URLSearchParams({ sort, first: String(page * ROWS), count: String(ROWS) });
  for (const name of ['search', 'status', 'owner', 'tag']) if (asked(name)) question.set(name, asked(name));
  const loaded = useLoaded(`/v2/jobs?${question}#${useChanges()}`, getJson<Found>);
  const { total = 0, jobs: rows = [], owners = [], tags = [] } = loaded.value ?? {};
  const [marked, setMarked] = useState<ReadonlySet<number>>(new Set());
  const shown = rows.map((job) => jobs.value.get(job.id) ?? job).filter(({ id }) => !leaving.value.includes(id));
  const filter = (name: string, value: string): void => select({ [name]: value || undefined, page: undefined });
  const choice = (name: string, label: string, values: readonly string[]) =>
    values.length > 0 && (
      <label class="field">
        {label}
        <select value={asked(name)} onChange={({ currentTarget }) => filter(name, currentTarget.value)}>
          <option value="">all</option>
          {values.map((value) => (
            <option value={value}>{value}</option>
          ))}
        </select>
      </label>
    );
  const pages = Math.max(1, Math.ceil(total / ROWS));
  const chosen = shown.filter(({ id, is_running: runs }) => marked.has(id) && !runs).map(({ id }) => id);
  const mark = (id: number, yes: boolean): void => {
    const next = new Set(marked);
    if (yes) next.add(id);
    else next.delete(id);
    setMarked(next);
  };
  return (
    <section class="card" aria-labelledby="jobs-title">
      <h2 id="jobs-title">Calculations</h2>
      <div class="row">
        <label class="field">
          Search
          <input
            type="search"
            value={asked('search')}
            onInput={({ currentTarget }) => filter('search', currentTarget.value)}
          />
        </label>
        {choice('status', 'Status', STATUSES)}
        {owners.length > 1 && choice('owner', 'Owner', owners)}
        {choice('tag', 'Tag', tags)}
      </div>
      <div class="row" id="bulk">
        <span class="hint" role="status">
          {leaving.value.length > 0
            ? `${count(leaving.value.length, 'calculation')} will be removed within ${SECONDS} seconds.`
            : `${count(total, 'calculation')}${chosen.length > 0 ? `, ${chosen.length} marked` : ''}`}
        </span>
        {leaving.value.length > 0 && (
          <button type="button" onClick={keep}>
            Undo
          </button>
        )}
        {chosen.length > 0 && (
          <button
            type="button"
            onClick={() => {
              removeSoon(chosen);
              setMarked(new Set());
            }}
          >
            Remove the marked
          </button>
        )}
        {chosen.length === 2 && (
          <a class="button" href={`/engine/compare?a=${Math.min(...chosen)}&b=${Math.max(...chosen)}`} onClick={follow}>
            Compare the two
          </a>
        )}
      </div>
      {removalFault.value && (
        <p class="bad" role="alert">
          {removalFault.value}
        </p>
      )}
      <Waiting loaded={loaded} what="the calculations" />
      {loaded.value && shown.length === 0 && (
        <p class="hint" id="no-jobs">
          {question.size === 3 ? 'Nothing has been calculated here yet.' : 'No calculation is like that.'}
        </p>
      )}
      {shown.length > 0 && (
        <div class="scroll tall" tabIndex={0} role="region" aria-label="List of calculations">
          <table id="jobs">
            <thead>
              <tr>
                <th scope="col">
                  <span class="visually-hidden">Marked</span>
                </th>
                {COLUMNS.map(([name, title]) => (
                  <Header name={name} title={title} sort={sort} />
                ))}
                <th scope="col">
                  <span class="visually-hidden">Actions</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {shown.map((job) => (
                <tr key={job.id} data-job={job.id}>
                  <td>
                    <input
                      type="checkbox"
                      aria-label={`mark calculation ${job.id}`}
                      checked={marked.has(job.id)}
                      onChange={({ currentTarget }) => mark(job.id, currentTarget.checked)}
                    />
                  </td>
                  <td class="number">{job.id}</td>
                  <td>
                    <a class="open" href={`/engine/${job.id}/outputs`} onClick={follow}>
                      {job.description}
                    </a>
                    <div class="hint">
                      {moment(job.start_time)}
                      {owners.length > 1 && `, ${job.owner}`}
                      {job.tags.map((tag) => (
                        <button type="button" class="tag" onClick={() => filter('tag', tag)}>
                          {tag}
                        </button>
                      ))}
                    </div>
                  </td>
                  <td>
                    <Status job={job} />
                  </td>
                  <td class="number">{job.status === 'submitted' ? '' : duration(job.seconds)}</td>
                  <td class="number">{job.size_mb === null ? '' : bytes(job.size_mb * 2 ** 20)}</td>
                  <td>
                    <JobActions job={job} inList />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {pages > 1 && (
        <nav class="row" aria-label="Pages of the list">
          <button type="button" disabled={page === 0} onClick={() => select({ page: String(page - 1) })}>
            Previous
          </button>
          <span>
            Page {page + 1} of {pages}
          </span>
          <button type="button" disabled={page >= pages - 1} onClick={() => select({ page: String(page + 1) })}>
            Next
          </button>
        </nav>
      )}
    </section>
  );
}

function Header({ name, title, sort }: { readonly name: string; readonly title: string; readonly sort: string }) {
  const here = sort.replace(/^-/, '') === name;
  const down = sort.startsWith('-');
  return (
    <th scope="col" aria-sort={here ? (down ? 'descending' : 'ascending') : undefined}>
      <button
        type="button"
        class="sort"
        onClick={() => select({ sort: here && down ? name : `-${name}`, page: undefined })}
      >
        {title} {here && (down ? '↓' : '↑')}
      </button>
    </th>
  );
}

/** A number that grows when jobs have come, gone or changed their status, not more often than the list should be asked for. */
function useChanges(): number {
  const [changes, setChanges] = useState(0);
  const state = [...jobs.value.values()].map(({ id, status }) => `${id}${status}`).join();
  const gone = leaving.value.length;
  useEffect(() => {
    const timer = setTimeout(() => setChanges((before) => before + 1), changes === 0 ? 0 : INTERVAL);
    return () => clearTimeout(timer);
  }, [state, gone]);
  return changes;
}
