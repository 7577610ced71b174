import assert from 'node:assert/strict';
import { join } from 'node:path';
import { Refusal } from '../../../hazard/refusal.js';
import type { Job } from '../../../job/job.js';
import { readJob } from '../../../inputs/read-job.js';
import { tinyIni, tinyJob, withFolder, writeFiles } from '../tiny-job.js';

const SITES = 'lon,lat,vs30,ampcode\n10.2,45.1,760,B\n10.1,45.1,750,A\n';
const TABLE = `#,,,,,,,"vs30_ref=760"
ampcode,from_mag,from_rrup,level,PGA,SA(0.20),sigma_PGA,sigma_SA(0.20)
B,5.0, 0,0.01,1.5,1.4,0.3,0.2
A,6.0,20,0.10,1.2,1.3,0.2,0.2
A,6.0,20,0.01,1.6,1.7,0.3,0.4
A,6.0, 0,0.01,1.1,1.2,0.1,0.1
`;
const KERNEL = { amplification_method: 'kernel', vs30_tolerance: '10' };
const REST = 'ampcode,PGA,SA(0.2)\nA,1,1\n';

function read(
  table: string,
  parameters: Readonly<Record<string, string | null>> = KERNEL,
  siteModel = SITES,
): Promise<Job> {
  return withFolder(async (folder) => {
    const ini = tinyIni({ sites: null, site_model_file: 'sites.csv', amplification_csv: 'amp.csv', ...parameters });
    const place = join(folder, 'job');
    await writeFiles(place, tinyJob({ 'job.ini': ini, 'sites.csv': siteModel, 'amp.csv': table }));
    return readJob(place, { workFolder: join(folder, 'work') });
  });
}

async function faults(...args: Parameters<typeof read>): Promise<string> {
  const error = await read(...args).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof Refusal, 'the job must be refused');
  return error.message;
}

describe('amplification functions of a job', () => {
  it('are sorted by code, magnitude, distance and level, and found for each site', async () => {
    const { amplification, sites } = await read(TABLE);
    assert.ok(amplification);
    assert.equal(amplification.method, 'kernel');
    const codes = Array.from(amplification.siteFunctions, (number) => amplification.functions[number].code);
    assert.deepEqual(codes, sites.parameters.text.ampcode);
    const ofA = amplification.functions.find(({ code }) => code === 'A')?.classes ?? [];
    assert.deepEqual(
      ofA.map(({ fromMagnitude, fromDistance }) => [fromMagnitude, fromDistance]),
      [
        [6, 0],
        [6, 20],
      ],
    );
    const [, sa] = ofA[1].curves;
    assert.deepEqual([sa.levels, sa.medians, sa.sigmas].map(String), ['0.01,0.1', '1.7,1.3', '0.4,0.2']);
    assert.equal(amplification.largestSigma, 0.4);
    assert.deepEqual([...amplification.soilLevels], [0.1, 0.2]);
  });

  it('need no code at the sites when there is but one', async () => {
    const kernel = TABLE.split('\n').filter((line) => !line.startsWith('A'));
    const { amplification, sites } = await read(kernel.join('\n'), KERNEL, SITES.replaceAll(/,(ampcode|A|B)$/gm, ''));
    assert.deepEqual([...(amplification?.siteFunctions ?? [])], [0, 0]);
    assert.deepEqual(sites.parameters.text.ampcode, ['', '']);
  });

  it('are refused with every fault of the file', async () => {
    const message = await faults(
      TABLE.replace('#', '# rock,')
        .replace('vs30_ref', 'vs30')
        .replace('B,5.0', 'SOIL1,-5')
        .replace('0.10,1.2', '0.01,x')
        .replace('1.6,1.7', '0,1.7'),
    );
    assert.match(message, /amp\.csv, line 1: vs30_ref: the file must begin with the velocity/);
    assert.match(message, /line 3: ampcode = SOIL1: too long \(allowed: up to 4 characters\)/);
    assert.match(message, /line 3: from_mag = -5: must not be below 0/);
    assert.match(message, /line 4: PGA = x: 'x' is not a number/);
    assert.match(message, /line 5: PGA = 0: must be above 0/);
    assert.match(message, /line 5: the same ampcode, from_mag, from_rrup, level stand already in line 4/);
  });

  it('are refused when columns are missing, unknown or repeated', async () => {
    const message = await faults('#vs30_ref=760\nampcode,PGA,PGA,soil\nA,1,1,1\n');
    for (const name of ['from_mag', 'from_rrup', 'level', 'SA\\(0.2\\)', 'sigma_PGA', 'sigma_SA\\(0.2\\)'])
      assert.match(message, new RegExp(`line 2: ${name}: the column is missing`));
    assert.match(message, /soil: unknown column/);
    assert.match(message, /PGA: the column stands twice/);
    assert.match(await faults('#vs30_ref=760\n'), /amp\.csv: the file has no amplification functions/);
  });

  it('must be those of the sites and of the rock', async () => {
    const unknown = await faults(TABLE, KERNEL, SITES.replace('B', 'C'));
    assert.match(
      unknown,
      /sites\.csv: ampcode = C: there is no such amplification function in amp\.csv \(allowed: B, A\)/,
    );
    const none = await faults(TABLE, KERNEL, SITES.replaceAll(/,(ampcode|A|B)$/gm, ''));
    assert.match(none, /there are 2 amplification functions and the site model does not say which holds where/);
    const strict = await faults(TABLE, { ...KERNEL, vs30_tolerance: '9' });
    assert.match(strict, /vs30_tolerance = 9: vs30 of site 1 is 750 m\/s, too far from vs30_ref = 760 m\/s/);
    const hard = TABLE.replace('760', '761');
    assert.match(await faults(hard, { ...KERNEL, vs30_tolerance: '20' }), /reference velocity of the model, 760 m\/s/);
    await read(hard, { ...KERNEL, vs30_tolerance: '-1' });
    const unstated = { ...KERNEL, gsim_logic_tree_file: null, gsim: 'SadighEtAl1997' };
    assert.match(await faults(TABLE, unstated), /SadighEtAl1997\]: the model states no reference velocity/);
  });

  it('work with accelerations at equal levels only', async () => {
    const levels = (text: string): Promise<string> =>
      faults(TABLE, { ...KERNEL, intensity_measure_types_and_levels: text });
    assert.match(await levels('{"PGA": [0.1, 0.2], "PGV": [1, 2]}'), /PGV: site amplification does not work with this/);
    assert.match(await levels('{"PGA": [0.1, 0.2], "SA(0.2)": [0.1, 0.3]}'), /levels must equal those of PGA/);
    assert.match(await levels('{"PGA": [0.1], "SA(0.2)": [0.1]}'), /needs two or more levels above 0/);
  });

  it('are refused where they could not count', async () => {
    const table = REST.replace('ampcode', '#vs30_ref=760\nampcode');
    const all = { amplification_method: 'convolution', soil_intensities: '0.1 0.2' };
    const event = await faults(table, { ...all, calculation_mode: 'event_based' });
    assert.match(event, /amplification_csv = amp\.csv: .* \[feature: amplification outside of hazard curves\]/);
    const post = await faults(table, { ...all, postproc_func: 'median_spectrum.main' });
    assert.match(post, /postproc_func = median_spectrum.main: .* \[feature: amplification outside of hazard curves\]/);
    const classes = await faults(TABLE, { ...all, vs30_tolerance: '10' });
    assert.match(classes, /from_mag: a convolution of curves knows neither magnitudes nor distances/);
  });

  it('tell no magnitudes and distances apart in a convolution, which needs levels on the soil', async () => {
    const convolution = { vs30_tolerance: '10', amplification_method: 'convolution' };
    assert.match(await faults(REST, convolution), /soil_intensities: amplification by convolution needs levels/);
    const falling = { ...convolution, soil_intensities: '0.2 0.1' };
    assert.match(await faults(REST, falling), /soil_intensities = 0.2 0.1: the levels must be above 0 and ascend/);
  });
});
