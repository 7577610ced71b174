/**
 * Preclassical: every block of sources is packed, measured by a worker, and written to the datastore with its facts. The cut
 * of the work into tasks goes by counts and not by measured times, so that the order of summation, and with it the last bit
 * of every result, is the same on every machine; the times steer progress and tell how the work is spread.
 */
import { setImmediate } from 'node:timers/promises';
import { compressBlob, packBlob } from '../../hdf5/blob.js';
import type { CalculationFile } from '../../datastore/calculation-file.js';
import type { Distributor, Monitor } from '../tasks/distributor.js';
import type { UnitRange } from '../classical/classical-task.js';
import type { PreclassicalResult, SourceFacts } from './preclassical-task.js';
import type { SourceBlock } from '../tasks/calculation-setup.js';

/** A block with its packed form and what the workers found. */
export interface MeasuredBlock {
  readonly number: number;
  readonly block: SourceBlock;
  readonly blob: Uint8Array;
  readonly facts: readonly SourceFacts[];
}

/** Ruptures x sites per classical task: some tenths of a second of work. */
const WEIGHT_PER_TASK = 400_000;
/** Never more tasks than this for one tile: each brings its own sums, which have to be added. */
const TASKS_AT_MOST = 512;

/** Packs, measures and stores all blocks. `share` is the fraction of the progress bar that this phase fills. */
export async function preclassical(
  blocks: readonly SourceBlock[],
  distributor: Distributor,
  file: CalculationFile,
  monitor: Monitor,
  share: number,
): Promise<MeasuredBlock[]> {
  const measured: MeasuredBlock[] = new Array<MeasuredBlock>(blocks.length);
  let done = 0;
  const waiting = new Set<Promise<void>>();
  for (let number = 0; number < blocks.length; number++) {
    const packed = packBlob(blocks[number]);
    const blob = sharedBytes(compressBlob(packed));
    const finish = (result: PreclassicalResult): void => {
      measured[number] = { number, block: blocks[number], blob, facts: result.facts };
      file.writeBlock(number, blob, blockFacts(blocks[number], result.facts, packed.length));
      done++;
      monitor.progress((share * done) / blocks.length, 'preclassical');
    };
    const task: Promise<void> = distributor.run('preclassical', { number, blob }).then(finish);
    waiting.add(task);
    void task.then(
      () => waiting.delete(task),
      () => undefined,
    );
    if (waiting.size >= 2 * distributor.workers) await Promise.race(waiting);
  }
  await Promise.all(waiting);
  await setImmediate();
  return measured;
}

function sharedBytes(bytes: Uint8Array): Uint8Array {
  const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
  shared.set(bytes);
  return shared;
}

function blockFacts(block: SourceBlock, facts: readonly SourceFacts[], rawBytes: number) {
  const boxes = facts.flatMap(({ box }) => (box ? [box] : []));
  return {
    region: block.region,
    sources: block.sources.length,
    ruptures: facts.reduce((sum, { ruptures }) => sum + ruptures, 0),
    weight: facts.reduce((sum, { weight }) => sum + weight, 0),
    rawBytes,
    box: boxes.length
      ? [
          Math.min(...boxes.map((box) => box[0])),
          Math.min(...boxes.map((box) => box[1])),
          Math.max(...boxes.map((box) => box[2])),
          Math.max(...boxes.map((box) => box[3])),
        ]
      : [],
  };
}

/** Work on one block: what one classical task gets. */
export interface WorkItem {
  readonly block: MeasuredBlock;
  readonly ranges: readonly UnitRange[];
  /** s, estimated */
  readonly seconds: number;
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
