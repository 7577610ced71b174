import { basename } from 'node:path';

/** A datastore could not be read or written. A failed write is final for the file: the instance must not be used further. */
export class DatastoreError extends Error {
  readonly code = 'DATASTORE_ERROR';
  constructor(
    readonly file: string,
    readonly dataset: string,
    message: string,
    options?: ErrorOptions,
  ) {
    // users are shown names of files, never places on the server
    super(`${basename(file)}${dataset ? `, ${dataset}` : ''}: ${message}`, options);
    this.name = 'DatastoreError';
  }
}
