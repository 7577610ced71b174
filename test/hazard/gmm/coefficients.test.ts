import assert from 'node:assert/strict';
import { CoefficientTable, notAKnot } from '../../../hazard/gmm/coefficients.js';
import { parseImt } from '../../../hazard/gmm/imt.js';
import { Refusal } from '../../../hazard/refusal.js';
import { assertClose } from '../../tolerance.js';

const ROWS = [
  ['PGA', 1],
  ['SA(0.1)', 2],
  ['SA(1.0)', 4],
  ['SA(2.0)', 8],
  ['SA(4.0)', 16],
] as const;
const columns = ['imt', 'c'];

describe('a table of coefficients', () => {
  it('gives the rows as they are, whatever the order of the periods', () => {
    const table = new CoefficientTable({ columns, rows: [...ROWS].reverse() });
    assert.equal(table.row(parseImt('PGA'), 'model').c, 1);
    assert.equal(table.row(parseImt('SA(1)'), 'model').c, 4);
    assert.deepEqual(table.imts, [{ kind: 'PGA' }, { kind: 'SA', minimum: 0.1, maximum: 4 }]);
  });

  it('interpolates straight in ln of the period', () => {
    const table = new CoefficientTable({ columns, rows: ROWS });
    assertClose(table.row(parseImt(`SA(${Math.sqrt(0.1)})`), 'model').c, 3, { atol: 1e-12 });
  });

  it('interpolates straight in the period where the table says so', () => {
    const table = new CoefficientTable({ columns, rows: ROWS, interpolation: 'linearInPeriod' });
    assertClose(table.row(parseImt('SA(1.5)'), 'model').c, 6, { atol: 1e-12 });
  });

  it('interpolates by a cubic in log10 of the period where the table says so', () => {
    const cube = (t: number) => 1 + t - 2 * t * t + 0.5 * t * t * t;
    const rows = [0.01, 0.1, 0.5, 2, 10].map((t) => [`SA(${t})`, cube(Math.log10(t))] as const);
    const table = new CoefficientTable({ columns, rows, interpolation: 'cubicInLog10Period' });
    for (const t of [0.02, 0.3, 1.1, 7]) {
      const { c } = table.row(parseImt(`SA(${t})`), 'model');
      assertClose(c, cube(Math.log10(t)), { atol: 1e-12 }, `${t}: ${c}`);
    }
  });

  it('refuses what it does not cover, naming model, measure and range', () => {
    const table = new CoefficientTable({ columns, rows: ROWS });
    for (const name of ['SA(0.05)', 'SA(5.0)', 'PGV', 'SA(1.0,10)'])
      assert.throws(
        () => table.row(parseImt(name), 'Model2020'),
        (error) =>
          error instanceof Refusal && error.message.includes('Model2020') && error.message.includes('SA(0.1 to 4 s)'),
        name,
      );
  });
});

describe('the not-a-knot spline', () => {
  it('is a cubic itself through points of a cubic, also beyond the inner knots', () => {
    const cube = (t: number) => 3 - t + t * t * t;
    const x = [0, 1, 2.5, 3, 7];
    for (const t of [0.3, 1.7, 2.9, 6.5]) assertClose(notAKnot(x, x.map(cube), t), cube(t), { atol: 1e-10 });
  });
});

describe('intensity measure types', () => {
  it('have one spelling each', () => {
    assert.equal(parseImt(' SA(0.10) ').name, 'SA(0.1)');
    assert.equal(parseImt('SA(1)').name, 'SA(1.0)');
    assert.equal(parseImt('SA(.5, 2)').name, 'SA(0.5,2)');
    assert.equal(parseImt('AvgSA(2)').name, 'AvgSA(2.0)');
    assert.equal(parseImt('EAS(5)').period, 5);
    assert.equal(parseImt('PGA').period, 0);
  });

  it('are refused when they are none, naming the text', () => {
    for (const text of ['SA', 'sa(1.0)', 'SA()', 'SA(0)', 'SA(-1)', 'PGA(1.0)', 'XYZ', 'SA(1e)'])
      assert.throws(
        () => parseImt(text),
        (error) => error instanceof Refusal && error.message.includes(`'${text}'`),
        text,
      );
  });
});
