import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { EngineError } from '../../engine/errors.js';
import { verifySeal } from '../../hdf5/seal.js';
import { withStore, type DataOptions } from '../data.js';

/**
 * `terrane verify WHAT...`: reads every byte of calculations, by number, or of files, and compares with their checksums.
 * Errors: EngineError DAMAGED once all have been looked at, when one is damaged or has no checksums.
 */
export async function verify(targets: readonly string[], options: DataOptions): Promise<void> {
  const bad: string[] = [];
  const look = (path: string, name: string): void => {
    if (!existsSync(path)) throw new EngineError('NOT_AVAILABLE', `${name} has no results`);
    const result = verifySeal(path);
    const told = !result
      ? 'has no checksums: it was written by another program, by a version before 0.3, or is cut off'
      : result.damaged.length > 0
        ? `is damaged: ${result.damaged.map(({ message }) => message).join('; ')}`
        : undefined;
    if (told !== undefined) bad.push(name);
    process.stdout.write(`${name} ${told ?? `is as it was written (${result!.blocks} blocks)`}\n`);
  };
  const numbers = targets.filter((target) => /^\d+$/.test(target));
  for (const file of targets.filter((target) => !numbers.includes(target))) look(file, basename(file));
  if (numbers.length > 0)
    await withStore(options, (store, folder) => {
      for (const number of numbers) {
        const { id } = store.get(Number(number));
        look(folder.datastore(id), `calculation ${id}`);
      }
    });
  if (bad.length > 0) throw new EngineError('DAMAGED', `${bad.join(', ')}: not to be trusted`);
}
