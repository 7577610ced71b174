import { sourceKind } from '../../hazard/sources/registry.js';
import type { FaultSections, Source } from '../../hazard/sources/source.js';
import type { InputReport } from '../report.js';
import type { SourceModel } from './source-model-data.js';

/** Puts the sections of geometry models into the multi-fault sources of a model; all share one table of sections. */
export function resolveSections(
  model: SourceModel,
  geometries: readonly SourceModel[],
  file: string,
  report: InputReport,
): SourceModel {
  const sections = joinSections(geometries, file, report);
  const resolve = (source: Source): Source => {
    const { withSections } = sourceKind(source.type);
    if (!withSections) return source;
    const resolved = withSections(source, sections);
    if (!Array.isArray(resolved)) return resolved as Source;
    const names = resolved.slice(0, 5).join(', ');
    report.fault({
      code: 'UNKNOWN_SOURCE',
      file,
      message: `source '${source.id}': no geometry model has the sections ${names}${resolved.length > 5 ? ' ...' : ''}`,
    });
    return source;
  };
  return { ...model, groups: model.groups.map((group) => ({ ...group, sources: group.sources.map(resolve) })) };
}

function joinSections(geometries: readonly SourceModel[], file: string, report: InputReport): FaultSections {
  const tables = geometries.flatMap(({ sections }) => sections ?? []);
  if (tables.length === 1) return tables[0];
  const ids = tables.flatMap((table) => table.ids);
  const seen = new Set<string>();
  const repeated = ids.find((id) => seen.size === seen.add(id).size);
  if (repeated !== undefined)
    report.fault({ code: 'REPEATED_ID', file, message: `section '${repeated}' stands in two geometry models` });
  return { ids, surfaces: tables.flatMap((table) => table.surfaces) };
}
