/** What runs in the reader's threads: one task at a time on one datastore, opened and closed for it. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Calculation } from '../datastore/calculation.js';
import { ExportError } from '../datastore/exports/export.js';
import { exportOutput } from '../datastore/exports/registry.js';

import { NPZ_OUTPUTS } from './extract/npz-outputs.js';
import { extract } from './extract/registry.js';
import { plotData } from './extract/plot-data.js';
import { writeZipFile } from './extract/zip-file.js';
import { toFault } from './http-fault.js';
import { VIEWS } from './views/registry.js';

/** What a thread that reads results is asked to do. */
export type ReaderTask =
  | {
      readonly kind: 'export';
      readonly path: string;
      readonly type: string;
      readonly format: string;
      readonly folder: string;
    }
  | { readonly kind: 'extract'; readonly path: string; readonly what: string; readonly query: string }
  | { readonly kind: 'view'; readonly path: string; readonly name: string; readonly query: string }
  | { readonly kind: 'plot'; readonly path: string; readonly site: number };

/** Errors lose their class between threads: they travel as the answer that they become. */
export type ReaderOutcome =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly status: number; readonly body: string };

/** Runs one task in the thread; faults come back as data. */
export default async function read(task: ReaderTask): Promise<ReaderOutcome> {
  try {
    return { ok: true, value: await perform(task) };
  } catch (error) {
    const { status, message } = toFault(error, `reading results (${task.kind})`);
    return { ok: false, status, body: message };
  }
}

async function perform(task: ReaderTask): Promise<unknown> {
  if (task.kind === 'export') return exportOnce(task);
  const calculation = await Calculation.open(task.path);
  try {
    if (task.kind === 'plot') return plotData(calculation, task.site);
    const query = new URLSearchParams(task.query);
    return task.kind === 'extract'
      ? await extract(calculation, task.what, query)
      : VIEWS[task.name].read(calculation, query);
  } finally {
    calculation.close();
  }
}

/** Exports into folder/TYPE.FORMAT, which appears only when it is complete; several files become one zip beside them. */
async function exportOnce(task: Extract<ReaderTask, { kind: 'export' }>): Promise<{ file: string; name: string }> {
  const { path, type, format, folder } = task;
  const finished = join(folder, `${type}.${format}`);
  if (!existsSync(finished)) {
    mkdirSync(folder, { recursive: true });
    const unfinished = mkdtempSync(join(folder, 'unfinished-'));
    try {
      const files =
        format === 'npz'
          ? [await exportNpz(path, type, unfinished)]
          : await exportOutput(path, type, format, unfinished);
      if (files.length > 1) await writeZipFile(join(unfinished, `${type}-${format}.zip`), files);
      renameSync(unfinished, finished);
    } catch (error) {
      rmSync(unfinished, { recursive: true, force: true });
      if (!existsSync(finished)) throw error;
    }
  }
  const names = readdirSync(finished);
  const name = names.length === 1 ? names[0] : `${type}-${format}.zip`;
  return { file: join(finished, name), name: basename(name) };
}

/** All statistics of an output as one table in an NPZ: extract without a query, as a file. */
async function exportNpz(path: string, type: string, folder: string): Promise<string> {
  if (!NPZ_OUTPUTS.includes(type)) throw new ExportError(type, 'npz', ['csv']);
  const calculation = await Calculation.open(path);
  try {
    const file = join(folder, `${type}_${calculation.id}.npz`);
    writeFileSync(file, await extract(calculation, type, new URLSearchParams()));
    return file;
  } finally {
    calculation.close();
  }
}
