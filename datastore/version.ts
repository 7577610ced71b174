import { readFileSync } from 'node:fs';

/**
 * Version of Terrane, read once from package.json (the nearest one above this file). Files and the API call it that of the engine:
 * three numbers, as existing clients demand.
 */
export const ENGINE_VERSION: string = readVersion();

function readVersion(): string {
  for (const up of ['../', '../../']) {
    try {
      const text = readFileSync(new URL(`${up}package.json`, import.meta.url), 'utf8');
      return (JSON.parse(text) as { version: string }).version;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
  throw new Error('package.json not found beside the built code');
}
