/**
 * npm run bench -- many-branches [BRANCHES]: reads logic trees of many source-model branches (23,000 unless told), once with a
 * small file for each branch and once with four of 50 files for each, and prints processor time and the largest memory.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readJob } from '../inputs/read-job.js';

const BRANCHES = 23_000;
const FILES = 50;
const SOURCES_PER_FILE = 20;

const nrml = (body: string): string =>
  `<nrml xmlns="http://openquake.org/xmlns/nrml/0.5" xmlns:gml="http://www.opengis.net/gml">${body}</nrml>`;
const tree = (id: string, type: string, filters: string, values: readonly string[]): string => {
  const branches = values.map(
    (value, i) =>
      `<logicTreeBranch branchID="${id}${i}"><uncertaintyModel>${value}</uncertaintyModel><uncertaintyWeight>${1 / values.length}</uncertaintyWeight></logicTreeBranch>`,
  );
  const set = `<logicTreeBranchSet uncertaintyType="${type}" branchSetID="${id}" ${filters}>\n${branches.join('\n')}</logicTreeBranchSet>`;
  return nrml(`<logicTree logicTreeID="t">${set}</logicTree>`);
};
const point = (id: string, aValue: number): string =>
  `<pointSource id="${id}" name=""><pointGeometry><gml:Point><gml:pos>10 45</gml:pos></gml:Point><upperSeismoDepth>0</upperSeismoDepth><lowerSeismoDepth>10</lowerSeismoDepth></pointGeometry><magScaleRel>WC1994</magScaleRel><ruptAspectRatio>1</ruptAspectRatio><truncGutenbergRichterMFD aValue="${aValue}" bValue="1" minMag="5" maxMag="7"/><nodalPlaneDist><nodalPlane probability="1" strike="0" dip="90" rake="0"/></nodalPlaneDist><hypoDepthDist><hypoDepth probability="1" depth="5"/></hypoDepthDist></pointSource>`;
const model = (sources: readonly string[]): string =>
  nrml(
    `<sourceModel name=""><sourceGroup name="" tectonicRegion="Volcanic">${sources.join('\n')}</sourceGroup></sourceModel>`,
  );
const JOB = `[general]
description = many branches
calculation_mode = classical
sites = 10 45
rupture_mesh_spacing = 2
width_of_mfd_bin = 0.2
reference_vs30_value = 600
source_model_logic_tree_file = smlt.xml
gsim_logic_tree_file = gsim.xml
investigation_time = 50
intensity_measure_types_and_levels = {"PGA": [0.1, 0.2]}
truncation_level = 3
maximum_distance = 200
`;

/** A file of its own for each branch: the same source at different rates. */
function ownFiles(folder: string, branches: number): string[] {
  return Array.from({ length: branches }, (_, i) => {
    writeFileSync(join(folder, `m${i}.xml`), model([point('s', 4 + i * 1e-5)]));
    return `m${i}.xml`;
  });
}

/** Different fours of the same files. */
function sharedFiles(folder: string, branches: number): string[] {
  for (let f = 0; f < FILES; f++) {
    const sources = Array.from({ length: SOURCES_PER_FILE }, (_, k) => point(`s${f}_${k}`, 4));
    writeFileSync(join(folder, `m${f}.xml`), model(sources));
  }
  const values: string[] = [];
  for (let a = 0; a < FILES; a++)
    for (let b = a + 1; b < FILES; b++)
      for (let c = b + 1; c < FILES; c++)
        for (let d = c + 1; d < FILES; d++) {
          if (values.length === branches) return values;
          values.push(`m${a}.xml m${b}.xml m${c}.xml m${d}.xml`);
        }
  return values;
}

/** Times the reading of trees with thousands of source models. */
export async function run([count]: readonly string[]): Promise<void> {
  const branches = Number(count ?? BRANCHES);
  for (const [name, write] of Object.entries({ 'files of their own': ownFiles, 'files in common': sharedFiles })) {
    const folder = mkdtempSync(join(tmpdir(), 'many-branches-'));
    try {
      writeFileSync(join(folder, 'job.ini'), JOB);
      writeFileSync(join(folder, 'smlt.xml'), tree('b', 'sourceModel', '', write(folder, branches)));
      const models = tree('g', 'gmpeModel', 'applyToTectonicRegionType="Volcanic"', ['BooreAtkinson2008']);
      writeFileSync(join(folder, 'gsim.xml'), models);
      const begin = process.cpuUsage();
      const { logicTree, groups } = await readJob(folder, { workFolder: folder });
      const { user } = process.cpuUsage(begin);
      const memory = process.resourceUsage().maxRSS / 1024;
      console.log(
        `${branches} branches, ${name}: ${logicTree.realizations.length} realizations, ${groups.length} source groups, ${(user / 1e6).toFixed(1)} s user, ${memory.toFixed(0)} MB`,
      );
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
}
