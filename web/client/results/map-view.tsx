import { useMemo, useRef, useState } from 'preact/hooks';
import { getNumbers } from '../server/api';
import { FigureTools } from '../widgets/figure-tools';
import { hazardLevel, number, place, statisticName, unitOf } from '../widgets/format';
import { useLoaded, Waiting } from '../widgets/load';
import { COLOURS, scaleOf, valueAt } from './colour-scale';
import { MapCanvas, type MapHandle } from './map-canvas';
import { mapSites, paintSites, ringSite, siteAt, sortByColour } from './map-drawing';
import { choose, sourceOf, type ResultProperties } from './selection';
import { across, degrees, down } from './world';

/** The hazard map: dragged, zoomed, a click or the arrow keys choose the site that everything else is about. */
export function MapView({ id, summary, selection }: ResultProperties) {
  const { imt, statistic, poe, site } = selection;
  const map = useRef<MapHandle>(null);
  const [pointed, setPointed] = useState(-1);
  const query = new URLSearchParams({ imt, statistic, poe: String(poe) });
  const sites = useLoaded(`/v2/calc/${id}/sites`, getNumbers);
  const values = useLoaded(`/v2/calc/${id}/map?${query}`, getNumbers);
  const [west, , east] = summary.bounds;
  const dateLine = east - west > 180;
  const plane = useMemo(() => sites.value && mapSites(sites.value, dateLine ? 0 : -180), [sites.value]);
  const scale = useMemo(() => values.value && scaleOf(values.value), [values.value]);
  const sorted = useMemo(() => scale && sortByColour(values.value!, scale), [scale]);

  const find = (event: SubmitEvent): void => {
    event.preventDefault();
    const text = new FormData(event.currentTarget as HTMLFormElement).get('place') as string;
    const [lon, lat] = (text.match(/-?\d+(\.\d+)?/g) ?? []).map(Number);
    if (lon === undefined || lat === undefined || !plane) return;
    let [best, least] = [0, Infinity];
    for (let k = 0; k < plane.x.length; k++) {
      const distance = Math.hypot(plane.x[k] - across(lon), plane.y[k] - down(lat));
      if (distance < least) [best, least] = [k, distance];
    }
    choose({ site: best });
    map.current?.centre(plane.x[best], plane.y[best]);
  };

  const unit = unitOf(imt);
  const title = `Hazard map of ${imt}, ${statisticName(statistic)}, ${hazardLevel(poe, summary.investigationTime)}`;
  const size = sites.value ? sites.value.length / 2 : 0;
  const shown = pointed >= 0 ? pointed : site;
  return (
    <section class="card" aria-labelledby="map-title">
      <h2 id="map-title">Hazard map</h2>
      <p class="readout">
        {statisticName(statistic)}, {hazardLevel(poe, summary.investigationTime)}
      </p>
      <Waiting loaded={values} what="the map" />
      <MapCanvas
        title={title}
        bounds={summary.bounds}
        allText="All sites"
        handle={map}
        inputs={[plane, sorted, site]}
        paint={(context, projection) => {
          if (plane && sorted) paintSites(context, projection, plane, sorted);
        }}
        above={(context, projection) => {
          if (plane) ringSite(context, projection, plane, site);
        }}
        onPoint={(point, camera) => setPointed(point && plane ? siteAt(plane, camera, point, 12) : -1)}
        onPick={(point, camera) => {
          const found = plane ? siteAt(plane, camera, point, 40) : -1;
          if (found >= 0) choose({ site: found });
        }}
      >
        <form class="row" onSubmit={find}>
          <label class="field">
            Nearest site to (longitude latitude)
            <input name="place" type="text" placeholder="13.4 42.35" autocomplete="off" />
          </label>
          <button type="submit">Find</button>
        </form>
      </MapCanvas>
      {scale && (
        <div class="legend" aria-hidden="true">
          <span class="bar" style={{ background: `linear-gradient(to right, ${COLOURS.join(',')})` }} />
          <div class="ticks">
            {[0, 0.25, 0.5, 0.75, 1].map((share) => (
              <span>{number(valueAt(share, scale))}</span>
            ))}
          </div>
          <span>
            {imt} {unit && `(${unit})`}
          </span>
        </div>
      )}
      {plane && values.value && shown < size && (
        <p class="hint" id="map-readout">
          Site {shown}, {place(...placeOf(plane.x[shown], plane.y[shown]))}:{' '}
          {values.value[shown] > 0 ? `${number(values.value[shown])} ${unit}` : 'below the lowest level'}
        </p>
      )}
      {sites.value && values.value && (
        <FigureTools
          title={title}
          source={sourceOf(id, summary)}
          canvas={() => map.current!.canvas}
          table={{
            head: ['site', 'lon', 'lat', unit ? `${imt} (${unit})` : imt],
            rows: Array.from(values.value, (value, k) => [k, sites.value![k], sites.value![size + k], value]),
          }}
        />
      )}
    </section>
  );
}

function placeOf(x: number, y: number): readonly [number, number] {
  const [lon, lat] = degrees(x, y);
  return [lon > 180 ? lon - 360 : lon, lat];
}
