import { post, type JobView } from './api.js';
import { announce, byId, element } from './dom.js';

/** The list of jobs, kept up to date by the server's events. */
export class JobTable {
  private readonly jobs = new Map<number, JobView>();
  private readonly rows = new Map<number, HTMLTableRowElement>();
  private selected: number | undefined;

  constructor(private readonly onOpen: (id: number) => void) {}

  get(id: number): JobView | undefined {
    return this.jobs.get(id);
  }

  update(changed: readonly JobView[], gone: readonly number[]): void {
    for (const id of gone) {
      this.jobs.delete(id);
      this.rows.get(id)?.remove();
      this.rows.delete(id);
    }
    for (const job of [...changed].sort((a, b) => a.id - b.id)) {
      const before = this.jobs.get(job.id);
      if (before?.is_running && !job.is_running) announce(`Calculation ${job.id} is ${job.status}`);
      this.jobs.set(job.id, job);
      this.draw(job);
    }
    byId('jobs').hidden = this.jobs.size === 0;
    byId('no-jobs').hidden = this.jobs.size > 0;
  }

  select(id: number | undefined): void {
    this.selected = id;
    for (const [number, row] of this.rows) row.classList.toggle('selected', number === id);
  }

  private draw(job: JobView): void {
    const row = element(
      'tr',
      { 'data-job': String(job.id), class: job.id === this.selected ? 'selected' : '' },
      element('td', { class: 'number' }, String(job.id)),
      element(
        'td',
        {},
        element('button', { type: 'button', class: 'open', click: () => this.onOpen(job.id) }, job.description),
      ),
      element('td', {}, statusBadge(job)),
      element('td', {}, actions(job)),
    );
    const old = this.rows.get(job.id);
    this.rows.set(job.id, row);
    if (old) {
      const focused = old.contains(document.activeElement);
      old.replaceWith(row);
      if (focused) row.querySelector('button')?.focus();
    } else byId('jobs').querySelector('tbody')!.prepend(row);
  }
}

/** Status with a bar while the job runs. */
export function statusBadge(job: JobView): HTMLElement {
  const percent = Math.floor(job.progress * 100);
  const text = job.status === 'executing' ? `${percent} % ${job.phase}` : job.status;
  const badge = element('span', { class: `status ${job.status}` }, text);
  if (job.status !== 'executing') return badge;
  const bar = element('span');
  bar.style.width = `${percent}%`;
  const label = { role: 'progressbar', 'aria-valuenow': String(percent), 'aria-label': `progress of job ${job.id}` };
  return element('div', {}, badge, element('div', { class: 'meter', ...label }, bar));
}

/** Abort for jobs under way, remove for all others. */
export function actions(job: JobView): HTMLElement {
  const act = (verb: 'abort' | 'remove') => (): void => {
    if (verb === 'remove' && !confirm(`Remove calculation ${job.id} with all its results?`)) return;
    post(`/v1/calc/${job.id}/${verb}`).catch((error: unknown) => alert(String(error)));
  };
  const verb = job.is_running ? 'abort' : 'remove';
  const label = `${verb} calculation ${job.id}`;
  return element(
    'div',
    { class: 'actions' },
    element(
      'button',
      { type: 'button', class: 'danger', 'aria-label': label, click: act(verb) },
      verb === 'abort' ? 'Abort' : 'Remove',
    ),
  );
}
