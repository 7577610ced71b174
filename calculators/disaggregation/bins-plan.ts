/** How large a disaggregation becomes, known as soon as the magnitudes of the sources are: before any curve is computed. */
import type { CellEdges } from '../../hazard/disaggregation/cell-sums.js';
import { binEdges, coordinateEdges, MOST_CELLS, type BinEdges } from '../../hazard/disaggregation/edges.js';
import type { Disaggregation, Job } from '../../job/job.js';
import type { Run } from '../calculation-run.js';
import { numbersOfTables, type AxisLengths } from './tables.js';
import type { Monitor } from '../tasks/distributor.js';
import type { MeasuredBlock, MeasuredSources } from '../preclassical/work-items.js';
import { refusal } from '../../hazard/refusal.js';

/** Bins of a disaggregation, and which tables are made in them. */
export interface DisaggregationPlan {
  readonly edges: CellEdges;
  /** edges of epsilon, sigmas */
  readonly epsilon: Float64Array;
  readonly lengths: AxisLengths;
  /** tables of single realizations are made, not only those of the mean */
  readonly single: boolean;
}

/** Numbers that the tables of all sites may take, 400 MB; beyond it single realizations are left out. */
const MOST_NUMBERS = 50_000_000;

/** undefined for jobs without disaggregation. Errors: Refusal for too many bins, and for tables of the realizations asked for that are too large. */
export function planDisaggregation({ job, monitor }: Run, { blocks }: MeasuredSources): DisaggregationPlan | undefined {
  const request = job.disaggregation;
  if (!request) return undefined;
  const shared = sharedEdges(request, job, blocks);
  const edges: CellEdges = { ...shared, places: places(request, job) };
  checkSize(edges, shared);
  const lengths = axisLengths(job, edges, shared);
  return { edges, epsilon: shared.epsilon, lengths, single: showsRealizations(request, job, lengths, monitor) };
}

function sharedEdges({ bins, furthest }: Disaggregation, job: Job, blocks: readonly MeasuredBlock[]): BinEdges {
  let smallest = Infinity;
  let largest = -Infinity;
  for (const { facts } of blocks)
    for (const { minimumMagnitude, maximumMagnitude } of facts) {
      smallest = Math.min(smallest, minimumMagnitude);
      largest = Math.max(largest, maximumMagnitude);
    }
  return binEdges(bins, [smallest, largest], furthest, job.parameters.truncationLevel);
}

function places({ bins, furthest }: Disaggregation, job: Job): CellEdges['places'] {
  const { lon, lat } = job.sites.points;
  return Array.from(lon, (_, site) => {
    const regular = coordinateEdges(lon[site], lat[site], furthest, bins.coordinateWidth);
    return { lon: bins.explicit.lon ?? regular.lon, lat: bins.explicit.lat ?? regular.lat };
  });
}

function checkSize({ places: all, magnitude, distance }: CellEdges, { epsilon }: BinEdges): void {
  const axes = [magnitude, distance, epsilon, all[0].lon, all[0].lat];
  const cells = axes.reduce((product, row) => product * (row.length - 1), 1);
  if (cells > MOST_CELLS)
    throw refusal(
      'TOO_LARGE',
      `the disaggregation has ${cells} bins: at most ${MOST_CELLS} are allowed, take wider ones`,
    );
}

function axisLengths(job: Job, { magnitude, distance, places: all }: CellEdges, { epsilon }: BinEdges): AxisLengths {
  return {
    TRT: job.logicTree.groundMotion.length,
    Mag: magnitude.length - 1,
    Dist: distance.length - 1,
    Lon: all[0].lon.length - 1,
    Lat: all[0].lat.length - 1,
    Eps: epsilon.length - 1,
  };
}

function showsRealizations(request: Disaggregation, job: Job, lengths: AxisLengths, monitor: Monitor): boolean {
  const { logicTree, imts, sites } = job;
  const count = logicTree.realizations.length;
  const wanted = request.realizations?.length ?? (request.nearest === 0 ? count : Math.min(request.nearest, count));
  const levels = imts.length * (request.poes.length || 1);
  const numbers = numbersOfTables(request.tables, lengths, levels) * sites.points.size;
  if (numbers * (wanted + 1) <= MOST_NUMBERS) return true;
  const most = Math.max(1, Math.floor(MOST_NUMBERS / numbers) - 1);
  const ownWeights = logicTree.groundMotion.some(({ branches }) =>
    branches.some(({ weightsByImt }) => Object.keys(weightsByImt).length > 0),
  );
  if (request.realizations || request.nearest > 0 || ownWeights)
    throw refusal(
      'TOO_LARGE',
      `the tables of ${wanted} realizations are too large to disaggregate: at most ${most} fit (num_rlzs_disagg), ` +
        'or take fewer tables, wider bins, or fewer sites',
    );
  monitor.log(
    'WARNING',
    `${wanted} realizations are too many for tables of each: only the mean is disaggregated ` +
      `(num_rlzs_disagg = ${most} and less show single ones)`,
  );
  return false;
}
