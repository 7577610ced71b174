import { getJson, ServerFault, type JobView, type LogRow, type OutputView } from './api.js';
import { CurvePanel } from './curve-panel.js';
import { byId, element } from './dom.js';
import { actions, statusBadge } from './job-table.js';
import { TreePanel } from './tree-panel.js';

/** Statuses of jobs whose inputs have been read. */
const READ = ['submitted', 'executing', 'complete', 'shared'];
const DONE = ['complete', 'shared'];

/** One job in full: facts, faults, downloads, curves, logic tree, log. */
export class JobPanel {
  private readonly panel = byId('job');
  private readonly head = element('section', { class: 'card' });
  private readonly results = element('section', { class: 'card', hidden: true });
  private tree = element('section', { class: 'card', hidden: true });
  private readonly log = element('pre', { class: 'log', tabindex: '0', 'aria-label': 'Log' });
  private curves: CurvePanel | undefined;
  private shown: number | undefined;
  private rows = 0;
  private loading = false;
  private resultsOf: number | undefined;
  private treeOf: number | undefined;

  constructor() {
    const log = element('section', { class: 'card' }, element('h2', {}, 'Log'), this.log);
    this.panel.append(this.head, this.results, this.tree, log);
  }

  /** Shows a job, or nothing. */
  show(job: JobView | undefined): void {
    this.panel.hidden = job === undefined;
    if (job === undefined) {
      this.shown = undefined;
      return;
    }
    if (job.id !== this.shown) {
      this.shown = job.id;
      this.rows = 0;
      this.log.replaceChildren();
      this.results.hidden = true;
      this.resultsOf = undefined;
      this.tree.hidden = true;
      this.treeOf = undefined;
      this.curves?.destroy();
      this.curves = undefined;
    }
    this.drawHead(job);
    void this.readLog(job.id);
    if (READ.includes(job.status) && this.treeOf !== job.id) {
      this.treeOf = job.id;
      void this.drawTree(job.id);
    }
    if (DONE.includes(job.status) && this.resultsOf !== job.id) {
      this.resultsOf = job.id;
      void this.drawResults(job.id);
    }
  }

  private drawHead(job: JobView): void {
    const facts: [string, string][] = [
      ['Mode', job.calculation_mode],
      ['Started', job.start_time],
      ['Took', `${job.seconds.toFixed(1)} s`],
      ['By', job.owner],
    ];
    if (job.size_mb !== null) facts.push(['Datastore', `${job.size_mb.toFixed(2)} MB`]);
    this.head.replaceChildren(
      element('h2', {}, `Calculation ${job.id}: ${job.description}`),
      element('p', {}, statusBadge(job)),
      element(
        'dl',
        { class: 'facts' },
        ...facts.flatMap(([name, value]) => [element('dt', {}, name), element('dd', {}, value)]),
      ),
      ...(job.reason.length > 0
        ? [element('div', { class: 'message bad', role: 'alert' }, job.reason.join('\n'))]
        : []),
      actions(job),
    );
  }

  private async readLog(id: number): Promise<void> {
    if (this.loading) return;
    this.loading = true;
    try {
      const rows = await getJson<LogRow[]>(`/v1/calc/${id}/log/${this.rows}:`);
      if (id !== this.shown) return;
      this.rows += rows.length;
      const atEnd = this.log.scrollTop + this.log.clientHeight >= this.log.scrollHeight - 20;
      for (const [time, level, , message] of rows)
        this.log.append(element('span', { class: level }, `${time.slice(11, 22)} ${level} ${message}\n`));
      if (atEnd) this.log.scrollTop = this.log.scrollHeight;
    } finally {
      this.loading = false;
    }
  }

  /** In a section of its own, so that a job opened meanwhile is not drawn over. */
  private async drawTree(id: number): Promise<void> {
    const section = element('section', { class: 'card', hidden: true });
    this.tree.replaceWith(section);
    this.tree = section;
    try {
      await new TreePanel(section, id).load();
    } catch (error) {
      // calculations of other programs may have no trees, and a job may be removed meanwhile
      if (!(error instanceof ServerFault)) throw error;
    }
  }

  private async drawResults(id: number): Promise<void> {
    const outputs = await getJson<OutputView[]>(`/v1/calc/${id}/results`);
    if (id !== this.shown) return;
    const links = outputs.flatMap(({ id: result, name, outtypes }) =>
      outtypes.map((type) =>
        element(
          'a',
          { class: 'button', href: `/v1/calc/result/${result}?export_type=${type}`, download: '' },
          `${name} (${type})`,
        ),
      ),
    );
    const datastore = element(
      'a',
      { class: 'button', href: `/v1/calc/${id}/datastore`, download: '' },
      'Datastore (HDF5)',
    );
    const plot = element('div');
    this.results.replaceChildren(
      element('h2', {}, 'Results'),
      element('div', { class: 'downloads' }, ...links, datastore),
      plot,
    );
    this.results.hidden = false;
    if (outputs.some(({ type }) => type === 'hcurves')) {
      this.curves = new CurvePanel(plot, id);
      await this.curves.load(0);
    }
  }
}
