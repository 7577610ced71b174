import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCalculation } from '../../calculators/run.js';
import { Calculation } from '../../datastore/calculation.js';
import { writeGeoJson } from '../../datastore/exports/geojson.js';
import { exportOutput } from '../../datastore/exports/registry.js';
import { InlineDistributor } from '../../engine/distribution/inline-distributor.js';
import { readJob } from '../../inputs/read-job.js';
import { tinyIni, tinyJob, withFolder, writeFiles } from '../inputs/tiny-job.js';

interface Collection {
  readonly type: string;
  readonly kind: string;
  readonly investigation_time: number;
  readonly features: readonly {
    readonly type: string;
    readonly id: number;
    readonly geometry: { readonly type: string; readonly coordinates: readonly number[] };
    readonly properties: Readonly<Record<string, number | null>>;
  }[];
}

const INI = {
  sites: '10.123456 45.2, -10.00001 45.5',
  hazard_maps: 'true',
  poes: '0.1 0.02',
  quantiles: '0.5',
  intensity_measure_types_and_levels: '{"PGA": logscale(0.001, 1, 12), "SA(0.2)": logscale(0.001, 1, 12)}',
};

/** Runs a job of two sites and hands the path of its file over. */
async function withMaps<T>(body: (path: string, folder: string) => Promise<T>): Promise<T> {
  return withFolder(async (folder) => {
    await writeFiles(folder, tinyJob({ 'job.ini': tinyIni(INI) }));
    const job = await readJob(folder, { workFolder: folder });
    const path = join(folder, 'calc_1.hdf5');
    const monitor = { log: () => undefined, progress: () => undefined };
    await runCalculation(job, { path, distributor: new InlineDistributor(), monitor });
    return body(path, folder);
  });
}

describe('hazard maps as GeoJSON', () => {
  it('have a point for every site with the numbers of the CSV file, one file for each kind', () =>
    withMaps(async (path, folder) => {
      const files = await exportOutput(path, 'hmaps', 'geojson', folder);
      const tables = await exportOutput(path, 'hmaps', 'csv', folder);
      assert.deepEqual(
        files.map((file) => file.slice(folder.length + 1)),
        ['hazard_map-mean_1.geojson', 'quantile_map-0.5_1.geojson'],
      );
      files.forEach((file, k) => {
        const collection = JSON.parse(readFileSync(file, 'utf8')) as Collection;
        const [, header, ...rows] = readFileSync(tables[k], 'utf8')
          .trim()
          .split('\r\n')
          .map((line) => line.split(','));
        assert.equal(collection.type, 'FeatureCollection');
        assert.equal(collection.kind, k === 0 ? 'mean' : 'quantile-0.5');
        assert.equal(collection.investigation_time, 50);
        assert.equal(collection.features.length, 2);
        collection.features.forEach(({ type, id, geometry, properties }, site) => {
          assert.deepEqual([type, id, geometry.type], ['Feature', site, 'Point']);
          assert.deepEqual(geometry.coordinates, rows[site].slice(0, 2).map(Number));
          assert.deepEqual(Object.keys(properties), header.slice(2));
          assert.deepEqual(Object.values(properties), rows[site].slice(2).map(Number));
        });
      });
      // sites stand by longitude: the second one is near the source
      const [far, near] = (JSON.parse(readFileSync(files[0], 'utf8')) as Collection).features;
      assert.equal(far.properties['PGA-0.1'], 0);
      assert.ok(near.properties['PGA-0.1']! > 0.001);
    }));

  it('leave nothing behind when they cannot be finished', () =>
    withMaps(async (path, folder) => {
      const calculation = await Calculation.open(path);
      const file = join(folder, 'broken.geojson');
      try {
        const rows = (function* () {
          yield { a: 1 };
          throw new Error('no more');
        })();
        assert.throws(() => writeGeoJson(file, calculation, {}, rows), /no more/);
        assert.throws(() => readFileSync(file), /ENOENT/);
      } finally {
        calculation.close();
      }
    }));
});
