import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ContextBatch } from '../../hazard/contexts/context-batch.js';
import { distanceFilter, type MaximumDistance } from '../../hazard/contexts/distance-filter.js';
import { collapseOnGrid } from '../../hazard/sources/distributed/point-grid.js';
import type { PreparedSource } from '../../hazard/sources/prepared-source.js';
import type { DistanceFilter } from '../../hazard/contexts/distance-filter.js';
import { prepareSource } from '../../hazard/sources/registry.js';
import type { Discretization, Source } from '../../hazard/sources/source.js';
import type { SitePoints } from '../../hazard/site/site-points.js';
import { readSourceModel } from '../../inputs/sources/source-model.js';
import { Comparison, TOLERANCES } from './comparison.js';
import type { SiteRecord } from './records.js';
import { sitesOf } from './source-cases.js';

type ByRegion<T> = Readonly<Record<string, T>>;

interface FilterFile {
  readonly rupture_mesh_spacing: number;
  readonly complex_fault_mesh_spacing: number;
  readonly width_of_mfd_bin: number;
  readonly area_source_discretization: number;
  readonly investigation_time: number;
  readonly sites: readonly SiteRecord[];
  readonly results: readonly FilterResult[];
}

interface FilterResult {
  readonly config: {
    readonly minimum_magnitude: ByRegion<number>;
    readonly pointsource_distance: ByRegion<number>;
    readonly max_sites_disagg: number;
    readonly ps_grid_spacing: number;
    readonly shift_hypo: boolean;
    readonly maximum_distance: string;
    readonly minimum_distance?: number;
  };
  readonly groups: readonly {
    readonly tectonicRegion: string;
    readonly magnitude_distance: readonly (readonly [number, number])[];
    readonly sources: readonly { readonly id: string; readonly bbox: readonly number[] }[];
    readonly parts: readonly { readonly id: string; readonly num_ruptures: number }[];
    readonly surviving_pairs: number;
    /** part, site, number of ruptures */
    readonly pairs_by_part_and_site: readonly (readonly [number, number, number])[];
    /** part, rupture, site, mag, rake, dip, ztor, width, rrup, rjb, rx, ry0, rate, probabilities */
    readonly first_pairs: readonly Pair[];
  }[];
}

type Pair = readonly (number | null | readonly number[])[];

/** A context as the reference lists it. */
interface Context {
  readonly part: string;
  readonly site: number;
  readonly index: number;
  readonly values: readonly number[];
}

const COLUMNS = ['mag', 'rake', 'dip', 'ztor', 'width', 'rrup', 'rjb', 'rx', 'ry0', 'rate'] as const;

export function isFilterCase(folder: string): boolean {
  return existsSync(join(folder, 'expected.json')) && existsSync(join(folder, 'source_model.xml'));
}

/** One model under several settings: which parts, ruptures and sites survive, and what the contexts are. */
export async function runFilterCase(folder: string, name: string): Promise<Comparison> {
  const comparison = new Comparison(name);
  const file = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as FilterFile;
  const sections = readdirSync(folder).filter((entry) => /^sections.*\.xml$/.test(entry));
  const model = await readSourceModel(join(folder, 'source_model.xml'), {
    widthOfMfdBin: file.width_of_mfd_bin,
    investigationTime: file.investigation_time,
    geometryModels: sections.map((entry) => join(folder, entry)),
  });
  const sources = model.groups.flatMap((group) => [...group.sources]);
  const sites = sitesOf(file.sites);
  file.results.forEach((result, i) => {
    result.groups.forEach((group, g) => {
      const where = `setting ${i} ${group.tectonicRegion}`;
      const run = new GroupRun(file, result, g, sources, sites);
      compareGroup(comparison, run, group, where);
    });
  });
  return comparison;
}

/** The literal of a maximum distance: a number, a list of pairs, a word, or a dictionary of these by region. */
function maximumOf(text: string, region: string): MaximumDistance {
  if (text === 'magdist') return text;
  const value = JSON.parse(text.replace(/\(/g, '[').replace(/\)/g, ']').replace(/'/g, '"')) as
    MaximumDistance | ByRegion<MaximumDistance>;
  return typeof value === 'object' && !Array.isArray(value)
    ? byRegion(value as ByRegion<MaximumDistance>, region)
    : (value as MaximumDistance);
}

function byRegion<T>(values: ByRegion<T>, region: string): T {
  return values[region] ?? values.default;
}

/** The sources of one group under one setting. */
class GroupRun {
  readonly filter: DistanceFilter;
  readonly prepared: ReadonlyMap<string, PreparedSource>;
  readonly contexts: readonly Context[];
  private readonly kinds: ReadonlyMap<string, Source['type']>;

  constructor(file: FilterFile, { config }: FilterResult, group: number, all: readonly Source[], sites: SitePoints) {
    const region = this.regionOf(file, config, group);
    this.filter = distanceFilter(
      maximumOf(config.maximum_distance, region),
      byRegion(config.minimum_magnitude, region),
      config.minimum_distance ?? 0,
    );
    const discretization: Discretization = {
      ruptureMeshSpacing: file.rupture_mesh_spacing,
      complexFaultMeshSpacing: file.complex_fault_mesh_spacing,
      widthOfMfdBin: file.width_of_mfd_bin,
      areaSourceDiscretization: file.area_source_discretization,
      floatingXStep: 0,
      floatingYStep: 0,
      investigationTime: file.investigation_time,
      inferOccurRates: false,
      shiftHypo: config.shift_hypo,
      splitSources: true,
    };
    const own = all.filter((source) => source.tectonicRegionType === region);
    const gathered =
      config.ps_grid_spacing > 0 ? collapseOnGrid(own, config.ps_grid_spacing, group, discretization) : own;
    this.kinds = new Map(gathered.map((source) => [source.id, source.type]));
    this.prepared = new Map(gathered.map((source) => [source.id, prepareSource(source, discretization)]));
    const few = sites.size <= config.max_sites_disagg;
    const distance = byRegion(config.pointsource_distance, region);
    this.contexts = [...this.prepared].flatMap(([id, prepared]) => this.run(id, prepared, sites, distance, few));
  }

  private regionOf(file: FilterFile, config: FilterResult['config'], group: number): string {
    const result = file.results.find((candidate) => candidate.config === config);
    return result?.groups[group].tectonicRegion ?? '';
  }

  private run(id: string, prepared: PreparedSource, sites: SitePoints, distance: number, few: boolean): Context[] {
    const batch = new ContextBatch(
      Math.max(1, prepared.ruptureCount * sites.size),
      new Set(['mag', 'rake', 'dip', 'ztor', 'width']),
      new Set(['rrup', 'rjb', 'rx', 'ry0']),
    );
    batch.reset();
    const flush = (): void => {
      throw new Error('the batch is too small');
    };
    prepared.contexts(
      { sites, filter: this.filter, pointSourceDistance: distance, fewSites: few, batch, flush },
      0,
      prepared.units,
    );
    const contexts: Context[] = [];
    const partOf = this.partsOf(id, prepared);
    for (let r = 0; r < batch.ruptures; r++) {
      for (let i = batch.start[r]; i < batch.start[r + 1]; i++) {
        const values = COLUMNS.map((name) =>
          name === 'rate'
            ? batch.rates[r]
            : batch[name][name.startsWith('r') && name !== 'rake' ? i : name === 'ry0' ? i : r],
        );
        contexts.push({
          part: partOf(batch.ruptureIndex[r]),
          site: batch.site[i],
          index: batch.ruptureIndex[r],
          values,
        });
      }
    }
    return contexts;
  }

  /** The part of a source to which a rupture belongs, by the id that the reference gives it. */
  private partsOf(id: string, prepared: PreparedSource): (rupture: number) => string {
    const type = this.kinds.get(id);
    if (type === 'area' || type === 'multiPoint') {
      const perUnit = prepared.countRuptures(0, 1);
      return (rupture) => `${id}.${Math.floor(rupture / perUnit)}`;
    }
    if (type === 'simpleFault' || type === 'complexFault' || type === 'kiteFault') {
      const bins = Array.from(prepared.ruptures(), ({ magnitudeIndex }) => magnitudeIndex);
      return (rupture) => `${id}.${bins[rupture]}`;
    }
    return () => id;
  }
}

function compareGroup(
  comparison: Comparison,
  run: GroupRun,
  group: FilterResult['groups'][number],
  where: string,
): void {
  const pairs = Array.from(run.filter.magnitudes, (magnitude, i) => [magnitude, run.filter.distances[i]]);
  comparison.numbers('pairs of D(m)', pairs.flat(), group.magnitude_distance.flat(), TOLERANCES.formula, where);
  for (const { id, bbox } of group.sources) {
    const largest = run.filter.distances[run.filter.distances.length - 1];
    const got = run.prepared.get(id)?.boundingBox(largest);
    comparison.numbers('source box', got ?? [], bbox, TOLERANCES.coordinate, `${where} ${id}`);
  }
  comparison.number('surviving pairs', run.contexts.length, group.surviving_pairs, TOLERANCES.exact, where);
  for (const [part, site, count] of group.pairs_by_part_and_site) {
    const { id } = group.parts[part];
    const got = run.contexts.filter((context) => samePart(context.part, id) && context.site === site).length;
    comparison.number('pairs of a part', got, count, TOLERANCES.exact, `${where} ${id} site ${site}`);
  }
  comparePairs(comparison, run.contexts, group, where);
}

/** A source that no site is near stays whole. */
function samePart(part: string, id: string): boolean {
  return part === id || part.replace(/\.\d+$/, '') === id;
}

/** Every listed pair against the context of the same part, site and magnitude that comes closest to it. */
function comparePairs(
  comparison: Comparison,
  contexts: readonly Context[],
  group: FilterResult['groups'][number],
  where: string,
): void {
  const free = new Set(contexts);
  group.first_pairs.forEach((pair, i) => {
    const [part, , site] = pair as readonly number[];
    const { id } = group.parts[part];
    const expected = pair.slice(3, 13) as readonly (number | null)[];
    let best: Context | undefined;
    let least = Infinity;
    for (const context of free) {
      if (context.site !== site || !samePart(context.part, id)) continue;
      const difference = COLUMNS.reduce(
        (sum, _, k) => sum + Math.abs(context.values[k] - (expected[k] ?? context.values[k])),
        0,
      );
      if (difference >= least) continue;
      least = difference;
      best = context;
    }
    if (!best) return comparison.failure('contexts', `${where} pair ${i}`, 'missing');
    free.delete(best);
    const single = expected[9] === null;
    COLUMNS.forEach((name, k) => {
      const value = expected[k];
      if (value === null) return;
      const tolerance = single
        ? TOLERANCES.single
        : name === 'rjb' || name === 'dip'
          ? TOLERANCES.outline
          : name === 'rate' || name === 'mag'
            ? TOLERANCES.formula
            : { rtol: 1e-7, atol: 1e-5 };
      comparison.number(`contexts ${name}`, best.values[k], value, tolerance, `${where} ${id} pair ${i}`);
    });
  });
}
