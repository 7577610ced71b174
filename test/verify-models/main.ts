import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createModel } from '../../hazard/gmm/registry.js';
import { modelResources } from '../../inputs/logictree/model-resources.js';
import { checkTable } from './check.js';
import { knownFault } from './known-faults.js';
import { readManifest, tablePath, type Manifest, type ManifestEntry } from './manifest.js';
import { readTable } from './table.js';

/*
 * npm run verify-models -- [MANIFEST] [--only NAME[,NAME]] [--priority P1,P2]
 *
 * Compares the ground-motion models with tables of expected values. A manifest names the tables: model, arguments,
 * tolerances (test/verify-models/manifest.ts). Every table counts once in the last line; a model that is not in the registry
 * counts as failed.
 */

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');

interface Options {
  readonly manifest: string;
  readonly only: readonly string[];
  readonly priorities: readonly string[];
}

function parseOptions(argv: readonly string[]): Options {
  let manifest = join(ROOT, '..', 'shared', 'gmm', 'verification', 'manifest.json');
  let only: string[] = [];
  let priorities = ['P1', 'P2'];
  for (let k = 0; k < argv.length; k++) {
    if (argv[k] === '--only') only = only.concat((argv[++k] ?? '').split(','));
    else if (argv[k] === '--priority') priorities = (argv[++k] ?? '').split(',');
    else if (argv[k].startsWith('--')) throw new Error(`unknown option ${argv[k]} (known: --only, --priority)`);
    else manifest = argv[k];
  }
  return { manifest, only, priorities };
}

/** The folder `tables` beside the manifest's, and every folder below it, so that bare file names are found too. */
function tableFolders(manifest: Manifest): string[] {
  const top = join(manifest.folder, '..', 'tables');
  try {
    const below = readdirSync(top, { recursive: true, withFileTypes: true }).filter((entry) => entry.isDirectory());
    return [top, ...below.map((entry) => join(entry.parentPath, entry.name))];
  } catch {
    return [manifest.folder];
  }
}

interface ModelReport {
  tables: number;
  rows: number;
  mean: number;
  std: number;
  failures: string[];
  /** rows that were not compared, and why */
  left: string[];
  /** model names that the registry does not know */
  readonly unsupported: Set<string>;
}

const UNKNOWN = /^unknown ground-motion model '(.+)'$/;

async function verify(
  manifest: Manifest,
  entry: ManifestEntry,
  report: ModelReport,
  resources: Resources,
): Promise<void> {
  report.tables++;
  const label = `${entry.file} ${Object.keys(entry.kwargs ?? {}).length ? JSON.stringify(entry.kwargs) : ''}`.slice(
    0,
    200,
  );
  try {
    const model = await createModel({ name: entry.gsim, arguments: entry.kwargs ?? {} }, resources);
    const fault = knownFault(entry.file);
    const result = checkTable(model, readTable(tablePath(manifest, entry)), fault);
    if (fault && result.skipped) report.left.push(`${entry.file}: ${result.skipped} rows left out: ${fault.reason}`);
    report.rows += result.rows;
    report.mean = Math.max(report.mean, result.mean.percent);
    report.std = Math.max(report.std, result.std.percent);
    const bad = [];
    if (!(result.mean.percent <= entry.mean_tolerance_percent)) bad.push(result.mean);
    if (!(result.std.percent <= entry.std_tolerance_percent)) bad.push(result.std);
    if (bad.length)
      report.failures.push(`${label}: ${bad.map((d) => `${percent(d.percent)} at ${d.where}`).join('; ')}`);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const unknown = UNKNOWN.exec(message);
    if (unknown) report.unsupported.add(unknown[1]);
    report.failures.push(unknown ? '' : `${label}: ${message}`);
  }
}
type Resources = ReturnType<typeof modelResources>;

const percent = (value: number): string => `${value.toPrecision(3)} %`;

async function main(): Promise<number> {
  const options = parseOptions(process.argv.slice(2));
  const manifest = readManifest(options.manifest);
  const resources = modelResources(tableFolders(manifest));
  const reports = new Map<string, ModelReport>();
  for (const entry of manifest.entries) {
    if (entry.priority && !options.priorities.includes(entry.priority)) continue;
    if (options.only.length && !options.only.includes(entry.gsim)) continue;
    let report = reports.get(entry.gsim);
    if (!report) {
      report = { tables: 0, rows: 0, mean: 0, std: 0, failures: [], left: [], unsupported: new Set() };
      reports.set(entry.gsim, report);
    }
    await verify(manifest, entry, report, resources);
  }
  let passed = 0;
  let failed = 0;
  const unsupported = new Map<string, number>();
  const width = Math.max(5, ...[...reports.keys()].map((name) => name.length));
  console.log(`${'model'.padEnd(width)}  tables    rows  worst mean   worst std`);
  for (const [name, report] of reports) {
    failed += report.failures.length;
    passed += report.tables - report.failures.length;
    if (report.unsupported.size && report.failures.length === report.tables) {
      unsupported.set(
        `${name}${report.unsupported.has(name) ? '' : ` (needs ${[...report.unsupported].join(', ')})`}`,
        report.tables,
      );
      continue;
    }
    const state = report.failures.length ? `${report.failures.length} FAILED` : 'ok';
    console.log(
      `${name.padEnd(width)}  ${String(report.tables).padStart(6)}  ${String(report.rows).padStart(6)}  ` +
        `${percent(report.mean).padStart(10)}  ${percent(report.std).padStart(10)}  ${state}`,
    );
    for (const failure of report.failures) if (failure) console.log(`    ${failure}`);
    for (const left of report.left) console.log(`    ${left}`);
  }
  for (const [name, tables] of unsupported) console.log(`unsupported: ${name}, ${tables} tables`);
  console.log(`${passed} passed, ${failed} failed`);
  return failed ? 1 : 0;
}

process.exitCode = await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  return 1;
});
