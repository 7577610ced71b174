import { constants } from 'node:fs';
import { resolve } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import type * as H5wasm from 'h5wasm/node';
import type { File } from 'h5wasm/node';
import { DamagedBlock, readSeal, SealedReads } from './seal.js';

/**
 * Work after which V8 compiles a function of WebAssembly anew with its optimizing compiler. V8's own value is spent while a
 * file of a few kB is written, and the compiler then costs more than the whole of a small job; large files still reach this one.
 */
const TIERING_BUDGET = 200_000_000;

/** error number of the C library for `permission denied` */
const PERMISSION_DENIED = 2;

/** error number of the C library for `input or output error` */
const INPUT_OUTPUT = 29;

/** An open file as the library knows it. */
interface LibraryStream {
  /** descriptor of the system */
  readonly nfd: number;
  readonly position: number;
}

/** What the library asks of the file system, as far as the guard needs it. */
interface LibraryFiles {
  open: (path: string, flags: number | string, mode?: number) => LibraryStream;
  read: (stream: LibraryStream, bytes: Uint8Array, offset: number, length: number, position?: number) => number;
  readonly ErrnoError: new (errno: number) => Error;
}

let library: Promise<typeof H5wasm> | undefined;
/** the one file that the library may open now */
let opening: string | undefined;
/** whether its blocks are compared with its checksums as they are read */
let checked = false;
/** the last file that a file asked for and did not get */
let refused: string | undefined;
/** the last block that was found damaged */
let damaged: DamagedBlock | undefined;

/** Loads h5wasm when the first file is opened: start-up of commands that need no file stays short. */
export function loadHdf5Library(): Promise<typeof H5wasm> {
  return (library ??= load());
}

async function load(): Promise<typeof H5wasm> {
  // read by V8 when the module is instantiated
  setFlagsFromString(`--wasm-tiering-budget=${TIERING_BUDGET}`);
  const loaded = await import('h5wasm/node');
  const module = await loaded.ready;
  guard((module as unknown as { FS: LibraryFiles }).FS);
  // without it h5wasm prints errors and reports success, even for writes that failed
  module.activate_throwing_error_handler();
  return loaded;
}

/**
 * An HDF5 file may name other files: external storage, external links, virtual datasets. The library would read whatever the
 * process may read, so it gets no file but the one that `openHdf5` is opening, whatever the contents say.
 */
function guard(files: LibraryFiles): void {
  const open = files.open.bind(files);
  files.open = (path, flags, mode) => {
    // the library writes the texts of its errors to temporary files of its own, which it makes anew
    const own = typeof flags === 'number' && (flags & constants.O_EXCL) !== 0 && (flags & constants.O_CREAT) !== 0;
    if (path !== opening && !own) {
      refused = path;
      throw new files.ErrnoError(PERMISSION_DENIED);
    }
    const stream = open(path, flags, mode);
    if (path === opening && checked) seal(stream, path);
    return stream;
  };
  const sealed = new WeakMap<LibraryStream, SealedReads>();
  const seal = (stream: LibraryStream, path: string): void => {
    try {
      const found = readSeal(path);
      if (found) sealed.set(stream, new SealedReads(found, stream.nfd));
    } catch (error) {
      fail(error);
    }
  };
  const fail = (error: unknown): never => {
    if (!(error instanceof DamagedBlock)) throw error;
    damaged = error;
    throw new files.ErrnoError(INPUT_OUTPUT);
  };
  const read = files.read.bind(files);
  files.read = (stream, bytes, offset, length, position) => {
    try {
      sealed.get(stream)?.check(position ?? stream.position, length);
    } catch (error) {
      fail(error);
    }
    return read(stream, bytes, offset, length, position);
  };
}

/** Opens a file, and nothing else that it may point to. Errors: those of h5wasm, told by `hdf5Reason`. */
export async function openHdf5(path: string, mode: 'r' | 'w'): Promise<File> {
  const { File } = await loadHdf5Library();
  refused = undefined;
  damaged = undefined;
  checked = mode === 'r';
  // without `..`, as the library asks for it
  opening = resolve(path);
  try {
    return new File(opening, mode);
  } finally {
    opening = undefined;
  }
}

/**
 * Runs what reads an open file. A virtual dataset whose source cannot be opened is filled up by the library without a word:
 * here it fails. Errors: those of h5wasm, told by `hdf5Reason`.
 */
export function readHdf5<T>(action: () => T): T {
  refused = undefined;
  damaged = undefined;
  const value = action();
  if (refused !== undefined) throw new Error('the file asked for another file');
  if (damaged !== undefined) throw new Error('the file is damaged');
  return value;
}

/**
 * What an error of h5wasm means, in one sentence without paths or the trace of the C library. Tells once whether the file had
 * asked for another file.
 */
export function hdf5Reason(error: unknown): string {
  if (damaged !== undefined) {
    const { message } = damaged;
    damaged = undefined;
    return `is damaged: ${message}`;
  }
  if (refused !== undefined) {
    refused = undefined;
    return 'points to another file: external storage, external links and virtual datasets are not read';
  }
  const text = error instanceof Error ? error.message : String(error);
  if (/required filter|filter .* not (registered|available)|can't (find|load) filter/i.test(text))
    return 'is compressed with a filter that is not supported (gzip, shuffle, szip and fletcher32 are)';
  if (/No space left on device|ENOSPC|errno = 28|errno = 51/i.test(text)) return 'no space is left on the disk';
  if (/HDF5-DIAG|H5[A-Z]+|memory access out of bounds|unreachable|null function|RuntimeError/.test(text)) {
    const last = /\n\s*minor: (.*)\n?[^\n]*$/.exec(text)?.[1];
    return `is damaged or cannot be read${last ? ` (${last.trim().toLowerCase()})` : ''}`;
  }
  return text.split('\n')[0];
}
