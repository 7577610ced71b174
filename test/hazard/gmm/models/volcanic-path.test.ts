import assert from 'node:assert/strict';
import { ContextBatch } from '../../../../hazard/contexts/context-batch.js';
import { pathLengths, readVolcanicZones } from '../../../../hazard/gmm/models/volcanic-path.js';
import { assertClose } from '../../../tolerance.js';

const DEGREE = (Math.PI / 180) * 6371;
const zone = (west: number, east: number): string =>
  JSON.stringify({
    type: 'FeatureCollection',
    features: [
      {
        type: 'Feature',
        properties: { id: 'z' },
        geometry: { type: 'Polygon', coordinates: [[[west, -1], [east, -1], [east, 1], [west, 1]]] },
      },
    ],
  }); // prettier-ignore

/** Length inside the zone of the path along the equator from longitude 0 to 1. */
function along(text: string): number {
  const batch = new ContextBatch(1, new Set(), new Set(['clon', 'clat']));
  batch.clon[0] = 1;
  batch.commitRupture(1);
  const sites = { size: 1, numeric: { lon: Float64Array.of(0), lat: Float64Array.of(0) }, text: {} };
  const out = new Float64Array(1);
  pathLengths(readVolcanicZones(text, 'zones.geojson'), sites, batch, out);
  return out[0];
}

describe('path through volcanic zones', () => {
  it('is the part of the great circle inside the zones, to one step of the sampling', () => {
    const atol = DEGREE / 99;
    assertClose(along(zone(0.25, 0.75)), 0.5 * DEGREE, { atol });
  });

  it('is held between 12 and 80 km, and nothing outside every zone', () => {
    assert.equal(along(zone(0.48, 0.52)), 12);
    assert.equal(along(zone(-1, 2)), 80);
    assert.equal(along(zone(2, 3)), 0);
  });

  it('refuses files without polygons, naming the file', () => {
    assert.throws(() => readVolcanicZones('{}', 'zones.geojson'), /zones\.geojson/);
    assert.throws(() => readVolcanicZones('volcano', 'zones.geojson'), /zones\.geojson/);
  });
});
