/** npm run bench -- NAME [ARGUMENTS]: each bench is a module with one function `run`, printing its own figures. */
const BENCHES: Readonly<Record<string, () => Promise<{ run(args: readonly string[]): Promise<void> }>>> = {
  gmm: () => import('./gmm.js'),
  geometry: () => import('./geometry.js'),
  surfaces: () => import('./surfaces.js'),
  'many-branches': () => import('./many-branches.js'),
  'logic-trees': () => import('./logic-trees.js'),
  'rate-columns': () => import('./rate-columns.js'),
  'server-load': () => import('./server-load.js'),
  kernels: () => import('./kernels.js'),
};

const [name, ...rest] = process.argv.slice(2);
const load = BENCHES[name ?? ''];
if (!load) {
  console.error(`usage: npm run bench -- NAME (${Object.keys(BENCHES).join(', ')})`);
  process.exitCode = 1;
} else await (await load()).run(rest);
