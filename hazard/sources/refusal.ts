import { Refusal, refusalAbout } from '../refusal.js';

/** Runs what builds a source; a refusal on the way is thrown again with the id of the source in front. */
export function namingSource<T>(id: string, build: () => T): T {
  try {
    return build();
  } catch (error) {
    if (error instanceof Refusal) throw refusalAbout(`source ${id}: `, error);
    throw error;
  }
}
