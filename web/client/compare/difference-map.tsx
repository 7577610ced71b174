import { interpolateRdBu } from 'd3-scale-chromatic';
import { useMemo, useRef, useState } from 'preact/hooks';
import { MapCanvas, type MapHandle } from '../results/map-canvas';
import { mapSites, paintSites, ringSite, siteAt, sortBySteps } from '../results/map-drawing';
import { choose, type Selection } from '../results/selection';
import { getNumbers } from '../server/api';
import type { Summary } from '../server/types';
import { FigureTools } from '../widgets/figure-tools';
import { number, unitOf } from '../widgets/format';
import { useLoaded, Waiting } from '../widgets/load';

/** Steps of the scale: an odd number, so that the middle one is no difference. */
const STEPS = 41;
/** Blue: the second is lower; red: it is higher. Told apart with any kind of colour vision. */
const COLOURS = Array.from({ length: STEPS }, (_, k) => interpolateRdBu(1 - k / (STEPS - 1)));

interface Properties {
  readonly ids: readonly [number, number];
  readonly summaries: readonly [Summary, Summary];
  readonly selection: Selection;
  readonly title: string;
  readonly source: string;
}

/** How much the second calculation lies above the first at every site that both have, in percent. */
export function DifferenceMap({ ids, summaries, selection, title, source }: Properties) {
  const { imt, statistic, poe, site } = selection;
  const map = useRef<MapHandle>(null);
  const [pointed, setPointed] = useState(-1);
  const question = new URLSearchParams({ imt, statistic, poe: String(poe) });
  const places = ids.map((id) => useLoaded(`/v2/calc/${id}/sites`, getNumbers));
  const levels = ids.map((id) => useLoaded(`/v2/calc/${id}/map?${question}`, getNumbers));
  const [ours, theirs] = places.map(({ value }) => value);
  const [first, second] = levels.map(({ value }) => value);
  const [west, , east] = summaries[0].bounds;
  const plane = useMemo(() => ours && mapSites(ours, east - west > 180 ? 0 : -180), [ours]);
  const partner = useMemo(() => ours && theirs && partners(ours, theirs), [ours, theirs]);
  const percent = useMemo(() => {
    if (!partner || !first || !second) return undefined;
    return Float32Array.from(first, (level, k) => {
      const other = partner[k] < 0 ? NaN : second[partner[k]];
      return level > 0 && other > 0 ? 100 * (other / level - 1) : NaN;
    });
  }, [partner, first, second]);
  const most = useMemo(
    () => (percent ?? new Float32Array(0)).reduce((a, b) => (Math.abs(b) > a ? Math.abs(b) : a), 0.001),
    [percent],
  );
  const sorted = useMemo(() => {
    if (!percent) return undefined;
    const step = (value: number): number =>
      Number.isNaN(value) ? -1 : Math.round(((value / most + 1) / 2) * (STEPS - 1));
    return sortBySteps(Int16Array.from(percent, step), STEPS);
  }, [percent, most]);
  const shared = percent?.reduce((sum, value) => (Number.isNaN(value) ? sum : sum + 1), 0) ?? 0;
  const mean = shared > 0 ? percent!.reduce((sum, value) => (Number.isNaN(value) ? sum : sum + value), 0) / shared : 0;
  const shown = pointed >= 0 ? pointed : site;
  const unit = unitOf(imt);
  const signed = (value: number): string => `${value > 0 ? '+' : ''}${number(value)} %`;
  return (
    <>
      {[...places, ...levels].map((loaded) => (
        <Waiting loaded={loaded} what="the maps" />
      ))}
      {percent && (
        <p class="readout" id="difference">
          {shared === 0
            ? 'The two have no site in common where both are above their lowest level.'
            : `${shared.toLocaleString('en')} common sites: ${signed(mean)} on average, at most ${number(most)} %`}
        </p>
      )}
      <MapCanvas
        title={`Difference of ${title}`}
        bounds={summaries[0].bounds}
        allText="All sites"
        handle={map}
        inputs={[plane, sorted, site]}
        paint={(context, projection) => {
          if (plane && sorted) paintSites(context, projection, plane, sorted, COLOURS);
        }}
        above={(context, projection) => {
          if (plane) ringSite(context, projection, plane, site);
        }}
        onPoint={(point, camera) => setPointed(point && plane ? siteAt(plane, camera, point, 12) : -1)}
        onPick={(point, camera) => {
          const found = plane ? siteAt(plane, camera, point, 40) : -1;
          if (found >= 0) choose({ site: found });
        }}
      />
      <div class="legend" aria-hidden="true">
        <span class="bar" style={{ background: `linear-gradient(to right, ${COLOURS.join(',')})` }} />
        <div class="ticks">
          {[-1, -0.5, 0, 0.5, 1].map((share) => (
            <span>{signed(share * most)}</span>
          ))}
        </div>
      </div>
      {percent && first && second && partner && shown < percent.length && (
        <p class="hint" id="difference-readout">
          Site {shown}: {number(first[shown])} {unit} in the first,{' '}
          {partner[shown] < 0 ? 'not in the second' : `${number(second[partner[shown]])} ${unit} in the second`}
          {!Number.isNaN(percent[shown]) && `: ${signed(percent[shown])}`}
        </p>
      )}
      {percent && ours && first && second && partner && (
        <FigureTools
          title={`Difference of ${title}`}
          source={source}
          canvas={() => map.current!.canvas}
          table={{
            head: ['site', 'lon', 'lat', `first (${unit})`, `second (${unit})`, 'difference (%)'],
            rows: Array.from(percent, (value, k) => [
              k,
              ours[k],
              ours[percent.length + k],
              first[k],
              partner[k] < 0 ? '' : second[partner[k]],
              Number.isNaN(value) ? '' : value,
            ]),
          }}
        />
      )}
    </>
  );
}

/** For every site of the first the number of the same place in the second, -1 where there is none. All longitudes come first. */
function partners(ours: Float32Array, theirs: Float32Array): Int32Array {
  // to 10 m: coordinates may have gone through a text
  const key = (all: Float32Array, k: number): string =>
    `${Math.round(all[k] * 1e4)} ${Math.round(all[all.length / 2 + k] * 1e4)}`;
  const numbers = new Map<string, number>();
  for (let k = 0; k < theirs.length / 2; k++) numbers.set(key(theirs, k), k);
  return Int32Array.from({ length: ours.length / 2 }, (_, k) => numbers.get(key(ours, k)) ?? -1);
}
