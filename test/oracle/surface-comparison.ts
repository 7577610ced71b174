import type { Surface } from '../../hazard/surfaces/surface.js';
import { TOLERANCES, type Comparison } from './comparison.js';
import type { NestedNumbers, SurfaceRecord } from './records.js';

/** Compares what a surface is: corners or nodes, strike, dip, top, width and area. */
export function compareSurface(
  comparison: Comparison,
  surface: Surface,
  record: SurfaceRecord,
  where: string,
  single: boolean,
): void {
  const measure = single ? TOLERANCES.single : TOLERANCES.measure;
  const vertical = record.dip !== null && record.dip !== undefined && Math.abs(record.dip - 90) < 1e-6;
  const planar = record.type === 'PlanarSurface';
  const angle = single ? TOLERANCES.singleAngle : planar ? TOLERANCES.angle : { rtol: 0, atol: 2e-5, period: 360 };
  if (record.strike !== undefined) {
    // of vertical meshes rounding noise decides whether the strike is reversed
    const noisy = alongMeridian(record) ? TOLERANCES.meridian : angle;
    const strikeTolerance = vertical && !planar ? { ...noisy, period: 180 } : noisy;
    comparison.number('strike', surface.strike, record.strike, strikeTolerance, where);
  }
  if (record.dip !== undefined) comparison.number('dip', surface.dip, record.dip, angle, where);
  if (record.ztor !== undefined) comparison.number('ztor', surface.ztor, record.ztor, measure, where);
  if (record.width !== undefined) comparison.number('width', surface.width, record.width, measure, where);
  if (record.area !== undefined) comparison.number('area', surface.area, record.area, measure, where);
  const points = surface.points?.();
  if (!points) return;
  const place = single ? TOLERANCES.single : TOLERANCES.coordinate;
  if (record.corners) {
    const { tl, tr, bl, br } = record.corners;
    const expected = [tl, tr, bl, br];
    comparison.numbers(
      'corners',
      points.lon,
      expected.map(([lon]) => lon),
      place,
      `${where} longitude`,
    );
    comparison.numbers(
      'corners',
      points.lat,
      expected.map(([, lat]) => lat),
      place,
      `${where} latitude`,
    );
  }
  if (record.mesh_shape && record.mesh_corners && record.mesh_shape.length === 2) {
    const [rows, columns] = record.mesh_shape;
    comparison.number('mesh shape', points.lon.length, rows * columns, TOLERANCES.exact, where);
    const corners = [0, columns - 1, (rows - 1) * columns, rows * columns - 1];
    corners.forEach((node, k) => {
      const [lon, lat] = record.mesh_corners![k];
      comparison.number('mesh corners', points.lon[node], lon, place, `${where} corner ${k}`);
      comparison.number('mesh corners', points.lat[node], lat, place, `${where} corner ${k}`);
    });
  }
  if (record.mesh) {
    comparison.numbers('mesh nodes', points.lon, flat(record.mesh.lons), place, `${where} longitude`);
    comparison.numbers('mesh nodes', points.lat, flat(record.mesh.lats), place, `${where} latitude`);
  }
}

/** Whether the strike of a mesh is so close to north or south that rounding noise decides its last digits. */
export function alongMeridian({ type, strike }: SurfaceRecord): boolean {
  return type !== 'PlanarSurface' && Math.abs(Math.sin(((strike ?? 90) * Math.PI) / 180)) < 3e-4;
}

function flat(numbers: NestedNumbers): (number | null)[] {
  return (numbers as readonly (number | null)[]).flat();
}
