/** How the results of post-processings lie in the file of a calculation: one group per output, in it one member per site. */
import { binCentres, type BinEdges } from '../hazard/disaggregation/edges.js';
import type { Job } from '../job/job.js';
import type { Hdf5File } from '../hdf5/hdf5.js';

/** Relevant sources of one site, each alone by magnitude, distance and epsilon. */
export interface SourceDisaggregation {
  readonly ids: readonly string[];
  readonly imts: readonly string[];
  /** one per measure */
  readonly levels: Float64Array;
  readonly edges: BinEdges;
}

/** The datasets of post-processings, written. */
export class PostProcessingLayout {
  constructor(
    private readonly file: Hdf5File,
    private readonly job: Job,
  ) {}

  /** Makes room for the disaggregation of the relevant sources of one site. */
  createSourceDisaggregation(site: number, { ids, imts, levels, edges }: SourceDisaggregation): void {
    const group = this.siteGroup('mean_disagg_by_src', site);
    const axes = [edges.magnitude, edges.distance, edges.epsilon].map(binCentres);
    this.file.writeTexts(`${group}/source_id`, ids);
    this.file.writeTexts(`${group}/imt`, imts);
    this.file.writeArray(`${group}/iml`, levels);
    ['mag', 'dist', 'eps'].forEach((name, k) => {
      this.file.writeArray(`${group}/${name}`, axes[k]);
    });
    this.file.writeTexts(`${group}/shape_descr`, ['source_id', 'mag', 'dist', 'eps', 'imt']);
    if (ids.length === 0) return;
    this.file.createFloats(`${group}/array`, [ids.length, ...axes.map((axis) => axis.length), imts.length], '<f8');
  }

  /** Expected numbers in the investigation time [measures x magnitudes x distances x epsilons] of one of these sources. */
  writeSourceTable(site: number, source: number, measures: number, numbers: Float64Array): void {
    const cells = numbers.length / measures;
    const row = numbers.map((_, k) => numbers[(k % measures) * cells + Math.floor(k / measures)]);
    this.file.writeRows(`${this.path('mean_disagg_by_src', site)}/array`, source, source + 1, row);
  }

  /** Moments [probabilities x measures x (mean, sigma, weight)] of the median spectrum of one site, by source group. */
  writeMedianSpectrum(site: number, groups: readonly number[], moments: readonly Float64Array[]): void {
    const group = this.siteGroup('median_spectrum', site);
    this.file.writeArray(`${group}/grp_id`, Uint32Array.from(groups));
    this.file.writeTexts(`${group}/shape_descr`, ['grp_id', 'poe', 'imt', 'mea-sig-wei']);
    if (groups.length === 0) return;
    const array = `${group}/array`;
    this.file.createFloats(array, [groups.length, ...this.shape(), 3], '<f8');
    moments.forEach((row, k) => {
      this.file.writeRows(array, k, k + 1, row);
    });
  }

  /** Mean conditional spectrum of one site [probabilities x measures], in the units of the measures, and std of ln. */
  writeConditionalSpectrum(site: number, mean: Float64Array, std: Float64Array): void {
    const group = this.siteGroup('conditional_spectrum', site);
    this.file.writeArray(`${group}/mean`, mean, this.shape());
    this.file.writeArray(`${group}/std`, std, this.shape());
    this.file.writeTexts(`${group}/shape_descr`, ['poe', 'imt']);
  }

  /** Makes room for joint rates [sites x cells of the first measure x cells of the second], 1/yr. */
  createJointRates(imts: readonly string[], cells: readonly [number, number]): void {
    this.file.createFloats('mrd', [this.job.sites.points.size, ...cells], '<f8');
    this.file.setAttribute('mrd', 'json', JSON.stringify({ shape_descr: ['site_id', ...imts], imts }));
  }

  writeJointRates(site: number, rates: Float64Array): void {
    this.file.writeRows('mrd', site, site + 1, rates);
  }

  private shape(): [number, number] {
    return [this.job.parameters.poes.length, this.job.imts.length];
  }

  private siteGroup(output: string, site: number): string {
    const group = this.path(output, site);
    this.file.group(group);
    this.file.setAttribute(group, 'site_id', site);
    return group;
  }

  private path(output: string, site: number): string {
    return `${output}/site-${String(site).padStart(5, '0')}`;
  }
}
