import assert from 'node:assert/strict';
import { contentHash, sameContent, SharedParts } from '../../../hazard/logictree/content.js';

describe('content of plain data', () => {
  const long = (last: number): number[] => [1, 2, 3, 4, 5, 6, 7, 8, 9, last];
  /** pairs that say the same */
  const SAME: readonly (readonly [unknown, unknown])[] = [
    [
      { a: 1, b: [2, { c: 'x' }] },
      { b: [2, { c: 'x' }], a: 1 },
    ],
    [{ a: 1 }, { a: 1, b: undefined }],
    [{ a: 1, b: undefined }, { a: 1 }],
    [Float64Array.of(1, NaN), Float64Array.of(1, NaN)],
    [long(10), long(10)],
    [{ rows: long(10) }, { rows: long(10) }],
  ];
  /** pairs that do not */
  const OTHER: readonly (readonly [unknown, unknown])[] = [
    [{ a: 1 }, { a: 2 }],
    [{ a: 1 }, { a: 1, b: 2 }],
    [{ a: 1, b: 2 }, { a: 1 }],
    [{ a: { b: 1 } }, { a: { c: 1 } }],
    [
      [1, 2],
      [2, 1],
    ],
    [
      [1, 2],
      [1, 2, 3],
    ],
    [long(10), long(11)],
    [Float64Array.of(0), Float64Array.of(-0)],
    [Float64Array.of(1), Int32Array.of(1)],
    ['1', 1],
    [[], {}],
    [null, {}],
  ];

  it('is the same whatever the order of properties; absent is as undefined', () => {
    for (const [a, b] of SAME) {
      assert.ok(sameContent(a, b), JSON.stringify([a, b]));
      assert.equal(contentHash(a), contentHash(b), JSON.stringify([a, b]));
    }
  });

  it('differs by any value, name, length or type of numbers', () => {
    for (const [a, b] of OTHER) {
      assert.ok(!sameContent(a, b), JSON.stringify([a, b]));
      assert.ok(!sameContent(b, a), JSON.stringify([b, a]));
    }
  });

  it('is held once, however often it comes', () => {
    const parts = new SharedParts();
    const first = { rows: long(10) };
    assert.equal(parts.of(first), first);
    assert.equal(parts.of({ rows: long(10) }), first);
    const other = { rows: long(11) };
    assert.equal(parts.of(other), other);
  });
});
