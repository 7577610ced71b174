import assert from 'node:assert/strict';
import type { Scope } from '../../../../inputs/nrml/scope.js';
import type { Element } from '../../../../inputs/nrml/xml.js';
import { checkCrossings, withoutRepetitions } from '../../../../inputs/sources/elements/polyline.js';

/** What is told about a line of [lon, lat] pairs. */
function crossingOf(points: readonly (readonly [number, number])[], closed = false): string | undefined {
  let told: string | undefined;
  const scope = { fault: (_element: unknown, text: string) => (told = text) } as unknown as Scope;
  checkCrossings(Float64Array.from(points.flat()), closed, {} as Element, scope, 'the line');
  return told;
}

/** A staircase to the north-east, away from the diagonal so that longitudes and latitudes differ. */
const STAIRS = Array.from({ length: 30 }, (_, k): [number, number] => [
  Math.ceil(k / 2) * 0.1,
  40 + Math.floor(k / 2) * 0.1,
]);

describe('lines of sources', () => {
  it('of many segments may not come back to their beginning, wherever that lies', () => {
    assert.equal(crossingOf(STAIRS), undefined);
    const [x, y] = STAIRS[4];
    const back: [number, number][] = [...STAIRS, [x - 0.05, y + 2], [x - 0.05, y - 0.15]];
    assert.match(crossingOf(back) ?? '', /^the line crosses itself between its points 3 and 32$/);
  });

  it('may cross in place of longitude and latitude exchanged without being refused', () => {
    const steep: [number, number][] = Array.from({ length: 30 }, (_, k) => [10 + 0.001 * k, -40 + k]);
    assert.equal(crossingOf(steep), undefined);
    assert.equal(crossingOf([...steep, [12, -11], [12, -40]]), undefined);
    assert.match(crossingOf([...steep, [12, -11], [12, -30.5], [9, -30.5]]) ?? '', /crosses itself/);
  });

  it('are looked at across the date line, in either direction', () => {
    // 1 degree to the west, 1 degree back at half the height: both pass 180 E at 0.5 N
    const crossed: [number, number][] = [
      [-179.5, 0],
      [179.5, 1],
      [179.5, 0.4],
      [-179.5, 0.6],
    ];
    for (const line of [crossed, crossed.map(([x, y]): [number, number] => [-x, y])])
      assert.match(crossingOf(line) ?? '', /crosses itself between its points 1 and 4/);
    assert.equal(crossingOf([...crossed.slice(0, 2), [179.5, 1.5], [-179.5, 1.2]]), undefined);
  });

  it('that are closed may not cross either, and may end where they begin', () => {
    const square: [number, number][] = [
      [0, 0],
      [1, 0],
      [1, 1],
      [0, 1],
    ];
    assert.equal(crossingOf(square, true), undefined);
    assert.equal(crossingOf([square[0], square[2], square[1], square[3]], true) !== undefined, true);
    const twice = Float64Array.of(0, 0, 0, 0, 1, 0, 1, 1, 0, 0);
    assert.deepEqual([...withoutRepetitions(twice, true)], [0, 0, 1, 0, 1, 1]);
    assert.deepEqual([...withoutRepetitions(twice, false)], [0, 0, 1, 0, 1, 1, 0, 0]);
  });
});
