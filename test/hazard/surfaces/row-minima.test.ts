import assert from 'node:assert/strict';
import fc from 'fast-check';
import { RowMinima } from '../../../hazard/surfaces/row-minima.js';

describe('minima over rectangles of a grid', () => {
  it('are those that a search finds, in every slot and after changes', () => {
    const cases = fc.tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 9 })).chain(([rows, columns]) =>
      fc.record({
        rows: fc.constant(rows),
        columns: fc.constant(columns),
        values: fc.array(fc.integer({ min: 0, max: 99 }), {
          minLength: 2 * rows * columns,
          maxLength: 2 * rows * columns,
        }),
        rowRange: fc.tuple(fc.nat(rows - 1), fc.nat(rows - 1)),
        columnRange: fc.tuple(fc.nat(columns - 1), fc.nat(columns - 1)),
      }),
    );
    fc.assert(
      fc.property(cases, ({ rows, columns, values, rowRange, columnRange }) => {
        const minima = new RowMinima(2, rows, columns);
        minima.values.set(values);
        const firstRow = Math.min(...rowRange);
        const firstColumn = Math.min(...columnRange);
        const rectangle = {
          firstRow,
          firstColumn,
          rows: Math.max(...rowRange) - firstRow + 1,
          columns: Math.max(...columnRange) - firstColumn + 1,
        };
        for (const slot of [0, 1]) {
          const inside: number[] = [];
          for (let r = firstRow; r < firstRow + rectangle.rows; r++) {
            for (let c = firstColumn; c < firstColumn + rectangle.columns; c++) {
              inside.push(values[slot * rows * columns + r * columns + c]);
            }
          }
          const least = minima.least(slot, rectangle);
          assert.equal(least, Math.min(...inside));
          assert.equal(minima.values[slot * rows * columns + minima.find(slot, rectangle, least)], least);
        }
        minima.values.fill(100);
        minima.changed(1);
        assert.equal(minima.least(1, rectangle), 100);
      }),
    );
  });

  it('are -1 where a value does not stand', () => {
    assert.equal(new RowMinima(1, 2, 2).find(0, { firstRow: 0, firstColumn: 0, rows: 2, columns: 2 }, 7), -1);
  });
});
