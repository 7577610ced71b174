/** Small jobs of every kind of source and several uncertainties: curves, realizations and counts of ruptures are those of the reference. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Calculation } from '../../datastore/calculation.js';
import { withFinishedJob } from '../run-folder.js';
import { assertAllClose, type Tolerance } from '../tolerance.js';

/** What the reference engine gave for a job: curves[kind][measure] = one row of probabilities for each site. */
interface ReferenceFigures {
  /** program and version */
  readonly source: string;
  /** measure -> [levels] */
  readonly levels: Readonly<Record<string, readonly number[]>>;
  readonly curves: Readonly<Record<string, Readonly<Record<string, readonly (readonly number[])[]>>>>;
  /** branch paths and weights, if there are several */
  readonly realizations?: readonly (readonly [path: string, weight: number])[];
}

const JOBS = fileURLToPath(new URL('../../../test/reference/', import.meta.url));

/** The reference keeps curves and rates in single precision, and rounds the distances of meshes. */
const CURVES: Tolerance = { rtol: 1e-3, atol: 1e-7 };
const WEIGHTS: Tolerance = { atol: 1e-6 };

describe('jobs of the reference engine', () => {
  for (const entry of readdirSync(JOBS, { withFileTypes: true }).filter((one) => one.isDirectory()))
    it(`${entry.name}: the same curves, realizations and weights`, async () => {
      const folder = join(JOBS, entry.name);
      const expected = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as ReferenceFigures;
      await withFinishedJob(folder, async ({ path }) => {
        const calculation = await Calculation.open(path);
        try {
          compare(calculation, expected);
        } finally {
          calculation.close();
        }
      });
    });
});

function compare(calculation: Calculation, expected: ReferenceFigures): void {
  assert.deepEqual([...calculation.imts].sort(), Object.keys(expected.levels).sort());
  const kinds = new Map(calculation.kinds().map((kind) => [kind.name, kind]));
  for (const [name, byMeasure] of Object.entries(expected.curves))
    calculation.imts.forEach((imt, m) => {
      assertAllClose(calculation.levels[m], expected.levels[imt], { rtol: 1e-5 }, `levels of ${imt}`);
      const kind = kinds.get(name) ?? (name === 'mean' ? kinds.get('rlz-000') : undefined);
      assert.ok(kind, `there is no ${name}`);
      const got = calculation.curves(kind, m, 0, calculation.siteCount);
      assertAllClose(got, byMeasure[imt].flat(), CURVES, `${name} ${imt}`);
    });
  if (!expected.realizations) return;
  const realizations = [...calculation.realizations()];
  assert.deepEqual(
    realizations.map(({ path }) => path),
    expected.realizations.map(([path]) => path),
  );
  const weights = realizations.map(({ weight }) => weight);
  assertAllClose(
    weights,
    expected.realizations.map(([, weight]) => weight),
    WEIGHTS,
    'weights',
  );
}
