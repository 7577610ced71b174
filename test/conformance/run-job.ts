/** Runs one job in this process and exports its tables. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCalculation } from '../../calculators/run.js';
import { Calculation } from '../../datastore/calculation.js';
import { exportOutput, listOutputs } from '../../datastore/exports/registry.js';
import { InlineDistributor } from '../../engine/distribution/inline-distributor.js';
import { tellJobError } from '../../engine/runner/failure.js';
import { Refusal } from '../../hazard/refusal.js';
import { readJob } from '../../inputs/read-job.js';

export type CaseOutcome =
  | {
      readonly kind: 'complete';
      readonly tables: string;
      readonly warnings: readonly string[];
      /** pairs of ruptures and sites of the calculation, or ruptures of one that computes no hazard */
      readonly size: number;
    }
  | { readonly kind: 'unsupported'; readonly features: readonly string[] }
  | { readonly kind: 'refused' | 'broken'; readonly reason: readonly string[] };

/** The calculation's file and the folder `tables` are left in `folder`. Never throws for what the job does. */
export async function runJob(job: string, folder: string, jobIni: string | undefined): Promise<CaseOutcome> {
  const distributor = new InlineDistributor();
  try {
    const read = await readJob(job, { jobIni, overrides: {}, workFolder: folder });
    const path = join(folder, 'calc_1.hdf5');
    const warnings = [...read.warnings];
    let size = 0;
    const monitor = {
      log: (level: string, text: string) => {
        if (level === 'WARNING') warnings.push(text);
        size = Math.max(size, Number(/(\d+) (ruptures,|rupture-site contexts)/.exec(text)?.[1] ?? 0));
      },
      progress: () => undefined,
    };
    await runCalculation(read, { path, distributor, monitor });
    const tables = join(folder, 'tables');
    for (const { type, formats } of await listOutputs(path))
      if (formats.includes('csv')) await exportOutput(path, type, 'csv', tables);
    await writeInside(path, tables);
    return { kind: 'complete', tables, warnings, size };
  } catch (error) {
    if (error instanceof Refusal && error.code === 'UNSUPPORTED')
      return { kind: 'unsupported', features: error.features };
    const { by, lines } = tellJobError(error, 1);
    return { kind: by === 'terrane' ? 'broken' : 'refused', reason: lines };
  } finally {
    await distributor.close();
  }
}

/** What the reference tables hold besides the exports: sites with derived parameters, and the realization of a single one. */
async function writeInside(path: string, tables: string): Promise<void> {
  const calculation = await Calculation.open(path);
  try {
    const { names, columns, size } = calculation.sites();
    const sites = Array.from({ length: size }, (_, k) => names.map((name) => columns[name][k]).join(','));
    mkdirSync(tables, { recursive: true });
    writeFileSync(join(tables, 'sites.csv'), [names.join(','), ...sites].join('\n'));
    const realizations = calculation.realizations();
    if (realizations.length !== 1) return;
    const { path: branches, weight } = realizations.at(0);
    writeFileSync(
      join(tables, 'realizations.csv'),
      `rlz_id,branch_path,weight\n0,"${branches.replaceAll('"', '""')}",${weight}\n`,
    );
  } finally {
    calculation.close();
  }
}
