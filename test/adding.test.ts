import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCalculation } from '../calculators/run.js';
import { Calculation } from '../datastore/calculation.js';
import type { Output } from '../datastore/exports/export.js';
import { EXPORT_FORMATS, exportOutput, listOutputs, OUTPUTS } from '../datastore/exports/registry.js';
import { InlineDistributor } from '../engine/distribution/inline-distributor.js';
import type { ModelDeclaration } from '../hazard/gmm/model.js';
import { ModelRegistry } from '../hazard/gmm/model-registry.js';
import { MODEL_FILES } from '../hazard/gmm/registry.js';
import { PARAMETERS, ParameterTable } from '../inputs/parameters/parameter-table.js';
import { readParameters } from '../inputs/parameters/parameters.js';
import { WRITTEN_FORMATS } from '../inputs/parameters/unread-parameters.js';
import { readJob } from '../inputs/read-job.js';
import { InputReport } from '../inputs/report.js';
import { numbersArray } from '../web/extract/npy.js';
import { EXTRACTIONS, extract } from '../web/extract/registry.js';
import { ROUTES } from '../web/routes/index.js';
import { startServer } from '../web/server.js';
import { evaluate, siteParameters } from './hazard/gmm/contexts.js';
import { NO_FILES } from './hazard/gmm/no-files.js';
import { tinyJob, withFolder, writeFiles } from './inputs/tiny-job.js';
import { assertClose } from './tolerance.js';

/** ln y = factor - ln rrup, as simple as a model can be. */
const TOY_MODEL: ModelDeclaration = {
  id: 'Toy2030',
  citation: 'A. Toy (2030)',
  tectonicRegionType: 'Active Shallow Crust',
  imts: [{ kind: 'PGA' }],
  component: 'Geometric mean',
  standardDeviations: ['total'],
  requires: { rupture: [], distances: ['rrup'], site: [] },
  arguments: [{ name: 'factor', type: 'number', default: 1, meaning: 'added to ln y' }],
  create: ({ factor }) => ({
    id: 'Toy2030',
    requires: TOY_MODEL.requires,
    prepare: () => (batch, out) => {
      for (let i = 0; i < batch.size; i++) {
        out.mean[0][i] = Number(factor) - Math.log(batch.rrup[i]);
        out.total[0][i] = 0.5;
      }
    },
  }),
};

/** The sites of a calculation, counted. */
const TOY_OUTPUT: Output = {
  type: 'toy',
  name: 'Number of sites',
  formats: ['txt'],
  present: () => true,
  write({ siteCount }, format, folder) {
    const path = join(folder, `toy.${format}`);
    writeFileSync(path, String(siteCount));
    return [path];
  },
};

/** Runs the tiny job and hands the path of its file over. */
async function withCalculation<T>(body: (path: string, folder: string) => Promise<T>): Promise<T> {
  return withFolder(async (folder) => {
    await writeFiles(folder, tinyJob());
    const job = await readJob(folder, { workFolder: folder });
    const path = join(folder, 'calc_1.hdf5');
    const monitor = { log: () => undefined, progress: () => undefined };
    await runCalculation(job, { path, distributor: new InlineDistributor(), monitor });
    return body(path, folder);
  });
}

describe('something added from outside, by one entry in a list', () => {
  it('a ground-motion model is found, checked, made and wrapped', async () => {
    const registry = new ModelRegistry([...MODEL_FILES, ['Toy2030', () => Promise.resolve({ models: [TOY_MODEL] })]]);
    const sites = siteParameters({ vs30: [760] });
    const contexts = [{ rrup: 10 }, { rrup: 20 }];
    const model = await registry.create({ name: 'Toy2030', arguments: { factor: 2 } }, NO_FILES);
    assert.deepEqual([...evaluate(model, ['PGA'], contexts, sites).mean[0]], [2 - Math.log(10), 2 - Math.log(20)]);
    const wrapped = await registry.create(
      { name: 'ModifiableGMPE', arguments: { gmpe: { Toy2030: {} }, set_scale_median_scalar: { scaling_factor: 3 } } },
      NO_FILES,
    );
    const [scaled] = evaluate(wrapped, ['PGA'], contexts, sites).mean;
    assertClose(scaled[0], 1 - Math.log(10) + Math.log(3), { atol: 1e-12 });
    await assert.rejects(
      registry.create({ name: 'Toy2030', arguments: { other: 1 } }, NO_FILES),
      /has no argument 'other'/,
    );
    assert.ok(!new ModelRegistry(MODEL_FILES).names().includes('Toy2030'), 'the list of the program is as it was');
  });

  it('a parameter is read, checked and has its default', async () => {
    const table = new ParameterTable([
      ...PARAMETERS.declarations,
      { name: 'toy_level', type: 'number', use: 'all', meaning: 'A toy.', default: 7, aliases: ['old_toy_level'] },
    ]);
    const read = async (...texts: readonly (readonly [string, string])[]) => {
      const report = new InputReport();
      const entries = texts.map(([key, value], k) => ({ key, value, line: k + 1 }));
      return { report, parameters: await readParameters(entries, {}, 'job.ini', report, table) };
    };
    assert.equal((await read()).parameters.number('toy_level'), 7);
    assert.equal((await read(['old_toy_level', '3'])).parameters.number('toy_level'), 3);
    const { report } = await read(['toy_level', '-1']);
    assert.deepEqual(
      report.faults.map(({ file, line, key, value }) => ({ file, line, key, value })),
      [{ file: 'job.ini', line: 1, key: 'toy_level', value: '-1' }],
    );
    assert.equal(PARAMETERS.find('toy_level'), undefined);
  });

  it('an output is listed and exported; a format that it lacks is refused', () =>
    withCalculation(async (path, folder) => {
      const outputs = [...OUTPUTS, TOY_OUTPUT];
      assert.ok((await listOutputs(path, outputs)).some(({ type }) => type === 'toy'));
      const [file] = await exportOutput(path, 'toy', 'txt', folder, outputs);
      assert.equal(readFileSync(file, 'utf8'), '1');
      await assert.rejects(exportOutput(path, 'toy', 'csv', folder, outputs), /formats: txt/);
      await assert.rejects(exportOutput(path, 'toy', 'txt', folder), /Could not export toy/);
    }));

  it('formats that a job may name are those that outputs have', () => {
    assert.deepEqual(EXPORT_FORMATS, WRITTEN_FORMATS);
  });

  it('an extraction answers to its name', () =>
    withCalculation(async (path) => {
      const calculation = await Calculation.open(path);
      try {
        const toy = {
          summary: 'twice a number',
          extract: (_: Calculation, query: URLSearchParams) => ({
            array: numbersArray(Float64Array.of(2 * Number(query.get('n')))),
          }),
        };
        const zip = await extract(calculation, 'toy', new URLSearchParams('n=21'), { ...EXTRACTIONS, toy });
        assert.ok(Buffer.from(zip).includes(Buffer.from(Float64Array.of(42).buffer)));
      } finally {
        calculation.close();
      }
    }));

  it('an endpoint answers, refuses other methods, and passes the gate', () =>
    withFolder(async (data) => {
      const { url, close } = await startServer({
        data,
        host: '127.0.0.1',
        port: 0,
        atOnce: 1,
        authentication: { required: true },
        routes: [
          ...ROUTES,
          {
            method: 'GET',
            path: '/v1/toy/:id',
            access: 'public',
            summary: 'A toy.',
            answer: 'text',
            handle: ({ params }, response) => void response.type('text/plain').send(`toy ${String(params.id)}`),
          },
          {
            method: 'GET',
            path: '/v1/secret-toy',
            access: 'operator',
            summary: 'A toy for operators.',
            answer: 'text',
            handle: (_, response) => void response.send('never'),
          },
        ],
      });
      try {
        assert.equal(await (await fetch(`${url}/v1/toy/5`)).text(), 'toy 5');
        assert.equal((await fetch(`${url}/v1/toy/5`, { method: 'POST' })).status, 405);
        assert.equal((await fetch(`${url}/v1/secret-toy`)).status, 403);
      } finally {
        await close();
      }
    }));
});
