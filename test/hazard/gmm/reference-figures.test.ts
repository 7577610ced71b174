import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ContextBatch, type DistanceKind } from '../../../hazard/contexts/context-batch.js';
import type { RuptureParameter } from '../../../hazard/contexts/rupture-parameters.js';
import { parseImt } from '../../../hazard/gmm/imt.js';
import type { Arguments, GroundMotion } from '../../../hazard/gmm/model.js';
import { createModel, findModel, modelNames, registeredNames } from '../../../hazard/gmm/registry.js';
import { NO_FILES } from './no-files.js';
import { Refusal } from '../../../hazard/refusal.js';
import { assertClose } from '../../tolerance.js';

/** Rows of inputs, what is given (mean: median in linear units; total, inter, intra), and one value for each measure. */
interface Table {
  readonly model: string;
  readonly arguments: Arguments;
  /** relative tolerance of all values */
  readonly rtol: number;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (number | string | null)[])[];
}

/** The second file: unknown depths, options of models, and tables of NGA-East; the folder: one more for each group of models. */
const readTables = (path: string): readonly Table[] =>
  (JSON.parse(readFileSync(path, 'utf8')) as { tables: readonly Table[] }).tables;
const HERE = fileURLToPath(new URL('.', import.meta.url));
const MORE = join(HERE, 'reference-figures');
const tables = [
  ...readTables(join(HERE, 'reference-figures.json')),
  ...readTables(join(HERE, 'reference-figures-options.json')),
  ...readdirSync(MORE).flatMap((name) => readTables(join(MORE, name))),
];

type Kind = keyof GroundMotion;

/** Every row is a rupture with one site of its own. */
async function evaluate(table: Table) {
  const kindColumn = table.columns.indexOf('kind');
  const imts = table.columns.slice(kindColumn + 1).map(parseImt);
  const model = await createModel({ name: table.model, arguments: table.arguments }, NO_FILES);
  const size = table.rows.length;
  const column = (name: string) => {
    const k = table.columns.indexOf(name);
    return k < 0 ? undefined : table.rows.map((row) => row[k]);
  };
  const batch = new ContextBatch(size, new Set(model.requires.rupture), new Set(model.requires.distances));
  const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  const fill = (name: RuptureParameter | DistanceKind, values: readonly (number | string | null)[] | undefined) =>
    values?.forEach((value, k) => (batch[name][k] = Number(value)));
  for (const name of model.requires.rupture) fill(name, column(`rupture.${snake(name)}`));
  const anyDistance = table.columns.find((name) => name.startsWith('distance.'));
  for (const name of model.requires.distances) fill(name, column(`distance.${name}`) ?? column(anyDistance!));
  const numeric: Record<string, Float64Array> = {};
  const text: Record<string, string[]> = {};
  for (const name of table.columns.filter((c) => c.startsWith('site.'))) {
    const values = column(name)!;
    text[name.slice(5)] = values.map(String);
    if (values.every((value) => typeof value === 'number')) numeric[name.slice(5)] = Float64Array.from(values);
  }
  for (let k = 0; k < size; k++) {
    batch.site[k] = k;
    batch.commitRupture(1);
  }
  const rows = () => imts.map(() => new Float64Array(size).fill(NaN));
  const out = { mean: rows(), total: rows(), inter: rows(), intra: rows() };
  model.prepare(imts, { size, numeric, text }, size)(batch, out);
  return { out, imts, kindColumn };
}

function compare(table: Table, { out, imts, kindColumn }: Awaited<ReturnType<typeof evaluate>>): void {
  table.rows.forEach((row, r) => {
    const kind = row[kindColumn] as Kind;
    imts.forEach((imt, m) => {
      const expected = row[kindColumn + 1 + m];
      if (expected === null) return;
      const raw = out[kind][m][r];
      const value = kind === 'mean' && imt.kind !== 'MMI' ? Math.exp(raw) : raw;
      const what = `${JSON.stringify(table.arguments)} row ${r}: ${kind} of ${imt.name}`;
      assertClose(value, Number(expected), { rtol: table.rtol }, what);
    });
  });
}

describe('ground-motion models give the reference figures', () => {
  const byModel = new Map<string, Table[]>();
  for (const table of tables) byModel.set(table.model, [...(byModel.get(table.model) ?? []), table]);
  for (const [name, own] of byModel)
    it(name, async () => {
      for (const table of own) compare(table, await evaluate(table));
    });
});

describe('the registry of ground-motion models', () => {
  it('has every name once, and its file defines it', async () => {
    const names = registeredNames();
    const doubles = names.filter((name, k) => names.indexOf(name) !== k);
    assert.deepEqual(doubles, []);
    for (const name of names) assert.equal((await findModel(name))?.id, name);
  });

  it('makes every name that stands for a model without arguments that must be given', async () => {
    for (const name of modelNames()) {
      try {
        const model = await createModel({ name, arguments: {} }, NO_FILES);
        assert.ok(model.requires.rupture.length + model.requires.distances.length > 0, name);
      } catch (error) {
        assert.ok(error instanceof Refusal, `${name}: ${String(error)}`);
        assert.match(error.message, /needs the argument|must be a table|the weights add up|needs one of|no file/, name);
      }
    }
  });
});
