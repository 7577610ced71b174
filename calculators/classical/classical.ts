/** Classical: tasks = work items x tiles of sites. Sums are added in the order of the tasks, whoever finishes first. */
import type { Distributor, Monitor } from '../tasks/distributor.js';
import type { ClassicalResult, ClassicalTask, UnitRange } from './classical-task.js';
import type { WorkItem } from '../preclassical/preclassical.js';

/** s of wall time after which a task hands back its rest */
const TASK_BUDGET = 30;

export interface TileRates {
  readonly first: number;
  readonly last: number;
  /** annual exceedance rates [tile sites x levels] by column number; absent columns are zero */
  readonly columns: ReadonlyMap<number, Float64Array>;
  /** with disagg_by_src: mean annual rates [tile sites x levels] by source id */
  readonly bySource: ReadonlyMap<string, Float64Array>;
  readonly contexts: number;
  readonly seconds: number;
}

/**
 * Computes one tile of sites. `columnOf` numbers the rate columns by (source group, model).
 * Results that arrive before their turn wait; at most 4 x workers tasks are under way, so what waits is bounded.
 */
export async function classicalTile(
  items: readonly WorkItem[],
  tile: readonly [number, number],
  columnOf: (group: number, model: number) => number,
  distributor: Distributor,
  monitor: Monitor,
  onProgress: (seconds: number) => void,
): Promise<TileRates> {
  const columns = new Map<number, Float64Array>();
  const bySource = new Map<string, Float64Array>();
  const early = new Map<number, ClassicalResult>();
  let nextToAdd = 0;
  let contexts = 0;
  let seconds = 0;

  const add = (result: ClassicalResult): void => {
    for (const { group, model, rates } of result.sums) addTo(columns, columnOf(group, model), rates);
    for (const { id, rates } of result.bySource) addTo(bySource, id, rates);
  };

  const runItem = async (number: number): Promise<void> => {
    const { block, ranges, seconds: estimate } = items[number];
    let rest: readonly UnitRange[] = ranges;
    let partial: ClassicalTask['partial'];
    let result: ClassicalResult;
    do {
      result = await distributor.run('classical', {
        number,
        block: block.number,
        blob: block.blob,
        ranges: rest,
        tile,
        budget: block.block.interdependence ? Infinity : TASK_BUDGET,
        partial,
      });
      contexts += result.contexts;
      seconds += result.seconds;
      rest = result.rest;
      partial = result;
      if (rest.length)
        monitor.log('INFO', `task ${number} used up its ${TASK_BUDGET} s; its rest goes on as a new task`);
    } while (rest.length);
    early.set(number, result);
    for (let next = early.get(nextToAdd); next; next = early.get(nextToAdd)) {
      add(next);
      early.delete(nextToAdd++);
    }
    onProgress(estimate);
  };

  const running = new Set<Promise<void>>();
  for (let number = 0; number < items.length; number++) {
    const task: Promise<void> = runItem(number);
    running.add(task);
    void task.then(
      () => running.delete(task),
      () => undefined,
    );
    // the window moves with the oldest open task, so that early results cannot pile up behind a slow one
    while (running.size >= 2 * distributor.workers || number - nextToAdd >= 4 * distributor.workers)
      await Promise.race(running);
  }
  await Promise.all(running);
  return { first: tile[0], last: tile[1], columns, bySource, contexts, seconds };
}

/** The first array of a key is taken over, later ones are added to it. */
function addTo<K>(totals: Map<K, Float64Array>, key: K, rates: Float64Array): void {
  const total = totals.get(key);
  if (!total) totals.set(key, rates);
  else for (let k = 0; k < rates.length; k++) total[k] += rates[k];
}
