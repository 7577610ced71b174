import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCalculation } from '../../../calculators/run.js';
import { Calculation } from '../../../datastore/calculation.js';
import { StoredDisaggregation } from '../../../datastore/stored-disaggregation.js';
import { exportOutput, listOutputs } from '../../../datastore/exports/registry.js';
import { InlineDistributor } from '../../../engine/distribution/inline-distributor.js';
import { Refusal } from '../../../hazard/refusal.js';
import { readJob } from '../../../inputs/read-job.js';
import { extract } from '../../../web/extract/registry.js';
import { branchSet, logicTree, nrml, REGION, tinyIni, tinyJob, withFolder, writeFiles } from '../../inputs/tiny-job.js';
import { assertAllClose, assertClose } from '../../tolerance.js';

const STABLE = 'Stable Continental Crust';

function pointSource(id: string, position: string, mfd: string): string {
  return `<pointSource id="${id}" name="${id}"><pointGeometry><gml:Point><gml:pos>${position}</gml:pos></gml:Point>
<upperSeismoDepth>0</upperSeismoDepth><lowerSeismoDepth>20</lowerSeismoDepth></pointGeometry>
<magScaleRel>WC1994</magScaleRel><ruptAspectRatio>1.5</ruptAspectRatio><truncGutenbergRichterMFD ${mfd}/>
<nodalPlaneDist><nodalPlane probability="1" strike="30" dip="60" rake="90"/></nodalPlaneDist>
<hypoDepthDist><hypoDepth probability="1" depth="8"/></hypoDepthDist></pointSource>`;
}

const FAULT = `<simpleFaultSource id="2" name="fault"><simpleFaultGeometry>
<gml:LineString><gml:posList>10.5 45.1 10.7 45.25</gml:posList></gml:LineString>
<dip>50</dip><upperSeismoDepth>1</upperSeismoDepth><lowerSeismoDepth>13</lowerSeismoDepth></simpleFaultGeometry>
<magScaleRel>WC1994</magScaleRel><ruptAspectRatio>1.5</ruptAspectRatio>
<incrementalMFD minMag="6.1" binWidth="0.2"><occurRates>0.004 0.002</occurRates></incrementalMFD><rake>90</rake></simpleFaultSource>`;

function group(region: string, sources: readonly string[], attributes = ''): string {
  return `<sourceGroup name="${region}" tectonicRegion="${region}"${attributes}>${sources.join('\n')}</sourceGroup>`;
}

function models(region: string, number: number, ...branches: readonly (readonly [string, string])[]): string {
  const rows = branches.map(([model, weight], k) => [`g${number}${k}`, model, weight] as const);
  return branchSet('gmpeModel', rows, ` applyToTectonicRegionType="${region}"`, `set${number}`);
}

const ACTIVE_MODELS = models(REGION, 0, ['BooreAtkinson2008', '0.6'], ['SadighEtAl1997', '0.4']);

/** Two regions with two models each. */
const TWO_REGIONS = {
  'sm.xml': nrml(
    `<sourceModel name="m">${group(REGION, [pointSource('1', '10.0 45.0', 'aValue="3.2" bValue="1" minMag="5" maxMag="6.6"'), FAULT])}
${group(STABLE, [pointSource('3', '9.6 44.8', 'aValue="2.8" bValue="0.9" minMag="5" maxMag="6.2"')])}</sourceModel>`,
  ),
  'gmlt.xml': logicTree(ACTIVE_MODELS, models(STABLE, 1, ['AkkarBommer2010', '0.75'], ['SadighEtAl1997', '0.25'])),
};

/** One group of two sources that exclude one another. */
const EXCLUSIVE = {
  'sm.xml': nrml(
    `<sourceModel name="m">${group(
      REGION,
      [
        pointSource('s:1', '10.0 45.0', 'aValue="3.4" bValue="1" minMag="5" maxMag="6.2"'),
        pointSource('s:2', '10.4 45.0', 'aValue="3.4" bValue="1" minMag="5" maxMag="7"'),
      ],
      ' src_interdep="mutex" rup_interdep="indep" srcs_weights="0.7 0.3" grp_probability="0.4"',
    )}</sourceModel>`,
  ),
  'gmlt.xml': logicTree(ACTIVE_MODELS),
};

const INI = {
  calculation_mode: 'disaggregation',
  sites: '10.2 45.1',
  width_of_mfd_bin: '0.4',
  maximum_distance: '150',
  intensity_measure_types_and_levels: '{"PGA": logscale(0.005, 2, 12), "SA(0.2)": logscale(0.005, 2, 12)}',
  mag_bin_width: '0.5',
  distance_bin_width: '25',
  coordinate_bin_width: '0.8',
  num_epsilon_bins: '4',
  poes: '0.1 0.02',
};

type Files = Readonly<Record<string, string>>;

/** Runs a job and hands over its file, open. */
async function withCalculation<T>(
  ini: Readonly<Record<string, string | null>>,
  files: Files,
  use: (calculation: Calculation, folder: string) => T | Promise<T>,
): Promise<T> {
  return withFolder(async (folder) => {
    await writeFiles(folder, tinyJob({ ...files, 'job.ini': tinyIni({ ...INI, ...ini }) }));
    const job = await readJob(folder, { workFolder: folder });
    const path = join(folder, 'calc_1.hdf5');
    const monitor = { log: () => undefined, progress: () => undefined };
    await runCalculation(job, { path, distributor: new InlineDistributor(), monitor });
    const calculation = await Calculation.open(path);
    try {
      return await use(calculation, folder);
    } finally {
      calculation.close();
    }
  });
}

// the reference holds rates and curves in single precision, and rounds distances of ruptures on a mesh
const RTOL = 5e-4;

// expected figures of this file: OpenQuake engine 3.24-dev
describe('a disaggregation', () => {
  it('agrees with the reference at the levels of the mean curve, for the realizations nearest to it', async () => {
    await withCalculation({ num_rlzs_disagg: '2' }, TWO_REGIONS, ({ hdf5 }) => {
      assertAllClose(
        hdf5.readFloats('hmap3'),
        [0.16696976579103, 0.29264595218067, 0.40361420752158, 0.71549205699037],
        { rtol: RTOL },
        'level',
      );
      assert.deepEqual([...hdf5.readFloats('best_rlzs')], [3, 2]);
      assert.deepEqual(hdf5.shape('disagg-rlzs/TRT'), [1, 2, 2, 2, 2]);
      assertAllClose(
        hdf5.readFloats('disagg-rlzs/TRT'),
        [
          0.16562721, 0.16562721, 0.041001468, 0.041001468, 0.14990009, 0.14990009, 0.036807118, 0.036807118,
          0.00024435423, 0.0017068816, 0, 3.3486107e-5, 0.0003635797, 0.0025431027, 0, 0.00011787527,
        ],
        { rtol: RTOL },
        'TRT',
      );
      assertAllClose(
        hdf5.readFloats('disagg-rlzs/Mag').subarray(8, 16),
        [0.044440854, 0.044770177, 0.011876676, 0.011876676, 0.039486314, 0.040151195, 0.010448271, 0.010448271],
        { rtol: RTOL },
        'magnitude 5.5 to 6',
      );
    });
  });

  it('shows the realizations nearest to the mean with their shares of the weight shown', async () => {
    await withCalculation({ num_rlzs_disagg: '2' }, TWO_REGIONS, (calculation) => {
      const { numbers, weights } = new StoredDisaggregation(calculation).realizations(0);
      assert.deepEqual(numbers, [3, 2]);
      // 0.4 x 0.25 and 0.4 x 0.75
      assertAllClose(weights, [0.25, 0.75], { rtol: 1e-6 });
    });
  });

  it('weighs the mean with the weights of the realizations shown as they are, like the reference', async () => {
    await withCalculation({ num_rlzs_disagg: '2' }, TWO_REGIONS, ({ hdf5 }) => {
      const mean = [
        0.069869144, 0.016606855, 0.06289558, 0.014888689, 0.00053679628, 1.004595e-5, 0.00079994705, 3.536404e-5,
      ];
      assertAllClose(hdf5.readFloats('disagg-stats/TRT'), mean, { rtol: RTOL }, 'mean');
    });
    await withCalculation({}, TWO_REGIONS, ({ hdf5 }) => {
      const mean = [
        0.10750984, 0.022033272, 0.10079866, 0.020794411, 0.0013414504, 2.5114685e-5, 0.0019986679, 8.8407752e-5,
      ];
      assertAllClose(hdf5.readFloats('disagg-stats/TRT'), mean, { rtol: RTOL }, 'mean over all');
    });
  });

  it('composes every table to the same whole', async () => {
    await withCalculation({}, TWO_REGIONS, ({ hdf5 }) => {
      const total = hdf5.readFloats('poe4');
      for (const table of hdf5.members('disagg-rlzs')) {
        const none = new Float64Array(total.length).fill(1);
        hdf5.readFloats(`disagg-rlzs/${table}`).forEach((poe, k) => (none[k % none.length] *= 1 - poe));
        total.forEach((poe, k) => {
          assertClose(1 - none[k], poe, { atol: 1e-12 }, `${table} ${k}`);
        });
      }
    });
  });

  it('composes sources that exclude one another bin by bin', async () => {
    await withCalculation({ poes: '0.05' }, EXCLUSIVE, ({ hdf5 }) => {
      assert.deepEqual([...hdf5.readFloats('best_rlzs')], [1, 0]);
      assertAllClose(
        hdf5.readFloats('disagg-rlzs/Mag'),
        [
          0.038225209, 0.0075338779, 0.034728448, 0.0075258061, 0.029919236, 0.011389804, 0.02767521, 0.011693075,
          0.020510461, 0.011196966, 0.019309537, 0.011548156, 0.004538212, 0.0027244053, 0.0043926971, 0.0027555082, 0,
          0, 0, 0,
        ],
        { rtol: RTOL },
        'exclusive',
      );
    });
  });

  it('takes a level of intensity as it is: no logarithm, as for ground motion', async () => {
    const ini = { poes: null, intensity_measure_types_and_levels: null, iml_disagg: "{'MMI': 6}" };
    const files = {
      'sm.xml': nrml(`<sourceModel name="m">${group(REGION, [FAULT])}</sourceModel>`),
      'gmlt.xml': logicTree(models(REGION, 0, ['AllenEtAl2012', '1.0'])),
    };
    await withCalculation({ ...ini, disagg_outputs: 'Mag' }, files, ({ hdf5 }) => {
      const [curve] = hdf5.readFloats('hcurves-stats');
      // what no magnitude exceeds, nothing exceeds
      const none = hdf5.readFloats('disagg-rlzs/Mag').reduce((product, p) => product * (1 - p), 1);
      assert.ok(curve > 0.01 && curve < 0.2, `${curve} in 50 years, of 0.26 ruptures`);
      assertClose(1 - none, curve, { rtol: 1e-4 });
    });
  });

  it('takes levels, edges and realizations that the job gives', async () => {
    const levels = "{'PGA': 0.15, 'SA(0.2)': 0.4}";
    const ini = { poes: null, intensity_measure_types_and_levels: null, iml_disagg: levels };
    await withCalculation({ ...ini, sites: '10.2 45.1, 9.7 44.9' }, TWO_REGIONS, async ({ path, hdf5 }, folder) => {
      // the probability beside a given level is that of the mean curve of the same site
      const curves = hdf5.readFloats('hcurves-stats');
      const tables = await exportOutput(path, 'disagg-stats', 'csv', folder);
      for (const site of [0, 1]) {
        const table = tables.find((name) => name.endsWith(`/Mag-mean-${site}_1.csv`))!;
        const [, , poe] = readFileSync(table, 'utf8').split('\r\n')[2].split(',').map(Number);
        const expected = curves[(site * curves.length) / 2];
        assertClose(poe, expected, { rtol: 1e-5 });
      }
      assert.ok(Math.abs(curves[0] / curves[curves.length / 2] - 1) > 0.1);
    });
    await withCalculation(ini, TWO_REGIONS, ({ hdf5 }) => {
      assert.deepEqual([...hdf5.readFloats('best_rlzs')], [0, 3, 2, 1]);
      const total = [
        0.09110368509, 0.2005414428, 0.2022425071, 0.08916563861, 0.07055145506, 0.1527727841, 0.154671808,
        0.06846345533,
      ];
      assertAllClose(hdf5.readFloats('poe4'), total, { rtol: RTOL }, 'total');
    });
    const edges =
      "{'mag': [5.2, 6.0, 6.4], 'dist': [0, 20, 40], 'eps': [-1, 0, 1, 2], 'lon': [9, 10, 11], 'lat': [44, 45, 46]}";
    const given = { disagg_bin_edges: edges, rlz_index: '3 1', num_rlzs_disagg: '1', disagg_outputs: 'Mag Lon_Lat' };
    await withCalculation(given, TWO_REGIONS, ({ hdf5 }) => {
      assert.deepEqual([...hdf5.readFloats('best_rlzs')], [3, 1]);
      assert.deepEqual([...hdf5.readFloats('disagg-bins/Lon')], [9, 10, 11]);
      assert.deepEqual(hdf5.shape('disagg-rlzs/Lon_Lat'), [1, 2, 2, 2, 2, 2]);
      assertAllClose(hdf5.readFloats('poe4').subarray(0, 2), [0.1656272116, 0.06653299226], { rtol: RTOL }, 'total');
    });
  });

  it('makes the mean alone of a tree with too many paths for tables of each', async () => {
    const fine = {
      mag_bin_width: '0.1',
      distance_bin_width: '2',
      num_epsilon_bins: '20',
      number_of_logic_tree_samples: '1000',
      disagg_outputs: 'TRT_Mag_Dist_Eps TRT',
    };
    await withCalculation(fine, TWO_REGIONS, async ({ hdf5, path }) => {
      assert.ok(!hdf5.has('disagg-rlzs') && hdf5.has('disagg-stats/TRT'));
      const types = (await listOutputs(path)).map(({ type }) => type).filter((type) => type.startsWith('disagg'));
      assert.deepEqual(types, ['disagg-stats']);
      // the mean over the whole tree, from which the samples differ by chance
      const [active] = hdf5.readFloats('disagg-stats/TRT');
      assertClose(active, 0.10750984, { atol: 0.1 * active }, `${active}`);
    });
  });

  it('exports tables with centres of the bins, probabilities ascending, and none that is all zero', async () => {
    await withCalculation({ disagg_outputs: 'TRT_Mag Dist' }, TWO_REGIONS, async ({ path }, folder) => {
      const files = await exportOutput(path, 'disagg-rlzs', 'csv', folder);
      assert.deepEqual(
        files.map((file) => file.slice(folder.length + 1)),
        ['Dist-0_1.csv', 'TRT_Mag-0_1.csv'],
      );
      const [comment, header, first, ...rest] = readFileSync(files[1], 'utf8').trim().split('\r\n');
      assert.match(comment, /investigation_time=50\.0, mag_bin_edges=\[5\.0, 5\.5, 6\.0, 6\.5\], .*rlz_ids=\[3, 2, /);
      assert.match(header, /^imt,iml,poe,trt,mag,rlz3,rlz2,/);
      assert.match(first, /^PGA,2\.9264\dE-01,2\.00000E-02,Active Shallow Crust,5\.25000E\+00,1\.1048\dE-02,/);
      assert.equal(rest.length, 2 * 2 * 2 * 3 - 1);
      const mean = await exportOutput(path, 'disagg-stats', 'csv', folder);
      assert.ok(mean[0].endsWith('Dist-mean-0_1.csv'));
      const shares = await exportOutput(path, 'disagg-rlzs-traditional', 'csv', folder);
      const rows = readFileSync(shares[0], 'utf8')
        .trim()
        .split('\r\n')
        .slice(2)
        .map((line) => line.split(','));
      const sum = rows
        .filter(([imt, , poe]) => imt === 'PGA' && Number(poe) === 0.1)
        .reduce((total, row) => total + Number(row[4]), 0);
      assertClose(sum, 1, { atol: 1e-4 });
    });
  });

  it('is extracted table by table and as a layer', async () => {
    await withCalculation({ disagg_outputs: 'TRT_Mag Dist' }, TWO_REGIONS, async (calculation) => {
      const get = (what: string, query: string) => extract(calculation, what, new URLSearchParams(query));
      const table = Buffer.from(await get('disagg', 'kind=TRT_Mag&imt=PGA&site_id=0&poe_id=0&spec=rlzs-traditional'));
      for (const part of ['kind.npy', 'trt.npy', 'mag.npy', 'weights.npy', "'shape': (2, 3, 1, 4)"])
        assert.ok(table.includes(part), part);
      const all = Buffer.from(await get('disagg', 'kind=TRT_Mag&site_id=0&spec=stats'));
      assert.ok(all.includes("'shape': (2, 3, 2, 2, 1)"));
      const layer = Buffer.from(await get('disagg_layer', ''));
      assert.ok(layer.includes("('lon_bins', '<f4', (3,))") && layer.includes("('TRT_Mag-PGA-0.1', '<f4', (2, 3))"));
      for (const query of [
        'kind=Mag&site_id=0&spec=stats',
        'kind=Dist&site_id=1&spec=stats',
        'kind=Dist&site_id=0&spec=max',
        'kind=Dist&site_id=0&spec=stats&imt=PGV',
      ])
        await assert.rejects(get('disagg', query), Refusal, query);
    });
  });

  it('is refused where there is nothing to disaggregate, or too many bins', async () => {
    const run = (ini: Record<string, string>) => withCalculation(ini, TWO_REGIONS, () => undefined);
    await assert.rejects(run({ poes: '0.99' }), /nothing to disaggregate/);
    await assert.rejects(
      run({ mag_bin_width: '0.001', distance_bin_width: '0.1' }),
      /11,000 bins of Mag|at most 1000000 are allowed/,
    );
  });

  it('reports what a job asks for wrongly', async () => {
    const wrong = {
      rlz_index: '4',
      num_rlzs_disagg: '1',
      max_sites_disagg: '1',
      sites: '10 45, 11 45',
      disagg_bin_edges: "{'lon': [1, 2]}",
    };
    await withFolder(async (folder) => {
      await writeFiles(folder, tinyJob({ ...TWO_REGIONS, 'job.ini': tinyIni({ ...INI, ...wrong }) }));
      const error = await readJob(folder, { workFolder: folder }).then(
        () => assert.fail('accepted'),
        (reason: unknown) => reason,
      );
      assert.ok(error instanceof Refusal);
      for (const part of [/there is no realization 4/, /2 sites: too many/, /edges of coordinates are for one site/])
        assert.match(error.message, part);
    });
  });
});
