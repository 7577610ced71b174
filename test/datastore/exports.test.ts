/** Exporters beside a calculation made up for them: what a whole job seldom shows. */
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Calculation, CurveKind } from '../../datastore/calculation.js';
import { commentValue, coordinate, exponential, writeCsv } from '../../datastore/exports/csv.js';
import { ExportError, exportedKinds, fileStem, siteCells } from '../../datastore/exports/export.js';
import { hcurves } from '../../datastore/exports/hcurves.js';
import { hmaps } from '../../datastore/exports/hmaps.js';
import { realizations } from '../../datastore/exports/realizations.js';
import { uhs } from '../../datastore/exports/uhs.js';

const MEAN: CurveKind = { name: 'mean', dataset: 'stats', row: 0 };
const QUANTILE: CurveKind = { name: 'quantile-0.5', dataset: 'stats', row: 1 };
const SINGLE: CurveKind[] = [0, 1].map((row) => ({ name: `rlz-00${row}`, dataset: 'rlzs', row }));

interface MadeUp {
  readonly kinds?: readonly CurveKind[];
  readonly parameters?: Readonly<Record<string, unknown>>;
  readonly imts?: readonly string[];
  readonly poes?: readonly number[];
  readonly depths?: readonly number[];
  readonly ids?: readonly string[];
  readonly datasets?: readonly string[];
  readonly paths?: number;
}

/** Curves and maps tell their site, measure and place: 100 site + 10 measure + place. */
function madeUp({
  kinds = [MEAN],
  parameters = {},
  imts = ['PGA'],
  poes = [0.1, 0.02],
  depths = [0, 0],
  ids,
  datasets = [],
  paths = 2,
}: MadeUp = {}): Calculation {
  const size = depths.length;
  const values = (m: number, first: number, last: number, places: number): Float64Array =>
    Float64Array.from({ length: (last - first) * places }, (_, k) => {
      return 100 * (first + Math.floor(k / places)) + 10 * m + (k % places);
    });
  const columns = {
    lon: Float64Array.from(depths, (_, k) => 10 + k / 4),
    lat: Float64Array.from(depths, (_, k) => -45 - k / 4),
    depth: Float64Array.from(depths),
    ...(ids && { custom_site_id: ids }),
  };
  const made = {
    id: 7,
    engineVersion: '1',
    date: '2026-01-02T03:04:05',
    checksum: 99,
    parameters: { investigation_time: 50, ...parameters },
    imts,
    poes,
    levels: imts.map(() => Float64Array.of(0.1, 0.2, 0.4)),
    siteCount: size,
    sites: () => ({ columns, size }),
    kinds: () => kinds,
    has: (name: string) => datasets.includes(name),
    curves: (_kind: CurveKind, m: number, first: number, last: number) => values(m, first, last, 3),
    maps: (_kind: CurveKind, m: number, first: number, last: number) => values(m, first, last, poes.length),
    realizations: () =>
      Object.assign(
        Array.from({ length: Math.min(paths, 3) }, (_, k) => ({ path: `A~${k}`, weight: 1 / 3 })),
        paths > 3 ? { length: paths } : {},
      ),
  };
  return made as unknown as Calculation;
}

describe('the dialect of exported tables', () => {
  it('writes numbers with an exponent of two digits, zero without a sign, and what is no number as NAN', () => {
    assert.deepEqual(
      [1234.5678, 0.00012345, -0, 0, NaN, 1e-123].map((value) => exponential(value, 3)),
      ['1.235E+03', '1.234E-04', '0.000E+00', '0.000E+00', 'NAN', '1.000E-123'],
    );
    assert.deepEqual([1 / 3, -1e-9, -1.5].map(coordinate), ['0.33333', '0.00000', '-1.50000']);
  });

  it('writes values of the comment row as Python does', () => {
    assert.equal(commentValue('mean'), "'mean'");
    assert.equal(commentValue(50), '50.0');
    assert.equal(commentValue(50, true), '50');
    assert.equal(commentValue(0.5), '0.5');
    assert.equal(commentValue([1, 2.5, 'a']), "[1.0, 2.5, 'a']");
  });
});

describe('exported tables', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'terrane-exports-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const COMMENT = `"generated_by='Terrane 1', start_date='2026-01-02T03:04:05', checksum=99, a='b'"`;

  it('quote the cells that need it, and end every line with CR LF', () => {
    const path = join(folder, 'a.csv');
    writeCsv(path, madeUp(), ["a='b'"], ['x', 'y', 'z,w'], [['plain', 'with "quotes"', 'two\r\nlines']]);
    const lines = [`#,,${COMMENT}`, 'x,y,"z,w"', 'plain,"with ""quotes""","two\r\nlines"', ''];
    assert.equal(readFileSync(path, 'utf8'), lines.join('\r\n'));
    writeCsv(path, madeUp(), ["a='b'"], ['x'], []);
    assert.equal(readFileSync(path, 'utf8'), [`#,${COMMENT}`, 'x', ''].join('\r\n'));
  });

  it('of more than a megabyte hold every row once, in order', () => {
    const path = join(folder, 'long.csv');
    const row = 'x'.repeat(1000);
    const rows = Array.from({ length: 3000 }, (_, k) => [String(k), row]);
    writeCsv(path, madeUp(), [], ['number', 'text'], rows);
    const lines = readFileSync(path, 'utf8').split('\r\n').slice(2, -1);
    assert.deepEqual(
      lines,
      rows.map((cells) => cells.join(',')),
    );
  });

  it('that cannot be finished are removed', () => {
    const path = join(folder, 'broken.csv');
    const rows = function* (): Generator<string[]> {
      yield ['1'];
      throw new RangeError('no more');
    };
    assert.throws(() => writeCsv(path, madeUp(), [], ['x'], rows()), /no more/);
    assert.equal(existsSync(path), false);
  });

  it('of curves, maps and spectra have every site of a long list in its place', () => {
    const imts = ['PGA', 'SA(0.2)'];
    const parameters = { hazard_maps: true, uniform_hazard_spectra: true };
    const many = madeUp({ depths: new Array<number>(1003).fill(0), imts, parameters });
    for (const output of [hcurves, hmaps, uhs]) {
      const [path] = output.write(many, 'csv', folder);
      const rows = readFileSync(path, 'utf8')
        .split('\r\n')
        .slice(2, -1)
        .map((line) => line.split(','));
      assert.equal(rows.length, 1003, output.type);
      const from = output === hcurves ? 3 : 2;
      const own = { hcurves: [0, 1, 2], hmaps: [0, 1, 10, 11], uhs: [0, 10, 1, 11] }[output.type as 'uhs'];
      for (const site of [0, 999, 1000, 1002]) {
        assert.deepEqual(
          rows[site].slice(from).map(Number),
          own.map((value) => 100 * site + value),
          `${output.type} ${site}`,
        );
        assert.deepEqual(rows[site].slice(0, 2).map(Number), [10 + site / 4, -45 - site / 4]);
      }
    }
  });

  it('name sites where the job does, and have depths where one is not 0', () => {
    const ids = ['near', 'far'];
    const flat = siteCells(madeUp({ ids }), 'off sea level');
    assert.deepEqual(flat.header, ['custom_site_id', 'lon', 'lat']);
    assert.deepEqual(flat.cells(1, String), ['far', '10.25', '-45.25']);
    const high = siteCells(madeUp({ depths: [0, -1.5] }), 'off sea level');
    assert.deepEqual(high.header, ['lon', 'lat', 'depth']);
    assert.deepEqual(high.cells(1, String), ['10.25', '-45.25', '-1.5']);
    assert.deepEqual(siteCells(madeUp(), 'always').header, ['lon', 'lat', 'depth']);
    for (const output of [hmaps, uhs]) {
      const headerOf = (calculation: Calculation): string =>
        readFileSync(output.write(calculation, 'csv', folder)[0], 'utf8').split('\r\n')[1];
      assert.ok(headerOf(madeUp()).startsWith('lon,lat,') && !headerOf(madeUp()).includes('depth'));
      assert.ok(headerOf(madeUp({ depths: [0, -1.5] })).startsWith('lon,lat,depth,'));
    }
  });

  it('are named after kind, measure and calculation', () => {
    const kinds = [MEAN, QUANTILE];
    const names = hcurves
      .write(madeUp({ kinds, imts: ['PGA', 'SA(0.2)'] }), 'csv', folder)
      .map((path) => basename(path));
    assert.deepEqual(names, [
      'hazard_curve-mean-PGA_7.csv',
      'hazard_curve-mean-SA(0.2)_7.csv',
      'quantile_curve-0.5-PGA_7.csv',
      'quantile_curve-0.5-SA(0.2)_7.csv',
    ]);
    assert.equal(fileStem('uhs', { ...MEAN, name: 'my-quantile-0.5' }), 'hazard_uhs-my-quantile-0.5');
  });

  it('hold statistics, and single realizations where there are several and the job wants them', () => {
    const exported = (kinds: readonly CurveKind[], individual: boolean): string[] =>
      exportedKinds(madeUp({ kinds, parameters: { individual_rlzs: individual } })).map(({ name }) => name);
    const all = [...SINGLE, MEAN, QUANTILE];
    assert.deepEqual(exported(all, true), ['mean', 'quantile-0.5', 'rlz-000', 'rlz-001']);
    assert.deepEqual(exported(all, false), ['mean', 'quantile-0.5']);
    assert.deepEqual(exported([SINGLE[0], MEAN], true), ['mean']);
    assert.deepEqual(exported(SINGLE, false), ['rlz-000', 'rlz-001']);
    assert.deepEqual(exported([SINGLE[0]], true), ['rlz-000']);
  });

  it('are there when the calculation has what they are made of', () => {
    assert.equal(hcurves.present(madeUp({ datasets: ['hcurves-stats'] })), true);
    assert.equal(hcurves.present(madeUp({ datasets: ['hcurves-rlzs'] })), true);
    assert.equal(hcurves.present(madeUp()), false);
    for (const [output, key] of [
      [hmaps, 'hazard_maps'],
      [uhs, 'uniform_hazard_spectra'],
    ] as const) {
      assert.equal(output.present(madeUp({ parameters: { [key]: true } })), true);
      assert.equal(output.present(madeUp({ parameters: { [key]: true }, poes: [] })), false);
      assert.equal(output.present(madeUp({ parameters: { [key]: false } })), false);
    }
    const lengths = [1, 2, 2 ** 20, 2 ** 20 + 1].map((paths) => realizations.present(madeUp({ paths })));
    assert.deepEqual(lengths, [false, true, true, false]);
  });

  it('of realizations have nothing in their comment row but the run', () => {
    const [path] = realizations.write(madeUp(), 'csv', folder);
    const [first, ...rest] = readFileSync(path, 'utf8').split('\r\n');
    assert.equal(first, `#,,"generated_by='Terrane 1', start_date='2026-01-02T03:04:05', checksum=99"`);
    assert.deepEqual(rest, ['rlz_id,branch_path,weight', '0,A~0,3.3333333e-01', '1,A~1,3.3333333e-01', '']);
  });

  it('of spectra take acceleration at periods, and no other measure', () => {
    const imts = ['PGA', 'PGV', 'SA(0.2)', 'AvgSA', 'xSA(0.3)', 'SA(0.4)x', 'SA(1.0)'];
    const [path] = uhs.write(madeUp({ imts, poes: [0.1] }), 'csv', folder);
    const columns = readFileSync(path, 'utf8').split('\r\n')[1];
    assert.equal(columns, 'lon,lat,0.100000~PGA,0.100000~SA(0.2),0.100000~SA(1.0)');
  });

  it('are listed under the names that clients know', () => {
    const names = [hcurves, hmaps, uhs, realizations].map(({ name }) => name);
    assert.deepEqual(names, ['Hazard Curves', 'Hazard Maps', 'Uniform Hazard Spectra', 'Realizations']);
  });

  it('in a format they do not have are an error with the formats there are', () => {
    const error = new ExportError('hcurves', 'xml', ['csv', 'npz']);
    assert.deepEqual([error.code, error.name], ['EXPORT_ERROR', 'ExportError']);
    assert.equal(error.message, 'Could not export hcurves in xml (formats: csv, npz)');
    assert.equal(new ExportError('x', 'csv', []).message, 'Could not export x in csv');
  });
});
