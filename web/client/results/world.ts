import { geoPath, geoTransform } from 'd3-geo';
import { mesh, feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import coarse from 'world-atlas/countries-110m.json?url';
import fine from 'world-atlas/countries-50m.json?url';

/** Coast and borders (Natural Earth) in the plane of the map. */
export interface World {
  readonly land: Path2D;
  readonly borders: Path2D;
}

const RADIANS = Math.PI / 180;
/** degrees; Mercator has no poles */
const LAST_LATITUDE = 85;

/** Mercator's plane for a sphere of radius 1: east, and south as screens count it. */
export function across(lon: number): number {
  return lon * RADIANS;
}
/** See across. */
export function down(lat: number): number {
  const kept = Math.max(-LAST_LATITUDE, Math.min(LAST_LATITUDE, lat));
  return -Math.log(Math.tan(Math.PI / 4 + (kept * RADIANS) / 2));
}
/** Degrees of a place in the plane. */
export function degrees(x: number, y: number): readonly [lon: number, lat: number] {
  return [x / RADIANS, (2 * Math.atan(Math.exp(-y)) - Math.PI / 2) / RADIANS];
}

const loaded = new Map<string, Promise<World>>();

/** The base map, in few or in many points; fetched once. */
export function world(detailed: boolean): Promise<World> {
  const address = detailed ? fine : coarse;
  const known = loaded.get(address);
  if (known) return known;
  const promise = fetch(address).then(async (response) => drawn((await response.json()) as Countries));
  loaded.set(address, promise);
  return promise;
}

type Countries = Topology<{ countries: GeometryCollection; land: GeometryCollection }>;

function drawn(topology: Countries): World {
  const projection = geoTransform({
    point(lon, lat) {
      this.stream.point(across(lon), down(lat));
    },
  });
  const path = geoPath(projection);
  const { countries, land } = topology.objects;
  return {
    land: new Path2D(path(feature(topology, land)) ?? ''),
    borders: new Path2D(path(mesh(topology, countries, (a, b) => a !== b)) ?? ''),
  };
}
