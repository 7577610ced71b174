import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { estimateWork, type WorkEstimate } from '../../calculators/preclassical/work-estimate.js';
import type { Monitor } from '../../calculators/tasks/distributor.js';
import { magnitudeBins } from '../../hazard/mfd/rates.js';
import type { SingleMfd } from '../../hazard/mfd/mfd.js';
import { sourceKind } from '../../hazard/sources/registry.js';
import type { SourceOutline } from '../../hazard/sources/source-outline.js';
import type { Source } from '../../hazard/sources/source.js';
import { openJobSource } from '../../inputs/files/job-source.js';
import { shownPath } from '../../inputs/files/paths.js';
import { readIni, type IniEntry } from '../../inputs/parameters/ini.js';
import { InputReport } from '../../inputs/report.js';
import type { Job } from '../../job/job.js';
import { InlineDistributor } from '../distribution/inline-distributor.js';
import type { JobInputs } from '../store/job-record.js';
import { drawJobTree } from './draw-logic-tree.js';
import { sizeOfJob, type JobSize } from './job-size.js';

/** Sources that are listed one by one; of larger models the map shows all, the list the first ones. */
const LISTED = 500;
/** Numbers of coordinates that a map is given; of larger models an even part. */
const MOST_COORDINATES = 1_000_000;

/** A source in the list of a preview. */
interface PreviewSource {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly tectonicRegionType: string;
  /** magnitudes and their rates (1/yr), where the distribution says so by itself */
  readonly magnitudes?: readonly number[];
  readonly rates?: readonly number[];
}

/** What a job is, before it runs. Coordinates are degrees, [lon, lat, ...] in flat lists. */
export interface JobPreview {
  readonly size: JobSize;
  readonly estimate: WorkEstimate;
  readonly warnings: readonly string[];
  /** what the job file says, by line */
  readonly ini: { readonly file: string; readonly entries: readonly IniEntry[] };
  /** drawing of the logic trees, SVG */
  readonly tree: string;
  readonly sites: readonly number[];
  readonly points: readonly number[];
  readonly lines: readonly (readonly number[])[];
  readonly rings: readonly (readonly number[])[];
  /** shapes left out of the map */
  readonly leftOut: number;
  readonly sources: readonly PreviewSource[];
}

/** Everything that can be said of a job before it runs. Errors: Refusal, also for jobs without any source near their sites. */
export async function previewJob(job: Job, inputs: JobInputs, workFolder: string): Promise<JobPreview> {
  const silent: Monitor = { log: () => undefined, progress: () => undefined };
  const distributor = new InlineDistributor();
  const path = join(workFolder, 'calc_0.hdf5');
  const estimate = await estimateWork(job, { path, distributor, monitor: silent });
  const sources = distinct(job.groups.flatMap((group) => group.sources));
  const { lon, lat, size } = job.sites.points;
  const sites = new Float64Array(2 * size);
  for (let k = 0; k < size; k++) sites.set([lon[k], lat[k]], 2 * k);
  return {
    size: sizeOfJob(job),
    estimate,
    warnings: job.warnings,
    ini: await iniOf(inputs, workFolder),
    tree: drawJobTree(job),
    sites: rounded(thinned(sites, MOST_COORDINATES)),
    ...shapesOf(sources),
    sources: sources.slice(0, LISTED).map((source) => listed(source, job.discretization.widthOfMfdBin)),
  };
}

/** Copies of a source that differ in their rates only are one on the map. */
function distinct(sources: readonly Source[]): Source[] {
  const seen = new Set<string>();
  return sources.filter(({ id, type }) => {
    const key = `${type} ${id}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function shapesOf(sources: readonly Source[]): Pick<JobPreview, 'points' | 'lines' | 'rings' | 'leftOut'> {
  const outlines = new Set<SourceOutline>();
  for (const source of sources) outlines.add(sourceKind(source.type).outline(source));
  const points: number[] = [];
  const lines: number[][] = [];
  const rings: number[][] = [];
  let drawn = 0;
  let leftOut = 0;
  for (const outline of outlines) {
    for (const coordinate of outline.points) points.push(coordinate);
    for (const [shapes, into] of [
      [outline.lines, lines],
      [outline.rings, rings],
    ] as const)
      for (const shape of shapes) {
        if (drawn + shape.length > MOST_COORDINATES) leftOut++;
        else {
          drawn += shape.length;
          into.push(rounded(shape));
        }
      }
  }
  const shown = thinned(Float64Array.from(points), MOST_COORDINATES);
  return { points: rounded(shown), lines, rings, leftOut: leftOut + (points.length - shown.length) / 2 };
}

/** Every so many-th place, so that no more than `most` numbers are left. */
function thinned(places: Float64Array, most: number): Float64Array {
  const step = Math.ceil(places.length / most);
  return step <= 1 ? places : places.filter((_, k) => Math.floor(k / 2) % step === 0);
}

/** To 10 m: maps show no more. */
function rounded(coordinates: Float64Array): number[] {
  return Array.from(coordinates, (value) => Math.round(value * 1e4) / 1e4);
}

function listed(source: Source, width: number | undefined): PreviewSource {
  const { id, name, type, tectonicRegionType, mfd } = source;
  const facts = { id, name, type, tectonicRegionType };
  // rates from slip follow from the area of a mesh, those of multi-points differ from point to point
  if (!mfd || mfd.kind === 'multi' || mfd.kind === 'slipRateGutenbergRichter') return facts;
  const { magnitudes, rates } = magnitudeBins([mfd as SingleMfd], width);
  return { ...facts, magnitudes: [...magnitudes], rates: [...rates] };
}

async function iniOf({ source, jobIni }: JobInputs, workFolder: string): Promise<JobPreview['ini']> {
  const archive = /\.zip$/i.test(source);
  const { iniFile, root } = await openJobSource(archive ? join(workFolder, 'job') : source, jobIni, workFolder);
  const file = shownPath(root, iniFile);
  return { file, entries: readIni(await readFile(iniFile, 'utf8'), file, new InputReport()) };
}
