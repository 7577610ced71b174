import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { branchSet, logicTree, POINT_SOURCE, REGION, sourceModel, tinyIni, tinyJob } from './inputs/tiny-job.js';
import { withFolder, writeFiles } from './inputs/tiny-job.js';
import { assertAllClose } from './tolerance.js';

const BUILT = fileURLToPath(new URL('../', import.meta.url));
const PROJECT = join(BUILT, '..');
const ROOMS = ['calculators', 'cli', 'datastore', 'drawing', 'engine', 'hazard', 'hdf5', 'inputs', 'job'];

/** Two places with the same seismicity: the file of a kind of source as a newcomer would write it. */
const PAIR_KIND = `
import { magnitudeBins } from '../mfd/rates.js';
import { PointRuptures } from './distributed/point-ruptures.js';
import { MagnitudeShapes, Seismicity } from './distributed/seismicity.js';
import { changesOfSeismicity } from './source-changes.js';
import { sizeOfPoints } from './source-size.js';
export const pairSource = {
  type: 'pair',
  code: 'p2',
  changes: changesOfSeismicity(),
  size: (source, discretization) => sizeOfPoints(source, 2, discretization),
  prepare(source, discretization, columns = [source.mfd]) {
    const seismicity = new Seismicity(source);
    const shapes = new MagnitudeShapes(magnitudeBins(columns, discretization.widthOfMfdBin), seismicity);
    const { lon, lat } = source;
    const box = [Math.min(...lon), Math.min(...lat), Math.max(...lon), Math.max(...lat)];
    const places = { lon, lat, shapes: () => shapes, share: 1, box, boxHoldsRuptures: false, averages: false };
    return new PointRuptures(seismicity, places, discretization);
  },
};
`;

/** Its reader. */
const PAIR_READER = `
import { readDistributedSeismicity } from './elements/distributed-seismicity.js';
import { readMfd } from './elements/mfd.js';
import { readCoordinates } from './elements/surface-geometry.js';
export function readPairSource(element, context) {
  const geometry = context.scope.need(element, 'pairGeometry');
  const [lon1, lat1, lon2, lat2] = readCoordinates(context.scope.need(geometry, 'posList'), context.scope, 2);
  return {
    type: 'pair',
    ...context.base,
    ...readDistributedSeismicity(element, geometry, context),
    mfd: readMfd(element, context.scope, context.widthOfMfdBin),
    lon: Float64Array.of(lon1, lon2),
    lat: Float64Array.of(lat1, lat2),
  };
}
`;

/** A model of one distance, halved or not. */
const model = (id: string, distance: string, factor: number): string => `
const requires = { rupture: ['mag'], distances: ['${distance}'], site: [] };
const declaration = {
  id: '${id}', citation: 'A. Toy (2030)', tectonicRegionType: '${REGION}', imts: [{ kind: 'PGA' }, { kind: 'SA' }],
  component: 'Geometric mean', standardDeviations: ['total'], requires, arguments: [],
  create: () => ({
    id: '${id}', requires,
    prepare: (imts) => (batch, out) => {
      for (let m = 0; m < imts.length; m++)
        for (let r = 0; r < batch.ruptures; r++)
          for (let i = batch.start[r]; i < batch.start[r + 1]; i++) {
            out.mean[m][i] = batch.mag[r] - 3 - Math.log(${factor} * batch.${distance}[i]);
            out.total[m][i] = 0.5;
          }
    },
  }),
};
export const models = [declaration];
`;

/** Adds a line behind the one that holds a text. */
function addLine(path: string, after: string, line: string): void {
  const lines = readFileSync(path, 'utf8').split('\n');
  const at = lines.findIndex((text0) => text0.includes(after));
  assert.notEqual(at, -1, `${path} has a line with ${after}`);
  lines.splice(at + 1, 0, line);
  writeFileSync(path, lines.join('\n'));
}

/** A copy of the program with a kind of source, a distance and two models more: a file and a line each. */
function programWithToys(folder: string): void {
  const dist = join(folder, 'dist');
  for (const room of ROOMS) cpSync(join(BUILT, room), join(dist, room), { recursive: true });
  symlinkSync(join(PROJECT, 'node_modules'), join(folder, 'node_modules'));
  cpSync(join(PROJECT, 'package.json'), join(folder, 'package.json'));
  const write = (path: string, contents: string): void => writeFileSync(join(dist, path), contents);
  const line = (path: string, after: string, contents: string): void => addLine(join(dist, path), after, contents);
  write('hazard/sources/pair.js', PAIR_KIND);
  line('hazard/sources/registry.js', 'const KINDS = [', '    (await import("./pair.js")).pairSource,');
  write('inputs/sources/pair-source.js', PAIR_READER);
  const reader = '    pairSource: { read: (await import("./pair-source.js")).readPairSource },';
  line('inputs/sources/registry.js', 'export const SOURCE_READERS = {', reader);
  const distance =
    'rtwice: (rupture, sites, indices, count, out, at) => { DERIVED_DISTANCES.rhypo(rupture, sites, indices, count, out, at); for (let i = at; i < at + count; i++) out[i] *= 2; },';
  line('hazard/contexts/derived-distances.js', 'export const DERIVED_DISTANCES = {', distance);
  line('hazard/contexts/context-batch.js', 'rcdpp = EMPTY;', '    rtwice = EMPTY;');
  write('hazard/gmm/models/toy-one.js', model('ToyOne', 'rhypo', 2));
  write('hazard/gmm/models/toy-two.js', model('ToyTwo', 'rtwice', 1));
  const models = "['ToyOne', () => import('./models/toy-one.js')], ['ToyTwo', () => import('./models/toy-two.js')],";
  line('hazard/gmm/registry.js', 'export const MODEL_FILES = [', models);
}

/** The curves that the program in a folder finds for a job, each a row of numbers. */
async function curves(program: string, source: readonly string[], modelName: string): Promise<number[][]> {
  const folder = join(program, `job-${modelName}-${String(source.length)}`);
  mkdirSync(folder);
  const change = branchSet('setAspectRatioAbsolute', [
    ['r1', '2', '0.5'],
    ['r2', '1', '0.5'],
  ]);
  await writeFiles(
    folder,
    tinyJob({
      'job.ini': tinyIni({ export_dir: null }),
      'sm.xml': sourceModel(...source),
      'smlt.xml': logicTree(branchSet('sourceModel', [['b1', 'sm.xml', '1.0']]), change),
      'gmlt.xml': logicTree(
        branchSet('gmpeModel', [['g1', modelName, '1.0']], ` applyToTectonicRegionType="${REGION}"`),
      ),
    }),
  );
  const output = join(folder, 'out');
  const args = [join(program, 'dist/cli/main.js'), 'run', folder, '--exports', 'csv', '-o', output, '--workers', '1'];
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, TERRANE_DATA: join(program, 'data') },
  });
  const [errors, [code]] = await Promise.all([text(child.stderr), once(child, 'close') as Promise<[number | null]>]);
  assert.equal(code, 0, errors);
  return readdirSync(output)
    .filter((name) => name.startsWith('hazard_curve-mean'))
    .sort()
    .map((name) => readFileSync(join(output, name), 'utf8').trim().split('\n').at(-1)!.split(',').map(Number));
}

describe('a program with a kind of source and a distance more, by a file and a line each', () => {
  it('reads the source from NRML, changes it by the logic tree, and finds its curves by a model of that distance', () =>
    withFolder(async (folder) => {
      programWithToys(folder);
      const point = (id: string, place: string): string =>
        POINT_SOURCE.replace('id="1"', `id="${id}"`).replace('10.0 45.0', place);
      const pair = POINT_SOURCE.replaceAll('pointSource', 'pairSource')
        .replaceAll('pointGeometry', 'pairGeometry')
        .replace(
          '<gml:Point><gml:pos>10.0 45.0</gml:pos></gml:Point>',
          '<gml:posList>10.0 45.0 10.3 45.1</gml:posList>',
        );
      const expected = await curves(folder, [point('1', '10.0 45.0'), point('2', '10.3 45.1')], 'ToyOne');
      const found = await curves(folder, [pair], 'ToyTwo');
      assert.equal(expected.length, 2);
      assert.ok(expected.flat().every(Number.isFinite) && Math.max(...expected[0].slice(3)) > 1e-3);
      for (const [k, row] of expected.entries()) assertAllClose(found[k], row, { rtol: 1e-12 }, 'curve');
    }));
});
