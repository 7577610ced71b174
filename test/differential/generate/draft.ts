/** What the parts of a random job share while it is made. */
import { destination } from '../../../hazard/geo/destination.js';
import { Random } from '../random.js';

export type Place = readonly [lon: number, lat: number];

/** Places that calculations go wrong at: the date line, poles, the equator and Greenwich; and some ordinary ones. */
const CENTRES: readonly Place[] = [
  [10, 45],
  [10, 45],
  [10, 45],
  [-122, 38],
  [142, 38],
  [-70, -30],
];
const HARD_CENTRES: readonly Place[] = [
  [179.97, -17],
  [-179.97, 52],
  [180, 0.05],
  [20, 82],
  [-60, -79],
  [-78.3, 0.02],
  [0.02, 51],
  [0, 0],
];

export class Draft {
  readonly random: Random;
  readonly centre: Place;
  readonly ini: Record<string, string> = {};
  readonly files: Record<string, string> = {};
  readonly sections: string[] = [];
  stateTime = false;
  private count = 0;

  constructor(seed: number, hardPlaces: boolean) {
    this.random = new Random(seed);
    this.centre = this.random.pick(hardPlaces ? HARD_CENTRES : CENTRES);
  }

  newId(): string {
    return `s${++this.count}`;
  }

  /** Sets a parameter unless it is set. */
  offer(name: string, value: string | number): void {
    this.ini[name] ??= String(value);
  }

  /** A place within some km of the centre. */
  near(distance = 60): Place {
    return this.from(this.centre, this.random.real(0, 360), this.random.real(0, distance));
  }

  /** The place a distance (km) away, with five decimals. */
  from([lon, lat]: Place, azimuth: number, distance: number): Place {
    const [x, y] = destination(lon, lat, azimuth, distance);
    const wrapped = x > 180 ? x - 360 : x <= -180 ? x + 360 : x;
    return [Math.round(wrapped * 1e5) / 1e5, Math.round(y * 1e5) / 1e5];
  }
}
