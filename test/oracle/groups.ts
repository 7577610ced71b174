import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runClassical } from '../../calculators/classical/classical-task.js';
import { planBlocks } from '../../calculators/preclassical/source-blocks.js';
import type { CalculationSetup } from '../../calculators/tasks/calculation-setup.js';
import { TaskWorker } from '../../calculators/tasks/task-worker.js';
import { compressBlob, packBlob } from '../../hdf5/blob.js';
import { distanceFilter } from '../../hazard/contexts/distance-filter.js';
import { sitePoints } from '../../hazard/site/site-points.js';
import { readSourceModel } from '../../inputs/sources/source-model.js';
import type { Comparison } from './comparison.js';

interface GroupsFile {
  readonly sites: readonly { readonly lon: number; readonly lat: number }[];
  readonly imls: readonly number[];
  readonly truncation_level: number;
  readonly rupture_mesh_spacing: number;
  readonly groups: readonly GroupRecord[];
}

interface GroupRecord {
  readonly name: string;
  readonly investigation_time: number;
  readonly infer_occur_rates: boolean;
  readonly source_model: string;
  readonly sections?: string;
  readonly expected_number: readonly (readonly (number | null)[])[];
  readonly poe: readonly (readonly (number | null)[])[];
}

/** The model on rock with which the figures were made. */
const MODEL = { name: 'BooreAtkinson2008', arguments: {} };

/** groups.json: exceedance of levels by whole source groups, as a calculation finds it. */
export async function compareGroups(path: string, comparison: Comparison): Promise<Comparison> {
  const file = JSON.parse(readFileSync(path, 'utf8')) as GroupsFile;
  for (const group of file.groups) {
    const rates = await exceedanceRates(file, group);
    group.poe.forEach((row, site) =>
      row.forEach((poe, level) => {
        const number = rates[site * row.length + level] * group.investigation_time;
        const where = `${group.name} site ${site} level ${level}`;
        // 1 - p in single precision: 2e-7 absolute, hence much more of tiny probabilities
        comparison.number('probability', -Math.expm1(-number), poe, { rtol: 1e-6, atol: 2.5e-7 }, where);
        const expected = group.expected_number[site][level];
        if (expected !== null && expected < 10) {
          const noise = 2.5e-7 * Math.exp(expected);
          comparison.number('expected number', number, expected, { rtol: 1e-6, atol: noise }, where);
        }
      }),
    );
  }
  return comparison;
}

async function exceedanceRates(file: GroupsFile, group: GroupRecord): Promise<Float64Array> {
  const folder = mkdtempSync(join(tmpdir(), 'oracle-'));
  try {
    const model = join(folder, 'model.xml');
    const sections = join(folder, 'sections.xml');
    writeFileSync(model, group.source_model);
    if (group.sections) writeFileSync(sections, group.sections);
    const { groups } = await readSourceModel(model, {
      investigationTime: group.investigation_time,
      geometryModels: group.sections ? [sections] : [],
    });
    const setup = setupOf(file, group, groups[0].tectonicRegionType);
    const worker = await TaskWorker.open(setup);
    const blocks = planBlocks(
      groups.map((entry) => ({ ...entry, where: [new Map()], sourceModels: [0] })),
      [groups[0].tectonicRegionType],
    );
    const total = new Float64Array(file.sites.length * file.imls.length);
    blocks.forEach((block, number) => {
      const blob = compressBlob(packBlob(block));
      const ranges = block.sources.map((_, source) => {
        const { units } = worker.prepared(number, blob, source);
        return { source, first: 0, last: units };
      });
      const tile = [0, file.sites.length] as const;
      const result = runClassical(worker, { block: number, blob, ranges, tile, budget: Infinity });
      for (const { rates } of result.sums) rates.forEach((rate, k) => (total[k] += rate));
    });
    return total;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function setupOf(file: GroupsFile, group: GroupRecord, region: string): CalculationSetup {
  const { length } = file.sites;
  const points = sitePoints(
    Float64Array.from(file.sites, ({ lon }) => lon),
    Float64Array.from(file.sites, ({ lat }) => lat),
    new Float64Array(length),
  );
  const numeric = { vs30: new Float64Array(length).fill(760) };
  return {
    sites: { points, parameters: { size: length, numeric, text: {} } },
    imts: [{ name: 'PGA', levels: Float64Array.from(file.imls) }],
    truncationLevel: file.truncation_level,
    investigationTime: group.investigation_time,
    discretization: {
      ruptureMeshSpacing: file.rupture_mesh_spacing,
      complexFaultMeshSpacing: file.rupture_mesh_spacing,
      floatingXStep: 0,
      floatingYStep: 0,
      investigationTime: group.investigation_time,
      inferOccurRates: group.infer_occur_rates,
      shiftHypo: false,
      splitSources: true,
    },
    regions: [
      {
        tectonicRegionType: region,
        filter: distanceFilter(500),
        pointSourceDistance: 100,
        models: [MODEL],
      },
    ],
    modelFolders: [],
    fewSites: true,
  };
}
