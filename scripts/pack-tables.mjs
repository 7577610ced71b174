// npm run build && node scripts/pack-tables.mjs OUT.json SOURCE STEP TABLE.hdf5...
//
// Joins ground-motion tables (HDF5 of the layout that gmpe_table reads: Mw, Distances, IMLs) into the JSON bundle that a model
// keeps beside its code; hazard/gmm/packed-surfaces.ts tells the form. SOURCE is the sentence that says where the tables are
// from, STEP the step of ln in which medians are kept (2e-6: medians to 1e-6).
import { writeFileSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';

const [out, source, step, ...files] = process.argv.slice(2);
if (files.length === 0) {
  console.error('usage: node scripts/pack-tables.mjs OUT.json SOURCE STEP TABLE.hdf5...');
  process.exit(1);
}
const { modelResources } = await import('../dist/inputs/logictree/model-resources.js');
const { tableFromHdf5 } = await import('../dist/hazard/gmm/ground-motion-table.js');
const { packSurfaces } = await import('../dist/hazard/gmm/packed-surfaces.js');

const rounded = (values) => Array.from(values, (x) => Number(x.toPrecision(10)));
/** One standard deviation for PGA, PGV and each period. */
function constantSigmas(sigmas, d, m, t, name) {
  const spectral = Array.from({ length: t }, (_, k) =>
    Array.from({ length: d * m }, (_, i) => sigmas.SA[(Math.floor(i / m) * t + k) * m + (i % m)]),
  );
  return [sigmas.PGA, sigmas.PGV, ...spectral].map((plane) => {
    if (!plane?.every((x) => x === plane[0])) throw new Error(`${name}: only constant standard deviations are packed`);
    return plane[0];
  });
}

const grids = {};
const tables = {};
for (const file of files) {
  const name = basename(file);
  const { metric, magnitudes, distances, periods, medians, sigmas } = tableFromHdf5(
    await modelResources([dirname(resolve(file))]).hdf5(name),
    name,
  );
  const m = magnitudes.length;
  const d = distances.length / m;
  const km = rounded(distances);
  const column = Array.from({ length: d }, (_, i) => {
    const row = km.slice(i * m, (i + 1) * m);
    return row.every((x) => x === row[0]) ? row[0] : row;
  });
  const grid = { metric, magnitudes: rounded(magnitudes), distances: column, periods: rounded(periods) };
  if (sigmas) grid.sigmas = constantSigmas(sigmas, d, m, periods.length, name);
  const text = JSON.stringify(grid);
  const known = Object.keys(grids).find((key) => JSON.stringify(grids[key]) === text);
  const key = known ?? `grid${Object.keys(grids).length + 1}`;
  grids[key] = grid;

  const values = [...(medians.PGA ?? []), ...(medians.PGV ?? [])];
  for (let t = 0; t < periods.length; t++)
    for (let i = 0; i < d; i++) for (let j = 0; j < m; j++) values.push(medians.SA[(i * periods.length + t) * m + j]);
  tables[name] = {
    grid: key,
    pga: medians.PGA !== undefined,
    pgv: medians.PGV !== undefined,
    step: Number(step),
    packed: packSurfaces(values, d, m, Number(step)),
  };
}
const lines = (entries) =>
  Object.entries(entries)
    .map(([key, value]) => `      ${JSON.stringify(key)}: ${JSON.stringify(value)}`)
    .join(',\n');
writeFileSync(
  out,
  `{\n  "source": ${JSON.stringify(source)},\n  "tables": {},\n  "constants": {\n    "grids": {\n${lines(grids)}\n    },\n    "tables": {\n${lines(tables)}\n    }\n  }\n}\n`,
);
