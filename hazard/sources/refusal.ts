import { Refusal, refusalAbout } from '../refusal.js';
import type { PreparedSource } from './prepared-source.js';

/** Runs what builds a source; a refusal on the way is thrown again with the id of the source in front, unless it is there. */
export function namingSource<T>(id: string, build: () => T): T {
  const subject = `source ${id}: `;
  try {
    return build();
  } catch (error) {
    if (!(error instanceof Refusal) || error.faults.every(({ message }) => message.startsWith(subject))) throw error;
    throw refusalAbout(subject, error);
  }
}

/** The same source; what is refused while its contexts are made, and evaluated where the batch is full, names it. */
export function namedInRefusals(id: string, prepared: PreparedSource): PreparedSource {
  const contexts: PreparedSource['contexts'] = (request, first, last) =>
    namingSource(id, () => prepared.contexts(request, first, last));
  return Object.create(prepared, { contexts: { value: contexts, enumerable: true } }) as PreparedSource;
}
