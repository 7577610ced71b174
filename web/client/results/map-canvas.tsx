import type { ComponentChildren } from 'preact';
import { useEffect, useImperativeHandle, useRef, useState } from 'preact/hooks';
import { useDark } from '../widgets/theme';
import { drawMap, type Camera, type Projection } from './map-drawing';
import { across, down, world, type World } from './world';

const HEIGHT = 440;
/** pixels for a radian from which the finer coast is drawn */
const FINE_FROM = 700;
const STEP = 1.5;

/** Point of the picture, and its size, in pixels. */
export interface MapPoint {
  readonly across: number;
  readonly down: number;
  readonly width: number;
  readonly height: number;
}

/** What others may ask a map. */
export interface MapHandle {
  readonly canvas: HTMLCanvasElement;
  /** Moves the middle to a place of the plane. */
  centre(x: number, y: number): void;
}

interface Properties {
  readonly title: string;
  /** west, south, east, north in degrees; of more than half the world, what lies beyond the date line is meant */
  readonly bounds: readonly [number, number, number, number];
  readonly paint: (context: CanvasRenderingContext2D, projection: Projection) => void;
  readonly above?: (context: CanvasRenderingContext2D, projection: Projection) => void;
  readonly onPoint?: (point: MapPoint | undefined, camera: Camera) => void;
  readonly onPick?: (point: MapPoint, camera: Camera) => void;
  /** what changes the picture */
  readonly inputs: readonly unknown[];
  readonly allText: string;
  readonly handle?: { current: MapHandle | null };
  readonly children?: ComponentChildren;
}

/** A map that is dragged, zoomed by buttons, Ctrl and wheel or keys, over coasts and borders that need no network. */
export function MapCanvas({
  title,
  bounds,
  paint,
  above,
  onPoint,
  onPick,
  inputs,
  allText,
  handle,
  children,
}: Properties) {
  const dark = useDark();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [camera, setCamera] = useState<Camera>();
  const [base, setBase] = useState<World>();
  const drag = useRef<{ x: number; y: number; moved: boolean } | undefined>(undefined);
  const [west, south, east, north] = bounds;

  const whole = (): void => {
    const { clientWidth } = canvas.current!;
    const [left, right] = east - west > 180 ? [east, west + 360] : [west, east];
    const [x0, x1, y0, y1] = [across(left), across(right), down(north), down(south)];
    const zoom = Math.min((clientWidth * 0.85) / Math.max(x1 - x0, 0.01), (HEIGHT * 0.85) / Math.max(y1 - y0, 0.01));
    setCamera({ x: (x0 + x1) / 2, y: (y0 + y1) / 2, zoom });
  };
  const detailed = (camera?.zoom ?? 0) > FINE_FROM;
  useEffect(whole, [west, south, east, north]);
  useEffect(() => void world(detailed).then(setBase), [detailed]);
  useImperativeHandle(handle ?? null, () => ({
    canvas: canvas.current!,
    centre: (x, y) => setCamera((before) => before && { ...before, x, y }),
  }));
  const draw = (): void => {
    const { current } = canvas;
    if (!current || !camera) return;
    const width = Math.round(current.clientWidth * devicePixelRatio);
    if (current.width !== width) [current.width, current.height] = [width, Math.round(HEIGHT * devicePixelRatio)];
    drawMap(current, camera, base, paint, above ?? (() => undefined));
  };
  useEffect(() => {
    const frame = requestAnimationFrame(draw);
    return () => cancelAnimationFrame(frame);
  }, [camera, base, dark, ...inputs]);
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
  const pointOf = (event: MouseEvent): MapPoint => {
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
    } else if (camera) onPoint?.(pointOf(event), camera);
  };
  const up = (event: PointerEvent): void => {
    const click = drag.current && !drag.current.moved;
    drag.current = undefined;
    if (click && camera) onPick?.(pointOf(event), camera);
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
    else if (event.key === 'Enter' && camera) {
      const { clientWidth: width, clientHeight: height } = canvas.current!;
      onPick?.({ across: width / 2, down: height / 2, width, height }, camera);
    }
  };
  return (
    <>
      <div class="row">
        <button type="button" aria-label="Zoom in" onClick={() => zoomBy(STEP)}>
          +
        </button>
        <button type="button" aria-label="Zoom out" onClick={() => zoomBy(1 / STEP)}>
          −
        </button>
        <button type="button" onClick={whole}>
          {allText}
        </button>
        {children}
      </div>
      <canvas
        class="map"
        ref={canvas}
        style={{ height: `${HEIGHT}px` }}
        tabIndex={0}
        role="application"
        aria-label={`${title}. Arrow keys move, plus and minus zoom${onPick ? ', Enter chooses the site in the middle' : ''}.`}
        onPointerDown={(event) => {
          drag.current = { x: event.clientX, y: event.clientY, moved: false };
          canvas.current!.setPointerCapture(event.pointerId);
        }}
        onPointerMove={move}
        onPointerUp={up}
        onPointerLeave={() => camera && onPoint?.(undefined, camera)}
        onWheel={wheel}
        onKeyDown={key}
      />
    </>
  );
}
