import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCalculation } from '../../calculators/run.js';
import { Calculation } from '../../datastore/calculation.js';
import { InlineDistributor } from '../../engine/distribution/inline-distributor.js';
import { readJob } from '../../inputs/read-job.js';
import { branch, branchSet as setOfBranches, sourceModel, tree } from '../inputs/logictree/tiny-trees.js';
import { assertAllClose } from '../tolerance.js';

/** Figures have 7 digits, of single precision; tiny ones suffer from the subtraction from 1 there. */
const PROBABILITIES = { rtol: 2e-6, atol: 2e-9 };

const branchSet = (
  id: string,
  type: string,
  values: readonly (readonly [value: string, weight: number])[],
  filters = '',
): string =>
  setOfBranches(
    id,
    type,
    values.map(([value, weight], i) => branch(`${id}${i}`, value, weight)),
    filters,
  );
const halves = (first: string, second: string): [string, number][] => [
  [first, 0.5],
  [second, 0.5],
];
const thirds = (first: string, second: string, third: string): [string, number][] => [
  [first, 0.3333],
  [second, 0.3334],
  [third, 0.3333],
];

interface Shape {
  readonly upper?: number;
  readonly lower?: number;
  readonly aspectRatio?: number;
}
const model = (source: string): string => sourceModel('Active Shallow Crust', source);
function thrustFault({ upper = 0, lower = 15, aspectRatio = 1 }: Shape = {}): string {
  return model(`<simpleFaultSource id="f" name=""><simpleFaultGeometry>
    <gml:LineString><gml:posList>1.0 -0.5 1.4 0.0 1.4 0.3</gml:posList></gml:LineString><dip>30</dip>
    <upperSeismoDepth>${upper}</upperSeismoDepth><lowerSeismoDepth>${lower}</lowerSeismoDepth></simpleFaultGeometry>
    <magScaleRel>WC1994</magScaleRel><ruptAspectRatio>${aspectRatio}</ruptAspectRatio>
    <truncGutenbergRichterMFD aValue="3.2" bValue="0.9" minMag="6.5" maxMag="7.5"/><rake>90</rake></simpleFaultSource>`);
}
const square = (half: number, upper: number): string => `<areaGeometry><gml:Polygon><gml:exterior><gml:LinearRing>
  <gml:posList>-${half} -${half} ${half} -${half} ${half} ${half} -${half} ${half}</gml:posList>
  </gml:LinearRing></gml:exterior></gml:Polygon>
  <upperSeismoDepth>${upper}</upperSeismoDepth><lowerSeismoDepth>10</lowerSeismoDepth></areaGeometry>`;
const depths = (...all: readonly (readonly [depth: number, probability: number])[]): string =>
  `<hypoDepthDist>${all.map(([depth, p]) => `<hypoDepth depth="${depth}" probability="${p}"/>`).join('')}</hypoDepthDist>`;
function area({ half = 1, upper = 0, aspectRatio = 1, hypocentres = depths([5, 1]) } = {}): string {
  return model(`<areaSource id="a" name="">${square(half, upper)}
    <magScaleRel>WC1994</magScaleRel><ruptAspectRatio>${aspectRatio}</ruptAspectRatio>
    <truncGutenbergRichterMFD aValue="4.5" bValue="1" minMag="5" maxMag="6.5"/>
    <nodalPlaneDist><nodalPlane dip="90" probability="1" rake="0" strike="0"/></nodalPlaneDist>${hypocentres}</areaSource>`);
}

interface TestJob {
  readonly sources: string;
  readonly sets?: readonly string[];
  readonly model?: string;
  readonly site?: string;
  readonly vs30?: number;
  readonly meshSpacing?: number;
  readonly levels?: readonly number[];
}
const SIX_LEVELS = [0.01, 0.05, 0.1, 0.2, 0.5, 1];

describe('uncertainties after OpenQuake engine 3.24 in whole calculations', () => {
  let folder = '';
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'later-uncertainties-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  let count = 0;
  /** Probabilities of exceedance in 50 years of the mean curve. */
  async function meanCurve(job: TestJob): Promise<Float64Array> {
    const { sources, sets = [], model: name = 'ChiouYoungs2014', site = '0.5 -0.5', levels = SIX_LEVELS } = job;
    const place = join(folder, String(++count));
    mkdirSync(place);
    const files = {
      'sources.xml': sources,
      'smlt.xml': tree(branchSet('m', 'sourceModel', [['sources.xml', 1]]), ...sets),
      'gsim.xml': tree(branchSet('g', 'gmpeModel', [[name, 1]], 'applyToTectonicRegionType="Active Shallow Crust"')),
      'job.ini': `[general]
        description = uncertainties
        calculation_mode = classical
        sites = ${site}
        rupture_mesh_spacing = ${job.meshSpacing ?? 5}
        width_of_mfd_bin = ${name === 'BooreAtkinson2008' ? 0.2 : 0.1}
        area_source_discretization = 10
        reference_vs30_type = measured
        reference_vs30_value = ${job.vs30 ?? 760}
        reference_depth_to_2pt5km_per_sec = 2.5
        reference_depth_to_1pt0km_per_sec = 50
        source_model_logic_tree_file = smlt.xml
        gsim_logic_tree_file = gsim.xml
        investigation_time = 50
        intensity_measure_types_and_levels = {"PGA": [${levels.join(', ')}]}
        truncation_level = 3
        maximum_distance = 200`.replace(/^ +/gm, ''),
    };
    for (const [file, text] of Object.entries(files)) writeFileSync(join(place, file), text);
    const distributor = new InlineDistributor();
    const path = join(place, 'calc_1.hdf5');
    try {
      const read = await readJob(place, { workFolder: place });
      await runCalculation(read, { path, distributor, monitor: { log: () => undefined, progress: () => undefined } });
    } finally {
      await distributor.close();
    }
    const calculation = await Calculation.open(path);
    try {
      const kinds = calculation.kinds();
      const mean = kinds.find((kind) => kind.name === 'mean') ?? kinds[0];
      return calculation.curves(mean, 0, 0, 1);
    } finally {
      calculation.close();
    }
  }
  // figures of the OpenQuake engine 3.26, logictree/case_32
  it('agree for aspect ratios that are set, then changed', async () => {
    const curve = await meanCurve({
      sources: thrustFault({ upper: 8, lower: 20 }),
      sets: [
        branchSet('s', 'setAspectRatioAbsolute', halves('1.0', '2.0')),
        branchSet('r', 'setAspectRatioRelative', halves('-0.5', '0.5')),
      ],
    });
    assertAllClose(curve, [9.090291e-2, 3.176836e-2, 7.299312e-3, 6.174751e-4, 0, 0], PROBABILITIES);
  });

  // figures of the OpenQuake engine 3.26, logictree/case_33
  it('agree for lower seismogenic depths that are set, then changed', async () => {
    const curve = await meanCurve({
      sources: thrustFault(),
      sets: [
        branchSet('s', 'setLowerSeismDepthAbsolute', thirds('10', '15', '20')),
        branchSet('r', 'setLowerSeismDepthRelative', thirds('-5', '0', '5')),
      ],
    });
    assertAllClose(curve, [8.928332e-2, 2.642012e-2, 5.522685e-3, 4.139664e-4, 0, 0], PROBABILITIES);
  });

  // figures of the OpenQuake engine 3.24, logictree/case_80, at every fifth of its levels
  it('agree for polygons of areas, whose depths stay', async () => {
    const all = Array.from({ length: 45 }, (_, k) => 0.005 * Math.exp((k * Math.log(2.13 / 0.005)) / 44));
    const curve = await meanCurve({
      sources: area(),
      sets: [branchSet('s', 'areaSourceGeometryAbsolute', halves(square(1, 5), square(1.5, 5)))],
      model: 'BooreAtkinson2008',
      site: '0 0',
      vs30: 600,
      meshSpacing: 2,
      levels: all.filter((_, k) => k % 5 === 0),
    });
    assertAllClose(
      curve,
      [
        9.999296e-1, 9.96919e-1, 9.504703e-1, 7.277896e-1, 3.413637e-1, 9.253049e-2, 1.68963e-2, 1.981668e-3,
        9.28458e-5,
      ],
      PROBABILITIES,
    );
  });

  it('do what the same values do in the file of the sources', async () => {
    const inTree = (type: string, value: string, sources: string): Promise<Float64Array> =>
      meanCurve({ sources, sets: [branchSet('s', type, [[value, 1]])] });
    const inFile = (sources: string, meshSpacing = 5): Promise<Float64Array> => meanCurve({ sources, meshSpacing });
    const spread = depths([4, 0.3], [8, 0.7]);
    assertAllClose(
      await inTree('setHypoDepthDistribution', spread, area()),
      await inFile(area({ hypocentres: spread })),
      PROBABILITIES,
    );
    assertAllClose(
      await inTree('setUpperSeismDepthAbsolute', '3', area()),
      await inFile(area({ upper: 3 })),
      PROBABILITIES,
    );
    assertAllClose(
      await inTree('setAspectRatioAbsolute', '2', area()),
      await inFile(area({ aspectRatio: 2 })),
      PROBABILITIES,
    );
    assertAllClose(
      await inTree('setUpperSeismDepthRelative', '2', thrustFault()),
      await inFile(thrustFault({ upper: 2 })),
      PROBABILITIES,
    );
    assertAllClose(
      await inTree('setRuptureMeshSpacingAbsolute', '4', thrustFault()),
      await inFile(thrustFault(), 4),
      PROBABILITIES,
    );
  });
});
