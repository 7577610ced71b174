import assert from 'node:assert/strict';
import { known } from '../../../docs/generate/known-source.js';
import { collapseOnGrid } from '../../../hazard/sources/distributed/point-grid.js';
import type { PointRuptures } from '../../../hazard/sources/distributed/point-ruptures.js';
import { prepareSource } from '../../../hazard/sources/registry.js';
import type { PointSource } from '../../../hazard/sources/source.js';
import { contextsOf, DISCRETIZATION, POINT, sitesAt, totalRate } from './contexts.js';
import { assertClose } from '../../tolerance.js';

/** one site near the grid, one far from it */
const SITES = sitesAt([
  [10.05, 45.02],
  [12, 46],
]);

describe('point sources on a grid', () => {
  const sources = Array.from({ length: 12 }, (_, i): PointSource => ({
    ...POINT,
    id: `p${i}`,
    lon: 10 + 0.06 * (i % 4),
    lat: 45 + 0.05 * Math.floor(i / 4),
  }));

  it('become cells that keep all ruptures and the total rate', () => {
    const cells = collapseOnGrid(sources, 10, 0, DISCRETIZATION);
    assert.ok(cells.length < sources.length && cells.length > 1);
    const prepared = cells.map((cell) => prepareSource(cell, DISCRETIZATION));
    assert.equal(
      prepared.reduce((sum, cell) => sum + cell.ruptureCount, 0),
      12 * 16,
    );
    const total = prepared.reduce((sum, cell) => sum + totalRate(cell), 0);
    assertClose(total, 12 * 0.0142, { rtol: 1e-9 });
  });

  it('show near sites every rupture and far sites one per magnitude', () => {
    const [cell] = collapseOnGrid(sources, 100, 3, DISCRETIZATION);
    assert.equal(cell.id, 'cps-003-0001');
    const contexts = contextsOf(prepareSource(cell, DISCRETIZATION), SITES, { pointSourceDistance: 40 });
    const near = contexts.filter(({ site }) => site === 0);
    const far = contexts.filter(({ site }) => site === 1);
    assert.equal(near.length, 12 * 16);
    assert.equal(far.length, 4);
    for (const own of [near, far]) {
      assertClose(
        own.reduce((sum, { rate }) => sum + rate, 0),
        12 * 0.0142,
        { rtol: 1e-9 },
      );
    }
  });

  it('count the planes of their members with their probabilities, whatever the rates of the members', () => {
    const member = (id: string, strike: number, aValue: number, lon: number): PointSource => ({
      ...POINT,
      id,
      lon,
      lat: lon + 35,
      mfd: { kind: 'truncatedGutenbergRichter', aValue, bValue: 1, minMag: 5, maxMag: 6, binWidth: 0.2 },
      nodalPlanes: [{ probability: 1, strike, dip: 60, rake: 0 }],
    });
    const cells = collapseOnGrid([member('a', 10, 3, 10), member('b', 50, 1, 10.01)], 100, 0, DISCRETIZATION);
    assert.equal(cells.length, 1);
    const { mean } = prepareSource(cells[0], DISCRETIZATION) as unknown as { mean: PointRuptures };
    assertClose(mean.seismicity.meanPlane.strike, 30, { atol: 1e-12 });
  });

  it('put rows on the limit between two cells above it, as the reference engine does', () => {
    // hazard near such a limit agrees with OpenQuake engine 3.24-dev in a model with this extent: 21 cells of 0.2666... degrees
    const rows = Array.from({ length: 57 }, (_, k) => Math.round(-4615 + 10 * k) / 100);
    const grid = rows.flatMap((lat) => [10, 11].map((lon) => ({ ...POINT, id: `${lon} ${lat}`, lon, lat })));
    const cells = collapseOnGrid(grid, 30, 0, DISCRETIZATION).map(known);
    for (const limit of [-45.35, -42.95, -42.15, -41.35]) {
      const cell = cells.find(
        (source) => source.type === 'collapsedPoint' && source.members.some(({ lat }) => lat === limit),
      );
      assert.ok(cell?.type === 'collapsedPoint' && cell.members.every(({ lat }) => lat >= limit));
    }
  });

  it('stay as they are on one longitude', () => {
    const column = sources.map((source) => ({ ...source, lon: 10 }));
    assert.deepEqual(collapseOnGrid(column, 10, 0, DISCRETIZATION), column);
  });
});
