import { useEffect, useMemo, useState } from 'preact/hooks';
import { follow, query, select } from '../app/address';
import { choose, offeredPoes, selectionOf, sourceOf } from '../results/selection';
import { getJson } from '../server/api';
import type { SiteCurves, Summary } from '../server/types';
import { Chart } from '../widgets/chart';
import type { ChartData } from '../widgets/chart-data';
import { hazardLevel, levelAt, number, periodOf, place, statisticName, unitOf } from '../widgets/format';
import { useLoaded, Waiting } from '../widgets/load';
import { colourOf, dashOf } from '../widgets/palette';
import { DifferenceMap } from './difference-map';
import { InputDifferences } from './input-differences';
import { ParameterDifferences } from './parameter-differences';

/** Two calculations side by side: levels on a map, curves, spectra, parameters, inputs. Both numbers stand in the address. */
export function ComparePage() {
  const numbers = ['a', 'b'].map((name) => Number(query.value.get(name) ?? ''));
  const [a, b] = numbers;
  const asked = numbers.every((id) => Number.isInteger(id) && id > 0);
  const first = useLoaded(asked ? `/v2/calc/${a}/summary` : undefined, getJson<Summary>);
  const second = useLoaded(asked ? `/v2/calc/${b}/summary` : undefined, getJson<Summary>);
  useEffect(() => {
    document.title = asked ? `${a} and ${b} compared: Terrane` : 'Compare: Terrane';
  }, [a, b]);
  return (
    <div class="column" id="compare">
      <section class="card">
        <h1>Compare two calculations</h1>
        <div class="row">
          {(['a', 'b'] as const).map((name, k) => (
            <label class="field">
              {k === 0 ? 'First' : 'Second'} calculation
              <input
                type="number"
                min={1}
                name={name}
                value={query.value.get(name) ?? ''}
                onChange={({ currentTarget }) => select({ [name]: currentTarget.value || undefined })}
              />
            </label>
          ))}
        </div>
        {asked && (
          <ol class="facts">
            {[first.value, second.value].map(
              (summary, k) =>
                summary && (
                  <li>
                    <a href={`/engine/${numbers[k]}/outputs`} onClick={follow}>
                      Calculation {numbers[k]}
                    </a>
                    : {summary.description} ({summary.engine})
                  </li>
                ),
            )}
          </ol>
        )}
        <Waiting loaded={first} what={`calculation ${a}`} />
        <Waiting loaded={second} what={`calculation ${b}`} />
      </section>
      {first.value && second.value && (
        <Comparison key={`${a} ${b}`} ids={[a, b]} summaries={[first.value, second.value]} />
      )}
    </div>
  );
}

interface Properties {
  readonly ids: readonly [number, number];
  readonly summaries: readonly [Summary, Summary];
}

function Comparison({ ids, summaries }: Properties) {
  const [one, other] = summaries;
  const common = {
    ...one,
    measures: one.measures.filter(({ imt }) => other.measures.some((measure) => measure.imt === imt)),
    statistics: one.statistics.filter((name) => other.statistics.includes(name)),
  };
  if (common.measures.length === 0 || common.statistics.length === 0)
    return (
      <>
        <p class="card">The two have no measure with a statistic in common.</p>
        <ParameterDifferences summaries={summaries} />
        <InputDifferences ids={ids} />
      </>
    );
  const selection = selectionOf(common);
  const source = `${sourceOf(ids[0], one)}; ${sourceOf(ids[1], other)}`;
  const title = `${selection.imt}, ${statisticName(selection.statistic)}, ${hazardLevel(selection.poe, one.investigationTime)}`;
  return (
    <>
      <section class="card" aria-labelledby="compare-selection">
        <h2 id="compare-selection">Difference of levels</h2>
        <div class="row">
          <label class="field">
            Intensity measure
            <select value={selection.imt} onChange={({ currentTarget }) => choose({ imt: currentTarget.value })}>
              {common.measures.map(({ imt }) => (
                <option value={imt}>{imt}</option>
              ))}
            </select>
          </label>
          <label class="field">
            Statistic
            <select
              value={selection.statistic}
              onChange={({ currentTarget }) => choose({ statistic: currentTarget.value })}
            >
              {common.statistics.map((name) => (
                <option value={name}>{statisticName(name)}</option>
              ))}
            </select>
          </label>
          <label class="field">
            Return period
            <select
              value={selection.poe}
              onChange={({ currentTarget }) => choose({ poe: Number(currentTarget.value) })}
            >
              {offeredPoes(one, selection.poe).map((poe) => (
                <option value={poe}>{hazardLevel(poe, one.investigationTime)}</option>
              ))}
            </select>
          </label>
        </div>
        {one.investigationTime === other.investigationTime ? (
          <DifferenceMap ids={ids} summaries={summaries} selection={selection} title={title} source={source} />
        ) : (
          <p class="message bad">
            The two speak of {number(one.investigationTime)} and {number(other.investigationTime)} years: their
            probabilities cannot be compared.
          </p>
        )}
      </section>
      <SiteComparison ids={ids} summaries={summaries} selection={selection} source={source} />
      <ParameterDifferences summaries={summaries} />
      <InputDifferences ids={ids} />
    </>
  );
}

interface SiteProperties extends Properties {
  readonly selection: ReturnType<typeof selectionOf>;
  readonly source: string;
}

/** Curves and spectra of the chosen site of the first calculation, and of the nearest one of the second. */
function SiteComparison({ ids, summaries, selection, source }: SiteProperties) {
  const { site, imt, statistic, poe } = selection;
  const first = useLoaded(`/v2/calc/${ids[0]}/curves?site=${site}`, getJson<SiteCurves>);
  const at = first.value?.site;
  const second = useLoaded(
    at ? `/v2/calc/${ids[1]}/curves?lon=${at.lon}&lat=${at.lat}` : undefined,
    getJson<SiteCurves>,
  );
  const [shown, setShown] = useState<{ readonly curves: ChartData; readonly spectra: ChartData }>();
  const made = useMemo(() => {
    if (!first.value || !second.value) return undefined;
    const both = [first.value, second.value];
    return {
      curves: curveChart(both, ids, summaries, selection, source),
      spectra: spectrumChart(both, ids, summaries, selection, source),
    };
  }, [first.value, second.value, imt, statistic, poe]);
  useEffect(() => {
    if (made) setShown(made);
  }, [made]);
  const other = second.value?.site;
  return (
    <section class="card" aria-labelledby="compare-site">
      <h2 id="compare-site">Curves and spectra</h2>
      <Waiting loaded={first} what="the curves" />
      <Waiting loaded={second} what="the curves" />
      {at && (
        <p class="hint">
          Site {at.number}, {place(at.lon, at.lat)}
          {other &&
            (other.lon !== at.lon || other.lat !== at.lat) &&
            `; the second has ${place(other.lon, other.lat)} nearest to it`}
        </p>
      )}
      {shown && (
        <div class="pair">
          <Chart data={shown.curves} />
          <Chart data={shown.spectra} />
        </div>
      )}
    </section>
  );
}

type ChartInputs = [
  both: readonly SiteCurves[],
  ids: readonly number[],
  summaries: readonly Summary[],
  selection: ReturnType<typeof selectionOf>,
  source: string,
];

function curveChart(...[both, ids, summaries, { imt, statistic, poe }, source]: ChartInputs): ChartData {
  const levels = summaries.map(({ measures }) => measures.find((measure) => measure.imt === imt)!.levels);
  // the two may have levels of their own: one axis holds both
  const x = [...new Set(levels.flat())].sort((left, right) => left - right);
  const lines = both.map(({ curves }, k) => ({
    name: `${ids[k]}: ${statisticName(statistic)}`,
    values: x.map((level) => {
      const position = levels[k].indexOf(level);
      return position < 0 ? null : (curves[imt][statistic]?.[position] ?? null);
    }),
    colour: colourOf(k),
    dash: dashOf(8 * k),
    width: 2,
  }));
  const unit = unitOf(imt);
  return {
    title: `Hazard curves of ${imt}, calculations ${ids.join(' and ')}`,
    x,
    lines,
    xLabel: unit ? `${imt} (${unit})` : imt,
    yLabel: 'Probability of exceedance',
    xLogarithmic: true,
    yLogarithmic: true,
    marks: { y: poe },
    source,
  };
}

function spectrumChart(...[both, ids, summaries, { statistic, poe }, source]: ChartInputs): ChartData {
  const periods = [...new Set(summaries.flatMap(({ measures }) => measures.map(({ imt }) => periodOf(imt))))].filter(
    (period) => period !== undefined,
  );
  const x = periods.sort((left, right) => left - right);
  const lines = both.map(({ curves }, k) => ({
    name: `${ids[k]}: ${statisticName(statistic)}`,
    values: x.map((period) => {
      const measure = summaries[k].measures.find(({ imt }) => periodOf(imt) === period);
      if (!measure) return null;
      return levelAt(measure.levels, curves[measure.imt][statistic] ?? [], poe) ?? null;
    }),
    colour: colourOf(k),
    dash: dashOf(8 * k),
    points: true,
  }));
  return {
    title: `Uniform hazard spectra, calculations ${ids.join(' and ')}`,
    x,
    lines,
    xLabel: 'Period (s), 0: PGA',
    yLabel: 'Spectral acceleration (g)',
    source,
  };
}
