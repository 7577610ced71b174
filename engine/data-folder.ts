import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, hostname, userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { EngineError } from './errors.js';
import { FolderLock } from './folder-lock.js';
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
    mkdirSync(this.path, { recursive: true, mode: 0o700 });
  }

  get storeFile(): string {
    return join(this.path, 'jobs.db');
  }
  /** calc_ID.hdf5: readers take the job number from the name */
  datastore(id: number): string {
    return join(this.path, `calc_${id}.hdf5`);
  }
  /** Numbers of the calculations whose files are here, ascending. */
  calculationNumbers(): number[] {
    return readdirSync(this.path)
      .flatMap((name) => /^calc_(\d{1,15})\.hdf5$/.exec(name)?.[1] ?? [])
      .map(Number)
      .sort((a, b) => a - b);
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

  /** what a job writes while it is read and runs: unpacked archives, the unfinished file */
  work(id: number): string {
    return join(this.path, 'work', String(id));
  }
  /** the file of results until it gets its place; without `.partial` it is finished */
  workDatastore(id: number): string {
    return join(this.work(id), `calc_${id}.hdf5`);
  }
  /** The work folder, made if it is not there. */
  makeWork(id: number): { readonly path: string; readonly datastore: string } {
    const path = this.work(id);
    mkdirSync(path, { recursive: true, mode: 0o700 });
    return { path, datastore: this.workDatastore(id) };
  }
  removeWork(id: number): void {
    rmSync(this.work(id), { recursive: true, force: true });
  }
  /** what was computed of a job and is not to be computed again when it goes on (docs/decisions/resume.md) */
  checkpoint(id: number): string {
    return join(this.work(id), 'checkpoint');
  }
  /** Removes what a job has in its work folder, but for what it could go on from. */
  clearWork(id: number): void {
    if (!existsSync(this.checkpoint(id))) {
      this.removeWork(id);
      return;
    }
    for (const name of readdirSync(this.work(id)))
      if (join(this.work(id), name) !== this.checkpoint(id))
        rmSync(join(this.work(id), name), { recursive: true, force: true });
  }
  /** Removes what an unfinished job has on disk, but for its inputs and what it could go on from. */
  removeUnfinished(id: number): void {
    for (const path of [this.datastore(id), this.exports(id)]) rmSync(path, { recursive: true, force: true });
    this.clearWork(id);
  }

  /** Removes everything a job has on disk but its inputs. */
  removeResults(id: number): void {
    for (const path of [this.datastore(id), this.exports(id), this.work(id)])
      rmSync(path, { recursive: true, force: true });
  }
  removeInputs(id: number): void {
    rmSync(this.inputs(id), { recursive: true, force: true });
  }

  /**
   * Removes what belongs to no job, and results of jobs that were removed: left by a process that was killed while it removed one.
   * Results that the store knows nothing of are never touched.
   */
  sweep(isKept: (id: number) => boolean, isRemoved: (id: number) => boolean): void {
    for (const name of readdirSync(this.path)) {
      const [, id] = /^calc_(\d+)\.hdf5$/.exec(name) ?? [];
      if (id !== undefined && isRemoved(Number(id))) rmSync(join(this.path, name), { force: true });
    }
    for (const kind of ['inputs', 'exports', 'work'])
      for (const name of existsSync(join(this.path, kind)) ? readdirSync(join(this.path, kind)) : [])
        if (/^\d+$/.test(name) && !isKept(Number(name)))
          rmSync(join(this.path, kind, name), { recursive: true, force: true });
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
  /**
   * Takes the folder for this process, which serves it from now on. Of two that try at the same instant one succeeds.
   * Errors: EngineError DATA_FOLDER_IN_USE when another process serves this folder.
   */
  claim(): ServedFolder {
    const lock = FolderLock.acquire(join(this.path, 'server.lock'));
    if (!lock) {
      const other = this.server();
      const who = other ? ` by process ${other.pid} at ${other.url}` : '';
      throw new EngineError(
        'DATA_FOLDER_IN_USE',
        `${this.path} is served already${who}: use that server, or another folder (--data)`,
      );
    }
    return {
      announce: (url) => writeFileSync(this.serverFile, JSON.stringify({ ...markProcess(process.pid), url })),
      release: () => {
        rmSync(this.serverFile, { force: true });
        lock.release();
      },
    };
  }
}

/** A data folder that this process serves. */
export interface ServedFolder {
  /** writes down where the server can be reached */
  announce(url: string): void;
  release(): void;
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
