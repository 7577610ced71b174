/** Sizes are counted before anything of that size is made: from closed forms, in seconds, and refused with number and limit. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { readJob } from '../../inputs/read-job.js';
import { inputLimits, LIMITS_VARIABLE } from '../../inputs/sizes/limits.js';
import { complexFaultSurface } from '../../hazard/sources/complex-fault.js';
import { prepareSource, sourceKind } from '../../hazard/sources/registry.js';
import type {
  AreaSource,
  ComplexFaultGeometry,
  Discretization,
  SimpleFaultGeometry,
  SimpleFaultSource,
} from '../../hazard/sources/source.js';
import { simpleFaultMesh } from '../../hazard/surfaces/simple-fault.js';
import { Refusal } from '../../hazard/refusal.js';
import { AREA_SOURCE, POINT_SOURCE, sourceModel, tinyIni, tinyJob, withFolder, writeFiles } from './tiny-job.js';

const STEPS: Discretization = {
  ruptureMeshSpacing: 1,
  complexFaultMeshSpacing: 2,
  widthOfMfdBin: 0.1,
  areaSourceDiscretization: 10,
  floatingXStep: 0,
  floatingYStep: 0,
  investigationTime: 50,
  inferOccurRates: false,
  shiftHypo: false,
  splitSources: true,
};

async function refusalOf(
  changes: Readonly<Record<string, string>>,
  overrides: Readonly<Record<string, string>> = {},
): Promise<Refusal> {
  return withFolder(async (folder) => {
    await writeFiles(join(folder, 'job'), tinyJob(changes));
    try {
      await readJob(join(folder, 'job'), { workFolder: folder, overrides });
    } catch (error) {
      if (error instanceof Refusal) return error;
      throw error;
    }
    throw new assert.AssertionError({ message: 'the job was not refused' });
  });
}

async function isTooLarge(
  changes: Readonly<Record<string, string>>,
  overrides: Readonly<Record<string, string>>,
  expected: RegExp,
): Promise<void> {
  const refusal = await refusalOf(changes, overrides);
  assert.match(refusal.message, expected);
  assert.ok(
    refusal.faults.some(({ code }) => code === 'TOO_LARGE'),
    refusal.message,
  );
}

const TRACE = '<gml:LineString><gml:posList>10 45 10.3 45.2</gml:posList></gml:LineString>';
const FAULT = `<simpleFaultSource id="1" name="f"><simpleFaultGeometry>${TRACE}<dip>45</dip><upperSeismoDepth>0</upperSeismoDepth><lowerSeismoDepth>15</lowerSeismoDepth></simpleFaultGeometry><magScaleRel>WC1994</magScaleRel><ruptAspectRatio>2</ruptAspectRatio><incrementalMFD minMag="6" binWidth="0.2"><occurRates>0.01</occurRates></incrementalMFD><rake>0</rake></simpleFaultSource>`;

const SIMPLE: SimpleFaultGeometry = {
  kind: 'simpleFault',
  trace: Float64Array.of(10, 45, 0, 10.3, 45.2, 0, 10.5, 45.6, 0),
  dip: 45,
  upperSeismogenicDepth: 0,
  lowerSeismogenicDepth: 20,
};
const COMPLEX: ComplexFaultGeometry = {
  kind: 'complexFault',
  edges: [Float64Array.of(10, 45, 5, 10, 46, 5), Float64Array.of(10.5, 45, 30, 10.5, 46.2, 30)],
};
const BASE = { id: '1', name: 's', tectonicRegionType: 'Active Shallow Crust' };
const FAULT_BASE = {
  ...BASE,
  mfd: { kind: 'incremental' as const, minMag: 6, binWidth: 0.1, occurRates: Float64Array.of(0.1, 0.1) },
  magnitudeScalingRelation: 'WC1994',
  ruptureAspectRatio: 1,
  rake: 0,
};

/** A count may be off by a tenth of what is built, and never far below it. */
function assertCounted(counted: number, built: number): void {
  assert.ok(counted > 0.9 * built && counted < 1.25 * built, `${counted} counted, ${built} built`);
}

describe('sizes of a job', () => {
  it('are those of the meshes and grids that are built', () => {
    const simple: SimpleFaultSource = { type: 'simpleFault', ...FAULT_BASE, geometry: SIMPLE };
    const mesh = simpleFaultMesh(SIMPLE, STEPS.ruptureMeshSpacing);
    assertCounted(sourceKind(simple.type).size(simple, STEPS).meshNodes, mesh.rows * mesh.columns);
    assert.ok(sourceKind(simple.type).size(simple, STEPS).ruptures >= prepareSource(simple, STEPS).ruptureCount);
    const complex = { type: 'complexFault' as const, ...FAULT_BASE, geometry: COMPLEX };
    const surface = complexFaultSurface(COMPLEX, STEPS.complexFaultMeshSpacing).mesh;
    assertCounted(sourceKind(complex.type).size(complex, STEPS).meshNodes, surface.rows * surface.columns);
    const area: AreaSource = {
      type: 'area',
      ...BASE,
      mfd: { kind: 'truncatedGutenbergRichter', aValue: 4, bValue: 1, minMag: 5, maxMag: 7 },
      magnitudeScalingRelation: 'WC1994',
      ruptureAspectRatio: 1,
      upperSeismogenicDepth: 0,
      lowerSeismogenicDepth: 20,
      nodalPlanes: [{ probability: 1, strike: 0, dip: 90, rake: 0 }],
      hypocentralDepths: [{ probability: 1, depth: 10 }],
      polygon: Float64Array.of(179, 44, -179, 44, -179, 46, 179, 46),
    };
    assertCounted(sourceKind(area.type).size(area, STEPS).ruptures, prepareSource(area, STEPS).ruptureCount);
  });

  it('are refused for meshes that are too fine, with source, number, limit and parameter', async () => {
    await isTooLarge(
      { 'sm.xml': sourceModel(FAULT) },
      { rupture_mesh_spacing: '0.001' },
      /^sm\.xml: rupture_mesh_spacing: source '1' would have \d{3},\d{3},\d{3} nodes in its mesh \(allowed: up to 1,000,000/,
    );
    const many = [1, 2, 3].map((k) => FAULT.replace('id="1"', `id="${k}"`)).join('\n');
    await isTooLarge({ 'sm.xml': sourceModel(many) }, { rupture_mesh_spacing: '0.001' }, /\(and 2 more sources\)/);
  });

  it('are refused for grids of areas and of sites, bins, samples, levels and disaggregations', async () => {
    const area = { 'sm.xml': sourceModel(AREA_SOURCE) };
    await isTooLarge(
      area,
      { area_source_discretization: '0.05' },
      /area_source_discretization: source '1' would have [\d,]+ points/,
    );
    await isTooLarge({}, { width_of_mfd_bin: '1e-7' }, /width_of_mfd_bin: source '1' would have 20,000,001 magnitudes/);
    const narrow = POINT_SOURCE.replace(
      /<truncGutenbergRichterMFD[^>]*>/,
      '<YoungsCoppersmithMFD minMag="5" bValue="1" binWidth="1e-7" characteristicMag="6.5" characteristicRate="0.01"/>',
    );
    await isTooLarge({ 'sm.xml': sourceModel(narrow) }, {}, /would have 17,500,001 magnitudes/);
    await isTooLarge(
      {},
      { number_of_logic_tree_samples: '1000000000' },
      /number_of_logic_tree_samples = 1000000000: too many samples of the logic trees \(allowed: up to 1,000,000/,
    );
    await isTooLarge(
      { 'job.ini': tinyIni({ sites: null, region: '9 44, 11 44, 11 46, 9 46', region_grid_spacing: '0.01' }) },
      {},
      /the grid would have [\d,]+ sites at region_grid_spacing = 0\.01 km/,
    );
    const measures = Array.from({ length: 11 }, (_, k) => `"SA(0.${k + 11})": logscale(0.01, 1, 10000)`).join(', ');
    await isTooLarge(
      {},
      { intensity_measure_types_and_levels: `{${measures}}` },
      /110,000 levels of all measures together/,
    );
    const disaggregation = {
      calculation_mode: 'disaggregation',
      poes_disagg: '0.1',
      mag_bin_width: '0.5',
      distance_bin_width: '10',
      coordinate_bin_width: '0.5',
      num_epsilon_bins: '4',
    };
    await isTooLarge(
      {},
      { ...disaggregation, mag_bin_width: '1e-6' },
      /mag_bin_width = 1e-6: .* 11,000,000 bins of Mag/,
    );
    await isTooLarge({}, { ...disaggregation, num_epsilon_bins: '1000000' }, /1,000,000 bins of Eps/);
    await isTooLarge(
      {},
      { ...disaggregation, mag_bin_width: '0.01', distance_bin_width: '0.1', num_epsilon_bins: '100' },
      /the table Mag_Dist_Eps would have 220,000,000 cells/,
    );
  });

  it('have limits that an installation can change', () => {
    assert.equal(inputLimits('meshNodes=5e6, samples=10').meshNodes, 5e6);
    assert.equal(inputLimits('meshNodes=5e6, samples=10').samples, 10);
    assert.equal(inputLimits('').samples, 1_000_000);
    assert.throws(() => inputLimits('mesh=1'), new RegExp(`${LIMITS_VARIABLE}: 'mesh=1' is no limit`));
    assert.throws(() => inputLimits('samples=-1'), /is no limit/);
  });

  it('are warned of before they are refused', async () => {
    await withFolder(async (folder) => {
      await writeFiles(join(folder, 'job'), tinyJob({ 'sm.xml': sourceModel(FAULT) }));
      const job = await readJob(join(folder, 'job'), {
        workFolder: folder,
        overrides: { rupture_mesh_spacing: '0.045' },
      });
      assert.match(
        job.warnings.join('\n'),
        /source '1' would have \d{3},\d{3} nodes in its mesh: rupture_mesh_spacing makes/,
      );
    });
  });
});
