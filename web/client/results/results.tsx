import { getJson } from '../server/api';
import type { SiteCurves, Summary } from '../server/types';
import { hazardLevel, place, statisticName } from '../widgets/format';
import { useLoaded, Waiting } from '../widgets/load';
import { CurvesView } from './curves-view';
import { DisaggregationView } from './disaggregation-view';
import { MapView } from './map-view';
import { choose, offeredPoes, selectionOf } from './selection';
import { SourcesView } from './sources-view';
import { SpectrumView } from './spectrum-view';
import { TornadoView } from './tornado-view';

/** Map, curves, spectrum, disaggregation, branches and sources, all of one selection, which stands in the address. */
export function Results({ id, summary }: { readonly id: number; readonly summary: Summary }) {
  const selection = selectionOf(summary);
  const curves = useLoaded(`/v2/calc/${id}/curves?site=${selection.site}`, getJson<SiteCurves>);
  const site = curves.value?.site;
  const properties = { id, summary, selection };
  return (
    <>
      <section class="card selection" aria-labelledby="selection-title">
        <h2 id="selection-title">Results</h2>
        <div class="row">
          <label class="field">
            Intensity measure
            <select value={selection.imt} onChange={({ currentTarget }) => choose({ imt: currentTarget.value })}>
              {summary.measures.map(({ imt }) => (
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
              {summary.statistics.map((name) => (
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
              {offeredPoes(summary, selection.poe).map((poe) => (
                <option value={poe}>{hazardLevel(poe, summary.investigationTime)}</option>
              ))}
            </select>
          </label>
          <label class="field">
            Site (0 to {summary.sites - 1})
            <input
              type="number"
              min={0}
              max={summary.sites - 1}
              key={selection.site}
              defaultValue={String(selection.site)}
              onChange={({ currentTarget }) => choose({ site: Number(currentTarget.value) })}
            />
          </label>
        </div>
        <p class="hint" id="site">
          {site && `Site ${site.number}${site.name ? ` (${site.name})` : ''}: ${place(site.lon, site.lat)}`}
          {site &&
            Object.entries(site.parameters)
              .filter(([, value]) => value !== null)
              .map(([name, value]) => `, ${name} ${value}`)
              .join('')}
        </p>
        <Waiting loaded={curves} what="the curves" />
      </section>
      <MapView {...properties} />
      {curves.value && (
        <div class="pair">
          <CurvesView {...properties} data={curves.value} />
          <SpectrumView {...properties} data={curves.value} />
        </div>
      )}
      {summary.results.disaggregation.length > 0 && <DisaggregationView {...properties} />}
      {summary.kept > 1 && <TornadoView {...properties} />}
      {summary.results.sources && <SourcesView {...properties} />}
    </>
  );
}
