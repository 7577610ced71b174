import assert from 'node:assert/strict';
import { coordinate, exponential } from '../../datastore/exports/csv.js';

describe('numbers in CSV files', () => {
  it('are written in E notation with two digits of exponent', () => {
    assert.deepEqual(
      [0.9999998, 1.25e-12, 0, -0, 123456.789, 1e-100].map((value) => exponential(value, 6)),
      ['9.999998E-01', '1.250000E-12', '0.000000E+00', '0.000000E+00', '1.234568E+05', '1.000000E-100'],
    );
  });
  it('never show minus zero as a coordinate', () => assert.equal(coordinate(-1e-9), '0.00000'));
});
