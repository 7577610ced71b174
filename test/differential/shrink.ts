/** Cuts a failing job down to the smallest that still fails in the same way. */
import type { JobSpec } from './job-spec.js';

/** Parameters without which no job runs, or whose absence means something else. */
const NEEDED = new Set([
  'calculation_mode',
  'investigation_time',
  'intensity_measure_types_and_levels',
  'iml_disagg',
  'maximum_distance',
  'truncation_level',
  'sites',
  'sites_csv',
  'site_model_file',
  'rupture_mesh_spacing',
  'width_of_mfd_bin',
  'area_source_discretization',
  'amplification_csv',
]);
const PLAIN_MODEL = 'BooreAtkinson2008';

/** All jobs that have one thing less, the largest things first. */
export function* smaller(spec: JobSpec): Generator<JobSpec> {
  for (let k = spec.sets.length - 1; k >= 0; k--) yield { ...spec, sets: without(spec.sets, k) };
  if (spec.models.length > 1)
    for (let m = 0; m < spec.models.length; m++) {
      const sets = spec.sets.map((set) => ({ ...set, attributes: withoutBranches(set.attributes) }));
      yield { ...spec, sets, models: [{ ...spec.models[m], weight: 1 }] };
    }
  for (const [m, { groups }] of spec.models.entries()) {
    const withGroups = (changed: typeof groups): JobSpec => ({
      ...spec,
      models: spec.models.map((model, k) => (k === m ? { ...model, groups: changed } : model)),
    });
    for (const [g, group] of groups.entries()) {
      if (groups.length > 1) yield withGroups(without(groups, g));
      if (group.sources.length > 1 && Object.keys(group.attributes).length === 0)
        for (let s = 0; s < group.sources.length; s++)
          yield withGroups(groups.map((one, k) => (k === g ? { ...one, sources: without(one.sources, s) } : one)));
    }
  }
  for (const [k, set] of spec.sets.entries())
    if (set.branches.length > 1)
      for (const branch of set.branches) yield replaced(spec, k, { ...set, branches: [{ ...branch, weight: 1 }] });
  for (const name of Object.keys(spec.ini)) if (!NEEDED.has(name)) yield { ...spec, ini: withoutKey(spec.ini, name) };
  yield* simplerValues(spec);
  for (const [r, { branches }] of spec.groundMotion.entries()) {
    const withBranches = (changed: typeof branches): JobSpec => ({
      ...spec,
      groundMotion: spec.groundMotion.map((one, k) => (k === r ? { ...one, branches: changed } : one)),
    });
    if (branches.length > 1) for (const branch of branches) yield withBranches([{ ...branch, weight: 1 }]);
    for (const [k, branch] of branches.entries())
      if (branch.value !== PLAIN_MODEL && branches.every(({ value }) => value !== PLAIN_MODEL))
        yield withBranches(branches.map((one, i) => (i === k ? { ...branch, value: PLAIN_MODEL } : one)));
  }
}

function* simplerValues(spec: JobSpec): Generator<JobSpec> {
  const { ini, files } = spec;
  const text = ini.intensity_measure_types_and_levels as string | undefined;
  if (text !== undefined) {
    const measures = Object.entries(JSON.parse(text) as Record<string, number[]>);
    const named = (list: typeof measures): JobSpec => ({
      ...spec,
      ini: { ...ini, intensity_measure_types_and_levels: JSON.stringify(Object.fromEntries(list)) },
    });
    if (measures.length > 1) for (const one of measures) yield named([one]);
    else if (measures[0][1].length > 3) yield named([[measures[0][0], measures[0][1].slice(0, 3)]]);
  }
  const places = (ini.sites as string | undefined)?.split(', ') ?? [];
  if (places.length > 1) for (const place of places) yield { ...spec, ini: { ...ini, sites: place } };
  for (const name of ['sites.csv', 'site_model.csv']) {
    const lines = (files[name] as string | undefined)?.trim().split('\n') ?? [];
    const header = lines[0]?.includes('lon') ? 1 : 0;
    if (lines.length - header > 1)
      for (let k = header; k < lines.length; k++)
        yield { ...spec, files: { ...files, [name]: `${[...lines.slice(0, header), lines[k]].join('\n')}\n` } };
  }
  if (ini.truncation_level !== '3') yield { ...spec, ini: { ...ini, truncation_level: '3' } };
  if (ini.maximum_distance !== '300') yield { ...spec, ini: { ...ini, maximum_distance: '300' } };
}

const without = <T>(list: readonly T[], index: number): T[] => list.filter((_, k) => k !== index);

function withoutKey(record: Readonly<Record<string, string>>, name: string): Record<string, string> {
  return Object.fromEntries(Object.entries(record).filter(([key]) => key !== name));
}

const withoutBranches = (attributes: Readonly<Record<string, string>>): Record<string, string> =>
  withoutKey(attributes, 'applyToBranches');

function replaced(spec: JobSpec, index: number, set: JobSpec['sets'][number]): JobSpec {
  return { ...spec, sets: spec.sets.map((one, k) => (k === index ? set : one)) };
}

/** The regions of the ground-motion tree are those of the sources that are left. */
function withFittingRegions(spec: JobSpec): JobSpec {
  const regions = new Set(spec.models.flatMap(({ groups }) => groups.map(({ region }) => region)));
  return { ...spec, groundMotion: spec.groundMotion.filter(({ region }) => regions.has(region)) };
}

/**
 * The smallest job found within a number of trials. `fails` tells whether a job still fails in the same way.
 */
export async function shrink(
  spec: JobSpec,
  trials: number,
  fails: (candidate: JobSpec) => Promise<boolean>,
): Promise<JobSpec> {
  let best = spec;
  let left = trials;
  const tried = new Set<string>();
  for (let found = true; found && left > 0;) {
    found = false;
    for (const one of smaller(best)) {
      const candidate = withFittingRegions(one);
      const key = JSON.stringify(candidate);
      if (tried.has(key)) continue;
      tried.add(key);
      if (left-- <= 0) break;
      if (!(await fails(candidate))) continue;
      best = candidate;
      found = true;
      break;
    }
  }
  return best;
}
