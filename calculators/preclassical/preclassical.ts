/**
 * Preclassical: every block of sources is packed, measured by a worker, and written to the datastore with its facts; then the
 * work is cut into tasks. Measured times steer progress and tell how the work is spread, nothing else.
 */
import { setImmediate } from 'node:timers/promises';
import type { BlockFacts, SourceInfo } from '../../datastore/calculation-file.js';
import { compressBlob, packBlob } from '../../hdf5/blob.js';
import { refusal } from '../../hazard/refusal.js';
import type { Run } from '../calculation-run.js';
import { runInOrder } from '../tasks/ordered-tasks.js';
import type { SourceBlock } from '../tasks/source-block.js';
import type { PreclassicalTask, SourceFacts } from './preclassical-task.js';
import { planBlocks } from './source-blocks.js';
import { cutWork, type MeasuredBlock, type MeasuredSources } from './work-items.js';

/** Packs, measures, stores and cuts all sources. Errors: TaskFailed, Refusal for a region without models. */
export async function preclassical(run: Run): Promise<MeasuredSources> {
  run.enter('preclassical');
  const { job, file, monitor } = run;
  const regions = job.logicTree.groundMotion.map((set) => set.tectonicRegionType);
  const blocks = await measuredBlocks(run, planBlocks(job.groups, regions));
  const items = cutWork(blocks);
  const facts = blocks.flatMap((block) => block.facts);
  const ruptures = facts.reduce((sum, fact) => sum + fact.ruptures, 0);
  run.count(facts.length);
  monitor.log('INFO', `${facts.length} sources with ${ruptures} ruptures, ${items.length} tasks`);
  if (items.length === 0) nothingNear(run);
  file.writeSourceInfo(blocks.flatMap(sourceInfo));
  return { blocks, items };
}

/**
 * One site far from all sources has no hazard, which may be meant; that several lie far is a slip of the input.
 * Errors: Refusal for several sites.
 */
export function nothingNear({ job, monitor }: Run): void {
  const message = 'no site is within the maximum distance of any source';
  if (job.sites.points.size > 1) throw refusal('NO_SOURCES_NEAR', `${message}: nothing is to be computed`);
  monitor.log('WARNING', `${message}: all curves are zero`);
}

async function measuredBlocks(run: Run, blocks: readonly SourceBlock[]): Promise<MeasuredBlock[]> {
  const packed: { readonly blob: Uint8Array; readonly rawBytes: number }[] = [];
  const measured: MeasuredBlock[] = [];
  function* tasks(): Generator<PreclassicalTask> {
    for (const [number, block] of blocks.entries()) {
      const bytes = packBlob(block);
      const blob = sharedBytes(compressBlob(bytes));
      packed.push({ blob, rawBytes: bytes.length });
      yield { block: number, blob };
    }
  }
  await runInOrder(run, 'preclassical', tasks(), {
    take: ({ facts }, number) => {
      const { blob, rawBytes } = packed[number];
      const block = blocks[number];
      measured.push({ number, block, blob, facts });
      run.file.writeBlock(number, blob, blockFacts(block, facts, rawBytes));
      run.progress((number + 1) / blocks.length);
    },
  });
  await setImmediate();
  return measured;
}

function sharedBytes(bytes: Uint8Array): Uint8Array {
  const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
  shared.set(bytes);
  return shared;
}

function blockFacts(block: SourceBlock, facts: readonly SourceFacts[], rawBytes: number): BlockFacts {
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

function sourceInfo({ block, facts }: MeasuredBlock): SourceInfo[] {
  return facts.map((fact, k) => ({
    id: fact.id,
    group: block.sources[k].groups[0],
    code: fact.code,
    seconds: fact.seconds,
    sites: fact.closeSites,
    ruptures: fact.ruptures,
    weight: fact.weight,
    mutexWeight: block.sources[k].source.mutexWeight ?? 1,
    region: block.region,
  }));
}
