import type { FaultSections, MultiFaultSource } from '../source.js';

/** The source over the sections of geometry models. Returns the names of sections that no model has instead, if any. */
export function withSections(source: MultiFaultSource, sections: FaultSections): MultiFaultSource | readonly string[] {
  const positions = new Map(sections.ids.map((id, index) => [id, index]));
  const missing = source.sections.ids.filter((id) => !positions.has(id));
  if (missing.length > 0) return missing;
  const indices = Int32Array.from(source.sections.ids, (id) => positions.get(id) ?? -1);
  const inSections = (own: Int32Array): Int32Array => own.map((index) => indices[index]);
  const { faults } = source;
  return {
    ...source,
    sections,
    sectionIndices: inSections(source.sectionIndices),
    ...(faults && { faults: faults.map((fault) => ({ tag: fault.tag, sections: inSections(fault.sections) })) }),
  };
}
