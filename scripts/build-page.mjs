// Joins the page's client into few files with hashes in their names, compressed beforehand: dist/web/client/.
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

/** What is worth compressing: pictures are compressed already. */
const TEXT = /\.(js|css|html|json|svg)$/;

/** Builds the client unless nothing of it is newer than its last build. Errors: those of Vite. */
export async function buildPage(root) {
  const client = join(root, 'web', 'client');
  const outDir = join(root, 'dist', 'web', 'client');
  const built = join(outDir, 'index.html');
  const newest = Math.max(
    newestOf(client),
    ...['package-lock.json', join('scripts', 'build-page.mjs')].map((file) => statSync(join(root, file)).mtimeMs),
  );
  if (existsSync(built) && statSync(built).mtimeMs > newest) return;
  const { build } = await import('vite');
  await build({
    root: client,
    base: '/assets/',
    configFile: false,
    logLevel: 'warn',
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    build: { outDir, emptyOutDir: true, assetsDir: '', target: 'es2022', sourcemap: true, assetsInlineLimit: 0 },
  });
  for (const file of readdirSync(outDir)) if (TEXT.test(file)) compress(join(outDir, file));
}

/** Writes the file once more as gzip and as Brotli, for servers that send what the browser understands. */
function compress(path) {
  const bytes = readFileSync(path);
  writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
  const quality = { [constants.BROTLI_PARAM_QUALITY]: bytes.length > 300_000 ? 9 : 11 };
  writeFileSync(`${path}.br`, brotliCompressSync(bytes, { params: quality }));
}

/** ms since 1970 of the last change below a folder. */
function newestOf(folder) {
  return Math.max(
    ...readdirSync(folder, { withFileTypes: true }).map((entry) =>
      entry.isDirectory() ? newestOf(join(folder, entry.name)) : statSync(join(folder, entry.name)).mtimeMs,
    ),
  );
}
