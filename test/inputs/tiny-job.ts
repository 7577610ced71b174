import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';

/** Files of a job: path -> contents. */
export type JobFiles = Readonly<Record<string, string | Buffer>>;

const INI: Readonly<Record<string, string>> = {
  description: 'One point source, one site',
  calculation_mode: 'classical',
  sites: '10.1 45.2',
  reference_vs30_value: '760',
  reference_vs30_type: 'measured',
  reference_depth_to_1pt0km_per_sec: '40',
  reference_depth_to_2pt5km_per_sec: '1',
  rupture_mesh_spacing: '4',
  width_of_mfd_bin: '0.2',
  investigation_time: '50',
  truncation_level: '3',
  maximum_distance: '200',
  intensity_measure_types_and_levels: '{"PGA": [0.1, 0.2], "SA(0.2)": [0.1, 0.2]}',
  source_model_logic_tree_file: 'smlt.xml',
  gsim_logic_tree_file: 'gmlt.xml',
};

/** A job file: the tiny one with parameters replaced; null leaves one out. */
export function tinyIni(changes: Readonly<Record<string, string | null>> = {}): string {
  const values = Object.entries({ ...INI, ...changes }).filter(([, value]) => value !== null);
  return ['[general]', ...values.map(([key, value]) => `${key} = ${value}`), ''].join('\n');
}

export function nrml(body: string): string {
  return `<?xml version="1.0" encoding="utf-8"?>\n<nrml xmlns:gml="http://www.opengis.net/gml" xmlns="http://openquake.org/xmlns/nrml/0.5">\n${body}\n</nrml>\n`;
}

/** A logic tree with one branch set of [id, model, weight] branches. */
export function branchSet(
  type: string,
  branches: readonly (readonly [id: string, model: string, weight: string])[],
  attributes = '',
  id = `set_${type}`,
): string {
  const inner = branches.map(
    ([branch, model, weight]) =>
      `<logicTreeBranch branchID="${branch}"><uncertaintyModel>${model}</uncertaintyModel><uncertaintyWeight>${weight}</uncertaintyWeight></logicTreeBranch>`,
  );
  return `<logicTreeBranchSet branchSetID="${id}" uncertaintyType="${type}"${attributes}>${inner.join('\n')}</logicTreeBranchSet>`;
}

export function logicTree(...sets: readonly string[]): string {
  return nrml(`<logicTree logicTreeID="lt">\n${sets.join('\n')}\n</logicTree>`);
}

export const REGION = 'Active Shallow Crust';

export const SOURCE_TREE = logicTree(branchSet('sourceModel', [['b1', 'sm.xml', '1.0']]));
export const MODEL_TREE = logicTree(
  branchSet('gmpeModel', [['g1', 'BooreAtkinson2008', '1.0']], ` applyToTectonicRegionType="${REGION}"`),
);

export const POINT_SOURCE = `<pointSource id="1" name="point">
<pointGeometry><gml:Point><gml:pos>10.0 45.0</gml:pos></gml:Point><upperSeismoDepth>0</upperSeismoDepth><lowerSeismoDepth>20</lowerSeismoDepth></pointGeometry>
<magScaleRel>WC1994</magScaleRel><ruptAspectRatio>1.5</ruptAspectRatio>
<truncGutenbergRichterMFD aValue="3.5" bValue="1.0" minMag="5.0" maxMag="7.0"/>
<nodalPlaneDist><nodalPlane probability="1.0" strike="0" dip="90" rake="0"/></nodalPlaneDist>
<hypoDepthDist><hypoDepth probability="1.0" depth="10"/></hypoDepthDist>
</pointSource>`;

/** The point source made an area around it. */
export const AREA_SOURCE = POINT_SOURCE.replaceAll('pointSource', 'areaSource')
  .replace(
    '<pointGeometry><gml:Point><gml:pos>10.0 45.0</gml:pos></gml:Point>',
    '<areaGeometry><gml:Polygon><gml:exterior><gml:LinearRing><gml:posList>9 44 11 44 11 46 9 46</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon>',
  )
  .replace('</pointGeometry>', '</areaGeometry>');

export function sourceModel(...sources: readonly string[]): string {
  return nrml(
    `<sourceModel name="sm"><sourceGroup name="g" tectonicRegion="${REGION}">\n${sources.join('\n')}\n</sourceGroup></sourceModel>`,
  );
}

/** The tiny job: job.ini, both trees, one source model; with changes (null leaves a file out). */
export function tinyJob(changes: Readonly<Record<string, string | Buffer | null>> = {}): JobFiles {
  const all: Readonly<Record<string, string | Buffer | null>> = {
    'job.ini': tinyIni(),
    'smlt.xml': SOURCE_TREE,
    'gmlt.xml': MODEL_TREE,
    'sm.xml': sourceModel(POINT_SOURCE),
    ...changes,
  };
  return Object.fromEntries(
    Object.entries(all).filter((entry): entry is [string, string | Buffer] => entry[1] !== null),
  );
}

export async function writeFiles(folder: string, files: JobFiles): Promise<void> {
  for (const [path, contents] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), contents);
  }
}

/** A ZIP of the files; modes by path for what is not a plain file. */
export async function writeZip(
  path: string,
  files: JobFiles,
  modes: Readonly<Record<string, number>> = {},
): Promise<void> {
  const zip = new ZipFile();
  for (const [name, contents] of Object.entries(files))
    zip.addBuffer(Buffer.from(contents), name, modes[name] === undefined ? {} : { mode: modes[name] });
  zip.end();
  await mkdir(dirname(path), { recursive: true });
  await pipeline(zip.outputStream, createWriteStream(path));
}

/** Runs a step with a temporary folder that is removed afterwards. */
export async function withFolder<T>(step: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'terrane-test-'));
  try {
    return await step(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
