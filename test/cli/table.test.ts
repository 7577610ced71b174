import assert from 'node:assert/strict';
import { formatDuration, formatTable } from '../../cli/table.js';

describe('tables on a terminal', () => {
  it('line columns up, numbers to the right and texts to the left', () =>
    assert.equal(
      formatTable(
        ['id', 'name'],
        [
          [7, 'a'],
          [12, 'longer'],
        ],
      ),
      'id  name\n 7  a\n12  longer\n',
    ));

  it('have numbers among texts to the left, and no blanks at the end of a line', () =>
    assert.equal(
      formatTable(
        ['value', 'unit'],
        [
          [7, ''],
          ['none', 'km'],
        ],
      ),
      'value  unit\n7\nnone   km\n',
    ));
});

describe('durations', () => {
  it('are told in two units at most', () =>
    assert.deepEqual([0.04, 9.94, 10, 59.4, 60, 200.7, 3599, 3600, 7530].map(formatDuration), [
      '0.0 s',
      '9.9 s',
      '10 s',
      '59 s',
      '1 min 0 s',
      '3 min 20 s',
      '59 min 59 s',
      '1 h 0 min',
      '2 h 5 min',
    ]));
});
