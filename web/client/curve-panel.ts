import uPlot from 'uplot';
import { getJson, type MeasureView, type PlotView } from './api.js';
import { element } from './dom.js';
import { colourOf } from './palette.js';
import { axisStyle, logarithmicAxis, tightRange } from './plot-style.js';

/** Hazard curves of one site and one measure: log-log, mean and quantiles, with the figures as a table. */
export class CurvePanel {
  private plot: uPlot | undefined;
  private readonly measure = element('select', { 'aria-label': 'Intensity measure type' });
  private readonly site = element('input', { type: 'number', min: '0', value: '0', 'aria-label': 'Site number' });
  private readonly caption = element('figcaption');
  private readonly canvas = element('div', { class: 'plot', role: 'img', 'aria-label': 'Hazard curves' });
  private readonly figures = element('div', { class: 'scroll' });
  private data: PlotView | undefined;

  constructor(
    parent: HTMLElement,
    private readonly job: number,
  ) {
    const fields = element(
      'div',
      { class: 'row' },
      element('label', { class: 'field' }, 'Intensity measure', this.measure),
      element('label', { class: 'field' }, 'Site', this.site),
    );
    const details = element('details', {}, element('summary', {}, 'Figures'), this.figures);
    parent.append(
      element('h3', {}, 'Hazard curves'),
      fields,
      element('figure', {}, this.canvas, this.caption),
      details,
    );
    this.measure.addEventListener('change', () => this.draw());
    this.site.addEventListener('change', () => void this.load(Number(this.site.value)));
  }

  async load(site: number): Promise<void> {
    this.data = await getJson<PlotView>(`/v1/calc/${this.job}/plot?site_id=${site}`);
    this.site.max = String(this.data.siteCount - 1);
    const chosen = this.measure.value;
    this.measure.replaceChildren(...this.data.measures.map(({ imt }) => element('option', { value: imt }, imt)));
    if (this.data.measures.some(({ imt }) => imt === chosen)) this.measure.value = chosen;
    this.draw();
  }

  destroy(): void {
    this.plot?.destroy();
  }

  private draw(): void {
    const { data } = this;
    const measure = data?.measures.find(({ imt }) => imt === this.measure.value);
    if (!data || !measure) return;
    this.plot?.destroy();
    this.plot = drawCurves(this.canvas, measure, data.investigationTime);
    const { lon, lat, number, name } = data.site;
    this.caption.textContent =
      `Probability of exceedance of ${measure.imt} in ${data.investigationTime} years at site ${number}` +
      `${name ? ` (${name})` : ''}, ${lon.toFixed(4)}° E ${lat.toFixed(4)}° N; ${data.siteCount} sites in all.`;
    this.figures.replaceChildren(figuresTable(measure));
  }
}

function drawCurves(parent: HTMLElement, { imt, levels, curves }: MeasureView, years: number): uPlot {
  const names = Object.keys(curves);
  // what is zero has no place on a logarithmic axis
  const rows = names.map((name) => curves[name].map((value) => (value > 0 ? value : null)));
  return new uPlot(
    {
      width: Math.max(320, parent.clientWidth),
      height: 380,
      scales: { x: { time: false, distr: 3, range: tightRange }, y: { distr: 3 } },
      axes: [
        { ...axisStyle(), ...logarithmicAxis(), label: `${imt}${unitOf(imt)}` },
        { ...axisStyle(), ...logarithmicAxis(), label: `Probability of exceedance in ${years} years`, size: 70 },
      ],
      series: [
        { label: imt, value: (_plot, value) => (value === null ? '' : String(Number(value.toPrecision(4)))) },
        ...names.map((name, k) => ({
          label: name,
          stroke: colourOf(k),
          width: name === 'mean' ? 2.5 : 1.5,
          dash: name.startsWith('quantile') ? [6, 4] : undefined,
          points: { show: levels.length <= 30, size: 5 },
          value: (_plot: uPlot, value: number | null) => (value === null ? '' : value.toExponential(3)),
        })),
      ],
    },
    [[...levels], ...rows],
    parent,
  );
}

function unitOf(imt: string): string {
  if (/^(PGA|SA|AvgSA|Sa_avg)/.test(imt)) return ' (g)';
  return imt === 'PGV' ? ' (cm/s)' : '';
}

function figuresTable({ imt, levels, curves }: MeasureView): HTMLElement {
  const names = Object.keys(curves);
  const head = element('tr', {}, ...[imt, ...names].map((name) => element('th', { scope: 'col' }, name)));
  const rows = levels.map((level, k) =>
    element(
      'tr',
      {},
      element('td', { class: 'number' }, String(level)),
      ...names.map((name) => element('td', { class: 'number' }, curves[name][k].toExponential(4))),
    ),
  );
  return element('table', {}, element('thead', {}, head), element('tbody', {}, ...rows));
}
