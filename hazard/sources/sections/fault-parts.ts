import type { MultiFaultSource } from '../source.js';

/**
 * A multi-fault source as one source for each of its named faults, for results by source: a rupture belongs to the first
 * fault that has one of its sections; ruptures of no fault stay under the id of the source. Ids get `@` and the name.
 * A source without named faults is its own single part.
 */
export function partsByFault(source: MultiFaultSource): MultiFaultSource[] {
  const { faults } = source;
  if (!faults || faults.length === 0) return [source];
  const faultOf = source.magnitudes.map((_, rupture) => {
    const first = source.sectionStart[rupture];
    const last = source.sectionStart[rupture + 1];
    const sections = source.sectionIndices.subarray(first, last);
    return faults.findIndex((fault) => sections.some((section) => fault.sections.includes(section)));
  });
  const parts = faults.map(({ tag }, fault) => withRuptures(source, `${source.id}@${tag}`, rupturesOf(faultOf, fault)));
  return [...parts, withRuptures(source, source.id, rupturesOf(faultOf, -1))].filter(
    ({ magnitudes }) => magnitudes.length > 0,
  );
}

function rupturesOf(faultOf: Float64Array, fault: number): number[] {
  return Array.from(faultOf.keys()).filter((rupture) => faultOf[rupture] === fault);
}

/** The source with some of its ruptures only. */
function withRuptures(source: MultiFaultSource, id: string, ruptures: readonly number[]): MultiFaultSource {
  const { sectionStart, sectionIndices, probabilities, terms } = source;
  const lists = ruptures.map((i) => sectionIndices.subarray(sectionStart[i], sectionStart[i + 1]));
  const starts = new Int32Array(ruptures.length + 1);
  lists.forEach((list, i) => (starts[i + 1] = starts[i] + list.length));
  return {
    ...source,
    faults: undefined,
    id,
    magnitudes: Float64Array.from(ruptures, (i) => source.magnitudes[i]),
    rakes: Float64Array.from(ruptures, (i) => source.rakes[i]),
    sectionStart: starts,
    sectionIndices: Int32Array.from(lists.flatMap((list) => [...list])),
    probabilities: Float64Array.from(ruptures.flatMap((i) => [...probabilities.subarray(terms * i, terms * (i + 1))])),
  };
}
