import type { Calculation } from '../../datastore/calculation.js';
import { StoredDisaggregation } from '../../datastore/stored-disaggregation.js';
import type { View } from './view.js';

/** What there is to see of a calculation, before anything of it is read. */
export const summary: View = {
  summary: 'What a calculation holds: sites, measures and levels, probabilities, statistics, kinds of results.',
  answer:
    '`{"description", "mode", "engine", "date", "checksum", "investigationTime", "measures", "poes", "statistics", "kept", "realizations", "sites", "bounds", "results", "parameters"}`',
  read(calculation) {
    const { parameters, imts, levels, poes } = calculation;
    const { columns, size } = calculation.sites();
    const statistics = calculation.statistics();
    return {
      json: {
        description: parameters.description,
        mode: parameters.calculation_mode,
        engine: calculation.engineVersion,
        date: calculation.date,
        checksum: calculation.checksum,
        investigationTime: parameters.investigation_time,
        measures: imts.map((imt, m) => ({ imt, levels: Array.from(levels[m]) })),
        poes,
        // without statistics the single realization that there is stands for itself, under its own name
        statistics:
          statistics.length > 0
            ? statistics
            : calculation
                .kinds()
                .slice(0, 1)
                .map(({ name }) => name),
        kept: calculation.has('hcurves-rlzs') ? calculation.hdf5.shape('hcurves-rlzs')[1] : 0,
        realizations: calculation.realizations().length,
        sites: size,
        bounds: bounds(columns.lon as Float64Array, columns.lat as Float64Array),
        results: {
          curves: calculation.kinds().length > 0,
          sources: calculation.has('mean_rates_by_src/array'),
          disaggregation: disaggregations(calculation),
        },
        parameters,
      },
    };
  },
};

/** West, south, east, north in degrees. */
function bounds(lon: Float64Array, lat: Float64Array): readonly number[] {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let k = 0; k < lon.length; k++) {
    west = Math.min(west, lon[k]);
    east = Math.max(east, lon[k]);
    south = Math.min(south, lat[k]);
    north = Math.max(north, lat[k]);
  }
  return [west, south, east, north];
}

/** Names of the tables, of the mean where it was made. */
function disaggregations(calculation: Calculation): readonly string[] {
  const stored = new StoredDisaggregation(calculation);
  const kind = stored.has('stats') ? 'stats' : 'rlzs';
  return stored.has(kind) ? stored.tables(kind) : [];
}
