import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  AREA_SOURCE,
  branchSet,
  logicTree,
  MODEL_TREE,
  nrml,
  POINT_SOURCE,
  REGION,
  SOURCE_TREE,
  sourceModel,
  tinyIni,
  tinyJob,
  writeFiles,
  writeZip,
  type JobFiles,
} from './tiny-job.js';

/** A job that must be refused: made by `build` in an empty folder, which answers what to run. */
export interface MalformedJob {
  readonly name: string;
  /** what the one clear message says */
  readonly expected: RegExp;
  readonly build: (folder: string) => Promise<string>;
  /** given as job_ini */
  readonly jobIni?: string;
}

function job(name: string, expected: RegExp, files: Readonly<Record<string, string | Buffer | null>>): MalformedJob {
  return {
    name,
    expected,
    build: async (folder) => {
      const place = join(folder, 'malformed');
      await writeFiles(place, tinyJob(files));
      return place;
    },
  };
}

/** The tiny job with parameters of the job file replaced. */
function ini(name: string, expected: RegExp, changes: Readonly<Record<string, string | null>>): MalformedJob {
  return job(name, expected, { 'job.ini': tinyIni(changes) });
}

function levels(name: string, expected: RegExp, text: string): MalformedJob {
  return ini(name, expected, { intensity_measure_types_and_levels: text });
}

function source(name: string, expected: RegExp, from: string | RegExp, to: string): MalformedJob {
  return job(name, expected, { 'sm.xml': sourceModel(POINT_SOURCE.replace(from, to)) });
}

function siteModel(name: string, expected: RegExp, text: string | Buffer, file = 'sites.csv'): MalformedJob {
  return job(name, expected, { 'job.ini': tinyIni({ sites: null, site_model_file: file }), [file]: text });
}

function zip(
  name: string,
  expected: RegExp,
  files: JobFiles,
  spoil: (bytes: Buffer) => Buffer = (bytes) => bytes,
  modes: Readonly<Record<string, number>> = {},
): MalformedJob {
  return {
    name,
    expected,
    build: async (folder) => {
      const path = join(folder, 'malformed.zip');
      await writeZip(path, files, modes);
      await writeFile(path, spoil(await readFile(path)));
      return path;
    },
  };
}

/** Replaces every occurrence of a text by one of equal length. */
function overwrite(bytes: Buffer, from: string, to: string): Buffer {
  for (let at = bytes.indexOf(from); at >= 0; at = bytes.indexOf(from, at + 1)) bytes.write(to, at);
  return bytes;
}

/** Writes a number into the central directory entry of a file (signature, then fields of fixed places). */
function inDirectory(
  bytes: Buffer,
  name: string,
  offset: number,
  size: 2 | 4,
  change: (value: number) => number,
): Buffer {
  for (let at = bytes.indexOf('PK\x01\x02'); at >= 0; at = bytes.indexOf('PK\x01\x02', at + 4)) {
    const length = bytes.readUInt16LE(at + 28);
    if (bytes.toString('utf8', at + 46, at + 46 + length) !== name) continue;
    if (size === 2) bytes.writeUInt16LE(change(bytes.readUInt16LE(at + offset)), at + offset);
    else bytes.writeUInt32LE(change(bytes.readUInt32LE(at + offset)), at + offset);
  }
  return bytes;
}

function entityBomb(body: string): string {
  const entities = ['<!ENTITY a0 "boom">'];
  for (let i = 1; i < 10; i++) entities.push(`<!ENTITY a${i} "${`&a${i - 1};`.repeat(10)}">`);
  return body
    .replace('<nrml', `<!DOCTYPE nrml [${entities.join('')}]>\n<nrml`)
    .replace(/(<logicTree |<sourceModel )/, '$1id2="&a9;" ');
}

const JOB_FILE: readonly MalformedJob[] = [
  job('a folder without an ini file', /no \.ini file/, { 'job.ini': null }),
  job('an empty job file', /no parameters/, { 'job.ini': '' }),
  job('a job file with zero bytes', /not a text file/, { 'job.ini': '[general]\na\0b = 1\n' }),
  job('a job file that is not UTF-8', /not UTF-8/, {
    'job.ini': Buffer.from([0x5b, 0x61, 0x5d, 0x0a, 0xff, 0xfe, 0xfd]),
  }),
  job('no section', /before the first section/, { 'job.ini': tinyIni().replace('[general]\n', '') }),
  job('a parameter twice', /already in line/, { 'job.ini': `${tinyIni()}truncation_level = 4\n` }),
  job('a section twice', /section stands already/, { 'job.ini': `${tinyIni()}[general]\nmean = true\n` }),
  job('a line without =', /not a parameter/, { 'job.ini': `${tinyIni()}quantiles\n` }),
  ini('a job for a newer engine', /newer version of the OpenQuake engine/, { minimum_engine_version: '3.99' }),
  ini('an unknown calculation mode', /calculation_mode = hazard: unknown value/, { calculation_mode: 'hazard' }),
  ini('no calculation mode', /calculation_mode: the parameter is missing/, { calculation_mode: null }),
  ini('a word for a number', /truncation_level = three: 'three' is not a number/, { truncation_level: 'three' }),
  ini('a comment behind a number', /'50 # years' is not a number/, { investigation_time: '50 # years' }),
  ini('a negative truncation level', /truncation_level = -1: -1 is negative/, { truncation_level: '-1' }),
  ini('no truncation level', /truncation_level: the parameter is missing/, { truncation_level: null }),
  ini('an investigation time that is not a number', /investigation_time = nan/, { investigation_time: 'nan' }),
  ini('an investigation time of zero', /investigation_time = 0: must be above 0/, { investigation_time: '0' }),
  ini('no investigation time', /investigation_time: the parameter is missing/, { investigation_time: null }),
  ini('an infinite distance', /maximum_distance = inf/, { maximum_distance: 'inf' }),
  ini('no maximum distance', /maximum_distance: the parameter is missing/, { maximum_distance: null }),
  ini('magnitude-distance pairs that do not increase', /must increase/, { maximum_distance: '[(7, 200), (5, 50)]' }),
  ini('a distance for an unknown region', /'Foo' is not a tectonic region type/, {
    maximum_distance: "{'Foo': 1, 'default': 200}",
  }),
  ini('a region without a distance', /has no distance/, { maximum_distance: "{'Volcanic': 100}" }),
  ini('an empty description', /description = : the value is empty/, { description: '' }),
  ini('yes for true', /mean = yes: not true or false/, { mean: 'yes' }),
  ini('a decimal point in a whole number', /number_of_logic_tree_samples = 4\.0/, {
    number_of_logic_tree_samples: '4.0',
  }),
  ini('an error of quantiles of 0', /quantile_error = 0: must be above 0 \(allowed: a number > 0 and <= 0.5\)/, {
    quantile_error: '0',
  }),
  ini('an error of quantiles of 2', /quantile_error = 2: too large \(allowed: a number > 0 and <= 0.5\)/, {
    quantile_error: '2',
  }),
  ini('an error of quantiles in words', /quantile_error = small: 'small' is not a number/, {
    quantile_error: 'small',
  }),
  ini('a negative number of exact realizations', /max_exact_realizations = -1: negative/, {
    max_exact_realizations: '-1',
  }),
  ini('more exact realizations than fit in memory', /max_exact_realizations = 1000000000: too large/, {
    max_exact_realizations: '1000000000',
  }),
  ini('a negative seed', /random_seed = -1: negative/, { random_seed: '-1' }),
  ini('an unknown sampling method', /sampling_method = latin: unknown value/, { sampling_method: 'latin' }),
  ini('a probability above 1', /1\.5 is not a probability/, { poes: '0.1 1.5' }),
  ini('maps without probabilities', /hazard_maps = true: needs poes/, { hazard_maps: 'true' }),
  ini('an old and a new name', /only one of them may be given/, { individual_curves: 'true', individual_rlzs: 'true' }),
  ini('one model and a tree of models', /gsim = BooreAtkinson2008: cannot be given together/, {
    gsim: 'BooreAtkinson2008',
  }),
  ini('a grid of point sources with rates by source', /must be 0 with disagg_by_src/, {
    disagg_by_src: 'true',
    ps_grid_spacing: '20',
  }),
  ini('no source model', /no source model/, { source_model_logic_tree_file: null }),
  ini('all sources below the minimum magnitude', /below the minimum magnitude/, { minimum_magnitude: '7.5' }),
  ini('a feature that does not exist', /\[feature: event_based\]/, { calculation_mode: 'event_based' }),
];

const LEVELS: readonly MalformedJob[] = [
  levels('levels that are not a dictionary', /neither a literal nor arithmetic/, 'PGA 0.1'),
  levels('a dictionary that is not closed', /ends before its brackets are closed/, '{"PGA": [0.1, 0.2]'),
  levels('different numbers of levels', /as many levels/, '{"PGA": [0.1, 0.2], "SA(0.2)": [0.1]}'),
  levels('levels that decrease', /levels must increase/, '{"PGA": [0.2, 0.1]}'),
  levels('an infinite level', /too large for a number/, '{"PGA": [0.1, 1e999]}'),
  levels('a level that is not a number', /neither a literal nor arithmetic/, '{"PGA": [0.1, nan]}'),
  levels('an unknown measure', /'FOO' is not an intensity measure type/, '{"FOO": [0.1]}'),
  levels('a period of zero', /period must be a number above 0/, '{"SA(0)": [0.1]}'),
  levels('a scale that starts at zero', /lowest level 0 must be above 0/, '{"PGA": logscale(0, 2, 20)}'),
  levels('a scale of a billion levels', /whole number from 1 to/, '{"PGA": logscale(0.1, 2, 1000000000)}'),
  levels('division by zero', /not a finite number/, '{"PGA": [1 / 0]}'),
  levels('a function that is not listed', /neither a literal nor arithmetic/, '{"PGA": [cos(1)]}'),
  levels('code in place of a number', /not expected at character/, '{"PGA": [import("fs")]}'),
  levels('a definition in place of a number', /neither a literal nor arithmetic/, '{"PGA": [f(x) = x]}'),
  levels('brackets without end', /nested more than/, '['.repeat(5000)),
  levels('an expression without end', /longer than/, `{"PGA": [${'1 + '.repeat(1000)}1]}`),
  levels('a period beyond the model', /SA\(100/, '{"SA(100.0)": [0.1]}'),
];

const PLACES: readonly MalformedJob[] = [
  ini('no sites', /the job has no sites/, { sites: null }),
  ini('sites that are not numbers', /'ten' is not a number/, { sites: 'ten 45' }),
  ini('a latitude beyond the pole', /latitude 91 is outside/, { sites: '10 91' }),
  ini('a site twice', /stands twice/, { sites: '10 45, 10.000001 45' }),
  ini('a region without a spacing', /needs region_grid_spacing/, { sites: null, region: '10 45, 11 45, 11 46' }),
  ini('a region of two corners', /three different corners/, {
    sites: null,
    region: '10 45, 11 45',
    region_grid_spacing: '10',
  }),
  ini('sites and a region', /cannot be given together/, { region: '10 45, 11 45, 11 46', region_grid_spacing: '10' }),
  ini('a site parameter that no one gives', /vs30: the models need this site parameter/, {
    reference_vs30_value: null,
  }),
  job(
    'a site model that gives words where a model needs a number',
    /sites\.csv, line 2: f0 = nan: 'nan' is not a number/,
    {
      'job.ini': tinyIni({ sites: null, site_model_file: 'sites.csv' }),
      'sites.csv': 'lon,lat,vs30,vs30measured,z2pt5,f0\n10,45,760,1,1,nan\n',
      'gmlt.xml': logicTree(
        branchSet('gmpeModel', [['g1', 'HassaniAtkinson2020Asc', '1.0']], ` applyToTectonicRegionType="${REGION}"`),
      ),
    },
  ),
  job('a site model without a name, and no other sites', /sites: the job has no sites/, {
    'job.ini': tinyIni({ sites: null, site_model_file: '' }),
  }),
  siteModel('a site model without longitudes', /lon: the column is missing/, 'lat,vs30\n45,760\n'),
  siteModel('a site model without sites', /no sites/, 'lon,lat,vs30\n'),
  siteModel('an empty site model', /no sites/, ''),
  siteModel(
    'a site twice in a site model',
    /stands already in sites\.csv, line 2/,
    'lon,lat,vs30\n10,45,760\n10,45,800\n',
  ),
  siteModel(
    'a line that is too short',
    /line 3: the line has 2 values, the header 3/,
    'lon,lat,vs30\n10,45,760\n11,45\n',
  ),
  siteModel('a word among velocities', /line 3: vs30 = rock/, 'lon,lat,vs30\n10,45,760\n11,45,rock\n'),
  siteModel('a velocity that is not a number', /line 2: vs30 = nan/, 'lon,lat,vs30\n10,45,nan\n11,45,760\n'),
  siteModel('a velocity of zero', /vs30 = 0: must be above 0/, 'lon,lat,vs30\n10,45,0\n'),
  siteModel(
    'a long site name',
    /custom_site_id = far-too-long/,
    'custom_site_id,lon,lat,vs30\nfar-too-long,10,45,760\n',
  ),
  siteModel('sites that are not counted', /site_id = 5: must count/, 'site_id,lon,lat,vs30\n5,10,45,760\n'),
  siteModel('a site model that is not text', /not UTF-8/, Buffer.from([0xff, 0xfe, 0x00, 0x41])),
  siteModel('a quote that is never closed', /never closed/, 'lon,lat,vs30\n10,45,"760\n'),
  siteModel('a broken XML site model', /sites\.xml.*XML is broken/, '<nrml><siteModel><site lon="1"', 'sites.xml'),
];

const FILES: readonly MalformedJob[] = [
  ini('a file that does not exist', /gsim_logic_tree_file = no\.xml: No such file: no\.xml/, {
    gsim_logic_tree_file: 'no.xml',
  }),
  ini('a folder in place of a file', /is not a file/, { gsim_logic_tree_file: '.' }),
  ini('an absolute path', /the path is absolute/, { gsim_logic_tree_file: '/etc/passwd' }),
  ini('a path out of the job', /leaves the folder of the job/, { gsim_logic_tree_file: '../../../etc/passwd' }),
  ini('a path out of the job with backslashes', /leaves the folder of the job/, {
    source_model_logic_tree_file: '..\\..\\passwd',
  }),
  ini('an unknown kind of file', /unknown kind of file/, { foo_file: 'smlt.xml' }),
  job('a tree that names an absolute path', /absolute/, { 'smlt.xml': SOURCE_TREE.replace('sm.xml', '/etc/sm.xml') }),
  job('a tree that names a path out of the job', /leaves/, {
    'smlt.xml': SOURCE_TREE.replace('sm.xml', '../../sm.xml'),
  }),
  job('a source model that does not exist', /sm\.xml/, { 'sm.xml': null }),
];

const TREES: readonly MalformedJob[] = [
  job('an empty file as tree', /smlt\.xml/, { 'smlt.xml': '' }),
  job('a text as tree', /gmlt\.xml/, { 'gmlt.xml': 'BooreAtkinson2008\n' }),
  job('a tree that breaks off', /smlt\.xml, line \d+: the XML is broken/, { 'smlt.xml': SOURCE_TREE.slice(0, 300) }),
  job('tags that cross', /XML is broken/, { 'smlt.xml': SOURCE_TREE.replace('</logicTreeBranch>', '</logicTree>') }),
  job('an entity bomb in a tree', /entit/, { 'smlt.xml': entityBomb(SOURCE_TREE) }),
  job('an entity bomb in a source model', /entit/, { 'sm.xml': entityBomb(sourceModel(POINT_SOURCE)) }),
  job('an entity that names a file', /entit/, {
    'gmlt.xml': MODEL_TREE.replace('<nrml', '<!DOCTYPE nrml [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n<nrml').replace(
      'BooreAtkinson2008',
      '&x;',
    ),
  }),
  job('elements nested without end', /nested more than/, {
    'smlt.xml': nrml('<a>'.repeat(20000) + '</a>'.repeat(20000)),
  }),
  job('a source model as tree', /smlt\.xml/, { 'smlt.xml': sourceModel(POINT_SOURCE) }),
  job('a tree without branch sets', /smlt\.xml/, { 'smlt.xml': logicTree() }),
  job('a branch set without branches', /smlt\.xml/, { 'smlt.xml': logicTree(branchSet('sourceModel', [])) }),
  job('weights that are not 1', /weight/, {
    'smlt.xml': logicTree(
      branchSet('sourceModel', [
        ['b1', 'sm.xml', '0.6'],
        ['b2', 'sm2.xml', '0.5'],
      ]),
    ),
    'sm2.xml': sourceModel(POINT_SOURCE),
  }),
  job('a weight that is a word', /weight/i, { 'smlt.xml': SOURCE_TREE.replace('>1.0<', '>all<') }),
  job('a weight that is not finite', /weight/i, { 'smlt.xml': SOURCE_TREE.replace('>1.0<', '>NaN<') }),
  job('a branch twice', /b1/, {
    'smlt.xml': logicTree(
      branchSet('sourceModel', [
        ['b1', 'sm.xml', '0.5'],
        ['b1', 'sm2.xml', '0.5'],
      ]),
    ),
    'sm2.xml': sourceModel(POINT_SOURCE),
  }),
  job('an unknown uncertainty', /uncertaint/i, {
    'smlt.xml': logicTree(branchSet('sourceModel', [['b1', 'sm.xml', '1.0']]), branchSet('foo', [['b2', '1', '1.0']])),
  }),
  job('an unknown ground-motion model', /FooEtAl2099/, {
    'gmlt.xml': MODEL_TREE.replace('BooreAtkinson2008', 'FooEtAl2099'),
  }),
  job('an argument that the model does not have', /foo/, {
    'gmlt.xml': MODEL_TREE.replace(
      '<uncertaintyModel>BooreAtkinson2008',
      '<uncertaintyModel foo="1">BooreAtkinson2008',
    ),
  }),
  job('weights of models that are not 1', /weight/, { 'gmlt.xml': MODEL_TREE.replace('>1.0<', '>0.9<') }),
  job('a region without models', new RegExp(REGION), { 'gmlt.xml': MODEL_TREE.replace(REGION, 'Volcanic') }),
];

const SOURCES: readonly MalformedJob[] = [
  job('a source model that breaks off', /sm\.xml, line \d+: the XML is broken/, {
    'sm.xml': sourceModel(POINT_SOURCE).slice(0, 700),
  }),
  job('a source model that is not text', /sm\.xml/, { 'sm.xml': Buffer.from([0x3c, 0x61, 0x3e, 0xff, 0xfe, 0xc0]) }),
  job('a source model without sources', /no source/i, { 'sm.xml': sourceModel() }),
  job('an unknown kind of source', /fooSource/, {
    'sm.xml': sourceModel(POINT_SOURCE.replaceAll('pointSource', 'fooSource')),
  }),
  job('an area source without a grid', /area_source_discretization/, { 'sm.xml': sourceModel(AREA_SOURCE) }),
  source('a longitude beyond the earth', /500/, '10.0 45.0', '500.0 45.0'),
  source('a position that is not finite', /sm\.xml/, '10.0 45.0', 'NaN 45.0'),
  source('an infinite rate', /aValue|inf/i, 'aValue="3.5"', 'aValue="inf"'),
  source('magnitudes upside down', /mag/i, 'maxMag="7.0"', 'maxMag="4.0"'),
  source('probabilities that are not 1', /probabilit/i, 'nodalPlane probability="1.0"', 'nodalPlane probability="0.7"'),
  source('depths upside down', /depth/i, '<lowerSeismoDepth>20', '<lowerSeismoDepth>-1'),
  source('a hypocentre below the source', /depth/i, 'depth="10"', 'depth="30"'),
  source('a dip of 120 degrees', /dip/, 'dip="90"', 'dip="120"'),
  source('an unknown scaling relation', /FooMSR/, 'WC1994', 'FooMSR'),
  source('a negative aspect ratio', /aspect/i, '<ruptAspectRatio>1.5', '<ruptAspectRatio>-1.5'),
  source('a source without a distribution', /sm\.xml/, /<truncGutenberg.*\/>/, ''),
];

const big = Buffer.alloc(20 * 2 ** 20);

const ARCHIVES: readonly MalformedJob[] = [
  zip('an archive that is none', /cannot be unpacked/, tinyJob(), () => Buffer.from('this is not a ZIP')),
  zip('an archive that breaks off', /cannot be unpacked/, tinyJob(), (bytes) => bytes.subarray(0, bytes.length - 200)),
  zip('an archive without an ini file', /no \.ini file/, tinyJob({ 'job.ini': null })),
  zip('an entry that leaves the archive', /cannot be unpacked|leaves/, tinyJob({ 'aa/evil.txt': 'x' }), (bytes) =>
    overwrite(bytes, 'aa/evil.txt', '../evil.txt'),
  ),
  zip('an entry with an absolute path', /cannot be unpacked|leaves/, tinyJob({ 'atmp/evil.txt': 'x' }), (bytes) =>
    overwrite(bytes, 'atmp/evil.txt', '/tmp/evil.txt'),
  ),
  zip('an entry that leaves with backslashes', /cannot be unpacked|leaves/, tinyJob({ 'aa/evil.txt': 'x' }), (bytes) =>
    overwrite(bytes, 'aa/evil.txt', '..\\evil.txt'),
  ),
  zip('a symbolic link', /links and special files/, tinyJob({ link: '/etc/passwd' }), undefined, { link: 0o120777 }),
  zip('an entry that unpacks without end', /more than 200 times/, tinyJob({ 'zeros.xml': big })),
  zip('an entry that lies about its size', /malformed\.zip/, tinyJob({ 'zeros.xml': big }), (bytes) =>
    inDirectory(bytes, 'zeros.xml', 24, 4, () => 1000),
  ),
  zip('an encrypted entry', /encrypted/, tinyJob(), (bytes) =>
    inDirectory(bytes, 'sm.xml', 8, 2, (flags) => flags | 1),
  ),
  zip('an entry packed in an unknown way', /unknown way/, tinyJob(), (bytes) =>
    inDirectory(bytes, 'sm.xml', 10, 2, () => 14),
  ),
  zip('a name twice', /stands twice/, tinyJob({ 'sM.xml': 'x', 'sm.xmx': 'y' }), (bytes) =>
    overwrite(bytes, 'sm.xmx', 'sm.xml'),
  ),
  zip(
    'a path out of the archive in the ini',
    /leaves the folder of the job/,
    tinyJob({ 'job.ini': tinyIni({ gsim_logic_tree_file: '../../gmlt.xml' }) }),
  ),
  { ...zip('a job file that is not there', /no such \.ini file/, tinyJob()), jobIni: 'other.ini' },
];

/** Jobs that must each be refused with one clear message, leaving nothing behind. */
export const MALFORMED_JOBS: readonly MalformedJob[] = [
  ...JOB_FILE,
  ...LEVELS,
  ...PLACES,
  ...FILES,
  ...TREES,
  ...SOURCES,
  ...ARCHIVES,
];
