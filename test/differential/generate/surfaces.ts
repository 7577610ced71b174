/** Random geometries of faults, as XML. Depths and lengths in km. */
import type { Draft, Place } from './draft.js';

/** Upper and lower depth of the seismogenic layer of a region. */
export function layer({ random }: Draft, region: string): [number, number] {
  if (region === 'Subduction IntraSlab') {
    const upper = random.pick([40, 50, 80]);
    return [upper, upper + random.pick([10, 20, 40])];
  }
  const upper = random.pick([0, 0, 0, 1, 5, 10]);
  return [upper, upper + random.pick([5, 10, 15, 20])];
}

const line = (points: readonly string[]): string =>
  `<gml:LineString><gml:posList>${points.join(' ')}</gml:posList></gml:LineString>`;
const spaced = (spacing: number | undefined): string => (spacing === undefined ? '' : ` spacing="${spacing}"`);
const at = ([lon, lat]: Place, depth?: number): string =>
  `${lon} ${lat}${depth === undefined ? '' : ` ${depth.toFixed(3)}`}`;

/** A trace of 2 to 4 points and 12 to 40 km. */
function trace(draft: Draft): Place[] {
  const { random } = draft;
  const length = random.pick([12, 25, 40]);
  const points = [draft.near(40)];
  const segments = random.pick([1, 1, 2, 3]);
  const course = random.real(0, 360);
  for (let k = 0; k < segments; k++)
    points.push(draft.from(points[k], course + random.real(-25, 25), length / segments));
  return points;
}

export function simpleFault(draft: Draft, region: string, spacing?: number): string {
  const { random } = draft;
  const [upper, deepest] = layer(draft, region);
  const dip = random.pick([90, 75.5, 60, 45, 30, 15]);
  const lower = dip < 40 ? Math.min(deepest, upper + 10) : deepest;
  return (
    `<simpleFaultGeometry${spaced(spacing)}>${line(trace(draft).map((point) => at(point)))}<dip>${dip}</dip>` +
    `<upperSeismoDepth>${upper}</upperSeismoDepth><lowerSeismoDepth>${lower}</lowerSeismoDepth></simpleFaultGeometry>`
  );
}

export function complexFault(draft: Draft, region: string, spacing?: number): string {
  const { random } = draft;
  draft.offer('rupture_mesh_spacing', random.pick([2, 2.5, 3, 4, 5]));
  draft.offer('complex_fault_mesh_spacing', Number(draft.ini.rupture_mesh_spacing) + random.pick([0, 0, 1, 3]));
  const [upper, lower] = layer(draft, region);
  const top = trace(draft);
  const course = random.real(0, 360);
  const edges = random.pick([2, 2, 3]);
  const away = (lower - upper) * random.pick([0.6, 1, 1.7]);
  // dips to the right of the first segment
  const along = bearing(top[0], top[1]);
  const rows = Array.from({ length: edges }, (_, e) => {
    const part = e / (edges - 1);
    const points = top.map((point) =>
      e === 0 ? point : draft.from(point, along + 90 + random.real(-8, 8), away * part),
    );
    const depth = upper + (lower - upper) * part;
    const tag = e === 0 ? 'faultTopEdge' : e === edges - 1 ? 'faultBottomEdge' : 'intermediateEdge';
    return `<${tag}>${line(points.map((point) => at(point, depth + (e && course > 180 ? random.real(0, 0.8) : 0))))}</${tag}>`;
  });
  return `<complexFaultGeometry${spaced(spacing)}>${rows.join('')}</complexFaultGeometry>`;
}

function bearing([lon, lat]: Place, [lon2, lat2]: Place): number {
  const east = (((lon2 - lon + 540) % 360) - 180) * Math.cos((lat * Math.PI) / 180);
  return (Math.atan2(east, lat2 - lat) * 180) / Math.PI;
}

export function kite(draft: Draft, region: string, spacing?: number): string {
  const { random } = draft;
  const [upper, deepest] = layer(draft, region);
  const lower = Math.min(deepest, upper + 20);
  const course = random.real(0, 360);
  let top = draft.near(30);
  const profiles = Array.from({ length: random.pick([2, 3, 3, 4]) }, () => {
    const away = random.real(2, 12);
    const nodes = random.pick([2, 2, 3]);
    const bottom = lower + random.real(0, 2);
    const across = course + 90 + random.real(-3, 3);
    const points = Array.from({ length: nodes }, (_, n) => {
      const part = n / (nodes - 1);
      return at(part === 0 ? top : draft.from(top, across, away * part), upper + (bottom - upper) * part);
    });
    top = draft.from(top, course + random.real(-8, 8), random.pick([12, 16, 20]));
    return `<profile>${line(points)}</profile>`;
  });
  return `<kiteSurface${spaced(spacing)}>${profiles.join('')}</kiteSurface>`;
}

/** A rectangle, and the far end of its upper edge. */
export function plane(draft: Draft, region: string, start?: Place): { xml: string; end: Place } {
  const { random } = draft;
  const [upper, lower] = layer(draft, region);
  const strike = random.integer(0, 359);
  const dip = random.pick([90, 80, 60, 45, 30]);
  const sine = Math.sin((dip * Math.PI) / 180);
  const width = Math.min((lower - upper) / sine, 20);
  const first = start ?? draft.near(30);
  const end = draft.from(first, strike, random.pick([10, 20, 35]));
  const across = width * Math.cos((dip * Math.PI) / 180);
  const below = (point: Place): Place => (dip === 90 ? point : draft.from(point, strike + 90, across));
  const corners: readonly [string, Place, number][] = [
    ['topLeft', first, upper],
    ['topRight', end, upper],
    ['bottomLeft', below(first), upper + width * sine],
    ['bottomRight', below(end), upper + width * sine],
  ];
  const rows = corners.map(
    ([tag, [lon, lat], depth]) => `<${tag} lon="${lon}" lat="${lat}" depth="${depth.toFixed(4)}"/>`,
  );
  return { xml: `<planarSurface strike="${strike}" dip="${dip}">${rows.join('')}</planarSurface>`, end };
}

function gridded(draft: Draft, region: string): string {
  const { random } = draft;
  const [upper] = layer(draft, region);
  const start = draft.near(30);
  const course = random.real(0, 360);
  const [rows, columns] = [random.integer(2, 5), random.integer(2, 3)];
  const points: string[] = [];
  for (let r = 0; r < rows; r++)
    for (let c = 0; c < columns; c++)
      points.push(at(draft.from(draft.from(start, course, 5 * r), course + 90, 4 * c), upper + 4 * c + 0.5));
  return `<griddedSurface><gml:posList>${points.join(' ')}</gml:posList></griddedSurface>`;
}

export type SurfaceKind = 'simple' | 'complex' | 'plane' | 'planes' | 'kite' | 'kites' | 'grid';

export function surface(
  draft: Draft,
  region: string,
  kinds: readonly SurfaceKind[],
): { kind: SurfaceKind; xml: string } {
  const { random } = draft;
  draft.offer('rupture_mesh_spacing', random.pick([2, 2.5, 3, 4, 5]));
  const kind = random.pick(kinds);
  switch (kind) {
    case 'simple':
      return { kind, xml: simpleFault(draft, region) };
    case 'complex':
      return { kind, xml: complexFault(draft, region) };
    case 'plane':
      return { kind, xml: plane(draft, region).xml };
    case 'planes': {
      let end: Place | undefined;
      const parts = Array.from({ length: random.pick([2, 3]) }, () => {
        const part = plane(draft, region, end);
        end = part.end;
        return part.xml;
      });
      return { kind, xml: parts.join('') };
    }
    case 'kite':
      return { kind, xml: kite(draft, region) };
    case 'kites':
      return { kind, xml: kite(draft, region) + kite(draft, region) };
    case 'grid':
      return { kind, xml: gridded(draft, region) };
  }
}
