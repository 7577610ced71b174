import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { getNumbers } from '../server/api';
import { FigureTools } from '../widgets/figure-tools';
import { hazardLevel, number, place, statisticName, unitOf } from '../widgets/format';
import { useLoaded, Waiting } from '../widgets/load';
import { useDark } from '../widgets/theme';
import { COLOURS, scaleOf, valueAt } from './colour-scale';
import { drawMap, mapSites, siteAt, sortByColour, type Camera } from './map-drawing';
import { choose, sourceOf, type ResultProperties } from './selection';
import { across, degrees, down, world, type World } from './world';

const HEIGHT = 440;
/** pixels for a radian from which the finer coast is drawn */
const FINE_FROM = 700;
const STEP = 1.5;

/** The hazard map: dragged, zoomed, a click or the arrow keys choose the site that everything else is about. */
export function MapView({ id, summary, selection }: ResultProperties) {
  const { imt, statistic, poe, site } = selection;
  const dark = useDark();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [camera, setCamera] = useState<Camera>();
  const [base, setBase] = useState<World>();
  const [pointed, setPointed] = useState(-1);
  const drag = useRef<{ x: number; y: number; moved: boolean } | undefined>(undefined);
  const query = new URLSearchParams({ imt, statistic, poe: String(poe) });
  const sites = useLoaded(`/v2/calc/${id}/sites`, getNumbers);
  const values = useLoaded(`/v2/calc/${id}/map?${query}`, getNumbers);
  const [west, south, east, north] = summary.bounds;
  const dateLine = east - west > 180;
  const plane = useMemo(() => sites.value && mapSites(sites.value, dateLine ? 0 : -180), [sites.value]);
  const scale = useMemo(() => values.value && scaleOf(values.value), [values.value]);
  const sorted = useMemo(() => scale && sortByColour(values.value!, scale), [scale]);

  const whole = (): void => {
    const { clientWidth } = canvas.current!;
    const [left, right] = dateLine ? [east, west + 360] : [west, east];
    const [x0, x1, y0, y1] = [across(left), across(right), down(north), down(south)];
    const zoom = Math.min((clientWidth * 0.85) / Math.max(x1 - x0, 0.01), (HEIGHT * 0.85) / Math.max(y1 - y0, 0.01));
    setCamera({ x: (x0 + x1) / 2, y: (y0 + y1) / 2, zoom });
  };
  const detailed = (camera?.zoom ?? 0) > FINE_FROM;
  useEffect(whole, [id]);
  useEffect(() => void world(detailed).then(setBase), [detailed]);
  const draw = (): void => {
    const { current } = canvas;
    if (!current || !camera || !plane) return;
    const width = Math.round(current.clientWidth * devicePixelRatio);
    if (current.width !== width) [current.width, current.height] = [width, Math.round(HEIGHT * devicePixelRatio)];
    drawMap(current, camera, base, plane, { sorted, chosen: site });
  };
  useEffect(() => {
    const frame = requestAnimationFrame(draw);
    return () => cancelAnimationFrame(frame);
  }, [camera, base, plane, sorted, site, dark]);
  useEffect(() => {
    const watch = new ResizeObserver(draw);
    watch.observe(canvas.current!);
    return () => watch.disconnect();
  });

  const zoomBy = (factor: number, px = 0, py = 0): void =>
    setCamera((before) => {
      if (!before) return before;
      const zoom = Math.min(2e6, Math.max(60, before.zoom * factor));
      const kept = 1 / before.zoom - 1 / zoom;
      return { x: before.x + px * kept, y: before.y + py * kept, zoom };
    });
  const pointOf = (event: MouseEvent) => {
    const box = canvas.current!.getBoundingClientRect();
    return { across: event.clientX - box.left, down: event.clientY - box.top, width: box.width, height: box.height };
  };
  const wheel = (event: WheelEvent): void => {
    // without Ctrl the page scrolls, as everywhere
    if (!event.ctrlKey) return;
    event.preventDefault();
    const point = pointOf(event);
    zoomBy(Math.exp(-event.deltaY / 300), point.across - point.width / 2, point.down - point.height / 2);
  };
  const move = (event: PointerEvent): void => {
    const from = drag.current;
    if (from && camera) {
      const [dx, dy] = [event.clientX - from.x, event.clientY - from.y];
      if (!from.moved && Math.hypot(dx, dy) < 4) return;
      drag.current = { x: event.clientX, y: event.clientY, moved: true };
      setCamera({ ...camera, x: camera.x - dx / camera.zoom, y: camera.y - dy / camera.zoom });
    } else if (plane && camera) setPointed(siteAt(plane, camera, pointOf(event), 12));
  };
  const up = (event: PointerEvent): void => {
    const click = drag.current && !drag.current.moved;
    drag.current = undefined;
    if (!click || !plane || !camera) return;
    const found = siteAt(plane, camera, pointOf(event), 40);
    if (found >= 0) choose({ site: found });
  };
  const key = (event: KeyboardEvent): void => {
    const steps: Readonly<Record<string, readonly [number, number]>> = {
      ArrowLeft: [-40, 0],
      ArrowRight: [40, 0],
      ArrowUp: [0, -40],
      ArrowDown: [0, 40],
    };
    const step = steps[event.key];
    if (step && camera) {
      event.preventDefault();
      setCamera({ ...camera, x: camera.x + step[0] / camera.zoom, y: camera.y + step[1] / camera.zoom });
    } else if (event.key === '+') zoomBy(STEP);
    else if (event.key === '-') zoomBy(1 / STEP);
  };
  const find = async (event: SubmitEvent): Promise<void> => {
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
    setCamera((before) => before && { ...before, x: plane.x[best], y: plane.y[best] });
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
      <div class="row">
        <button type="button" aria-label="Zoom in" onClick={() => zoomBy(STEP)}>
          +
        </button>
        <button type="button" aria-label="Zoom out" onClick={() => zoomBy(1 / STEP)}>
          −
        </button>
        <button type="button" onClick={whole}>
          All sites
        </button>
        <form class="row" onSubmit={(event) => void find(event)}>
          <label class="field">
            Nearest site to (longitude latitude)
            <input name="place" type="text" placeholder="13.4 42.35" autocomplete="off" />
          </label>
          <button type="submit">Find</button>
        </form>
      </div>
      <canvas
        class="map"
        ref={canvas}
        style={{ height: `${HEIGHT}px` }}
        tabIndex={0}
        role="application"
        aria-label={`${title}. Arrow keys move, plus and minus zoom.`}
        onPointerDown={(event) => {
          drag.current = { x: event.clientX, y: event.clientY, moved: false };
          canvas.current!.setPointerCapture(event.pointerId);
        }}
        onPointerMove={move}
        onPointerUp={up}
        onPointerLeave={() => setPointed(-1)}
        onWheel={wheel}
        onKeyDown={key}
      />
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
          canvas={() => canvas.current!}
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
