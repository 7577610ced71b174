import assert from 'node:assert/strict';
import { join } from 'node:path';
import { InputReport, warningText } from '../../../inputs/report.js';
import { faultText } from '../../../hazard/refusal.js';
import { canonicalParameters } from '../../../inputs/parameters/oqparam.js';
import { PARAMETER_GROUPS, findParameter, parameterNames } from '../../../inputs/parameters/parameter-table.js';
import { readJobFile } from '../../../inputs/read-job-file.js';
import { tinyIni, tinyJob, withFolder, writeFiles } from '../tiny-job.js';
import { assertClose } from '../../tolerance.js';

interface Outcome {
  readonly faults: string[];
  readonly features: string[];
  readonly warnings: string[];
  readonly values: Record<string, unknown>;
}

async function read(
  changes: Readonly<Record<string, string | null>>,
  overrides: Readonly<Record<string, string>> = {},
): Promise<Outcome> {
  return withFolder(async (folder) => {
    const files = tinyJob({
      'job.ini': tinyIni(changes),
      'sm.csv': 'lon,lat,vs30\n10.1,45.2,760\n',
      'sub/empty.txt': '',
    });
    await writeFiles(folder, files);
    const report = new InputReport();
    const iniFile = join(folder, 'job.ini');
    const jobFile = await readJobFile({ iniFile, root: folder }, overrides, report);
    return {
      faults: report.faults.filter(({ feature }) => feature === undefined).map(faultText),
      features: report.faults.flatMap(({ feature }) => feature ?? []),
      warnings: report.warnings.map(warningText),
      values: canonicalParameters(jobFile.parameters, jobFile.files, iniFile),
    };
  });
}

async function accepted(changes: Readonly<Record<string, string | null>>): Promise<Record<string, unknown>> {
  const { faults, values } = await read(changes);
  assert.deepEqual(faults, []);
  return values;
}

describe('table of parameters', () => {
  it('declares each name once, aliases included, with a meaning that is a sentence', () => {
    const all = Object.values(PARAMETER_GROUPS).flat();
    const names = all.flatMap(({ name, aliases = [] }) => [name, ...aliases]);
    assert.equal(new Set(names).size, names.length);
    for (const { name, meaning } of all) assert.match(meaning, /^[A-Za-z].*\.$/, name);
  });

  it('knows present and older names', () => {
    assert.equal(findParameter('quantile_hazard_curves')?.name, 'quantiles');
    assert.ok(parameterNames().includes('maximum_distance'));
    assert.equal(findParameter('constructor'), undefined);
  });
});

describe('parameters of a job', () => {
  it('have defaults that follow from other parameters', async () => {
    const values = await accepted({});
    assert.equal(values.complex_fault_mesh_spacing, 4);
    assert.deepEqual(values.pointsource_distance, { default: 100 });
    assert.deepEqual(values.maximum_distance, {
      default: [
        [2.5, 200],
        [10.2, 200],
      ],
    });
    assert.equal(values.mean, true);
    assert.equal('individual_rlzs' in values, false);
    assert.deepEqual((await accepted({ ps_grid_spacing: '20' })).pointsource_distance, { default: 40 });
    assert.equal((await accepted({ truncation_level: '0' })).truncation_level, 1e-9);
    assert.equal((await accepted({ number_of_logic_tree_samples: '4' })).collect_rlzs, true);
  });

  it('keep the order of quantiles and probabilities, in every way of writing lists', async () => {
    assert.deepEqual((await accepted({ quantiles: '0.84, 0.16 0.5' })).quantiles, [0.84, 0.16, 0.5]);
    assert.deepEqual((await accepted({ poes: '[0.1, 0.02]' })).poes, [0.1, 0.02]);
    assert.deepEqual((await accepted({ quantiles: '' })).quantiles, []);
  });

  it('take probabilities from return periods', async () => {
    const poes = (await accepted({ return_periods: '475 2475' })).poes as number[];
    // OpenQuake engine 3.24-dev reference figures
    assertClose(poes[0], 0.09991237374774076, { atol: 1e-16 });
    assertClose(poes[1], 0.019999326626579328, { atol: 1e-16 });
  });

  it('sort measures by period, those without a period first, and make their names canonical', async () => {
    const text = '{"SA(1)": [0.1], "PGV": [1], "SA(0.10)": [0.1], "SA(.3)": [2], "PGA": [0]}';
    const levels = (await accepted({ intensity_measure_types_and_levels: text })).hazard_imtls as object;
    assert.deepEqual(Object.entries(levels), [
      ['PGV', [1]],
      ['PGA', [1e-10]],
      ['SA(0.1)', [0.1]],
      ['SA(0.3)', [2]],
      ['SA(1.0)', [0.1]],
    ]);
  });

  it('cut distances at the minimum magnitude of the region', async () => {
    const cut = await accepted({ maximum_distance: '[(5, 50), (7, 200)]', minimum_magnitude: '5.5' });
    assert.deepEqual(cut.maximum_distance, {
      default: [
        [5.5, 87.5],
        [7, 200],
      ],
    });
    assert.deepEqual((await accepted({ maximum_distance: 'magdist' })).maximum_distance, {
      default: [
        [3, 0],
        [6, 150],
        [10, 600],
      ],
    });
    const byRegion = await accepted({ minimum_magnitude: "{'Active Shallow Crust': 5.2, 'default': 4}" });
    assert.deepEqual(byRegion.maximum_distance, {
      default: [
        [4, 200],
        [10.2, 200],
      ],
      'Active Shallow Crust': [
        [5.2, 200],
        [10.2, 200],
      ],
    });
  });

  it('round coordinates to 5 decimals and close the ring of a region', async () => {
    assert.deepEqual((await accepted({ sites: '10.1234567 45.2 -0.5, 9 44' })).sites, [
      [10.12346, 45.2, -0.5],
      [9, 44, 0],
    ]);
    const region = await accepted({ sites: null, region: '10 45, 10.5 45, 10.5 45.5', region_grid_spacing: '10' });
    assert.equal(region.region, 'POLYGON((10.0 45.0, 10.5 45.0, 10.5 45.5, 10.0 45.0))');
  });

  it('show their files relative to the job, whatever way they are written', async () => {
    const values = await accepted({ gsim_logic_tree_file: './sub/../gmlt.xml', site_model_file: 'sm.csv' });
    assert.deepEqual(values.inputs, {
      job_ini: 'job.ini',
      source_model_logic_tree: 'smlt.xml',
      gsim_logic_tree: 'gmlt.xml',
      site_model: ['sm.csv'],
    });
  });

  it('are renamed from older names, with a warning', async () => {
    const { values, warnings, faults } = await read({ mean_hazard_curves: 'false', individual_curves: '1' });
    assert.deepEqual(faults, []);
    assert.equal(values.mean, false);
    assert.equal(values.individual_rlzs, true);
    assert.match(warnings[0], /mean_hazard_curves is now called mean/);
  });

  it('warn when they are unknown, and suggest the name that was meant', async () => {
    const { warnings, faults } = await read({ minimun_magnitude: '5', nonsense: '1' });
    assert.deepEqual(faults, []);
    assert.match(warnings[0], /unknown parameter minimun_magnitude is ignored \(did you mean minimum_magnitude\?\)/);
    assert.match(warnings[1], /unknown parameter nonsense is ignored$/);
  });

  it('are replaced from outside under any of their names', async () => {
    const { values, faults } = await read(
      { quantile_hazard_curves: '0.5' },
      { quantiles: '0.1 0.9', TRUNCATION_LEVEL: '2' },
    );
    assert.deepEqual(faults, []);
    assert.deepEqual(values.quantiles, [0.1, 0.9]);
    assert.equal(values.truncation_level, 2);
  });

  it('are all judged, not only the first wrong one', async () => {
    const { faults } = await read({
      truncation_level: 'x',
      poes: '2',
      mean: 'yes',
      maximum_distance: null,
      hazard_maps: 'true',
    });
    assert.equal(faults.length, 4);
  });

  it('ask for disaggregation by probabilities or by levels, not by both', async () => {
    const bins = {
      calculation_mode: 'disaggregation',
      mag_bin_width: '0.5',
      distance_bin_width: '20',
      coordinate_bin_width: '0.5',
      num_epsilon_bins: '3',
    };
    const { features, values } = await read({ ...bins, poes_disagg: '0.1 0.02' });
    assert.deepEqual(values.poes, [0.1, 0.02]);
    assert.ok(features.length <= 1);
    const byLevel = { ...bins, iml_disagg: "{'PGA': 0.2, 'SA(0.10)': 0.3}", intensity_measure_types_and_levels: null };
    assert.deepEqual((await accepted(byLevel)).hazard_imtls, { PGA: [0.2], 'SA(0.1)': [0.3] });
    const wrongs: readonly Readonly<Record<string, string | null>>[] = [
      {},
      { poes: '0.1', poes_disagg: '0.2' },
      { iml_disagg: "{'PGA': 0.2}" },
      { poes: '0.1', distance_bin_width: null },
      { poes: '0.1', rlz_index: '0' },
      { poes: '0.1', disagg_outputs: 'Dist_Mag' },
    ];
    for (const wrong of wrongs)
      assert.equal((await read({ ...bins, ...wrong })).faults.length, 1, JSON.stringify(wrong));
    assert.equal((await accepted({ ...bins, poes: '0.1', disagg_outputs: 'Mag_Dist, TRT' })).num_epsilon_bins, 1);
  });
});
