/**
 * Preclassical work in a worker: prepares the sources of a block, filters them against the sites, counts, and measures on a
 * sample of units what a context costs.
 */
import type { PreparedSource } from '../../hazard/sources/prepared-source.js';
import type { SourceWork } from '../tasks/source-block.js';
import type { ContextCounter, TaskWorker } from '../tasks/task-worker.js';
import { Refusal } from '../../hazard/refusal.js';
import { refusalAbout } from '../../hazard/refusal.js';
import { isNotANumber } from '../tasks/motion-check.js';

/** A whole block. */
export type PreclassicalTask = Omit<SourceWork, 'ranges'>;

/** What is found out about a source before it is computed. */
export interface SourceFacts {
  readonly id: string;
  readonly code: string;
  readonly units: number;
  readonly ruptures: number;
  /** sites inside the filter box */
  readonly closeSites: number;
  readonly minimumMagnitude: number;
  readonly maximumMagnitude: number;
  /** west, south, east, north of the filter box; undefined where it is wider than 180 degrees */
  readonly box?: readonly [number, number, number, number];
  /** ruptures x close sites: what cutting into blocks goes by, because it does not depend on the machine */
  readonly weight: number;
  /** s, estimated from the sample; 0 for sources far from all sites */
  readonly seconds: number;
}
/** Facts of all sources of a block, in their order. */
export interface PreclassicalResult {
  readonly facts: readonly SourceFacts[];
}

/** s: time given to the sample of one source, and units in it */
const SAMPLE_SECONDS = 0.004;
const SAMPLE_UNITS = 3;
/** Sources of one kind that are measured in a block; the others cost as much per rupture and close site. */
const SAMPLED_SOURCES = 5;

/** Runs the task in a worker: counts ruptures and near sites of each source and measures a sample of the work. */
export function runPreclassical(worker: TaskWorker, task: PreclassicalTask): PreclassicalResult {
  const block = worker.block(task.block, task.blob);
  const region = worker.region(block.region);
  const { filter } = region.setup;
  const furthest = filter.distances.reduce((most, distance) => Math.max(most, distance), 0);
  const counted = block.sources.map((work, index): SourceFacts => {
    const prepared = worker.prepared(task.block, task.blob, index);
    const box = filterBox(prepared, furthest);
    const tooSmall = prepared.maximumMagnitude < filter.minimumMagnitude;
    const closeSites = tooSmall ? 0 : sitesInBox(worker.setup.sites.points, box);
    return {
      id: work.source.id,
      code: worker.code(work.source),
      units: prepared.units,
      ruptures: prepared.ruptureCount,
      closeSites,
      minimumMagnitude: prepared.minimumMagnitude,
      maximumMagnitude: prepared.maximumMagnitude,
      box,
      weight: prepared.ruptureCount * closeSites,
      seconds: 0,
    };
  });
  const measureSource = (index: number): number => {
    const { groups, source } = block.sources[index];
    try {
      return measure(worker.prepared(task.block, task.blob, index), region.counter(groups.length));
    } catch (error) {
      throw isNotANumber(error) ? refusalAbout(`source ${source.id}: `, error) : error;
    }
  };
  return { facts: withSeconds(counted, measureSource) };
}

/** Facts with the estimated time: of some sources of each kind it is measured, spread evenly over those near sites. */
function withSeconds(facts: readonly SourceFacts[], measureSource: (index: number) => number): SourceFacts[] {
  const secondsPerWeight = new Map<string, number>();
  const measured = new Map<number, number>();
  for (const code of new Set(facts.map((fact) => fact.code))) {
    const near = facts.flatMap((fact, index) => (fact.code === code && fact.weight > 0 ? [index] : []));
    const step = Math.max(1, near.length / SAMPLED_SOURCES);
    let seconds = 0;
    let weight = 0;
    for (let k = 0; k < near.length; k += step) {
      const index = near[Math.floor(k)];
      measured.set(index, measureSource(index));
      seconds += measured.get(index)!;
      weight += facts[index].weight;
    }
    secondsPerWeight.set(code, weight === 0 ? 0 : seconds / weight);
  }
  return facts.map((fact, index) => ({
    ...fact,
    seconds: measured.get(index) ?? fact.weight * secondsPerWeight.get(fact.code)!,
  }));
}

function filterBox(prepared: PreparedSource, distance: number): [number, number, number, number] | undefined {
  try {
    return prepared.boundingBox(distance);
  } catch (error) {
    // a source wider than half the globe is not filtered at all (docs/hazard.md, Filtering)
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

/** Number of sites strictly inside a box; longitudes are compared across the date line. */
function sitesInBox(
  sites: { readonly size: number; readonly lon: Float64Array; readonly lat: Float64Array },
  box: readonly [number, number, number, number] | undefined,
): number {
  if (!box) return sites.size;
  const [west, south, east, north] = box;
  const width = east - west < 0 ? east - west + 360 : east - west;
  let count = 0;
  for (let i = 0; i < sites.size; i++) {
    const shift = (((sites.lon[i] - west) % 360) + 360) % 360;
    if (shift > 0 && shift < width && sites.lat[i] > south && sites.lat[i] < north) count++;
  }
  return count;
}

/** Seconds for the whole source, from units spread evenly over it. */
function measure(prepared: PreparedSource, counter: ContextCounter): number {
  const step = Math.max(1, Math.floor(prepared.units / SAMPLE_UNITS));
  const begin = performance.now();
  let ruptures = 0;
  for (let unit = 0; unit < prepared.units; unit += step) {
    counter.add(prepared, unit, unit + 1);
    ruptures += prepared.countRuptures(unit, unit + 1);
    if (performance.now() - begin > SAMPLE_SECONDS * 1000) break;
  }
  const seconds = (performance.now() - begin) / 1000;
  return ruptures === 0 ? 0 : (seconds * prepared.ruptureCount) / ruptures;
}
