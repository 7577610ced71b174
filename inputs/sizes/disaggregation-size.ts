import type { BinSettings } from '../../hazard/disaggregation/edges.js';
import type { InputReport } from '../report.js';
import type { Parameters } from '../parameters/parameters.js';
import { countText, type InputLimits, LIMITS_VARIABLE } from './limits.js';

/** Magnitudes reach from 0 to this. */
const LARGEST_MAGNITUDE = 11;
const KM_PER_DEGREE = 111.2;

interface Axis {
  readonly parameter: string;
  readonly bins: number;
}

/**
 * Counts the bins of a disaggregation from widths and distances, before any is made: those of each axis, and the cells of its
 * largest table. `furthest`: the largest maximum distance, km; `tables`: the axes of each table. False when there are too many.
 */
export function checkDisaggregationSize(
  bins: BinSettings,
  furthest: number,
  tables: readonly (readonly string[])[],
  limits: InputLimits,
  parameters: Parameters,
  report: InputReport,
): boolean {
  const before = report.faults.length;
  const { explicit } = bins;
  const axis = (parameter: string, edges: Float64Array | undefined, computed: number): Axis =>
    edges ? { parameter: 'disagg_bin_edges', bins: edges.length - 1 } : { parameter, bins: Math.max(1, computed) };
  const degrees = Math.min(360, (2 * furthest) / KM_PER_DEGREE);
  const axes: Readonly<Record<string, Axis>> = {
    Mag: axis('mag_bin_width', explicit.magnitude, LARGEST_MAGNITUDE / bins.magnitudeWidth),
    Dist: axis('distance_bin_width', explicit.distance, furthest / (bins.distanceWidth ?? furthest)),
    Lon: axis('coordinate_bin_width', explicit.lon, degrees / bins.coordinateWidth),
    Lat: axis('coordinate_bin_width', explicit.lat, degrees / bins.coordinateWidth),
    Eps: axis('num_epsilon_bins', explicit.epsilon, bins.epsilonBins),
  };
  const allowed = (name: keyof InputLimits): string =>
    `up to ${countText(limits[name])}; ${LIMITS_VARIABLE}="${name}=..." raises the limit`;
  for (const [name, { parameter, bins: count }] of Object.entries(axes))
    if (count > limits.disaggregationBins)
      report.fault({
        code: 'TOO_LARGE',
        ...parameters.where(parameter),
        message: `the disaggregation would have ${countText(count)} bins of ${name}`,
        allowed: allowed('disaggregationBins'),
      });
  if (report.faults.length > before) return false;
  for (const table of tables) {
    const cells = table.reduce((product, name) => product * (axes[name]?.bins ?? 1), 1);
    if (cells > limits.disaggregationCells)
      report.fault({
        code: 'TOO_LARGE',
        ...parameters.where('disagg_outputs'),
        message: `the table ${table.join('_')} would have ${countText(cells)} cells for each region, site and level`,
        allowed: allowed('disaggregationCells'),
      });
  }
  return report.faults.length === before;
}
