import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rateAtLevel } from '../../../calculators/postprocessing/disagg-by-rel-sources.js';
import { runCalculation } from '../../../calculators/run.js';
import { exportOutput } from '../../../datastore/exports/registry.js';
import { InlineDistributor } from '../../../engine/distribution/inline-distributor.js';
import { Refusal } from '../../../hazard/refusal.js';
import { readJob } from '../../../inputs/read-job.js';
import { POINT_SOURCE, sourceModel, tinyIni, tinyJob, withFolder, writeFiles } from '../../inputs/tiny-job.js';
import { assertClose } from '../../tolerance.js';

/** A near source, one beyond its reach, and one with a hundredth of the rates. */
const SOURCES = sourceModel(
  POINT_SOURCE,
  POINT_SOURCE.replace('id="1"', 'id="2"').replace('10.0 45.0', '10.4 45.4'),
  POINT_SOURCE.replace('id="1"', 'id="3"').replace('aValue="3.5"', 'aValue="1.0"'),
);
const INI = {
  sites: '10.1 45.2, 10.5 45.5',
  disagg_by_src: 'true',
  postproc_func: 'disagg_by_rel_sources.main',
  postproc_args: "{'imts': ['PGA', 'SA(0.2)'], 'imls_by_sid': {0: [0.1, 0.2], 1: [0.2, 0.1]}}",
  mag_bin_width: '0.5',
  distance_bin_width: '20',
  num_epsilon_bins: '3',
};

/** Rows of CSV files of an output, by name of the file, comment left out. */
async function tables(
  ini: Record<string, string>,
  types: readonly string[],
  sources = SOURCES,
): Promise<Map<string, string[][]>> {
  return withFolder(async (folder) => {
    await writeFiles(folder, tinyJob({ 'job.ini': tinyIni(ini), 'sm.xml': sources }));
    const job = await readJob(folder, { workFolder: folder });
    const path = join(folder, 'calc_1.hdf5');
    const distributor = new InlineDistributor();
    await runCalculation(job, { path, distributor, monitor: { log: () => undefined, progress: () => undefined } });
    const found = new Map<string, string[][]>();
    for (const type of types) {
      for (const file of await exportOutput(path, type, 'csv', folder)) {
        const lines = readFileSync(file, 'utf8').trim().split('\r\n');
        const rows = lines.slice(2).map((line) => line.split(','));
        found.set(file.slice(folder.length + 1, -'_1.csv'.length), rows);
      }
    }
    return found;
  });
}

async function faults(ini: Record<string, string>): Promise<Refusal> {
  return withFolder(async (folder) => {
    await writeFiles(folder, tinyJob({ 'job.ini': tinyIni({ ...INI, ...ini }), 'sm.xml': SOURCES }));
    const error = await readJob(folder, { workFolder: folder }).then(
      () => assert.fail('accepted'),
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof Refusal);
    return error;
  });
}

describe('mean rates by source', () => {
  const classical = { sites: INI.sites, disagg_by_src: 'true' };

  it('are kept for any number of sites', async () => {
    const few = await tables(classical, ['mean_rates_by_src']);
    const many = await tables({ ...classical, max_sites_disagg: '1' }, ['mean_rates_by_src']);
    assert.equal(few.size, 2);
    assert.deepEqual([...many.keys()], [...few.keys()]);
    // the seconds and the calculation's time stand in the comment only
    for (const [name, rows] of few) assert.deepEqual(many.get(name)!.length, rows.length);
  });
});

describe('a job without a source near', () => {
  const far = { sites: '60 10, 61 10' };

  it('is refused for several sites, and has zero curves for one', async () => {
    await assert.rejects(tables(far, []), (error) => error instanceof Refusal && error.code === 'NO_SOURCES_NEAR');
    const [rows] = (await tables({ sites: '60 10' }, ['hcurves'])).values();
    assert.ok(rows[0].slice(3).every((cell) => Number(cell) === 0));
  });
});

describe('a median spectrum', () => {
  it('weighs ruptures by their part in probability / time: all of them weigh -ln(1 - P) / P, in any number of years', async () => {
    const spectrum = {
      sites: '10.1 45.2',
      poes: '0.1 0.02',
      hazard_maps: 'true',
      postproc_func: 'median_spectrum.main',
      intensity_measure_types_and_levels: '{"PGA": logscale(0.001, 2, 60), "SA(0.2)": logscale(0.001, 2, 60)}',
    };
    const found = await tables(spectrum, ['median_spectra']);
    for (const [p, poe] of [0.1, 0.02].entries()) {
      const rows = found.get(`median_spectrum-0-${p}`)!;
      assert.deepEqual(
        rows.map(([period]) => Number(period)),
        [0, 0.2],
      );
      // the level is read off between levels of the curve
      for (const row of rows) assertClose(Number(row[4]), -Math.log(1 - poe) / poe, { rtol: 5e-3 }, `poe ${poe}`);
    }
  });
});

describe('disaggregation of the relevant sources', () => {
  it('spreads the mean rate of each source over its bins, and leaves out sources that contribute little', async () => {
    const found = await tables(INI, ['mean_rates_by_src', 'mean_disagg_by_src']);
    // files show six digits
    const rtol = 2e-5;
    const years = 50;
    for (const [site, levels] of [
      [0, { PGA: 0.1, 'SA(0.2)': 0.2 }],
      [1, { PGA: 0.2, 'SA(0.2)': 0.1 }],
    ] as const) {
      const rows = found.get(`mean_disagg_by_src-${site}`)!;
      const bySource = found.get(`mean_rates_by_src-${site}`)!;
      for (const [imt, level] of Object.entries(levels)) {
        const rates = bySource.filter((row) => row[1] === imt && Number(row[2]) === level);
        const largest = Math.max(...rates.map((row) => Number(row[3])));
        for (const [id, , , rate] of rates) {
          const bins = rows.filter((row) => row[0] === id && row[4] === imt);
          const total = bins.reduce((sum, row) => sum + Number(row[5]), 0) / years;
          if (Number(rate) <= 0.1 * largest) assert.equal(bins.length, 0, `source ${id}`);
          else assertClose(total, Number(rate), { rtol }, `site ${site} ${imt} source ${id}: ${total}, ${rate}`);
        }
      }
    }
    const ids = new Set(found.get('mean_disagg_by_src-0')!.map((row) => row[0]));
    assert.ok(ids.has('1') && !ids.has('3'));
    const magnitudes = new Set(found.get('mean_disagg_by_src-0')!.map((row) => Number(row[1])));
    assert.deepEqual([...magnitudes].sort(), [5.25, 5.75, 6.25, 6.75]);
  });

  it('shows sources that exclude one another under their common name, with the rate of the curves', async () => {
    const exclusive = SOURCES.replace(/ id="(\d)"/g, ' id="both:$1"').replace(
      'tectonicRegion=',
      'src_interdep="mutex" srcs_weights="0.5 0.3 0.2" tectonicRegion=',
    );
    // a single bin, in which everything composes as it does in the curves
    const ini = { ...INI, mag_bin_width: '10', distance_bin_width: '1000', num_epsilon_bins: '1' };
    const found = await tables(ini, ['mean_rates_by_src', 'mean_disagg_by_src'], exclusive);
    const rows = found.get('mean_disagg_by_src-0')!;
    assert.deepEqual(new Set(rows.map((row) => row[0])), new Set(['both']));
    const [, , , rate] = found.get('mean_rates_by_src-0')!.find((row) => row[1] === 'PGA' && Number(row[2]) === 0.1)!;
    const number = Number(rows.find((row) => row[4] === 'PGA')![5]);
    assertClose(number / 50, Number(rate), { rtol: 2e-5 }, `${number} in 50 years, ${rate} a year`);
  });

  it('has no rows where no source exceeds the level', async () => {
    const ini = { ...INI, sites: '10.1 45.2', postproc_args: "{'imts': ['PGA'], 'imls_by_sid': {0: [90]}}" };
    const levels = '{"PGA": [50, 90]}';
    const found = await tables({ ...ini, intensity_measure_types_and_levels: levels }, ['mean_disagg_by_src']);
    assert.deepEqual(found.get('mean_disagg_by_src'), []);
  });

  it('reports all that is wrong with its arguments at once', async () => {
    const wrong = { postproc_args: "{'imts': ['PGV'], 'imls_by_sid': {7: [0.1, 0.2]}, 'poes': [1]}" };
    const { message } = await faults({ ...wrong, disagg_by_src: 'false', mag_bin_width: '0' });
    for (const part of [
      /disagg_by_src/,
      /'PGV' is not/,
      /no site 7/,
      /site 7 needs one level/,
      /poes: not an arg/,
      /above 0/,
    ])
      assert.match(message, part);
    assert.match(
      (await faults({ disagg_bin_edges: "{'mag': [5, 5], 'depth': [1, 2]}" })).message,
      /mag: .*\n.*depth: /,
    );
  });

  it('has spectra only with what they need', async () => {
    const spectrum = { postproc_func: 'conditional_spectrum.main', max_sites_disagg: '1', mean: 'false' };
    const { message } = await faults({ ...spectrum, intensity_measure_types_and_levels: '{"PGV": [1, 2]}' });
    for (const part of [
      /needs poes/,
      /needs mean/,
      /PGV is not part/,
      /2 sites/,
      /imt_ref/,
      /cross_corr/,
      /imts: not an arg/,
    ])
      assert.match(message, part);
  });

  it('needs two measures of spectra with their correlation for joint rates', async () => {
    const joint = { postproc_func: 'compute_mrd.main', postproc_args: "{'imt1': 'PGA', 'imt2': 'PGA', 'bins': 1}" };
    const { message } = await faults(joint);
    for (const part of [/imt2: must differ/, /cross_correlation: needed/, /bins: not an argument/])
      assert.match(message, part);
    assert.match((await faults({ ...joint, postproc_args: "{'imt1': 'PGV'}" })).message, /imt1: .*\n.*imt2: /);
  });

  it('leaves other post-processings refused by name', async () => {
    const error = await faults({ postproc_func: 'compute_rtgm.main' });
    assert.deepEqual(error.features, ['postproc_func compute_rtgm.main']);
  });

  it('ranks sources by rates interpolated straight in logarithms', () => {
    const levels = Float64Array.of(0.1, 0.2, 0.4);
    const rates = [1e-2, 1e-3, 0];
    const at = (level: number): number => rateAtLevel(levels, (l) => rates[l], level);
    assertClose(at(0.2), 1e-3, { atol: 1e-15 });
    assertClose(at(Math.sqrt(0.1 * 0.2)), Math.sqrt(1e-5), { atol: 1e-15 });
    assertClose(at(Math.sqrt(0.2 * 0.4)), 0.5e-3, { atol: 1e-15 });
    assert.deepEqual([at(0.05), at(0.8)], [1e-2, 0]);
  });
});
