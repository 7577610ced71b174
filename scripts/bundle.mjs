// Joins the compiled modules into few files, dist/program/: loading some 300 modules one by one costs more than a small job.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { build } from 'esbuild';

/** What a process or a thread is started with, below dist/. All come to lie in the same folder, with the parts they share. */
const ENTRIES = [
  'cli/main.js',
  'engine/runner/runner.js',
  'engine/distribution/pool-worker.js',
  'web/reader-worker.js',
];

/**
 * Packages that stay where npm put them: with native code or threads of their own, or loaded by few commands.
 * The others are needed by every job or by the server and come with the program.
 */
const LEFT_OUT = ['libsql', 'piscina', 'mathjs', 'yauzl', 'yazl'];

const WASM_FILE = 'hdf5.wasm';
/** names of the parts of the last build */
const PARTS_FILE = 'parts.json';
/** ms that parts stay which a build has replaced: a day */
const KEPT_FOR = 86_400_000;

const IN_PLACE = /new URL\('(\.[^']*)', import\.meta\.url\)|import\.meta\.url/g;

/** A module keeps its place for what it looks up beside itself; entries are looked up beside the joined files. */
function placesOf(dist) {
  const entries = new Set(ENTRIES.map((entry) => join(dist, entry)));
  return {
    name: 'places',
    setup({ onLoad }) {
      onLoad({ filter: /\.js$/ }, ({ path }) => {
        if (!path.startsWith(dist + sep)) return undefined;
        const place = `new URL('../${relative(dist, path).replaceAll(sep, '/')}', import.meta.url).href`;
        const contents = readFileSync(path, 'utf8').replace(IN_PLACE, (whole, beside) => {
          const target = beside && resolve(dirname(path), beside);
          if (entries.has(target)) return `new URL('./${basename(target)}', import.meta.url)`;
          return whole.replace('import.meta.url', place);
        });
        return { contents, loader: 'js' };
      });
    },
  };
}

/**
 * h5wasm carries its WebAssembly as a text of 4 MB, which takes longer to read as JavaScript than from a file of its own.
 * Errors: Error when a new version of h5wasm carries it otherwise.
 */
function wasmBeside(outdir) {
  const call = /binaryDecode\(('(?:[^'\\]|\\[^])*')\)/;
  return {
    name: 'wasm-beside',
    setup({ onLoad }) {
      onLoad({ filter: /h5wasm[\\/]dist[\\/]node[\\/]hdf5_util\.js$/ }, ({ path }) => {
        const code = readFileSync(path, 'utf8');
        const [whole, literal] = call.exec(code) ?? [];
        const text = literal && new Function(`return ${literal}`)();
        // one character a byte; that of 256 stands for 0
        const bytes = Uint8Array.from(text ?? '', (character) => character.charCodeAt(0) & 255);
        if (!WebAssembly.validate(bytes)) throw new Error(`${path} does not hold its WebAssembly as expected`);
        writeFileSync(join(outdir, WASM_FILE), bytes);
        const read = `readWasm(new URL('./${WASM_FILE}', import.meta.url))`;
        return {
          contents: `import { readFileSync as readWasm } from 'node:fs';${code.replace(whole, () => read)}`,
          loader: 'js',
        };
      });
    },
  };
}

/** Errors: those of esbuild, which it has printed. */
export async function bundle(dist) {
  const outdir = join(dist, 'program');
  mkdirSync(outdir, { recursive: true });
  const { metafile } = await build({
    entryPoints: ENTRIES.map((entry) => ({ in: join(dist, entry), out: basename(entry, '.js') })),
    outdir,
    absWorkingDir: dist,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    external: LEFT_OUT,
    // CommonJS packages ask for the modules of Node this way
    banner: {
      js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);",
    },
    sourcemap: 'linked',
    sourcesContent: false,
    metafile: true,
    logLevel: 'warning',
    plugins: [placesOf(dist), wasmBeside(outdir)],
  });
  removeOldParts(outdir, [...Object.keys(metafile.outputs).map((path) => basename(path)), WASM_FILE]);
}

/**
 * A server or a long job that runs while the program is built anew still loads parts of the program it was started from: they
 * stay for a while after the build that replaced them.
 */
function removeOldParts(outdir, parts) {
  const list = join(outdir, PARTS_FILE);
  const replaced = new Set(existsSync(list) ? JSON.parse(readFileSync(list, 'utf8')) : []);
  const now = Date.now();
  for (const file of readdirSync(outdir)) {
    if (file === PARTS_FILE || parts.includes(file)) continue;
    const path = join(outdir, file);
    if (replaced.has(file)) utimesSync(path, now / 1000, now / 1000);
    else if (now - statSync(path).mtimeMs > KEPT_FOR) rmSync(path);
  }
  writeFileSync(list, JSON.stringify(parts));
}
