import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { exportOutput } from '../../datastore/exports/registry.js';
import { EngineError } from '../../engine/errors.js';
import { withStore, type DataOptions } from '../data.js';

/** Options of `terrane export`. */
export interface ExportOptions extends DataOptions {
  readonly format: string;
  readonly output: string;
  readonly json?: boolean;
}

/** Writes one output, or all, to a folder; the paths are printed. */
export async function exportResults(id: number, type: string, options: ExportOptions): Promise<void> {
  await withStore(options, async (store, folder) => {
    const { status } = store.get(id);
    const path = folder.datastore(id);
    if (!existsSync(path)) throw new EngineError('NOT_AVAILABLE', `calculation ${id} has no results: it is ${status}`);
    const outputs = store.outputs(id);
    const wanted =
      type === 'all'
        ? outputs.filter(({ formats }) => formats.includes(options.format))
        : outputs.filter((output) => output.type === type);
    if (wanted.length === 0)
      throw new EngineError(
        'UNKNOWN_OUTPUT',
        `calculation ${id} has no output '${type}' (it has: ${outputs.map((output) => output.type).join(', ')})`,
      );
    const written: string[][] = [];
    for (const output of wanted) {
      if (!output.formats.includes(options.format) || options.format === 'npz')
        throw new EngineError('UNKNOWN_FORMAT', `${output.type} is not written as ${options.format}`);
      written.push(await exportOutput(path, output.type, options.format, resolve(options.output)));
    }
    const files = written.flat();
    process.stdout.write(
      options.json ? `${JSON.stringify({ calculation_id: id, files })}\n` : files.map((file) => `${file}\n`).join(''),
    );
  });
}
