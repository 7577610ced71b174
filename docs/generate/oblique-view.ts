/** Oblique views of faults as SVG: places on and below the Earth's surface seen from the south-east and above. */
import { Orthographic } from '../../hazard/geo/projection.js';

/** lon, lat in degrees, depth in km. */
export type Place = readonly [lon: number, lat: number, depth: number];

interface Shape {
  readonly places: readonly Place[];
  readonly closed: boolean;
  readonly style: string;
}
interface Mark {
  readonly place: Place;
  readonly radius: number;
  readonly style: string;
}
interface Label {
  readonly place: Place;
  readonly text: string;
}

const WIDTH = 720;
const MARGIN = 28;
const CAPTION = 22;

/** A view under construction: shapes are painted in the order in which they are added. */
export class ObliqueView {
  private readonly shapes: Shape[] = [];
  private readonly marks: Mark[] = [];
  private readonly labels: Label[] = [];
  private readonly captions: { text: string; colour: string }[] = [];
  private readonly projection: Orthographic;

  /** `turn`: degrees clockwise from north of the direction away from the viewer; `tilt`: degrees of the view above the horizon. */
  constructor(
    centre: readonly [lon: number, lat: number],
    private readonly turn: number,
    private readonly tilt: number,
  ) {
    this.projection = new Orthographic(centre[0], centre[1]);
  }

  polygon(places: readonly Place[], style: string): void {
    this.shapes.push({ places, closed: true, style });
  }
  line(places: readonly Place[], style: string): void {
    this.shapes.push({ places, closed: false, style });
  }
  mark(place: Place, radius: number, style: string): void {
    this.marks.push({ place, radius, style });
  }
  label(place: Place, text: string): void {
    this.labels.push({ place, text });
  }
  caption(text: string, colour: string): void {
    this.captions.push({ text, colour });
  }

  svg(): string {
    const all = [...this.shapes.flatMap((shape) => shape.places), ...this.marks.map((mark) => mark.place)];
    const points = all.map((place) => this.project(place));
    const [left, right] = extent(points.map(([x]) => x));
    const [top, bottom] = extent(points.map(([, y]) => y));
    const scale = Math.min((WIDTH - 2 * MARGIN) / (right - left), 420 / (bottom - top));
    const height = Math.round((bottom - top) * scale + 2 * MARGIN + CAPTION * (this.captions.length + 1));
    const shift = (WIDTH - (right - left) * scale) / 2;
    const at = (place: Place): string => {
      const [x, y] = this.project(place);
      return `${((x - left) * scale + shift).toFixed(1)},${((y - top) * scale + MARGIN).toFixed(1)}`;
    };
    return [
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="sans-serif" font-size="13">`,
      `<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>`,
      ...this.shapes.map(({ places, closed, style }) => {
        const tag = closed ? 'polygon' : 'polyline';
        return `<${tag} points="${places.map(at).join(' ')}" ${style}/>`;
      }),
      ...this.marks.map(({ place, radius, style }) => {
        const [x, y] = at(place).split(',');
        return `<circle cx="${x}" cy="${y}" r="${radius}" ${style}/>`;
      }),
      ...this.labels.map(({ place, text }) => {
        const [x, y] = at(place).split(',');
        return `<text x="${x}" y="${y}" dx="6" dy="4" fill="#555555">${text}</text>`;
      }),
      ...this.scaleBar(scale, height),
      ...this.captions.map(({ text, colour }, i) => {
        const y = height - MARGIN / 2 - CAPTION * (this.captions.length - 1 - i);
        return `<rect x="${MARGIN}" y="${y - 11}" width="12" height="12" fill="${colour}"/><text x="${MARGIN + 20}" y="${y}">${text}</text>`;
      }),
      '</svg>',
      '',
    ].join('\n');
  }

  /** A bar of a round number of km along the horizon, and the direction of north. */
  private scaleBar(scale: number, height: number): string[] {
    const length = [100, 50, 20, 10, 5, 2, 1].find((km) => km * scale < 150) ?? 1;
    const y = height - MARGIN / 2 - 4;
    const end = WIDTH - MARGIN;
    const start = end - length * scale;
    const north = (-this.turn * Math.PI) / 180;
    const [dx, dy] = [Math.sin(north) * 22, -Math.cos(north) * 22 * Math.sin((this.tilt * Math.PI) / 180)];
    const foot = [start - 40, y - 12];
    return [
      `<line x1="${start.toFixed(1)}" y1="${y}" x2="${end}" y2="${y}" stroke="#333333" stroke-width="2"/>`,
      `<text x="${((start + end) / 2).toFixed(1)}" y="${y - 6}" text-anchor="middle">${length} km</text>`,
      `<line x1="${foot[0].toFixed(1)}" y1="${foot[1]}" x2="${(foot[0] + dx).toFixed(1)}" y2="${(foot[1] + dy).toFixed(1)}" stroke="#333333" stroke-width="1.5"/>`,
      `<text x="${(foot[0] + 1.45 * dx).toFixed(1)}" y="${(foot[1] + 1.45 * dy + 4).toFixed(1)}" text-anchor="middle">N</text>`,
    ];
  }

  /** Right and down on the picture, km. */
  private project([lon, lat, depth]: Place): [number, number] {
    const [east, north] = this.projection.project(lon, lat);
    const turn = (this.turn * Math.PI) / 180;
    const tilt = (this.tilt * Math.PI) / 180;
    const right = east * Math.cos(turn) - north * Math.sin(turn);
    const away = east * Math.sin(turn) + north * Math.cos(turn);
    return [right, depth * Math.cos(tilt) - away * Math.sin(tilt)];
  }
}

function extent(values: readonly number[]): [number, number] {
  return [Math.min(...values), Math.max(...values)];
}
