/**
 * The CSV tables of small jobs beside those of the reference engine, cell by cell: names of files, keys and texts of the comment row,
 * columns, rows, the way numbers are written, and the numbers.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { exportOutput, listOutputs } from '../../datastore/exports/registry.js';
import { withFinishedJob } from '../run-folder.js';
import { isClose, type Tolerance } from '../tolerance.js';
import { readExportedTable, type ExportedTable } from './exported-table.js';

interface GoldenTables {
  /** program and version */
  readonly source: string;
  readonly tables: Readonly<Record<string, ExportedTable>>;
}

const FOLDER = fileURLToPath(new URL('../../../test/golden/', import.meta.url));

/** The reference computes curves in single precision; cells below atol are its noise. */
const FIGURES: Tolerance = { rtol: 1e-3, atol: 1e-6 };
/** Shares of a probability that is exceeded with 2 %: the same noise, 50 times as large. */
const SHARES: Tolerance = { rtol: 1e-3, atol: 5e-5 };
/** Edges of bins in the comment row, degrees and km: the reference bounds the ruptures by their hypocentres in single precision. */
const EDGES: Tolerance = { rtol: 1e-4 };

/** As `oq engine --list-outputs` shows them, 3.26.2. */
const NAMES = {
  'cs-stats': 'Mean Conditional Spectra',
  'disagg-rlzs': 'Disaggregation Outputs Per Realization',
  'disagg-stats': 'Statistical Disaggregation Outputs',
  hcurves: 'Hazard Curves',
  hmaps: 'Hazard Maps',
  mean_disagg_by_src: 'Mag-Dist-Eps Disaggregation per Source',
  mean_rates_by_src: 'Hazard Curves per Source',
  median_spectra: 'Median Spectra per Site and PoE',
  realizations: 'Realizations',
  site_model: 'Site Model',
  uhs: 'Uniform Hazard Spectra',
} as const;

describe('exported tables beside those of the reference engine', () => {
  const read = (job: string) => JSON.parse(readFileSync(join(FOLDER, job, 'expected.json'), 'utf8')) as GoldenTables;

  it('have the names that users of the reference engine know', async () => {
    const names = new Map<string, string>();
    for (const job of ['curves', 'disaggregation', 'median-spectrum', 'conditional-spectrum', 'relevant-sources'])
      await withFinishedJob(join(FOLDER, job), async ({ path }) => {
        for (const { type, name } of await listOutputs(path)) names.set(type, name);
      });
    for (const [type, name] of Object.entries(NAMES)) assert.equal(names.get(type), name, type);
  });

  it('curves, maps, spectra and realizations: every file, comment, column, format and figure', async () => {
    await assertTables('curves', ['hcurves', 'hmaps', 'uhs', 'realizations'], read('curves'));
  });

  it('disaggregation by mean and by realization: every file, comment, column, format and figure', async () => {
    await assertTables(
      'disaggregation',
      ['disagg-stats', 'disagg-rlzs', 'disagg-rlzs-traditional', 'realizations'],
      read('disaggregation'),
    );
  });

  it('median spectra whole and by source group, and mean rates by source', async () => {
    await assertTables('median-spectrum', ['median_spectra', 'mean_rates_by_src', 'uhs'], read('median-spectrum'));
  });

  it('disaggregation by source, and the site model', async () => {
    const types = ['mean_disagg_by_src', 'mean_rates_by_src', 'site_model'];
    // Terrane says besides in how many years the numbers are expected
    await assertTables('relevant-sources', types, read('relevant-sources'), ['investigation_time']);
  });

  it('conditional spectra at the levels of the mean map', async () => {
    await assertTables('conditional-spectrum', ['cs-stats'], read('conditional-spectrum'));
  });
});

/** more: keys of the comment row that the reference does not have. */
async function assertTables(
  job: string,
  types: readonly string[],
  expected: GoldenTables,
  more: readonly string[] = [],
): Promise<void> {
  await withFinishedJob(join(FOLDER, job), async ({ path, workFolder }) => {
    const outputs = (await listOutputs(path)).map(({ type }) => type);
    for (const type of types) assert.ok(outputs.includes(type), `there is no ${type}, only ${outputs.join(', ')}`);
    const written = new Map<string, ExportedTable>();
    for (const type of types) {
      const files = await exportOutput(path, type, 'csv', join(workFolder, 'tables'));
      if (type.startsWith('disagg')) assert.deepEqual(files, [...files].sort());
      for (const file of files)
        written.set(basename(file).replace(/_1\.csv$/, '.csv'), withoutComments(readExportedTable(file), more));
    }
    assert.deepEqual([...written.keys()].sort(), Object.keys(expected.tables).sort());
    const faults = Object.entries(expected.tables).flatMap(([name, table]) =>
      differences(written.get(name)!, table, name.includes('-traditional-') ? SHARES : FIGURES).map(
        (fault) => `${name}: ${fault}`,
      ),
    );
    assert.deepEqual(faults.slice(0, 10), []);
  });
}

function withoutComments(table: ExportedTable, keys: readonly string[]): ExportedTable {
  return { ...table, comment: table.comment.filter(([key]) => !keys.includes(key)) };
}

/** What is not the same, one sentence each. */
function differences(got: ExportedTable, expected: ExportedTable, figures: Tolerance): string[] {
  const faults: string[] = [];
  const same = (what: string, mine: string, theirs: string, tolerance: Tolerance): void => {
    const close = Number.isNaN(Number(theirs)) ? mine === theirs : isClose(Number(mine), Number(theirs), tolerance);
    if (!close || shape(mine) !== shape(theirs)) faults.push(`${what} is '${mine}', not '${theirs}'`);
  };
  assert.deepEqual(got.columns, expected.columns);
  assert.equal(got.rows.length, expected.rows.length, 'rows');
  assert.deepEqual(
    got.comment.map(([key]) => key),
    expected.comment.map(([key]) => key),
  );
  expected.comment.forEach(([key, value], k) => {
    const [mine, theirs] = [got.comment[k][1], value].map((text) => text.replace(/[[\]]/g, '').split(', '));
    assert.equal(mine.length, theirs.length, key);
    // the last digits of unrounded numbers are no matter of format
    theirs.forEach((item, i) => {
      if (Number.isNaN(Number(item))) assert.equal(mine[i], item, key);
      else if (!isClose(Number(mine[i]), Number(item), EDGES)) faults.push(`${key} ${i} is ${mine[i]}, not ${item}`);
    });
  });
  expected.rows.forEach((row, r) =>
    row.forEach((cell, c) => same(`row ${r + 1} ${expected.columns[c]}`, got.rows[r][c], cell, figures)),
  );
  return faults;
}

/** How a number is written: 1.234567E-02 and 9.876543E-03 have the same shape. */
function shape(text: string): string {
  return Number.isNaN(Number(text))
    ? text
    : text
        .replace(/\d/g, '0')
        .replace(/(E|e)[+-]/, '$1+')
        .replace(/^0+(?=\.)/, '0');
}
