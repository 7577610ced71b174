import assert from 'node:assert/strict';
import { matches } from './cases.js';
import { compareTables } from './compare.js';
import { parseTable, type Table } from './table.js';
import { assertClose } from '../tolerance.js';

const TOLERANCE = { rtol: 1e-3, atol: 1e-6 };
const tables = (texts: Readonly<Record<string, string>>): Map<string, Table> =>
  new Map(Object.entries(texts).map(([name, text]) => [name, parseTable(text)]));
const compare = (got: Readonly<Record<string, string>>, expected: Readonly<Record<string, string>>) =>
  compareTables(tables(got), tables(expected), TOLERANCE);

describe('comparison of result tables', () => {
  const curve = 'hazard_curve-mean-PGA';

  it('goes by the names of the columns, whatever their order, and skips comments', () => {
    const { worst, mismatches, figures } = compare(
      { [curve]: '#,,"kind=\'mean\'"\r\nlat,lon,poe-0.1\r\n2.0,1.0,5.000000E-01\r\n' },
      { [curve]: 'lon,lat,poe-0.1\n1.00000,2.00000,5.000000E-01\n' },
    );
    assert.deepEqual({ ratio: worst.ratio, mismatches, figures }, { ratio: 0, mismatches: [], figures: 3 });
  });

  it('tells the worst figure in units of what is allowed, and where it is', () => {
    const { worst } = compare(
      { [curve]: 'lon,poe-0.1,poe-0.2\n1,0.5,0.1002\n' },
      { [curve]: 'lon,poe-0.1,poe-0.2\n1,0.5001,0.1\n' },
    );
    assertClose(worst.ratio, 0.0002 / (1e-6 + 1e-4), { atol: 1e-9 });
    assert.match(worst.where, /hazard_curve-mean-PGA row 1 poe-0\.2: 0\.1002 instead of 0\.1/);
  });

  it('holds names, rows and missing columns to be exact', () => {
    const rows = compare({ [curve]: 'lon,poe-0.1\n1,0.5\n' }, { [curve]: 'lon,poe-0.1\n1,0.5\n2,0.5\n' });
    assert.match(rows.mismatches[0], /1 rows instead of 2/);
    const columns = compare({ [curve]: 'lon,poe-0.3\n1,0.5\n' }, { [curve]: 'lon,poe-0.1\n1,0.5\n' });
    assert.equal(columns.mismatches.length, 2);
    assert.match(compare({}, { [curve]: 'lon\n1\n' }).mismatches[0], /was not written/);
  });

  it('names the features whose tables are not made', () => {
    assert.deepEqual(compare({}, { 'Mag_Dist-0': 'a\n1\n', 'conditional-spectrum-0': 'a\n1\n' }).missing, [
      'disaggregation',
      'output conditional',
    ]);
  });

  it('compares paths without their dots, weights to 1e-6', () => {
    const header = 'rlz_id,branch_path,weight\n';
    const same = compare({ realizations: `${header}0,A.B~C,0.5\n` }, { realizations: `${header}0,AB~C,0.5000001\n` });
    assert.deepEqual(same.mismatches, []);
    assert.ok(same.worst.ratio < 1);
    const other = compare({ realizations: `${header}0,AC~C,0.5\n` }, { realizations: `${header}0,AB~C,0.50001\n` });
    assert.equal(other.mismatches.length, 1);
    assert.ok(other.worst.ratio > 1);
  });

  it('excuses a map value where the curve is flat at the wanted probability', () => {
    const curves = 'lon,lat,depth,poe-0.1000000,poe-0.2000000,poe-0.3000000\n0,0,0,5E-01,1E-01,1E-01\n';
    const map = (value: string): Record<string, string> => ({ 'hazard_map-mean': `lon,lat,PGA-0.1\n0,0,${value}\n` });
    const expected = { [curve]: curves, ...map('2.000000E-01') };
    assert.ok(compare({ [curve]: curves, ...map('2.500000E-01') }, expected).worst.ratio <= 1);
    assert.ok(compare({ [curve]: curves, ...map('1.500000E-01') }, expected).worst.ratio > 1);
  });

  it('does not take what is not a number for agreement', () => {
    assert.equal(
      compare({ [curve]: 'lon,poe-0.1\n1,NaN\n' }, { [curve]: 'lon,poe-0.1\n1,0.5\n' }).mismatches.length,
      1,
    );
  });

  it('reads quoted cells', () => {
    assert.deepEqual(parseTable('a,b\n"x, ""y""",2\n').rows, [['x, "y"', '2']]);
  });

  it('picks cases by a part of their id or by a pattern', () => {
    assert.ok(matches('classical/case_12', 'case_1'));
    assert.ok(matches('classical/case_12', 'classical/*'));
    assert.ok(!matches('classical/case_12', 'case_1?'));
    assert.ok(matches('classical/case_12', '*/case_1?'));
  });
});
