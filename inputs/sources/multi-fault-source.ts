import type { MultiFaultSource } from '../../hazard/sources/source.js';
import { readRake } from './elements/fault-properties.js';
import { readProbabilities } from './elements/probabilities.js';
import { MAGNITUDE } from '../nrml/scope.js';
import type { ReadingContext, SourceBuilder } from './source-reader.js';
import type { Element } from '../nrml/xml.js';

/**
 * Ruptures as lists of section ids, in the XML file or, if that gives none, in the HDF5 file beside it. The sections of the
 * answer are names without surfaces, in order of first use: `withSections` of the kind puts the geometry models' in their place.
 */
export function buildMultiFaultSource(_source: Element, context: ReadingContext): SourceBuilder {
  const { scope } = context;
  const ruptures = new RuptureTable();
  const faults: { tag: string; ids: readonly string[] }[] = [];
  return {
    child(element) {
      if (element.name === 'faults') {
        for (const fault of scope.childrenNamed(element, 'fault'))
          faults.push({ tag: scope.word(fault, 'tag') ?? '', ids: sectionIds(scope.word(fault, 'indexes')) });
        return;
      }
      if (element.name !== 'multiPlanesRupture') {
        scope.skip(element);
        scope.fault(element, `unknown rupture <${element.name}>`, {
          code: 'UNKNOWN_SOURCE_TYPE',
          allowed: 'multiPlanesRupture',
        });
        return;
      }
      const ids = sectionIds(scope.word(scope.need(element, 'sectionIndexes'), 'indexes'));
      if (ids.length === 0)
        scope.fault(element, 'the rupture names no section', { code: 'MISSING_ATTRIBUTE', key: 'indexes' });
      const probabilities = readProbabilities(element, scope, ruptures.terms);
      const magnitude = scope.number(scope.need(element, 'magnitude'), MAGNITUDE);
      ruptures.add(magnitude, readRake(element, scope), ids, probabilities);
    },
    async finish() {
      if (ruptures.count === 0) await readCompanion(context, ruptures);
      return ruptures.source(context, faults);
    },
  };
}

/** Ids separated by commas or blanks. */
function sectionIds(text = ''): string[] {
  return text.split(/[\s,]+/).filter((id) => id !== '');
}

async function readCompanion({ companion, base }: ReadingContext, ruptures: RuptureTable): Promise<void> {
  const group = await companion.group(base.id);
  const magnitudes = group.numbers('mag').values;
  const rakes = group.numbers('rake').values;
  const { values: probabilities, columns: terms } = group.numbers('probs_occur');
  const lists = group.texts('rupture_idxs');
  const count = magnitudes.length;
  if (rakes.length !== count) throw group.mismatch('rake', rakes.length, count);
  if (lists.length !== count) throw group.mismatch('rupture_idxs', lists.length, count);
  if (probabilities.length !== terms * count) throw group.mismatch('probs_occur', probabilities.length / terms, count);
  for (let i = 0; i < count; i++) {
    const ids = lists[i].split(' ').filter((id) => id !== '');
    ruptures.add(magnitudes[i], rakes[i], ids, probabilities.subarray(terms * i, terms * (i + 1)));
  }
}

/** Grows the flat arrays of a multi-fault source. */
class RuptureTable {
  private readonly magnitudes: number[] = [];
  private readonly rakes: number[] = [];
  private readonly starts: number[] = [0];
  private readonly indices: number[] = [];
  private readonly probabilities: number[] = [];
  private readonly sections = new Map<string, number>();
  terms: number | undefined;

  get count(): number {
    return this.magnitudes.length;
  }

  add(magnitude: number, rake: number, ids: readonly string[], probabilities: Float64Array): void {
    this.terms ??= probabilities.length;
    this.magnitudes.push(roundMagnitude(magnitude));
    this.rakes.push(rake);
    for (const id of ids) {
      let index = this.sections.get(id);
      if (index === undefined) this.sections.set(id, (index = this.sections.size));
      this.indices.push(index);
    }
    this.starts.push(this.indices.length);
    for (const probability of probabilities) this.probabilities.push(probability);
  }

  source(
    { base, investigationTime }: ReadingContext,
    faults: readonly { readonly tag: string; readonly ids: readonly string[] }[],
  ): MultiFaultSource {
    // sections that no rupture has are of no interest
    const named = faults.map(({ tag, ids }) => ({
      tag,
      sections: Int32Array.from(ids.flatMap((id) => this.sections.get(id) ?? [])),
    }));
    return {
      type: 'multiFault',
      ...base,
      sections: { ids: [...this.sections.keys()], surfaces: [] },
      magnitudes: Float64Array.from(this.magnitudes),
      rakes: Float64Array.from(this.rakes),
      sectionStart: Int32Array.from(this.starts),
      sectionIndices: Int32Array.from(this.indices),
      probabilities: Float64Array.from(this.probabilities),
      terms: this.terms ?? 0,
      ...(investigationTime !== undefined && { investigationTime }),
      ...(named.length > 0 && { faults: named }),
    };
  }
}

/** Two decimals, every step in single precision and ties to even, as the reference stores magnitudes of these ruptures. */
function roundMagnitude(magnitude: number): number {
  const scaled = Math.fround(Math.fround(magnitude) * 100);
  const rounded = Math.round(scaled);
  const tieToOdd = rounded - scaled === 0.5 && rounded % 2 !== 0;
  return Math.fround((tieToOdd ? rounded - 1 : rounded) / 100);
}
