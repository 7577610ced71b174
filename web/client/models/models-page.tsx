import { useMemo, useState } from 'preact/hooks';
import { query, select } from '../app/address';
import { getJson } from '../server/api';
import { Chart } from '../widgets/chart';
import type { ChartData, Line } from '../widgets/chart-data';
import { useLoaded, Waiting } from '../widgets/load';
import { colourOf, dashOf } from '../widgets/palette';
import { unitOf } from '../widgets/format';

interface ModelView {
  readonly id: string;
  readonly tectonic_region_type?: string;
  readonly citation?: string;
}
interface Panel {
  readonly abscissa: 'distance' | 'magnitude' | 'period' | 'vs30';
  readonly values: readonly number[];
  readonly series: readonly {
    readonly model: string;
    readonly median: readonly (number | null)[];
    readonly sigma: readonly (number | null)[];
  }[];
}
interface Trellis {
  readonly panels: readonly Panel[];
  readonly faults: readonly { readonly model: string; readonly message: string }[];
}

const STANDARD_MODELS = ['BooreEtAl2014', 'ChiouYoungs2014', 'CampbellBozorgnia2014', 'AbrahamsonEtAl2014'];
const FIELDS: readonly (readonly [name: string, label: string, value: string, step: number])[] = [
  ['magnitude', 'Magnitude', '6.5', 0.1],
  ['distance', 'Distance Rjb (km)', '30', 1],
  ['vs30', 'Vs30 (m/s)', '760', 10],
  ['rake', 'Rake (°)', '0', 5],
  ['dip', 'Dip (°)', '90', 5],
  ['ztor', 'Top of rupture (km)', '5', 1],
];
const AXES = {
  distance: 'Distance Rjb (km)',
  magnitude: 'Magnitude',
  period: 'Period (s)',
  vs30: 'Vs30 (m/s)',
} as const;

/** Plots of any set of ground-motion models, as the engine itself evaluates them. The address holds what is shown. */
export function ModelsPage() {
  const [sigma, setSigma] = useState(false);
  const known = useLoaded('/v1/models', getJson<ModelView[]>);
  const models = query.value.has('model') ? query.value.getAll('model') : STANDARD_MODELS;
  const value = (name: string, standard: string): string => query.value.get(name) ?? standard;
  const asked = new URLSearchParams([
    ...models.map((model): [string, string] => ['model', model]),
    ['imt', value('imt', 'PGA')],
    ...FIELDS.map(([name, , standard]): [string, string] => [name, value(name, standard)]),
  ]);
  const loaded = useLoaded(models.length > 0 ? `/v1/models/evaluate?${asked}` : undefined, getJson<Trellis>);
  const show = (names: readonly string[]): void => {
    const next = new URLSearchParams(query.value);
    next.delete('model');
    for (const name of names) next.append('model', name);
    history.replaceState(null, '', `?${next}`);
    dispatchEvent(new PopStateEvent('popstate'));
  };
  const add = (event: SubmitEvent): void => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const name = String(new FormData(form).get('name')).trim();
    if (name !== '' && !models.includes(name)) show([...models, name]);
    form.reset();
  };
  const citations = new Map(known.value?.map(({ id, citation }) => [id, citation ?? '']));
  const imt = value('imt', 'PGA');
  return (
    <div id="models-view" class="column">
      <section class="card">
        <h1>Ground-motion models</h1>
        <form class="row" onSubmit={add}>
          <label class="field">
            Model
            <input name="name" type="text" list="model-names" autocomplete="off" spellcheck={false} />
          </label>
          <button type="submit">Add</button>
          <datalist id="model-names">
            {known.value?.map(({ id, tectonic_region_type: region }) => (
              <option value={id}>{region}</option>
            ))}
          </datalist>
        </form>
        <ul class="chips" aria-label="Models shown">
          {models.map((model, k) => (
            <li key={model} title={citations.get(model)}>
              <i style={{ background: colourOf(k) }} />
              {model}
              <button
                type="button"
                aria-label={`Remove ${model}`}
                onClick={() => show(models.filter((one) => one !== model))}
              >
                ×
              </button>
            </li>
          ))}
        </ul>
        <div class="models-form">
          <label class="field">
            Intensity measure
            <input
              type="text"
              key={imt}
              defaultValue={imt}
              onChange={({ currentTarget }) => select({ imt: currentTarget.value })}
            />
          </label>
          {FIELDS.map(([name, label, standard, step]) => (
            <label class="field">
              {label}
              <input
                type="number"
                step={step}
                key={value(name, standard)}
                defaultValue={value(name, standard)}
                onChange={({ currentTarget }) => select({ [name]: currentTarget.value })}
              />
            </label>
          ))}
          <label class="field">
            Shown
            <select
              value={sigma ? 'sigma' : 'median'}
              onChange={({ currentTarget }) => setSigma(currentTarget.value === 'sigma')}
            >
              <option value="median">medians</option>
              <option value="sigma">total standard deviations</option>
            </select>
          </label>
        </div>
        <Waiting loaded={loaded} what="the models" />
        {loaded.value?.faults.map(({ model, message }) => (
          <p class="message bad" role="alert">
            {model}: {message}
          </p>
        ))}
        <p class="hint">
          Computed by the engine. The site lies on the foot-wall side, square to the middle of the rupture; depths to
          velocity horizons follow from Vs30.
        </p>
      </section>
      <div class="trellis">
        {loaded.value?.panels.map((panel) => (
          <PanelView key={panel.abscissa} panel={panel} sigma={sigma} imt={imt} models={models} />
        ))}
      </div>
    </div>
  );
}

interface PanelProperties {
  readonly panel: Panel;
  readonly sigma: boolean;
  readonly imt: string;
  readonly models: readonly string[];
}

function PanelView({ panel, sigma, imt, models }: PanelProperties) {
  const data = useMemo((): ChartData => {
    const unit = panel.abscissa === 'period' ? 'g' : unitOf(imt);
    const what = panel.abscissa === 'period' ? 'SA' : imt;
    return {
      title: `${what} along ${AXES[panel.abscissa]}`,
      x: panel.values,
      lines: panel.series.map(({ model, median, sigma: deviations }): Line => {
        const k = models.indexOf(model);
        return { name: model, values: sigma ? deviations : median, colour: colourOf(k), dash: dashOf(k), width: 2 };
      }),
      xLabel: AXES[panel.abscissa],
      yLabel: sigma ? 'Total standard deviation (ln)' : unit ? `Median ${what} (${unit})` : `Median ${what}`,
      xLogarithmic: panel.abscissa !== 'magnitude',
      yLogarithmic: !sigma,
      source: `Terrane, ${location.search}`,
    };
  }, [panel, sigma]);
  return (
    <section class="card">
      <h2>{AXES[panel.abscissa]}</h2>
      <Chart data={data} />
    </section>
  );
}
