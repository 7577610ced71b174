import uPlot from 'uplot';
import { getJson } from './api.js';
import { byId, element } from './dom.js';
import { colourOf } from './palette.js';
import { axisStyle, logarithmicAxis, tightRange } from './plot-style.js';

interface ModelView {
  readonly id: string;
  readonly tectonic_region_type?: string;
  readonly citation?: string;
}
interface SeriesView {
  readonly model: string;
  readonly median: readonly (number | null)[];
  readonly sigma: readonly (number | null)[];
}
interface PanelView {
  readonly abscissa: 'distance' | 'magnitude' | 'period' | 'vs30';
  readonly values: readonly number[];
  readonly series: readonly SeriesView[];
}
interface TrellisView {
  readonly panels: readonly PanelView[];
  readonly faults: readonly { readonly model: string; readonly message: string }[];
}

const STANDARD_MODELS = ['BooreEtAl2014', 'ChiouYoungs2014', 'CampbellBozorgnia2014', 'AbrahamsonEtAl2014'];
const FIELDS: readonly (readonly [name: string, label: string, value: string, step: string])[] = [
  ['imt', 'Intensity measure', 'PGA', ''],
  ['magnitude', 'Magnitude', '6.5', '0.1'],
  ['distance', 'Distance Rjb (km)', '30', '1'],
  ['vs30', 'Vs30 (m/s)', '760', '10'],
  ['rake', 'Rake (°)', '0', '5'],
  ['dip', 'Dip (°)', '90', '5'],
  ['ztor', 'Top of rupture (km)', '5', '1'],
];
const TITLES = {
  distance: 'Distance Rjb (km)',
  magnitude: 'Magnitude',
  period: 'Period (s)',
  vs30: 'Vs30 (m/s)',
} as const;

/** Plots of any set of ground-motion models, as the engine itself evaluates them. The address holds what is shown. */
export class ModelsPage {
  private readonly view = byId('models-view');
  private readonly chips = element('ul', { class: 'chips', 'aria-label': 'Models shown' });
  private readonly name = element('input', {
    type: 'text',
    list: 'model-names',
    'aria-label': 'Name of a model',
    spellcheck: 'false',
  });
  private readonly names = element('datalist', { id: 'model-names' });
  private readonly faults = element('div', { class: 'message bad', role: 'alert' });
  private readonly plots = element('div', { class: 'trellis' });
  private readonly inputs = new Map<string, HTMLInputElement>();
  private models: string[] = [];
  private citations = new Map<string, string>();
  private drawn: uPlot[] = [];
  private started = false;

  async show(): Promise<void> {
    if (this.started) return;
    this.started = true;
    this.build();
    const query = new URLSearchParams(location.search);
    this.models = query.has('model') ? query.getAll('model') : [...STANDARD_MODELS];
    for (const [name, input] of this.inputs) input.value = query.get(name) ?? input.value;
    const known = await getJson<ModelView[]>('/v1/models');
    this.citations = new Map(known.map(({ id, citation }) => [id, citation ?? '']));
    this.names.replaceChildren(
      ...known.map(({ id, tectonic_region_type: region }) => element('option', { value: id }, region ?? '')),
    );
    await this.draw();
  }

  private build(): void {
    const add = element('button', { type: 'submit' }, 'Add');
    const adder = element(
      'form',
      { class: 'row wide' },
      element('label', { class: 'field' }, 'Model', this.name),
      add,
      this.names,
    );
    adder.addEventListener('submit', (event) => {
      event.preventDefault();
      const name = this.name.value.trim();
      if (name !== '' && !this.models.includes(name)) this.models.push(name);
      this.name.value = '';
      void this.draw();
    });
    const fields = FIELDS.map(([name, label, value, step]) => {
      const input = element('input', {
        type: step === '' ? 'text' : 'number',
        value,
        ...(step === '' ? {} : { step }),
      });
      input.addEventListener('change', () => void this.draw());
      this.inputs.set(name, input);
      return element('label', { class: 'field' }, label, input);
    });
    this.view.append(
      element(
        'section',
        { class: 'card' },
        element('h1', {}, 'Ground-motion models'),
        adder,
        this.chips,
        element('div', { class: 'models-form' }, ...fields),
        this.faults,
        element(
          'p',
          { class: 'hint' },
          'Medians (lines) and one total standard deviation (bands), computed by the engine. The site lies on the foot-wall side, square to the middle of the rupture; depths to velocity horizons follow from Vs30.',
        ),
      ),
      this.plots,
    );
  }

  private async draw(): Promise<void> {
    this.drawChips();
    const query = new URLSearchParams(
      [...this.inputs].map(([name, input]): [string, string] => [name, input.value.trim()]),
    );
    for (const model of this.models) query.append('model', model);
    history.replaceState(null, '', `/engine/models?${query}`);
    try {
      const { panels, faults } =
        this.models.length === 0
          ? { panels: [], faults: [] }
          : await getJson<TrellisView>(`/v1/models/evaluate?${query}`);
      this.faults.textContent = faults.map(({ model, message }) => `${model}: ${message}`).join('\n');
      this.drawPanels(panels);
    } catch (error) {
      this.faults.textContent = error instanceof Error ? error.message : String(error);
    }
  }

  private drawChips(): void {
    const remove = (model: string) => (): void => {
      this.models = this.models.filter((one) => one !== model);
      void this.draw();
    };
    this.chips.replaceChildren(
      ...this.models.map((model, k) => {
        const mark = element('i');
        mark.style.background = colourOf(k);
        const button = element(
          'button',
          { type: 'button', 'aria-label': `Remove ${model}`, click: remove(model) },
          '×',
        );
        return element('li', { title: this.citations.get(model) ?? '' }, mark, model, button);
      }),
    );
  }

  private drawPanels(panels: readonly PanelView[]): void {
    for (const plot of this.drawn) plot.destroy();
    const cards = panels.map((panel) => {
      const canvas = element('div', {
        class: 'plot',
        role: 'img',
        'aria-label': `Ground motion against ${TITLES[panel.abscissa]}`,
      });
      return { panel, canvas, card: element('figure', { class: 'card' }, canvas) };
    });
    this.plots.replaceChildren(...cards.map(({ card }) => card));
    this.drawn = cards.map(({ panel, canvas }) => this.drawPanel(panel, canvas));
  }

  private drawPanel({ abscissa, values, series }: PanelView, parent: HTMLElement): uPlot {
    const imt = abscissa === 'period' ? 'SA' : (this.inputs.get('imt')?.value ?? '');
    const band = (median: number | null, sigma: number | null, sign: number): number | null =>
      median === null || sigma === null ? null : median * Math.exp(sign * sigma);
    const rows = series.flatMap(({ median, sigma }) => [
      median,
      median.map((value, k) => band(value, sigma[k], 1)),
      median.map((value, k) => band(value, sigma[k], -1)),
    ]);
    const colour = (model: string): string => colourOf(this.models.indexOf(model));
    const logarithmic = abscissa !== 'magnitude';
    return new uPlot(
      {
        width: Math.max(320, parent.clientWidth),
        height: 360,
        legend: { live: false, markers: { width: 3 } },
        scales: { x: logarithmic ? { time: false, distr: 3, range: tightRange } : { time: false }, y: { distr: 3 } },
        axes: [
          { ...axisStyle(), label: TITLES[abscissa], ...(logarithmic ? logarithmicAxis() : {}) },
          { ...axisStyle(), label: imt, ...logarithmicAxis(), size: 64 },
        ],
        series: [
          {},
          ...series.flatMap(({ model }): uPlot.Series[] => [
            { label: model, stroke: colour(model), width: 2, points: { show: false } },
            ...[1, -1].map((): uPlot.Series => ({
              stroke: 'transparent',
              width: 0,
              points: { show: false },
              class: 'band',
            })),
          ]),
        ],
        bands: series.map(({ model }, k) => ({ series: [3 * k + 2, 3 * k + 3], fill: `${colour(model)}22` })),
      },
      [[...values], ...rows] as uPlot.AlignedData,
      parent,
    );
  }
}
