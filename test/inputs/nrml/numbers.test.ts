import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseNumbers, roundCoordinate } from '../../../inputs/nrml/numbers.js';

describe('numbers in text', () => {
  it('are read as exactly as one at a time', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true, noDefaultInfinity: true })), (values) => {
        const words = values.map((value, i) => (i % 2 ? String(value) : value.toFixed(5)));
        const { values: read, bad } = parseNumbers(words.join('\n '));
        assert.equal(bad, undefined);
        assert.deepEqual([...read], words.map(Number));
      }),
    );
  });

  it('stop at a word that is no finite number', () => {
    for (const word of ['x', '1.2.3', 'nan', 'inf', '0x10', '1_0', '--1', '1e999', '.', '-'])
      assert.equal(parseNumbers(`1 2 ${word} 3`).bad, word);
  });

  it('are those of the language also with more decimals than powers of ten are exact', () => {
    const words = [
      '0.0000000000000000000001',
      '0.000000000000000000000012',
      '-0.1234567890123456789012345',
      '12345678901234567.25',
    ];
    assert.deepEqual([...parseNumbers(words.join(' ')).values], words.map(Number));
  });

  it('are rounded to five decimals, ties to even', () => {
    assert.equal(roundCoordinate(1.234565), 1.23456);
    assert.equal(roundCoordinate(-1.5000049), -1.5);
    assert.equal(roundCoordinate(0.5), 0.5);
    // halves go to the even digit, below zero too
    assert.deepEqual(
      [0.000005, 0.000015, 0.000025, -0.000005, -0.000015].map(roundCoordinate),
      [0, 0.00002, 0.00002, 0, -0.00002],
    );
  });
});
