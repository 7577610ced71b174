/** Postclassical: from the rates of a tile to the curves, statistics and maps of its sites, in the order of the sites. */
import type { Run } from '../calculation-run.js';
import { ratesOfSite, type TileRates } from '../classical/classical.js';
import { HazardCurves } from './hazard-curves.js';

/** Sites between two steps of the progress bar. */
const SITES_PER_PROGRESS = 16;

/** Makes and writes the curves of every tile as it comes. Errors: TaskFailed. */
export async function postclassical(run: Run, rates: AsyncIterable<TileRates>): Promise<void> {
  const curves = new HazardCurves(run);
  for await (const tile of rates) {
    run.enter('postclassical');
    await curvesOfTile(run, tile, curves);
  }
  curves.finish();
}

async function curvesOfTile(run: Run, rates: TileRates, curves: HazardCurves): Promise<void> {
  const { job, columns } = run;
  const levelCount = job.imts.reduce((sum, { levels }) => sum + levels.length, 0);
  const [first, last] = rates.tile;
  for (let site = first; site < last; site++) {
    await curves.add(ratesOfSite(rates, site, columns.length, levelCount));
    if (site % SITES_PER_PROGRESS === 0) run.progress((site + 1) / job.sites.points.size);
  }
  await curves.flush();
  run.count(last - first);
}
