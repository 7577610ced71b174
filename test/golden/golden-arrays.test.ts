/** Arrays that clients fetch (extract/WHAT, NPZ) beside those of the reference engine: members, types, names of fields, shapes, values. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Calculation } from '../../datastore/calculation.js';
import { extract } from '../../web/extract/registry.js';
import { withFinishedJob } from '../run-folder.js';
import { assertClose, type Tolerance } from '../tolerance.js';
import { readNpz, type NpzArray } from './npz-arrays.js';

const JOBS = fileURLToPath(new URL('../../../test/golden/', import.meta.url));
/** The reference computes curves in single precision; probabilities below atol are its noise. */
const VALUES: Tolerance = { rtol: 1e-3, atol: 1e-6 };

describe('extracted arrays beside those of the reference engine', () => {
  for (const job of ['curves', 'disaggregation'])
    it(`of the job ${job} have the same members, fields, shapes and values`, async () => {
      const { arrays } = JSON.parse(readFileSync(join(JOBS, job, 'expected-npz.json'), 'utf8')) as {
        arrays: Record<string, Record<string, NpzArray>>;
      };
      await withFinishedJob(join(JOBS, job), async ({ path }) => {
        const calculation = await Calculation.open(path);
        try {
          for (const [request, members] of Object.entries(arrays)) {
            const [what, query] = request.split('?');
            const got = await readNpz(await extract(calculation, what, new URLSearchParams(query)));
            assert.deepEqual([...got.keys()].filter((name) => name !== 'extra').sort(), Object.keys(members).sort());
            for (const [name, array] of Object.entries(members))
              assertSame(got.get(name)!, array, `${request} ${name}`);
          }
        } finally {
          calculation.close();
        }
      });
    });
});

/** Columns of sites that the reference drops when no model asks for them, and Terrane keeps. */
const KEPT = 'backarc';

function assertSame(array: NpzArray, expected: NpzArray, what: string): void {
  const got = expected.fields.some(([field]) => field === KEPT) ? array : without(array, KEPT);
  assert.deepEqual(got.fields, expected.fields, what);
  assert.deepEqual(got.shape, expected.shape, what);
  expected.values.forEach((value, k) => {
    const mine = got.values[k];
    if (typeof value === 'number') assertClose(Number(mine), value, VALUES, `${what} [${k}]`);
    else assert.equal(mine, value, `${what} [${k}]`);
  });
}

function without({ fields, shape, values }: NpzArray, name: string): NpzArray {
  const at = fields.findIndex(([field]) => field === name);
  if (at < 0) return { fields, shape, values };
  return {
    fields: fields.filter((_, k) => k !== at),
    shape,
    values: values.filter((_, k) => k % fields.length !== at),
  };
}
