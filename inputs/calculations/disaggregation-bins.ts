import type { BinSettings } from '../../hazard/disaggregation/edges.js';
import type { InputReport } from '../report.js';
import type { JsonValue } from '../parameters/json-value.js';
import type { Parameters } from '../parameters/parameters.js';

const AXES = ['mag', 'dist', 'lon', 'lat', 'eps'];

/** The bins that a job asks for; faults of widths and edges are reported. */
export function readBinSettings(parameters: Parameters, report: InputReport): BinSettings {
  const explicit = new Map<string, Float64Array>();
  for (const [axis, edges] of parameters.entries('disagg_bin_edges')) {
    const message = AXES.includes(axis) ? faultOfEdges(edges) : 'not an axis';
    if (message === undefined) explicit.set(axis, Float64Array.from(edges as readonly number[]));
    else
      report.fault({
        code: 'INVALID_VALUE',
        ...parameters.where('disagg_bin_edges'),
        message: `${axis}: ${message}`,
        allowed: `ascending numbers for ${AXES.join(', ')}`,
      });
  }
  const width = (name: string): number | undefined => {
    const value = parameters.number(name);
    if (value !== undefined && !(value > 0))
      report.fault({ code: 'INVALID_VALUE', ...parameters.where(name), message: 'must be above 0' });
    return value;
  };
  return {
    magnitudeWidth: Number(width('mag_bin_width')),
    distanceWidth: width('distance_bin_width'),
    coordinateWidth: Number(width('coordinate_bin_width')),
    epsilonBins: Number(width('num_epsilon_bins')),
    explicit: {
      magnitude: explicit.get('mag'),
      distance: explicit.get('dist'),
      epsilon: explicit.get('eps'),
      lon: explicit.get('lon'),
      lat: explicit.get('lat'),
    },
  };
}

function faultOfEdges(edges: JsonValue): string | undefined {
  if (!Array.isArray(edges) || edges.length < 2) return 'needs a list of at least two edges';
  const numbers = edges as readonly JsonValue[];
  const ascends = numbers.every((edge, k) => typeof edge === 'number' && (k === 0 || edge > Number(numbers[k - 1])));
  return ascends ? undefined : 'the edges do not ascend';
}
