// npm run new-model -- Name [--root DIR]
//
// Lays the ground for a ground-motion model `Name` (as logic trees will write it, for example SmithJones2025): its file and its
// table in hazard/gmm/models/, its line in the registry and its test. What is written works at once, with a plain form
// (magnitude, rupture distance, vs30) and made-up coefficients: replace form, coefficients, citation and expected figures.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const USAGE =
  'usage: npm run new-model -- Name   (letters and digits, beginning with a capital, such as SmithJones2025)';

function fail(message) {
  console.error(message);
  process.exit(1);
}

const args = process.argv.slice(2);
const rootAt = args.indexOf('--root');
const root = rootAt >= 0 ? args.splice(rootAt, 2)[1] : join(dirname(fileURLToPath(import.meta.url)), '..');
const [name, ...more] = args;
if (!name || more.length || !/^[A-Z][A-Za-z0-9]*$/.test(name)) fail(USAGE);

/** SmithJones2025 -> smith-jones-2025 */
const file = name.replace(/([a-z])([A-Z0-9])|([0-9])([A-Za-z])/g, '$1$3-$2$4').toLowerCase();

const model = `import type { ContextBatch } from '../../contexts/context-batch.js';
import { CoefficientTable, readTables, type Coefficients } from '../coefficients.js';
import type { ModelDeclaration, ModelModule } from '../model.js';
import { fillSigma, perMeasureModel } from '../per-measure.js';

const { tables } = readTables(import.meta.url, '${file}');
const MAIN = new CoefficientTable(tables.main);
const ID = '${name}';

const ${name}: ModelDeclaration = {
  id: ID,
  citation: 'authors, year, title, journal, doi',
  tectonicRegionType: 'Active Shallow Crust',
  imts: MAIN.imts,
  component: 'Average Horizontal (RotD50)',
  standardDeviations: ['total', 'inter', 'intra'],
  requires: { rupture: ['mag'], distances: ['rrup'], site: ['vs30'] },
  arguments: [],
  create: () => model,
};

const model = perMeasureModel(ID, ${name}.requires, (imt, sites) => {
  const c = MAIN.row(imt, ID);
  const site = sites.numeric.vs30.map((v) => c.s * Math.log(v / 760));
  return (batch, out, m) => {
    meanOf(c, site, batch, out.mean[m]);
    fillSigma(out, m, batch.size, Math.hypot(c.tau, c.phi), c.tau, c.phi);
  };
});

/** Equation 1: ln of the median, g; \`siteTerm\` [sites]. */
function meanOf(c: Coefficients, siteTerm: Float64Array, batch: ContextBatch, mean: Float64Array): void {
  const { start, site, mag, rrup } = batch;
  const h2 = c.h * c.h;
  for (let r = 0; r < batch.ruptures; r++) {
    const event = c.a + c.b * (mag[r] - 6);
    for (let i = start[r]; i < start[r + 1]; i++)
      mean[i] = event + 0.5 * c.d * Math.log(rrup[i] * rrup[i] + h2) + siteTerm[site[i]];
  }
}

export const models: ModelModule['models'] = [${name}];
`;

const table = `{
  "source": "authors (year), table number",
  "tables": {
    "main": {
      "columns": ["imt", "a", "b", "d", "h", "s", "tau", "phi"],
      "rows": [
        ["PGA", 2.0, 0.5, -1.5, 6.0, -0.4, 0.3, 0.6],
        ["SA(0.1)", 2.5, 0.5, -1.5, 7.0, -0.3, 0.3, 0.6],
        ["SA(1.0)", 1.0, 0.9, -1.3, 5.0, -0.7, 0.3, 0.6]
      ]
    }
  }
}
`;

const test = `import { assertNear, evaluate, modelOf, siteParameters } from '../contexts.js';

describe('${name}', () => {
  it('gives the published figures', async () => {
    const model = await modelOf('${name}');
    const sites = siteParameters({ vs30: [760] });
    const { mean, total } = evaluate(model, ['PGA', 'SA(1.0)'], [{ mag: 6.5, rrup: 20 }], sites);
    // source of the figures: table and line of the publication; every branch of the form has a row
    const rtol = 1e-6;
    assertNear(Math.exp(mean[0][0]), 0.09943693, rtol, 'PGA');
    assertNear(Math.exp(mean[1][0]), 0.08342077, rtol, 'SA(1.0)');
    assertNear(total[0][0], 0.6708204, rtol, 'sigma of PGA');
  });
});
`;

const registryPath = join(root, 'hazard', 'gmm', 'registry.ts');
const registry = readFileSync(registryPath, 'utf8');
if (new RegExp(`['\\s]${name}['\\s]`).test(registry)) fail(`${name} is in the registry already`);

/** The registry with a line for the model, in the order of the file names. */
function withLine(text) {
  const lines = text.split('\n');
  const entry = /^ {2}\['[^']*', \(\) => import\('\.\/models\/(.*)\.js'\)\],$/;
  const entries = lines.flatMap((line, k) => (entry.test(line) ? [k] : []));
  if (entries.length === 0) fail(`${registryPath} has no list of files`);
  const after = entries.filter((k) => entry.exec(lines[k])[1] < file);
  const at = after.length ? after[after.length - 1] + 1 : entries[0];
  lines.splice(at, 0, `  ['${name}', () => import('./models/${file}.js')],`);
  return lines.join('\n');
}

const files = [
  [join('hazard', 'gmm', 'models', `${file}.ts`), model],
  [join('hazard', 'gmm', 'models', `${file}.json`), table],
  [join('test', 'hazard', 'gmm', 'models', `${file}.test.ts`), test],
];
for (const [path] of files) if (existsSync(join(root, path))) fail(`${path} exists already`);
const extended = withLine(registry);
for (const [path, text] of files) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
  console.log(`wrote ${path}`);
}
writeFileSync(registryPath, extended);
console.log(`added ${name} to hazard/gmm/registry.ts`);
console.log(`next: npm run build, npm test -- --grep ${name}, npm run verify-models -- MANIFEST --only ${name}`);
