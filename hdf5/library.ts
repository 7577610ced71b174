import { setFlagsFromString } from 'node:v8';
import type * as H5wasm from 'h5wasm/node';

/**
 * Work after which V8 compiles a function of WebAssembly anew with its optimizing compiler. V8's own value is spent while a
 * file of a few kB is written, and the compiler then costs more than the whole of a small job; large files still reach this one.
 */
const TIERING_BUDGET = 200_000_000;

let library: Promise<typeof H5wasm> | undefined;

/** Loads h5wasm when the first file is opened: start-up of commands that need no file stays short. */
export function loadHdf5Library(): Promise<typeof H5wasm> {
  return (library ??= load());
}

async function load(): Promise<typeof H5wasm> {
  // read by V8 when the module is instantiated
  setFlagsFromString(`--wasm-tiering-budget=${TIERING_BUDGET}`);
  const loaded = await import('h5wasm/node');
  const module = await loaded.ready;
  // without it h5wasm prints errors and reports success, even for writes that failed
  module.activate_throwing_error_handler();
  return loaded;
}
