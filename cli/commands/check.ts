import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { drawJobTree } from '../../engine/runner/draw-logic-tree.js';
import { sizeOfJob } from '../../engine/runner/job-size.js';
import { readJob } from '../../inputs/read-job.js';
import { formatTable } from '../table.js';

/** Options of `terrane check`. */
export interface CheckOptions {
  readonly param?: Readonly<Record<string, string>>;
  readonly ini?: string;
  /** file for the drawing of the logic trees */
  readonly tree?: string;
  readonly json?: boolean;
}

/** Reads a job as a run would and tells its size; nothing is stored. */
export async function check(source: string, options: CheckOptions): Promise<void> {
  const workFolder = await mkdtemp(join(tmpdir(), 'terrane-check-'));
  try {
    const job = await readJob(source, { jobIni: options.ini, overrides: options.param ?? {}, workFolder });
    const size = sizeOfJob(job);
    if (options.tree !== undefined) await writeFile(options.tree, drawJobTree(job));
    if (options.json) {
      process.stdout.write(`${JSON.stringify({ valid: true, ...size, warnings: job.warnings })}\n`);
      return;
    }
    for (const warning of job.warnings) process.stderr.write(`WARNING ${warning}\n`);
    const { regions, ...counts } = size;
    process.stdout.write(
      Object.entries(counts)
        .map(([name, value]) => `${name.replaceAll('_', ' ').padEnd(26)} ${value}\n`)
        .join(''),
    );
    const rows = regions.map((region) => [
      region.tectonic_region_type,
      region.sources,
      region.geometries,
      region.ruptures,
      region.models,
    ]);
    process.stdout.write(formatTable(['tectonic region type', 'sources', 'geometries', 'ruptures', 'models'], rows));
    if (options.tree !== undefined) process.stdout.write(`${options.tree}\n`);
    process.stdout.write('the job is valid\n');
  } finally {
    await rm(workFolder, { recursive: true, force: true });
  }
}
