import type {
  ComplexFaultGeometry,
  GriddedGeometry,
  KiteGeometry,
  PlanarGeometry,
  SimpleFaultGeometry,
  SurfaceGeometry,
} from '../../../hazard/sources/source.js';
import { greatCircleDistance } from '../../../hazard/geo/distance.js';
import { PLAUSIBLE } from '../../plausible.js';
import { roundCoordinate } from '../../nrml/numbers.js';
import { checkCrossings } from './polyline.js';
import { DEPTH, DIP, LATITUDE, LONGITUDE, NOT_NEGATIVE, POSITIVE, STRIKE, type Scope } from '../../nrml/scope.js';
import type { Element } from '../../nrml/xml.js';

/** Surfaces by tag. `withSpacing`: the geometry brings its own mesh step (in logic trees; elsewhere the job's counts). */
const READERS: Readonly<Record<string, (element: Element, scope: Scope, withSpacing: boolean) => SurfaceGeometry>> = {
  simpleFaultGeometry: readSimpleFaultGeometry,
  complexFaultGeometry: readComplexFaultGeometry,
  kiteSurface: readKiteSurface,
  planarSurface: (element, scope) => readPlanarSurface(element, scope),
  griddedSurface: (element, scope) => readGriddedSurface(element, scope),
};

/** All surfaces among the children of an element. Errors: Refusal if there is none. */
export function readSurfaces(parent: Element, scope: Scope, withSpacing = false): SurfaceGeometry[] {
  const found = scope.childrenNamed(parent, ...Object.keys(READERS));
  if (found.length === 0)
    throw scope.refusal(parent, `<${parent.name}> needs a surface`, {
      code: 'INVALID_VALUE',
      allowed: Object.keys(READERS).join(', '),
    });
  return found.map((element) => READERS[element.name](element, scope, withSpacing));
}

/** Coordinates in the text of an element: longitude and latitude rounded, [lon, lat] or [lon, lat, depth] repeated. */
export function readCoordinates(element: Element, scope: Scope, dimensions: 2 | 3, least = 1): Float64Array {
  const values = scope.numbers(element);
  if (values.length % dimensions !== 0) {
    const each = dimensions === 2 ? 'longitude and latitude' : 'longitude, latitude and depth';
    throw scope.refusal(element, `${values.length} numbers are not whole points`, {
      code: 'INVALID_VALUE',
      allowed: `${each} for each point`,
    });
  }
  if (values.length > 0 && values.length < least * dimensions)
    scope.fault(element, `${values.length / dimensions} points are too few`, {
      code: 'INVALID_GEOMETRY',
      allowed: `at least ${least}`,
    });
  for (let i = 0; i < values.length; i += dimensions) {
    values[i] = roundCoordinate(values[i]);
    values[i + 1] = roundCoordinate(values[i + 1]);
    if (!LONGITUDE.test(values[i])) outside(element, scope, 'longitude', values[i], LONGITUDE.allowed);
    if (!LATITUDE.test(values[i + 1])) outside(element, scope, 'latitude', values[i + 1], LATITUDE.allowed);
    if (dimensions === 3 && !DEPTH.test(values[i + 2])) outside(element, scope, 'depth', values[i + 2], DEPTH.allowed);
  }
  if (least === 2) checkSteps(element, scope, values, dimensions);
  return scope.shared.of(values);
}

/** Warns of, or refuses, neighbouring points of a line that lie so far from each other that a digit or a sign of one must be wrong. */
function checkSteps(element: Element, scope: Scope, values: Float64Array, dimensions: 2 | 3): void {
  const { most, usual } = PLAUSIBLE.pointsApart;
  for (let i = dimensions; i < values.length; i += dimensions) {
    const from = i - dimensions;
    const step = greatCircleDistance(values[from], values[from + 1], values[i], values[i + 1]);
    if (!(step > usual)) continue;
    const points = `${values[from]} ${values[from + 1]} and ${values[i]} ${values[i + 1]}`;
    const message = `the points ${points} are ${Math.round(step)} km from each other`;
    if (step > most) scope.fault(element, message, { code: 'INVALID_GEOMETRY', allowed: `up to ${most} km` });
    else scope.warn(element, message);
    return;
  }
}

function outside(element: Element, scope: Scope, key: string, value: number, allowed: string): void {
  scope.fault(element, 'out of range', { code: 'INVALID_VALUE', key, value: String(value), allowed });
}

/** lon, lat and depth attributes of a point. */
export function readPosition(element: Element, scope: Scope): [number, number, number] {
  return [
    roundCoordinate(scope.attribute(element, 'lon', LONGITUDE)),
    roundCoordinate(scope.attribute(element, 'lat', LATITUDE)),
    scope.attribute(element, 'depth', DEPTH),
  ];
}

/** Reads `simpleFaultGeometry`; spacing only where asked for. */
export function readSimpleFaultGeometry(element: Element, scope: Scope, withSpacing = false): SimpleFaultGeometry {
  const line = scope.need(element, 'LineString', 'posList');
  const flat = readCoordinates(line, scope, 2, 2);
  checkCrossings(flat, false, line, scope, 'the trace of the fault');
  const trace = new Float64Array((flat.length / 2) * 3);
  for (let i = 0; 2 * i < flat.length; i++) trace.set([flat[2 * i], flat[2 * i + 1], 0], 3 * i);
  const dip = scope.number(scope.need(element, 'dip'), DIP);
  const upperSeismogenicDepth = scope.number(scope.need(element, 'upperSeismoDepth'), NOT_NEGATIVE);
  const lower = scope.need(element, 'lowerSeismoDepth');
  const lowerSeismogenicDepth = scope.number(lower, DEPTH);
  if (lowerSeismogenicDepth <= upperSeismogenicDepth)
    scope.fault(lower, 'must be below the upper seismogenic depth', {
      code: 'INVALID_GEOMETRY',
      key: 'lowerSeismoDepth',
      value: String(lowerSeismogenicDepth),
      allowed: `more than ${upperSeismogenicDepth} km`,
    });
  const geometry = { kind: 'simpleFault' as const, trace, dip, upperSeismogenicDepth, lowerSeismogenicDepth };
  return scope.shared.of(
    withSpacing ? { ...geometry, spacing: scope.attribute(element, 'spacing', POSITIVE) } : geometry,
  );
}

/** Reads `complexFaultGeometry`; spacing only where asked for. */
export function readComplexFaultGeometry(element: Element, scope: Scope, withSpacing = false): ComplexFaultGeometry {
  scope.need(element, 'faultTopEdge');
  scope.need(element, 'faultBottomEdge');
  const edges = scope
    .childrenNamed(element, 'faultTopEdge', 'intermediateEdge', 'faultBottomEdge')
    .map((edge) => readCoordinates(scope.need(edge, 'LineString', 'posList'), scope, 3, 2));
  const geometry = { kind: 'complexFault' as const, edges };
  return scope.shared.of(
    withSpacing ? { ...geometry, spacing: scope.attribute(element, 'spacing', POSITIVE) } : geometry,
  );
}

/** Profiles; in a logic tree a `spacing` of the mesh may come along. */
export function readKiteSurface(element: Element, scope: Scope, withSpacing = false): KiteGeometry {
  const found = scope.childrenNamed(element, 'profile');
  if (found.length < 2)
    throw scope.refusal(element, `${found.length} profiles are too few`, {
      code: 'INVALID_GEOMETRY',
      allowed: 'at least 2',
    });
  const profiles = found.map((p) => readCoordinates(scope.need(p, 'LineString', 'posList'), scope, 3, 2));
  const spacing = withSpacing ? scope.optionalAttribute(element, 'spacing', POSITIVE) : undefined;
  return scope.shared.of({ kind: 'kite' as const, profiles, ...(spacing !== undefined && { spacing }) });
}

const CORNERS = ['topLeft', 'topRight', 'bottomLeft', 'bottomRight'] as const;

function readPlanarSurface(element: Element, scope: Scope): PlanarGeometry {
  const corners = new Float64Array(12);
  CORNERS.forEach((name, i) => corners.set(readPosition(scope.need(element, name), scope), 3 * i));
  const strike = scope.optionalAttribute(element, 'strike', STRIKE);
  const dip = scope.optionalAttribute(element, 'dip', DIP);
  return { kind: 'planar', corners, ...(strike !== undefined && { strike }), ...(dip !== undefined && { dip }) };
}

function readGriddedSurface(element: Element, scope: Scope): GriddedGeometry {
  return { kind: 'gridded', points: readCoordinates(scope.need(element, 'posList'), scope, 3) };
}
