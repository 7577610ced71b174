import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { SiteCollection } from '../../../hazard/site/site-collection.js';
import { InputReport, warningText } from '../../../inputs/report.js';
import { faultText } from '../../../hazard/refusal.js';
import { readJobFile } from '../../../inputs/read-job-file.js';
import { completeSites } from '../../../inputs/sites/site-parameters.js';
import { readSites } from '../../../inputs/sites/sites.js';
import { tinyIni, tinyJob, withFolder, writeFiles } from '../tiny-job.js';
import { assertClose } from '../../tolerance.js';

interface Outcome {
  readonly sites: SiteCollection | undefined;
  readonly faults: string[];
  readonly warnings: string[];
}

async function read(
  changes: Readonly<Record<string, string | null>>,
  files: Readonly<Record<string, string>> = {},
  required: readonly string[] = ['vs30'],
): Promise<Outcome> {
  return withFolder(async (folder) => {
    await writeFiles(folder, tinyJob({ 'job.ini': tinyIni(changes), ...files }));
    const report = new InputReport();
    const { parameters, files: named } = await readJobFile(
      { iniFile: join(folder, 'job.ini'), root: folder },
      {},
      report,
    );
    const raw = await readSites(parameters, named, report);
    const sites = raw && completeSites(raw, new Set(required), parameters, report);
    return { sites, faults: report.faults.map(faultText), warnings: report.warnings.map(warningText) };
  });
}

async function accepted(...args: Parameters<typeof read>): Promise<SiteCollection> {
  const { sites, faults } = await read(...args);
  assert.deepEqual(faults, []);
  assert.ok(sites);
  return sites;
}

const FROM_MODEL = { sites: null, site_model_file: 'sites.csv' };

describe('sites of a job', () => {
  it('are sorted by longitude and latitude when they are bare coordinates', async () => {
    const { points } = await accepted({ sites: '160 -9.4, 160 -9.5, 180 1, -170 2 0.5' });
    assert.deepEqual([...points.lon], [-170, 160, 160, -180]);
    assert.deepEqual([...points.lat], [2, -9.5, -9.4, 1]);
    assert.deepEqual([...points.depth], [0.5, 0, 0, 0]);
    const bare = await accepted(FROM_MODEL, { 'sites.csv': '10.2,45\n10.1,45.3\n10.1,45.1\n' });
    assert.deepEqual([...bare.points.lat], [45.1, 45.3, 45]);
  });

  it('keep the order of a file with a header, with its parameters and names', async () => {
    const text =
      '\uFEFFcustom_site_id,lon,lat,depth,vs30,vs30measured,geology\nB,10.2,45,-0.1,500,0,"a, b"\nA,10.1,45.3,0,600,1,c\n';
    const sites = await accepted(FROM_MODEL, { 'sites.csv': text });
    assert.deepEqual([...sites.points.lon], [10.2, 10.1]);
    assert.deepEqual([...sites.points.depth], [-0.1, 0]);
    assert.deepEqual(sites.customIds, ['B', 'A']);
    assert.deepEqual([...sites.parameters.numeric.vs30], [500, 600]);
    assert.deepEqual([...sites.parameters.numeric.vs30measured], [0, 1]);
    assert.deepEqual(sites.parameters.text.geology, ['a, b', 'c']);
  });

  it('have words and numbers of codes that look like numbers', async () => {
    const sites = await accepted(FROM_MODEL, { 'sites.csv': 'lon,lat,vs30,region\n10,45,500,4\n' }, ['region']);
    assert.deepEqual(sites.parameters.text.region, ['4']);
    assert.deepEqual([...sites.parameters.numeric.region], [4]);
  });

  it('have numbers in columns of numbers, also where no value of the file is one', async () => {
    const { faults } = await read(FROM_MODEL, { 'sites.csv': 'lon,lat,vs30,f0\n10,45,500,nan\n' }, ['vs30', 'f0']);
    assert.deepEqual(faults, ["sites.csv, line 2: f0 = nan: 'nan' is not a number"]);
    const { sites } = await read(FROM_MODEL, { 'sites.csv': 'lon,lat,vs30,lithology\n10,45,500,QT\n' });
    assert.deepEqual(sites?.parameters.text.lithology, ['QT']);
  });

  it('are read from XML', async () => {
    const text =
      '<nrml xmlns="http://openquake.org/xmlns/nrml/0.4"><siteModel><site lon="10" lat="45" vs30="800" vs30Type="measured" z1pt0="30" z2pt5="0.6"/><site lon="11" lat="45" vs30="700" vs30Type="inferred" z1pt0="30" z2pt5="0.6"/></siteModel></nrml>';
    const sites = await accepted({ sites: null, site_model_file: 'sites.xml' }, { 'sites.xml': text }, [
      'vs30',
      'z1pt0',
    ]);
    assert.deepEqual([...sites.parameters.numeric.vs30measured], [1, 0]);
    assert.deepEqual([...sites.parameters.numeric.vs30], [800, 700]);
  });

  it('are joined from several files with the same columns', async () => {
    const job = { sites: null, site_model_file: 'a.csv b.csv' };
    const files = { 'a.csv': 'lon,lat,vs30\n10,45,500\n', 'b.csv': 'vs30,lon,lat\n600,11,45\n' };
    assert.deepEqual([...(await accepted(job, files)).parameters.numeric.vs30], [500, 600]);
    const { faults } = await read(job, { ...files, 'b.csv': 'lon,lat\n11,45\n' });
    assert.match(faults[0], /b\.csv: the columns differ/);
  });

  it('take parameters from the nearest site-model point, and warn beyond 5 km', async () => {
    const model = { 'sites.csv': 'lon,lat,vs30\n10,45,500\n10.3,45,600\n' };
    const { sites, warnings } = await read({ sites: '10.01 45, 10.2 45.01', site_model_file: 'sites.csv' }, model);
    assert.deepEqual([...(sites?.parameters.numeric.vs30 ?? [])], [500, 600]);
    assert.equal(warnings.length, 1);
    assert.match(warnings[0], /1 of 2 sites are farther than 5\.0 km .* 7\.9 km/);
  });

  it('take what the site model lacks from the reference parameters', async () => {
    const sites = await accepted(FROM_MODEL, { 'sites.csv': 'lon,lat,vs30\n10,45,500\n' }, [
      'vs30',
      'z1pt0',
      'z2pt5',
      'backarc',
    ]);
    assert.deepEqual([...sites.parameters.numeric.vs30], [500]);
    assert.deepEqual([...sites.parameters.numeric.z1pt0], [40]);
    assert.deepEqual([...sites.parameters.numeric.z2pt5], [1]);
    assert.deepEqual([...sites.parameters.numeric.backarc], [0]);
  });

  it('prefer reference parameters to the columns of sites_csv', async () => {
    const sites = await accepted(
      { sites: null, sites_csv: 'sites.csv' },
      { 'sites.csv': 'lon,lat,vs30,slope\n10,45,500,0.1\n' },
    );
    assert.deepEqual([...sites.parameters.numeric.vs30], [760]);
    assert.deepEqual([...sites.parameters.numeric.slope], [0.1]);
  });

  it('override velocities, and the depths that follow from them', async () => {
    const text = 'lon,lat,vs30,z1pt0,z2pt5\n10,45,500,1,2\n';
    const sites = await accepted({ ...FROM_MODEL, override_vs30: '800' }, { 'sites.csv': text });
    // OpenQuake engine 3.24-dev reference figures
    assert.deepEqual([...sites.parameters.numeric.vs30], [800]);
    assertClose(sites.parameters.numeric.z1pt0[0], 31.07014865, { rtol: 1e-9 });
    assertClose(sites.parameters.numeric.z2pt5[0], 0.5722405601, { rtol: 1e-9 });
  });

  it('lack no parameter that a model needs', async () => {
    const { faults } = await read({}, {}, ['vs30', 'region', 'z1pt4']);
    assert.equal(faults.length, 2);
    assert.match(
      faults[0],
      /region: the models need this site parameter and the job \(it has no site model\) does not give it/,
    );
    const zero = await read(FROM_MODEL, { 'sites.csv': 'lon,lat,vs30,z1pt0\n10,45,500,0\n' }, ['z1pt0']);
    assert.match(zero.faults[0], /z1pt0: .* it is 0 at all sites/);
    // a distance from the volcanic front of 0 km at every site is no measurement either (OpenQuake engine 3.24 refuses it)
    const front = await read(FROM_MODEL, { 'sites.csv': 'lon,lat,vs30,xvf\n10,45,500,0\n' }, ['xvf']);
    assert.match(front.faults[0], /xvf: .* it is 0 at all sites/);
  });

  it('take a grid point 8 micrometres inside the edge of the widened region', async () => {
    // 11 points in the OpenQuake engine 3.26; the first one lies 7.9e-9 km inside
    const region = '-78.36927 0.50786, -78.14033 0.50786, -78.14033 0.27893, -78.36927 0.27893';
    const { points } = await accepted({ sites: null, region, region_grid_spacing: '15' });
    assert.equal(points.size, 11);
    assert.ok(points.lon.some((lon, i) => lon === -78.36927 && points.lat[i] === 0.64276));
  });

  it('cover a region, one spacing wider, with a grid', async () => {
    const region = '-1.0 -1.5, -1.0 0.7, 1.0 0.7, 1.0 -1.5';
    const { points } = await accepted({ sites: null, region, region_grid_spacing: '300' });
    // OpenQuake engine 3.24-dev reference figures
    const expected = [-1.00325, 0.70283, -1.00181, -1.99514, 1.69492, 0.70283, 1.69779, -1.99514];
    for (let i = 0; i < 4; i++) {
      assertClose(points.lon[i], expected[2 * i], { atol: 1.1e-5 }, `lon ${points.lon[i]}`);
      assertClose(points.lat[i], expected[2 * i + 1], { atol: 1.1e-5 }, `lat ${points.lat[i]}`);
    }
    assert.equal(points.size, 4);
  });

  it('refuse a grid that is too fine for any machine', async () => {
    const { faults } = await read({ sites: null, region: '10 40, 20 40, 20 50', region_grid_spacing: '0.001' });
    assert.match(faults[0], /would have [\d,.e+]+ sites at region_grid_spacing/);
  });
});
