/**
 * The cut of the sources into tasks. It goes by counts and not by measured times, so that the order of summation, and with it
 * the last bit of every result, is the same on every machine.
 */
import type { SourceBlock, SourceWork, UnitRange } from '../tasks/source-block.js';
import type { SourceFacts } from './preclassical-task.js';

/** Ruptures x sites per classical task: some tenths of a second of work. */
const WEIGHT_PER_TASK = 400_000;
/** Never more tasks than this for one tile: each brings its own sums, which have to be added. */
const TASKS_AT_MOST = 512;

/** A block with its packed form and what the workers found. */
export interface MeasuredBlock {
  readonly number: number;
  readonly block: SourceBlock;
  /** gzip of the packed block, in shared memory */
  readonly blob: Uint8Array;
  readonly facts: readonly SourceFacts[];
}

/** Work on one block: what one classical task gets. */
export interface WorkItem {
  readonly block: MeasuredBlock;
  readonly ranges: readonly UnitRange[];
  /** s, estimated */
  readonly seconds: number;
}

/** What phases after the preclassical one know of the sources. */
export interface MeasuredSources {
  readonly blocks: readonly MeasuredBlock[];
  /** in the order of summation */
  readonly items: readonly WorkItem[];
}

/** Cuts blocks into work items; sources far from all sites are left out. Heavy sources are cut into ranges of units. */
export function cutWork(blocks: readonly MeasuredBlock[]): WorkItem[] {
  const total = blocks.reduce((sum, { facts }) => sum + facts.reduce((s, { weight }) => s + weight, 0), 0);
  const target = Math.max(WEIGHT_PER_TASK, total / TASKS_AT_MOST);
  return blocks.flatMap((block) => (block.block.interdependence ? whole(block) : cutBlock(block, target)));
}

/** Exclusive groups and clusters are one piece. */
function whole(block: MeasuredBlock): WorkItem[] {
  const ranges = block.facts.map(({ units }, source) => ({ source, first: 0, last: units }));
  if (block.facts.every(({ closeSites }) => closeSites === 0)) return [];
  return [{ block, ranges, seconds: block.facts.reduce((sum, { seconds }) => sum + seconds, 0) }];
}

function cutBlock(block: MeasuredBlock, target: number): WorkItem[] {
  const items: WorkItem[] = [];
  let ranges: UnitRange[] = [];
  let weight = 0;
  let seconds = 0;
  const close = (): void => {
    if (ranges.length) items.push({ block, ranges, seconds });
    ranges = [];
    weight = 0;
    seconds = 0;
  };
  block.facts.forEach((facts, source) => {
    if (facts.closeSites === 0) return;
    const pieces = Math.min(facts.units, Math.ceil(facts.weight / target));
    for (let piece = 0; piece < pieces; piece++) {
      const first = Math.floor((facts.units * piece) / pieces);
      const last = Math.floor((facts.units * (piece + 1)) / pieces);
      ranges.push({ source, first, last });
      weight += facts.weight / pieces;
      seconds += facts.seconds / pieces;
      if (weight >= target) close();
    }
  });
  close();
  return items;
}

/** A work item as tasks carry it. */
export function workOf({ block, ranges }: Pick<WorkItem, 'block' | 'ranges'>): SourceWork {
  return { block: block.number, blob: block.blob, ranges };
}
