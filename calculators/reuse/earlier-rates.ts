/** Rates of an earlier calculation in place of the classical phase: a job that asks for other things of the same rates. */
import { Calculation } from '../../datastore/calculation.js';
import type { Run } from '../calculation-run.js';
import { rateTiles, type TileRates, writeTileRates } from '../classical/classical.js';
import { listedSources } from '../classical/rates-by-source.js';
import { checkSameRates } from './same-calculation.js';

/**
 * Rates of tile after tile as the earlier calculation has them, in single precision, written to the file of this one.
 * Errors: Refusal OTHER_CALCULATION for one that does not fit; DatastoreError.
 */
export async function* earlierRates(run: Run, path: string): AsyncGenerator<TileRates> {
  const { job, file, columns } = run;
  run.enter('classical', 'reading earlier rates');
  const earlier = await Calculation.open(path);
  try {
    const names = listedSources(job);
    file.createRates(columns);
    checkSameRates(run, earlier);
    run.monitor.log('INFO', `rates are those of calculation ${earlier.id}`);
    if (names.length) file.copyRatesBySource(earlier.hdf5, names);
    const levelCount = job.imts.reduce((sum, { levels }) => sum + levels.length, 0);
    for (const tile of rateTiles(job, columns.length)) {
      const [first, last] = tile;
      const all = earlier.hdf5.readFloats('rates/values', [[first, last]]);
      const rates: TileRates = {
        tile,
        columns: byColumn(all, last - first, columns.length, levelCount),
        bySource: new Map(),
      };
      writeTileRates(run, rates);
      run.progress(last / job.sites.points.size);
      yield rates;
      run.enter('classical');
    }
  } finally {
    earlier.close();
  }
}

/** From rates [sites x columns x levels] those of each column that has any [sites x levels]. */
function byColumn(all: Float64Array, sites: number, columns: number, levels: number): Map<number, Float64Array> {
  const rates = new Map<number, Float64Array>();
  for (let column = 0; column < columns; column++) {
    const own = new Float64Array(sites * levels);
    for (let site = 0; site < sites; site++) {
      const from = (site * columns + column) * levels;
      own.set(all.subarray(from, from + levels), site * levels);
    }
    if (own.some((rate) => rate !== 0)) rates.set(column, own);
  }
  return rates;
}
