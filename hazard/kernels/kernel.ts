/** Kernels in WebAssembly, each beside its twin in TypeScript (docs/decisions/kernels.md). */
import { readFileSync } from 'node:fs';

const PAGE = 65536;

/** A kernel with the memory that it works in. */
export interface Kernel<F> {
  readonly memory: WebAssembly.Memory;
  readonly functions: F;
}

const modules = new Map<string, WebAssembly.Module | undefined>();

/** The compiled module of a kernel; undefined where the machine cannot run it (no SIMD). */
function moduleOf(name: string): WebAssembly.Module | undefined {
  if (!modules.has(name)) {
    const bytes = readFileSync(new URL(`./${name}.wasm`, import.meta.url));
    modules.set(name, WebAssembly.validate(bytes) ? new WebAssembly.Module(bytes) : undefined);
  }
  return modules.get(name);
}

/** A kernel with memory for this many bytes; undefined where the machine cannot run it: the twin does the same, slower. */
export function kernel<F>(name: string, bytes: number): Kernel<F> | undefined {
  const module = moduleOf(name);
  if (!module) return undefined;
  const memory = new WebAssembly.Memory({ initial: Math.ceil(bytes / PAGE) });
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  return { memory, functions: exports as unknown as F };
}
