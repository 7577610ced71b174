/**
 * The HDF5 file of one calculation while it is written. It carries the name `<path>.partial` until finish() renames it: a file
 * called calc_<ID>.hdf5 is always complete.
 */
import { renameSync, rmSync } from 'node:fs';
import { curveLevels, type Job } from '../job/job.js';
import { DisaggregationLayout } from './disaggregation-layout.js';
import { sealFile } from '../hdf5/seal.js';
import { Hdf5File } from '../hdf5/hdf5.js';
import { sameContent } from './same-content.js';
import { writeLogicTree } from './logic-tree-layout.js';
import { PostProcessingLayout } from './post-processing-layout.js';
import { ENGINE_VERSION } from './version.js';

/** Facts kept as attributes beside the blob of a block of sources. */
export interface BlockFacts {
  readonly region: number;
  readonly sources: number;
  readonly ruptures: number;
  /** ruptures x close sites */
  readonly weight: number;
  readonly rawBytes: number;
  /** west, south, east, north; empty when some source spans more than half the globe */
  readonly box: readonly number[];
}

/** One row of source_info. */
export interface SourceInfo {
  readonly id: string;
  readonly group: number;
  readonly code: string;
  /** s */
  readonly seconds: number;
  readonly sites: number;
  readonly ruptures: number;
  readonly weight: number;
  readonly mutexWeight: number;
  readonly region: number;
}

/** Which curves a file will hold. */
export interface CurveLayout {
  /** names: mean, std, quantile-0.5 ... */
  readonly statistics: readonly string[];
  readonly realizations: boolean;
}

/** The HDF5 file of a calculation while it is written: under a name of its own until it is complete (docs/decisions/datastore.md). */
export class CalculationFile {
  private constructor(
    private readonly path: string,
    private readonly file: Hdf5File,
    private readonly job: Job,
  ) {}

  /** Creates the file with everything known before computing: parameters, sites, logic trees. */
  static async create(path: string, job: Job, startDate: Date): Promise<CalculationFile> {
    const file = await Hdf5File.create(`${path}.partial`);
    file.setAttribute('/', 'engine_version', ENGINE_VERSION);
    file.setAttribute('/', 'date', startDate.toISOString().slice(0, 19));
    file.setAttribute('/', 'checksum32', job.checksum);
    file.setAttribute('/', 'input_size', job.inputSize);
    file.writeText('oqparam', JSON.stringify(job.oqparam));
    file.setAttribute('oqparam', '__pyclass__', 'openquake.commonlib.oqvalidation.OqParam');
    writeSites(file, job);
    writeLogicTree(file, job.logicTree, job.groups);
    file.group('sources');
    return new CalculationFile(path, file, job);
  }

  writeBlock(number: number, blob: Uint8Array, facts: BlockFacts): void {
    const path = `sources/${String(number).padStart(6, '0')}`;
    this.file.writeArray(path, Uint8Array.from(blob));
    for (const name of ['region', 'sources', 'ruptures', 'weight', 'rawBytes'] as const)
      this.file.setAttribute(path, name, facts[name]);
    this.file.setAttribute(path, 'bytes', blob.length);
    if (facts.box.length) this.file.setAttribute(path, 'box', Float64Array.from(facts.box));
  }

  writeSourceInfo(rows: readonly SourceInfo[]): void {
    if (rows.length === 0) return;
    this.file.writeTable('source_info', [
      ['source_id', 'S', rows.map(({ id }) => id)],
      // two bytes, as tools expect, for as long as they suffice
      rows.every(({ group }) => group < 2 ** 16)
        ? ['grp_id', '<u2', Uint16Array.from(rows, ({ group }) => group)]
        : ['grp_id', '<u4', Uint32Array.from(rows, ({ group }) => group)],
      ['code', 'S1', rows.map(({ code }) => code)],
      ['calc_time', '<f4', Float32Array.from(rows, ({ seconds }) => seconds)],
      ['num_sites', '<u4', Uint32Array.from(rows, ({ sites }) => sites)],
      ['num_ruptures', '<u4', Uint32Array.from(rows, ({ ruptures }) => ruptures)],
      ['weight', '<f4', Float32Array.from(rows, ({ weight }) => weight)],
      ['mutex_weight', '<f8', Float64Array.from(rows, ({ mutexWeight }) => mutexWeight)],
      ['trti', '<u1', Uint8Array.from(rows, ({ region }) => region)],
    ]);
  }

  /** Makes room for rates [sites x columns x levels] (1/yr) and tells what the columns are. */
  createRates(columns: readonly { group: number; region: number; model: number }[]): void {
    const levels = this.job.imts.reduce((sum, { levels: row }) => sum + row.length, 0);
    if (columns.length === 0) return;
    this.file.writeTable('rates/columns', [
      ['group', '<u4', Uint32Array.from(columns, ({ group }) => group)],
      ['region', '<u4', Uint32Array.from(columns, ({ region }) => region)],
      ['model', '<u4', Uint32Array.from(columns, ({ model }) => model)],
    ]);
    this.file.createFloats('rates/values', [this.job.sites.points.size, columns.length, levels]);
  }

  /** Rates of one site, [columns x levels]. */
  writeSiteRates(site: number, rates: Float32Array): void {
    this.file.writeRows('rates/values', site, site + 1, rates);
  }

  /** By column the rates [levels] of one site, 1/yr. */
  readSiteRates(site: number, columns: number): Float64Array[] {
    if (columns === 0) return [];
    const rates = this.file.readFloats('rates/values', [[site, site + 1]]);
    const levels = rates.length / columns;
    return Array.from({ length: columns }, (_, k) => rates.subarray(k * levels, (k + 1) * levels));
  }

  /** version of the program that writes the file */
  get engineVersion(): string {
    return ENGINE_VERSION;
  }

  /** Whether a dataset, or all of a group, is the same in another file. */
  holdsTheSame(other: Hdf5File, path: string): boolean {
    return sameContent(this.file, other, path);
  }

  /** Takes over the rates by source of another file, for sources of these names. */
  copyRatesBySource(other: Hdf5File, names: readonly string[]): void {
    this.createRatesBySource(names);
    for (let site = 0; site < this.job.sites.points.size; site++)
      this.writeRatesBySource(site, site + 1, other.readFloats('mean_rates_by_src/array', [[site, site + 1]]));
  }

  createCurves({ statistics, realizations }: CurveLayout): void {
    const { imts, sites, parameters, logicTree } = this.job;
    const count = sites.points.size;
    const measures = imts.map(({ imt }) => imt.name);
    const levels = curveLevels(this.job)[0].length;
    const levelNumbers = Array.from({ length: levels }, (_, k) => k);
    const { poes } = parameters;
    const kinds = [
      { suffix: 'stats', axis: 'stat', size: statistics.length, value: statistics, wanted: statistics.length > 0 },
      {
        suffix: 'rlzs',
        axis: 'rlz_id',
        size: logicTree.realizations.length,
        value: logicTree.realizations.length,
        wanted: realizations,
      },
    ];
    for (const { suffix, axis, size, value, wanted } of kinds) {
      if (!wanted) continue;
      const head = { site_id: count, [axis]: value, imt: measures };
      this.file.createFloats(`hcurves-${suffix}`, [count, size, measures.length, levels]);
      this.describe(`hcurves-${suffix}`, ['site_id', axis, 'imt', 'lvl'], {
        ...head,
        lvl: suffix === 'stats' ? levelNumbers : levels,
      });
      if (poes.length === 0) continue;
      this.file.createFloats(`hmaps-${suffix}`, [count, size, measures.length, poes.length]);
      this.describe(`hmaps-${suffix}`, ['site_id', axis, 'imt', 'poe'], { ...head, poe: poes });
    }
  }

  /** How far, in probability, the quantiles may be from those of all paths; 0: they are exact. */
  noteQuantileBound(bound: number): void {
    for (const path of ['hcurves-stats', 'hmaps-stats'])
      if (this.file.has(path)) this.file.setAttribute(path, 'quantile_error', Float64Array.of(bound));
  }

  private describe(path: string, axes: readonly string[], values: Record<string, unknown>): void {
    this.file.setAttribute(path, 'json', JSON.stringify({ shape_descr: axes, ...values }));
  }

  /** Rows of some sites of hcurves-stats, hcurves-rlzs, hmaps-stats or hmaps-rlzs; ranges are [first, last). */
  writeCurves(
    dataset: 'hcurves-stats' | 'hcurves-rlzs' | 'hmaps-stats' | 'hmaps-rlzs',
    { sites, rows }: { readonly sites: readonly [number, number]; readonly rows: readonly [number, number] },
    values: Float32Array,
  ): void {
    this.file.writeSlice(dataset, [sites, rows], values);
  }

  /** Makes room for mean rates by source [sites x measures x levels x sources], 1/yr. */
  createRatesBySource(sourceIds: readonly string[]): void {
    const { imts, sites } = this.job;
    const path = 'mean_rates_by_src';
    const levels = imts[0].levels.length;
    this.file.createFloats(`${path}/array`, [sites.points.size, imts.length, levels, sourceIds.length], '<f8');
    this.file.writeTexts(`${path}/src_id`, sourceIds);
    this.file.writeTexts(
      `${path}/imt`,
      imts.map(({ imt }) => imt.name),
    );
    this.file.writeArray(
      `${path}/lvl`,
      Uint32Array.from({ length: levels }, (_, k) => k),
    );
    this.file.writeArray(
      `${path}/site_id`,
      Uint32Array.from({ length: sites.points.size }, (_, k) => k),
    );
    this.file.writeTexts(`${path}/shape_descr`, ['site_id', 'imt', 'lvl', 'src_id']);
    this.file.setAttribute(path, '__pyclass__', 'openquake.baselib.hdf5.ArrayWrapper');
  }

  writeRatesBySource(first: number, last: number, values: Float64Array): void {
    this.file.writeRows('mean_rates_by_src/array', first, last, values);
  }

  /** Mean rates [levels x sources] of one site and measure, 1/yr, with the ids of the sources. */
  readRatesBySource(site: number, measure: number): { ids: string[]; rates: Float64Array } {
    const ranges = [
      [site, site + 1],
      [measure, measure + 1],
    ] as const;
    return {
      ids: this.file.readTexts('mean_rates_by_src/src_id'),
      rates: this.file.readFloats('mean_rates_by_src/array', ranges),
    };
  }

  /** Map [measures x probabilities] of one site: of a statistic by its number, or of the single realization where there are none. */
  readMap(site: number, statistic: number): Float64Array {
    const [dataset, row] = statistic < 0 ? ['hmaps-rlzs', 0] : ['hmaps-stats', statistic];
    return this.file.readFloats(String(dataset), [
      [site, site + 1],
      [Number(row), Number(row) + 1],
    ]);
  }

  /** Where a disaggregation is written. */
  get disaggregation(): DisaggregationLayout {
    return new DisaggregationLayout(this.file, this.job);
  }

  /** Where post-processings write. */
  get postProcessing(): PostProcessingLayout {
    return new PostProcessingLayout(this.file, this.job);
  }

  /** Seconds, counts and peak memory by phase. */
  writePerformance(rows: readonly { operation: string; seconds: number; memoryMb: number; counts: number }[]): void {
    this.file.writeTable('performance_data', [
      ['operation', 'S50', rows.map(({ operation }) => operation)],
      ['time_sec', '<f8', Float64Array.from(rows, ({ seconds }) => seconds)],
      ['memory_mb', '<f8', Float64Array.from(rows, ({ memoryMb }) => memoryMb)],
      ['counts', '<i8', BigInt64Array.from(rows, ({ counts }) => BigInt(counts))],
    ]);
  }

  /** Closes the file, writes its checksums behind it and gives it its final name. */
  finish(): void {
    this.file.close();
    sealFile(`${this.path}.partial`);
    renameSync(`${this.path}.partial`, this.path);
  }

  /** Closes and removes the unfinished file. */
  discard(): void {
    try {
      this.file.close();
    } finally {
      rmSync(`${this.path}.partial`, { force: true });
    }
  }
}

/** sitecol: one dataset per column. */
function writeSites(file: Hdf5File, job: Job): void {
  const { points, parameters, customIds } = job.sites;
  const columns = ['sids', 'lon', 'lat', 'depth'];
  file.writeArray(
    'sitecol/sids',
    Uint32Array.from({ length: points.size }, (_, k) => k),
  );
  for (const name of ['lon', 'lat', 'depth'] as const)
    file.writeArray(`sitecol/${name}`, Float64Array.from(points[name]));
  for (const [name, values] of Object.entries(parameters.numeric)) {
    if (columns.includes(name)) continue;
    columns.push(name);
    const flags = name === 'vs30measured' || name === 'backarc';
    file.writeArray(`sitecol/${name}`, flags ? Uint8Array.from(values) : Float64Array.from(values));
  }
  for (const [name, values] of Object.entries(parameters.text)) {
    // a column of numbers is there already
    if (columns.includes(name)) continue;
    columns.push(name);
    file.writeTexts(`sitecol/${name}`, values);
  }
  if (customIds) {
    columns.push('custom_site_id');
    file.writeTexts(
      'sitecol/custom_site_id',
      customIds.map((id) => id.slice(0, 8)),
    );
  }
  file.setAttribute('sitecol', '__pdcolumns__', columns.join(' '));
  file.setAttribute('sitecol', '__pyclass__', 'openquake.hazardlib.site.SiteCollection');
}
