import type { Source } from '../sources/source.js';
import { contentHash, sameContent } from './content.js';
import type { ModelFile } from './model-file.js';
import { refusal } from '../refusal.js';

/** Sources without the numbers of parts: `a:2` and `a.3` count as `a`. */
function baseId(id: string): string {
  return id.replace(/[.:]\d+/g, '');
}

interface Place {
  readonly source: Source;
  readonly branch: string;
  readonly special: boolean;
}

/**
 * Tells apart different sources that have the same id: each gets `!` and the branch of its file. Identical ones keep their id.
 * Returns the new ids, by source.
 * Errors: Refusal for repeated ids in mutually exclusive or cluster groups, and for branch ids that cannot be joined.
 */
export function renameDifferent(files: readonly ModelFile[]): ReadonlyMap<Source, string> {
  const places = new Map<string, Place[]>();
  for (const { branch, groups } of files)
    for (const { sources, special } of groups)
      for (const source of sources) {
        const key = special ? source.id : baseId(source.id);
        const found = places.get(key);
        if (found) found.push({ source, branch, special });
        else places.set(key, [{ source, branch, special }]);
      }
  const renamed = new Map<Source, string>();
  for (const [id, found] of places) {
    if (found.length === 1) continue;
    if (found.some(({ special }) => special)) {
      if (found.some(({ source }) => source.mutexWeight !== undefined)) continue;
      throw refusal('REPEATED_ID', `source '${id}' of a mutually exclusive or cluster group stands in several places`);
    }
    if (allSame(found.map(({ source }) => source))) continue;
    for (const { source, branch } of found) {
      if (/[.:;]/.test(branch))
        throw refusal(
          'REPEATED_ID',
          `different sources have the id '${id}', and the branch '${branch}' cannot tell them apart: its id holds . : or ;`,
        );
      renamed.set(source, `${source.id}!${branch}`);
    }
  }
  return renamed;
}

/** True when sources differ in nothing; how often one stands in a file does not matter. */
function allSame([first, ...rest]: readonly Source[]): boolean {
  const hash = contentHash(first);
  return rest.every((source) => source === first || (contentHash(source) === hash && sameContent(source, first)));
}
