import type { SourceGroup } from '../../hazard/logictree/logic-tree.js';
import { largestMagnitudeOf } from '../../hazard/mfd/largest-magnitude.js';
import type { MultiMfd, SingleMfd } from '../../hazard/mfd/mfd.js';
import type { DistanceFilter } from '../../hazard/contexts/distance-filter.js';
import type { Discretization, Source } from '../../hazard/sources/source.js';
import { SCALING_RELATION_NAMES, scalingRelation } from '../../hazard/scaling/registry.js';
import type { InputReport } from '../report.js';
import type { Parameters } from '../parameters/parameters.js';
import { sourceKind } from '../../hazard/sources/registry.js';

/** What the sources need of the parameters of the job. */
export function checkSources(
  parameters: Parameters,
  groups: readonly SourceGroup[],
  filters: ReadonlyMap<string, DistanceFilter>,
  report: InputReport,
  discretization: Discretization,
): void {
  needsInvestigationTime(parameters, report);
  const sources = groups.flatMap((group) => group.sources);
  if (sources.length === 0) {
    report.fault({
      code: 'NO_SOURCES',
      file: parameters.file,
      message: 'no source is left: the source models are empty, or all sources are filtered out',
    });
    return;
  }
  knownScalingRelations(sources, report);
  needsDiscretization(parameters, sources, report);
  needsBinWidth(parameters, sources, report);
  if (report.faults.length === 0) warnOfCoarseMeshes(parameters, sources, discretization, report);
  if (!parameters.isBroken('minimum_magnitude', 'maximum_distance'))
    someMagnitudeCounts(parameters, groups, filters, report);
}

/** A magnitude whose ruptures would be single cells of the mesh makes none. */
function warnOfCoarseMeshes(
  parameters: Parameters,
  sources: readonly Source[],
  discretization: Discretization,
  report: InputReport,
): void {
  for (const source of new Set(sources)) {
    const { lostMagnitudes } = sourceKind(source.type);
    if (!lostMagnitudes) continue;
    let lost: readonly number[] = [];
    try {
      lost = lostMagnitudes(source, discretization);
    } catch (error) {
      report.absorb(error, { file: parameters.file });
    }
    if (lost.length > 0)
      report.warn({
        file: parameters.file,
        message: `source '${source.id}': the mesh is too coarse for ruptures of magnitude ${lost.map((magnitude) => Number(magnitude.toFixed(2))).join(', ')}: they are left out with their rates (rupture_mesh_spacing)`,
      });
  }
}

function knownScalingRelations(sources: readonly Source[], report: InputReport): void {
  const seen = new Set<string>();
  for (const source of sources) {
    const { magnitudeScalingRelation: name } = source;
    if (name === undefined || seen.has(name)) continue;
    seen.add(name);
    try {
      scalingRelation(name);
    } catch (error) {
      const allowed = SCALING_RELATION_NAMES.join(', ');
      report.absorb(error, { file: '', key: `magScaleRel of source ${source.id}`, value: name, allowed });
    }
  }
}

function needsInvestigationTime(parameters: Parameters, report: InputReport): void {
  if (parameters.isBroken('investigation_time')) return;
  const time = parameters.number('investigation_time');
  if (time === undefined)
    report.fault({
      code: 'MISSING_PARAMETER',
      file: parameters.file,
      key: 'investigation_time',
      message: 'the parameter is missing',
      allowed: 'years',
    });
  else if (!(time > 0))
    report.fault({
      code: 'INVALID_VALUE',
      ...parameters.where('investigation_time'),
      message: 'must be above 0',
      allowed: 'years',
    });
}

/** There is no hidden default: the grid of area sources decides the numbers. */
function needsDiscretization(parameters: Parameters, sources: readonly Source[], report: InputReport): void {
  const name = 'area_source_discretization';
  const value = parameters.number(name);
  if (parameters.isBroken(name) || (value !== undefined && value > 0)) return;
  const area = sources.find((source) => sourceKind(source.type).needsGridSpacing?.(source));
  if (area)
    report.fault({
      code: 'MISSING_PARAMETER',
      ...parameters.where(name),
      message: `area sources, such as ${area.id}, need it`,
      allowed: 'km, above 0',
    });
}

function needsBinWidth(parameters: Parameters, sources: readonly Source[], report: InputReport): void {
  const name = 'width_of_mfd_bin';
  const value = parameters.number(name);
  if (parameters.isBroken(name) || (value !== undefined && value > 0)) return;
  const source = sources.find((candidate) => candidate.mfd && needsBins(candidate.mfd));
  if (source)
    report.fault({
      code: 'MISSING_PARAMETER',
      ...parameters.where(name),
      message: `the distribution of source ${source.id} needs it`,
      allowed: 'above 0',
    });
}

function needsBins(mfd: SingleMfd | MultiMfd): boolean {
  if (mfd.kind === 'incremental' || mfd.kind === 'arbitrary') return false;
  if (mfd.kind === 'youngsCoppersmith') return mfd.binWidth === undefined;
  if (mfd.kind !== 'multi') return true;
  return mfd.memberKind !== 'arbitraryMFD' && mfd.fields.bin_width === undefined;
}

/** Refuses a job whose sources all lie below the minimum magnitude of their region. */
function someMagnitudeCounts(
  parameters: Parameters,
  groups: readonly SourceGroup[],
  filters: ReadonlyMap<string, DistanceFilter>,
  report: InputReport,
): void {
  for (const { tectonicRegionType, sources } of groups) {
    const least = filters.get(tectonicRegionType)?.minimumMagnitude ?? 0;
    if (sources.some((source) => largestMagnitude(source) >= least)) return;
  }
  report.fault({
    code: 'NO_SOURCES',
    ...parameters.where('minimum_magnitude'),
    message: 'all sources are below the minimum magnitude',
  });
}

/** An upper bound of the magnitudes of a source. */
function largestMagnitude(source: Source): number {
  const declared = sourceKind(source.type).largestMagnitude;
  if (declared) return declared(source);
  return source.mfd ? largestMagnitudeOf(source.mfd) : Infinity;
}
