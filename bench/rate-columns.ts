/**
 * npm run bench -- rate-columns [BRANCHES]: what source-model branches cost that differ in a- and b-values only, by kind of
 * source: user seconds of planning and of the classical work for one branch and for many (200).
 */
import { planBlocks } from '../calculators/preclassical/source-blocks.js';
import { runClassical, type ClassicalTask } from '../calculators/classical/classical-task.js';
import type { CalculationSetup } from '../calculators/tasks/calculation-setup.js';
import type { SourceBlock } from '../calculators/tasks/source-block.js';
import { TaskWorker } from '../calculators/tasks/task-worker.js';
import { compressBlob, packBlob } from '../hdf5/blob.js';
import type { SourceGroup } from '../hazard/logictree/logic-tree.js';
import type { SingleMfd } from '../hazard/mfd/mfd.js';
import { sitePoints } from '../hazard/site/site-points.js';
import { distanceFilter } from '../hazard/contexts/distance-filter.js';
import { prepareSource } from '../hazard/sources/registry.js';
import type { AreaSource, PointSource, SimpleFaultSource, Source } from '../hazard/sources/source.js';

const REGION = 'Active Shallow Crust';
const DISCRETIZATION = {
  ruptureMeshSpacing: 3,
  complexFaultMeshSpacing: 5,
  widthOfMfdBin: 0.1,
  areaSourceDiscretization: 10,
  investigationTime: 1,
  shiftHypo: false,
  splitSources: true,
  floatingXStep: 0,
  floatingYStep: 0,
  inferOccurRates: false,
};
const SITES = 5;
const RUNS = 3;

/** Distribution of a branch: a- and b-values go up and down around those of the source. */
function mfdOf(branch: number, aValue: number, maxMag: number): SingleMfd {
  const bValue = 0.85 + 0.3 * ((branch * 0.618) % 1);
  return { kind: 'truncatedGutenbergRichter', aValue: aValue + 5 * (bValue - 1), bValue, minMag: 5.5, maxMag };
}

const DISTRIBUTED = {
  name: '',
  tectonicRegionType: REGION,
  magnitudeScalingRelation: 'WC1994',
  ruptureAspectRatio: 1,
  upperSeismogenicDepth: 0,
  lowerSeismogenicDepth: 20,
  nodalPlanes: [{ probability: 1, strike: 30, dip: 60, rake: 90 }],
  hypocentralDepths: [{ probability: 1, depth: 10 }],
};

const KINDS: Readonly<Record<string, (branch: number) => Source[]>> = {
  areas: (branch) =>
    [0, 1, 2].map((k): AreaSource => ({
      ...DISTRIBUTED,
      type: 'area',
      id: `area${k}`,
      mfd: mfdOf(branch, 4 + 0.2 * k, 7),
      polygon: Float64Array.of(10 + k, 44, 11 + k, 44, 11 + k, 46, 10 + k, 46),
    })),
  faults: (branch) =>
    [0, 1, 2, 3].map((k): SimpleFaultSource => ({
      name: '',
      tectonicRegionType: REGION,
      magnitudeScalingRelation: 'WC1994',
      ruptureAspectRatio: 1.5,
      rake: 90,
      type: 'simpleFault',
      id: `fault${k}`,
      mfd: mfdOf(branch, 3.5, 7.2),
      geometry: {
        kind: 'simpleFault',
        trace: Float64Array.of(10, 44.4 + 0.3 * k, 0, 11, 44.6 + 0.3 * k, 0, 12, 44.5 + 0.3 * k, 0),
        dip: 45,
        upperSeismogenicDepth: 0,
        lowerSeismogenicDepth: 20,
      },
    })),
  points: (branch) => points((k) => mfdOf(branch, 2 + 0.01 * ((k * 37) % 100), 7)),
  // the worst case: no two sources change alike
  apart: (branch) => points((k) => mfdOf(branch + 0.001 * k, 2, 7)),
};

function points(mfd: (k: number) => SingleMfd): PointSource[] {
  return Array.from({ length: 200 }, (_, k) => ({
    ...DISTRIBUTED,
    type: 'point',
    id: `point${k}`,
    mfd: mfd(k),
    lon: 10 + 0.2 * (k % 15),
    lat: 44 + 0.2 * Math.floor(k / 15),
  }));
}

function setup(): CalculationSetup {
  const lon = Float64Array.from({ length: SITES }, (_, s) => 10.2 + 0.5 * s);
  const lat = Float64Array.from({ length: SITES }, (_, s) => 44.3 + 0.3 * s);
  const column = (value: number): Float64Array => new Float64Array(SITES).fill(value);
  const levels = Float64Array.from({ length: 20 }, (_, l) => 0.005 * Math.exp((l * Math.log(400)) / 19));
  return {
    sites: {
      points: sitePoints(lon, lat, column(0)),
      parameters: {
        size: SITES,
        numeric: { vs30: column(400), vs30measured: column(1), z1pt0: column(200), z2pt5: column(1) },
        text: {},
      },
    },
    imts: ['PGA', 'SA(0.2)', 'SA(1.0)', 'SA(3.0)'].map((name) => ({ name, levels })),
    truncationLevel: 3,
    investigationTime: 1,
    discretization: DISCRETIZATION,
    regions: [
      {
        tectonicRegionType: REGION,
        filter: distanceFilter(300),
        pointSourceDistance: Infinity,
        models: ['BooreEtAl2014', 'ChiouYoungs2014'].map((name) => ({ name, arguments: {} })),
      },
    ],
    modelFolders: [],
    fewSites: true,
  };
}

function groupsOf(sources: (branch: number) => Source[], branches: number): SourceGroup[] {
  const interdependence = { sources: 'independent', ruptures: 'independent', probability: 1 } as const;
  return Array.from({ length: branches }, (_, branch) => ({
    tectonicRegionType: REGION,
    name: '',
    where: [],
    sourceModels: [branch],
    interdependence,
    sources: sources(branch),
  }));
}

function tasksOf(blocks: readonly SourceBlock[]): ClassicalTask[] {
  return blocks.map((block, number) => ({
    number,
    block: number,
    blob: compressBlob(packBlob(block)),
    ranges: block.sources.map(({ source, columns }, index) => ({
      source: index,
      first: 0,
      last: prepareSource(source, DISCRETIZATION, columns).units,
    })),
    tile: [0, SITES],
    budget: Infinity,
  }));
}

/** User seconds of a piece of work. */
function userSeconds(work: () => void): number {
  const before = process.cpuUsage();
  work();
  return process.cpuUsage(before).user / 1e6;
}

const median = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1];

/** Times branches that differ in rates only, against one branch. */
export async function run(args: readonly string[]): Promise<void> {
  const many = Number(args[0] ?? 200);
  console.log('kind      branches  plan s  classical s  contexts');
  for (const [kind, sources] of Object.entries(KINDS)) {
    const seconds: number[] = [];
    for (const branches of [1, many]) {
      const groups = groupsOf(sources, branches);
      let blocks: SourceBlock[] = [];
      const plan = median(
        Array.from({ length: RUNS }, () => userSeconds(() => (blocks = planBlocks(groups, [REGION])))),
      );
      const worker = await TaskWorker.open(setup());
      const tasks = tasksOf(blocks);
      let contexts = 0;
      const work = (): void => {
        contexts = tasks.reduce((sum, task) => sum + runClassical(worker, task).contexts, 0);
      };
      work();
      const classical = median(Array.from({ length: RUNS }, () => userSeconds(work)));
      seconds.push(classical);
      console.log(
        [
          kind.padEnd(9),
          String(branches).padStart(8),
          plan.toFixed(3).padStart(7),
          classical.toFixed(3).padStart(12),
          String(contexts).padStart(9),
        ].join(' '),
      );
    }
    console.log(`          ${many} branches cost ${(seconds[1] / seconds[0]).toFixed(2)} times one`);
  }
}
