/**
 * From source groups to blocks of work. Sources that differ only in their magnitude-frequency distribution (branches of
 * b-value, a- and b-value, maximum magnitude) become one source with several rate columns: stored, filtered and computed once.
 */
import { types } from 'node:util';
import { sameContent } from '../../hazard/logictree/content.js';
import { isSpecial, type SourceGroup } from '../../hazard/logictree/logic-tree.js';
import type { SingleMfd } from '../../hazard/mfd/mfd.js';
import { baseId } from '../../hazard/sources/source-id.js';
import type { Source } from '../../hazard/sources/source.js';
import type { SourceBlock, WorkSource } from '../tasks/source-block.js';
import { refusal } from '../../hazard/refusal.js';

/** Sources per block, and numbers (array elements) per block: a block is decoded as a whole by a worker. */
const SOURCES_PER_BLOCK = 200;
const ELEMENTS_PER_BLOCK = 500_000;

/**
 * Orders work by region and group. `regions` are the tectonic region types in the order of the setup.
 * Errors: Refusal when a group's region is not among them.
 */
export function planBlocks(groups: readonly SourceGroup[], regions: readonly string[]): SourceBlock[] {
  const blocks: SourceBlock[] = [];
  const ordinary = regions.map(() => new Merger());
  groups.forEach((group, number) => {
    const region = regions.indexOf(group.tectonicRegionType);
    if (region < 0)
      throw refusal('TREE_REFERENCE', `no ground-motion models for the region '${group.tectonicRegionType}'`);
    const { interdependence } = group;
    if (isSpecial(interdependence)) {
      const sources = group.sources.map((source): WorkSource => ({ source, groups: [number] }));
      blocks.push({ region, interdependence, sources });
    } else for (const source of group.sources) ordinary[region].add(source, number);
  });
  const plain = ordinary.flatMap((merger, region) => cut(merger.sources(), region));
  return [...plain, ...blocks];
}

/** Collects sources; those of equal geometry and base id share one entry. */
class Merger {
  private readonly entries: { source: Source; columns: SingleMfd[]; groups: number[] }[] = [];
  private readonly byBase = new Map<string, number[]>();

  add(source: Source, group: number): void {
    const mergeable =
      hasSingleMfd(source) && !source.rateChanges && !('negativeBinomial' in source && source.negativeBinomial);
    if (mergeable) {
      const key = `${source.type} ${baseId(source.id)}`;
      const candidates = this.byBase.get(key) ?? [];
      this.byBase.set(key, candidates);
      for (const index of candidates) {
        const entry = this.entries[index];
        if (!sameGeometry(entry.source, source)) continue;
        entry.columns.push((source as { mfd: SingleMfd }).mfd);
        entry.groups.push(group);
        return;
      }
      candidates.push(this.entries.length);
      this.entries.push({ source, columns: [(source as { mfd: SingleMfd }).mfd], groups: [group] });
    } else this.entries.push({ source, columns: [], groups: [group] });
  }

  /** Sources with equal columns next to one another, so that their ruptures share batches. */
  sources(): WorkSource[] {
    const bySignature = new Map<string, WorkSource[]>();
    for (const { source, columns, groups } of this.entries) {
      const signature = groups.join(' ');
      const list = bySignature.get(signature) ?? [];
      bySignature.set(signature, list);
      list.push(columns.length ? { source, columns, groups } : { source, groups });
    }
    return [...bySignature.values()].flat();
  }
}

function hasSingleMfd(source: Source): boolean {
  return source.mfd !== undefined && source.mfd.kind !== 'multi';
}

const NOT_GEOMETRY = new Set(['id', 'name', 'mfd']);

/** True when two sources differ at most in id, name and magnitude-frequency distribution. */
function sameGeometry(a: Source, b: Source): boolean {
  const left = a as unknown as Record<string, unknown>;
  const right = b as unknown as Record<string, unknown>;
  // slip-rate distributions depend on the area and Youngs-Coppersmith ones may carry a bin width: the kinds must agree
  if ((left.mfd as SingleMfd).kind !== (right.mfd as SingleMfd).kind) return false;
  for (const key of new Set([...Object.keys(left), ...Object.keys(right)])) {
    if (!NOT_GEOMETRY.has(key) && !sameContent(left[key], right[key])) return false;
  }
  return true;
}

/** Cuts a list of sources into blocks that are cheap to decode. */
function cut(sources: readonly WorkSource[], region: number): SourceBlock[] {
  const blocks: SourceBlock[] = [];
  let current: WorkSource[] = [];
  let elements = 0;
  for (const work of sources) {
    const size = countElements(work.source);
    if (current.length && (current.length >= SOURCES_PER_BLOCK || elements + size > ELEMENTS_PER_BLOCK)) {
      blocks.push({ region, sources: current });
      current = [];
      elements = 0;
    }
    current.push(work);
    elements += size;
  }
  if (current.length) blocks.push({ region, sources: current });
  return blocks;
}

function countElements(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 1;
  if (types.isTypedArray(value)) return value.length;
  let count = 0;
  for (const item of Object.values(value)) count += countElements(item);
  return count;
}
