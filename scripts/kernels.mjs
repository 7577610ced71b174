// Compiles the kernels of hazard/kernels/assembly (AssemblyScript) to WebAssembly in dist/.
import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

const FOLDER = join('hazard', 'kernels', 'assembly');
const OPTIONS = ['-O3', '--runtime', 'stub', '--importMemory', '--enable', 'simd', '--noAssert'];

/** Compiles what is newer than its module. Errors: Error with the compiler's messages. */
export async function buildKernels(root) {
  const sources = readdirSync(join(root, FOLDER)).filter((name) => name.endsWith('.ts'));
  const out = join(root, 'dist', 'hazard', 'kernels');
  mkdirSync(out, { recursive: true });
  const modules = new Set(sources.map((name) => name.replace(/\.ts$/, '.wasm')));
  for (const name of readdirSync(out)) if (name.endsWith('.wasm') && !modules.has(name)) rmSync(join(out, name));
  const made = (name) => join(out, name.replace(/\.ts$/, '.wasm'));
  const stale = sources.filter(
    (name) => !existsSync(made(name)) || statSync(made(name)).mtimeMs < statSync(join(root, FOLDER, name)).mtimeMs,
  );
  if (stale.length === 0) return;
  const { main } = await import('assemblyscript/asc');
  for (const name of stale) {
    const place = join(FOLDER, name).replaceAll('\\', '/');
    const outFile = join('dist', 'hazard', 'kernels', name.replace(/\.ts$/, '.wasm')).replaceAll('\\', '/');
    const { error, stderr } = await main([place, ...OPTIONS, '--baseDir', root, '-o', outFile]);
    if (error) throw new Error(`${dirname(place)}: ${error.message}\n${stderr.toString()}`);
  }
}
