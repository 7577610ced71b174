import { styleColour } from '../widgets/palette';
import { COLOURS, stepOf, type ColourScale } from './colour-scale';
import { across, down, type World } from './world';

/** Sites in the plane of the map, sorted by colour when values come. */
export interface MapSites {
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** side of the square that stands for a site in the plane: the distance of neighbours on a grid; 0 for scattered ones */
  readonly side: number;
}

/** Middle of the picture in the plane, and pixels for a unit of it. */
export interface Camera {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

/** Least pixels of a site's square. */
const LEAST_SIDE = 5;

/** @param coordinates all longitudes, then all latitudes */
export function mapSites(coordinates: Float32Array, west: number): MapSites {
  const size = coordinates.length / 2;
  const x = new Float64Array(size);
  const y = new Float64Array(size);
  for (let k = 0; k < size; k++) {
    // sites beyond the date line lie east of those before it
    const lon = coordinates[k] < west ? coordinates[k] + 360 : coordinates[k];
    x[k] = across(lon);
    y[k] = down(coordinates[size + k]);
  }
  return { x, y, side: gridStep(x) };
}

/** Step of a grid: the least difference of longitudes, if the sites lie on few of them. */
function gridStep(x: Float64Array): number {
  const distinct = [...new Set(Array.from(x, (value) => Math.round(value * 1e6)))].sort((a, b) => a - b);
  if (x.length < 9 || distinct.length > x.length / 2) return 0;
  const steps = distinct.slice(1).map((value, k) => value - distinct[k]);
  return Math.min(...steps) / 1e6;
}

/** Numbers of the sites in the order of their colours, and where each colour begins. */
export interface Sorted {
  readonly order: Uint32Array;
  readonly starts: Uint32Array;
}

/** Sites in the order of their colours. */
export function sortByColour(values: Float32Array, scale: ColourScale): Sorted {
  return sortBySteps(
    Int16Array.from(values, (value) => stepOf(value, scale)),
    COLOURS.length,
  );
}

/** Sites in the order of their steps on a scale, those without one (-1) first; so one colour is set once. */
export function sortBySteps(steps: Int16Array, count: number): Sorted {
  const starts = new Uint32Array(count + 2);
  for (const step of steps) starts[step + 2]++;
  for (let k = 1; k < starts.length; k++) starts[k] += starts[k - 1];
  const next = starts.slice();
  const order = new Uint32Array(steps.length);
  steps.forEach((step, site) => (order[next[step + 1]++] = site));
  return { order, starts };
}

/** From a place of the plane to a point of the picture: x * zoom + left, y * zoom + top. */
export interface Projection {
  readonly zoom: number;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Draws land, what `paint` draws between land and borders, and what `above` draws over all. Sizes in pixels of the screen. */
export function drawMap(
  canvas: HTMLCanvasElement,
  camera: Camera,
  base: World | undefined,
  paint: (context: CanvasRenderingContext2D, projection: Projection) => void,
  above: (context: CanvasRenderingContext2D, projection: Projection) => void,
): void {
  const context = canvas.getContext('2d')!;
  const ratio = devicePixelRatio;
  const [width, height] = [canvas.width / ratio, canvas.height / ratio];
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.fillStyle = styleColour('sea');
  context.fillRect(0, 0, width, height);
  const inPlane = (draw: () => void): void => {
    // the world repeats to the east and west
    for (const turn of [-1, 0, 1]) {
      const left = (turn * 2 * Math.PI - camera.x) * camera.zoom + width / 2;
      const { zoom } = camera;
      context.setTransform(ratio * zoom, 0, 0, ratio * zoom, ratio * left, ratio * (height / 2 - camera.y * zoom));
      draw();
    }
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
  };
  if (base) {
    context.fillStyle = styleColour('land');
    inPlane(() => context.fill(base.land));
  }
  const { zoom } = camera;
  const projection = { zoom, left: width / 2 - camera.x * zoom, top: height / 2 - camera.y * zoom, width, height };
  paint(context, projection);
  if (base) {
    context.strokeStyle = styleColour('border');
    context.lineWidth = 1 / zoom;
    inPlane(() => {
      context.stroke(base.land);
      context.stroke(base.borders);
    });
  }
  above(context, projection);
}

/** Draws sites in their colours, one colour after the other. */
export function paintSites(
  context: CanvasRenderingContext2D,
  projection: Projection,
  sites: MapSites,
  sorted: Sorted,
  colours: readonly string[] = COLOURS,
): void {
  const edge = Math.ceil(Math.max(LEAST_SIDE, sites.side * projection.zoom + 0.5));
  paintPixels(context, projection, (square) => {
    for (let colour = 1; colour <= colours.length; colour++) {
      const pixel = pixelOf(colours[colour - 1]);
      for (let k = sorted.starts[colour]; k < sorted.starts[colour + 1]; k++) {
        const site = sorted.order[k];
        square(sites.x[site], sites.y[site], edge, pixel);
      }
    }
  });
}

/** An opaque pixel (0xAABBGGRR) of a colour as #rrggbb or rgb(r, g, b). */
function pixelOf(colour: string): number {
  const hex = /^#(..)(..)(..)$/
    .exec(colour)
    ?.slice(1)
    .map((part) => parseInt(part, 16));
  const [red, green, blue] = hex ?? colour.match(/\d+/g)!.map(Number);
  return ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}

/** A ring around the chosen site. */
export function ringSite(
  context: CanvasRenderingContext2D,
  { zoom, left, top }: Projection,
  { x, y, side }: MapSites,
  chosen: number,
): void {
  const edge = Math.max(LEAST_SIDE, side * zoom + 0.5);
  context.strokeStyle = styleColour('bad');
  context.lineWidth = 2.5;
  context.beginPath();
  context.arc(x[chosen] * zoom + left, y[chosen] * zoom + top, Math.max(7, edge * 0.8), 0, 2 * Math.PI);
  context.stroke();
}

/** Draws points of one colour (0xAABBGGRR) as squares of some pixels. */
export function paintPoints(
  context: CanvasRenderingContext2D,
  projection: Projection,
  { x, y }: { readonly x: ArrayLike<number>; readonly y: ArrayLike<number> },
  colour: number,
  edge: number,
): void {
  paintPixels(context, projection, (square) => {
    for (let k = 0; k < x.length; k++) square(x[k], y[k], edge, colour);
  });
}

/** One picture for all maps, in which pixels are set before it is drawn at once: hundreds of thousands of points stay fluid. */
const picture = document.createElement('canvas');

/** Sets squares around places of the plane in a picture, which is then drawn. */
function paintPixels(
  context: CanvasRenderingContext2D,
  { zoom, left, top, width, height }: Projection,
  draw: (square: (x: number, y: number, edge: number, colour: number) => void) => void,
): void {
  const [columns, rows] = [Math.ceil(width), Math.ceil(height)];
  if (columns === 0 || rows === 0) return;
  const image = new ImageData(columns, rows);
  const pixels = new Uint32Array(image.data.buffer);
  draw((x, y, edge, colour) => {
    const px = Math.round(x * zoom + left - edge / 2);
    const py = Math.round(y * zoom + top - edge / 2);
    const right = Math.min(columns, px + edge);
    const bottom = Math.min(rows, py + edge);
    for (let row = Math.max(0, py); row < bottom; row++)
      for (let at = row * columns + Math.max(0, px); at < row * columns + right; at++) pixels[at] = colour;
  });
  if (picture.width !== columns || picture.height !== rows) [picture.width, picture.height] = [columns, rows];
  picture.getContext('2d')!.putImageData(image, 0, 0);
  context.drawImage(picture, 0, 0, columns, rows);
}

/** Number of the site nearest to a point of the picture; -1 if none is within `reach` pixels. */
export function siteAt(
  { x, y, side }: MapSites,
  camera: Camera,
  point: { readonly across: number; readonly down: number; readonly width: number; readonly height: number },
  reach: number,
): number {
  const px = (point.across - point.width / 2) / camera.zoom + camera.x;
  const py = (point.down - point.height / 2) / camera.zoom + camera.y;
  let best = -1;
  let least = Math.max(reach / camera.zoom, side) ** 2;
  for (let k = 0; k < x.length; k++) {
    const distance = (x[k] - px) ** 2 + (y[k] - py) ** 2;
    if (distance <= least) [best, least] = [k, distance];
  }
  return best;
}
