import { decompressBlob, unpackBlob } from '../../hdf5/blob.js';
import type { TaskName, TaskTypes } from './distributor.js';
import type { SourceBlock, SourceWork } from './source-block.js';

/** Sources that are named one by one. */
const NAMED = 3;

/** What a task is about, in words: `units 0 to 49 of source a1, sites 0 to 80`. */
export function describeWork(payload: TaskTypes[TaskName]['payload']): string {
  if (!('blob' in payload)) return `statistics of ${payload.rates.length} sites`;
  const { ranges, tile, site } = payload as Partial<SourceWork> & { tile?: readonly [number, number]; site?: number };
  const block = unpackBlob(decompressBlob(payload.blob)) as SourceBlock;
  const all = ranges ?? block.sources.map((_, source) => ({ source, first: undefined, last: undefined }));
  const named = all.slice(0, NAMED).map(({ source, first, last }) => {
    const { id } = block.sources[source].source;
    return first === undefined ? `source ${id}` : `units ${first} to ${last! - 1} of source ${id}`;
  });
  const others = all.length > NAMED ? [`${all.length - NAMED} more`] : [];
  const sites = tile ? [`sites ${tile[0]} to ${tile[1] - 1}`] : site === undefined ? [] : [`site ${site}`];
  return [...named, ...others, ...sites].join(', ');
}
