import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, hostname, userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { EngineError } from './errors.js';
import { isAlive, markProcess } from './store/process-mark.js';
import type { ProcessMark } from './store/job-record.js';

/** Where a running server can be reached, as it wrote it into its data folder. */
export interface ServerMark extends ProcessMark {
  readonly url: string;
}

/** The folder that holds all of an installation: job store, inputs, datastores, exported files. */
export class DataFolder {
  readonly path: string;

  /** Made if it does not exist. Default: TERRANE_DATA, or .terrane in the home folder. */
  constructor(path?: string) {
    this.path = resolve(path ?? (process.env.TERRANE_DATA || join(homedir(), '.terrane')));
    mkdirSync(this.path, { recursive: true });
  }

  get storeFile(): string {
    return join(this.path, 'jobs.db');
  }
  /** calc_ID.hdf5: readers take the job number from the name */
  datastore(id: number): string {
    return join(this.path, `calc_${id}.hdf5`);
  }
  /** what was uploaded for a job */
  inputs(id: number): string {
    return join(this.path, 'inputs', String(id));
  }
  /** files exported from a job */
  exports(id: number): string {
    return join(this.path, 'exports', String(id));
  }
  /** the drawing of its logic trees, made when the job is read; also the exported file of the output */
  logicTreeDrawing(id: number): string {
    return join(this.exports(id), 'logic_tree.svg', `logic_tree_${id}.svg`);
  }

  /** Removes everything a job has on disk but its inputs. */
  removeResults(id: number): void {
    for (const path of [this.datastore(id), `${this.datastore(id)}.partial`, this.exports(id)])
      rmSync(path, { recursive: true, force: true });
  }
  removeInputs(id: number): void {
    rmSync(this.inputs(id), { recursive: true, force: true });
  }

  private get serverFile(): string {
    return join(this.path, 'server.json');
  }
  /** The server that runs on this folder, if one does. */
  server(): ServerMark | undefined {
    if (!existsSync(this.serverFile)) return undefined;
    try {
      const mark = JSON.parse(readFileSync(this.serverFile, 'utf8')) as ServerMark;
      return isAlive(mark) ? mark : undefined;
    } catch {
      // half written by a process that was killed: nobody serves
      return undefined;
    }
  }
  /** Errors: EngineError DATA_FOLDER_IN_USE when another process serves this folder. */
  assertFree(): void {
    const other = this.server();
    if (other && other.pid !== process.pid)
      throw new EngineError(
        'DATA_FOLDER_IN_USE',
        `${this.path} is served already by process ${other.pid} at ${other.url}`,
      );
  }
  /** Writes down that this process serves the folder. Errors: as assertFree. */
  claim(url: string): void {
    this.assertFree();
    writeFileSync(this.serverFile, JSON.stringify({ ...markProcess(process.pid), url }));
  }
  release(): void {
    if (this.server()?.pid === process.pid) rmSync(this.serverFile, { force: true });
  }
}

/** user@host, the host up to its first dot. */
export function currentOwner(): string {
  const host = hostname().split('.')[0];
  let user = 'terrane';
  try {
    user = userInfo().username;
  } catch {
    // a user without an entry in the system's list (containers)
  }
  return host ? `${user}@${host}` : user;
}
