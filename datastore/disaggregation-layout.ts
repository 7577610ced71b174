/** How a disaggregation lies in the file of a calculation: edges of the bins, levels, and one dataset per table. */
import type { CellEdges } from '../hazard/disaggregation/cell-sums.js';
import type { Disaggregation, Job } from '../job/job.js';
import type { Hdf5File } from '../hdf5/hdf5.js';

/** What the tables of a disaggregation have in common. */
export interface DisaggregationShape {
  readonly request: Disaggregation;
  readonly edges: CellEdges;
  /** edges of epsilon, sigmas */
  readonly epsilon: Float64Array;
  /** by site the numbers of the realizations; undefined when only the mean is made */
  readonly kept: readonly (readonly number[])[] | undefined;
  /** [sites x measures x probabilities], in the units of the measures */
  readonly levels: Float64Array;
  /** [sites x probabilities] */
  readonly poes: Float64Array;
  readonly withMean: boolean;
}

/** The datasets of a disaggregation, written. */
export class DisaggregationLayout {
  constructor(
    private readonly file: Hdf5File,
    private readonly job: Job,
  ) {}

  /** Makes room for all tables, and writes what they are about. */
  create({ request, edges, epsilon, kept, levels, poes, withMean }: DisaggregationShape): void {
    const { file, job } = this;
    const sites = edges.places.length;
    const regions = job.logicTree.groundMotion.map(({ tectonicRegionType }) => tectonicRegionType);
    const coordinates = (axis: 'lon' | 'lat'): Float64Array =>
      Float64Array.from(edges.places.flatMap((place) => [...place[axis]]));
    const { lon, lat } = edges.places[0];
    file.writeArray('disagg-bins/Mag', edges.magnitude);
    file.writeArray('disagg-bins/Dist', edges.distance);
    file.writeArray('disagg-bins/Lon', coordinates('lon'), [sites, lon.length]);
    file.writeArray('disagg-bins/Lat', coordinates('lat'), [sites, lat.length]);
    file.writeArray('disagg-bins/Eps', epsilon);
    file.writeTexts('disagg-bins/TRT', regions);
    const measures = job.imts.length;
    const probabilities = poes.length / sites;
    file.writeArray('hmap3', levels, [sites, measures, probabilities]);
    file.setAttribute('hmap3', 'poes', poes);
    const lengths: Readonly<Record<string, number>> = {
      TRT: regions.length,
      Mag: edges.magnitude.length - 1,
      Dist: edges.distance.length - 1,
      Lon: lon.length - 1,
      Lat: lat.length - 1,
      Eps: epsilon.length - 1,
    };
    const room = (dataset: string, axes: readonly string[], last: string, columns: number): void => {
      file.createFloats(
        dataset,
        [sites, ...axes.map((axis) => lengths[axis]), measures, probabilities, columns],
        '<f8',
      );
      const names = ['site_id', ...axes.map((axis) => axis.toLowerCase()), 'imt', 'poe', last];
      file.setAttribute(dataset, 'json', JSON.stringify({ shape_descr: names }));
    };
    if (kept) {
      const shown = kept[0].length;
      file.writeArray('best_rlzs', BigInt64Array.from(kept.flat(), BigInt), [sites, shown]);
      room('poe4', [], 'rlz', shown);
      for (const { name, axes } of request.tables) room(`disagg-rlzs/${name}`, axes, 'rlz', shown);
    }
    if (withMean) for (const { name, axes } of request.tables) room(`disagg-stats/${name}`, axes, 'stat', 1);
  }

  /** Probabilities over all bins of a site [measures x probabilities x realizations]. */
  writeTotals(site: number, values: Float64Array): void {
    if (values.length > 0) this.file.writeRows('poe4', site, site + 1, values);
  }

  /** Probabilities of one table of a site [axes x measures x probabilities x columns]. */
  writeTable(kind: 'rlzs' | 'stats', table: string, site: number, values: Float64Array): void {
    this.file.writeRows(`disagg-${kind}/${table}`, site, site + 1, values);
  }
}
