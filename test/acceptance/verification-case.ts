/** A verification case: a folder with a job and the curves other programs computed for it (expected.csv). */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runCalculation } from '../../calculators/run.js';
import { Calculation } from '../../datastore/calculation.js';
import { InlineDistributor } from '../../engine/distribution/inline-distributor.js';
import { readCsv } from '../../inputs/files/csv.js';
import { readJob } from '../../inputs/read-job.js';

/** Annual probabilities of exceedance of one curve at one site and level, as published. */
interface ExpectedProbability {
  /** mean, quantile-0.5, source ID */
  readonly curve: string;
  readonly site: string;
  /** g */
  readonly level: number;
  /** of the code the case refers to */
  readonly probability: number;
  /** over all codes */
  readonly lowest: number;
  readonly highest: number;
}

export interface VerificationCase {
  readonly id: string;
  readonly folder: string;
  readonly title: string;
  readonly codes: readonly string[];
  /** what is allowed below the lowest and above the highest value of the codes: relative, and annual probability */
  readonly rtol: number;
  readonly atol: number;
  readonly expected: readonly ExpectedProbability[];
}

export interface Comparison {
  readonly case: VerificationCase;
  /** probabilities outside the spread of the codes widened by the tolerance, one sentence each */
  readonly outside: readonly string[];
  /** mean curves where every code is above SMALLEST_COMPARED: largest relative deviation from the code referred to */
  readonly deviation: number;
  /** there too: largest relative distance from the interval between the codes, 0 for a probability within it */
  readonly beyond: number;
  /** there too: largest (highest - lowest) / highest */
  readonly spread: number;
  /** largest distance from the interval between the codes at any level, annual probability */
  readonly absolute: number;
  /** processor time of the run */
  readonly seconds: number;
}

/** Annual probability below which codes are not compared relatively. */
const SMALLEST_COMPARED = 1e-5;
/** dist/test/acceptance -> test/acceptance */
const CASES = fileURLToPath(new URL('../../../test/acceptance/peer/', import.meta.url));

export function peerCases(): VerificationCase[] {
  return readdirSync(CASES)
    .sort()
    .map((name) => readCase(join(CASES, name)));
}

function readCase(folder: string): VerificationCase {
  const file = join(folder, 'expected.csv');
  const bytes = readFileSync(file);
  const notes = bytes
    .toString()
    .split('\n')
    .filter((line) => line.startsWith('# '))
    .map((line) => line.slice(2));
  const values = (key: string): string[] =>
    notes.filter((note) => note.startsWith(`${key}: `)).map((note) => note.slice(key.length + 2));
  const [, ...rows] = readCsv(bytes, file).rows;
  return {
    id: basename(folder),
    folder,
    title: notes[0].slice(notes[0].indexOf(': ') + 2),
    codes: values('code').map((code) => code.split(' ')[0]),
    rtol: Number(values('rtol')[0]),
    atol: Number(values('atol')[0]),
    expected: rows.map(([curve, site, ...figures]) => {
      const [level, probability, lowest, highest] = figures.map(Number);
      return { curve, site, level, probability, lowest, highest };
    }),
  };
}

/** Runs the job of a case in this thread and compares all its curves. */
export async function compareCase(one: VerificationCase): Promise<Comparison> {
  const begin = process.cpuUsage();
  const probabilityOf = await computedProbabilities(one.folder);
  const outside: string[] = [];
  let [deviation, beyond, spread, absolute] = [0, 0, 0, 0];
  for (const { curve, site, level, probability, lowest, highest } of one.expected) {
    const got = probabilityOf(curve, site, level);
    const least = lowest * (1 - one.rtol) - one.atol;
    const most = highest * (1 + one.rtol) + one.atol;
    if (!(got >= least && got <= most))
      outside.push(`${curve} of ${site} at ${level} g: ${got} is not within ${least} .. ${most}`);
    const distance = Math.max(0, lowest - got, got - highest);
    absolute = Math.max(absolute, distance);
    if (lowest <= SMALLEST_COMPARED || curve !== 'mean') continue;
    deviation = Math.max(deviation, Math.abs(got / probability - 1));
    beyond = Math.max(beyond, distance / (got < lowest ? lowest : highest));
    spread = Math.max(spread, 1 - lowest / highest);
  }
  return { case: one, outside, deviation, beyond, spread, absolute, seconds: cpuSeconds(begin) };
}

function cpuSeconds(begin: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(begin);
  return (user + system) / 1e6;
}

type ProbabilityOf = (curve: string, site: string, level: number) => number;

async function computedProbabilities(folder: string): Promise<ProbabilityOf> {
  const workFolder = mkdtempSync(join(tmpdir(), 'terrane-acceptance-'));
  const distributor = new InlineDistributor();
  try {
    const job = await readJob(folder, { workFolder });
    const path = join(workFolder, 'calc_1.hdf5');
    const monitor = { log: () => undefined, progress: () => undefined };
    await runCalculation(job, { path, distributor, monitor });
    return await readCurves(path);
  } finally {
    await distributor.close();
    rmSync(workFolder, { recursive: true, force: true });
  }
}

async function readCurves(path: string): Promise<ProbabilityOf> {
  const calculation = await Calculation.open(path);
  try {
    const [levels] = calculation.levels;
    const sites = Array.from(calculation.sites().columns.custom_site_id, String);
    const curves = new Map(
      calculation.kinds().map((kind) => [kind.name, calculation.curves(kind, 0, 0, sites.length)] as const),
    );
    for (const [source, values] of curvesBySource(calculation)) curves.set(`source ${source}`, values);
    return (curve, site, level) => {
      const values = curves.get(curve) ?? curves.get('rlz-000');
      return values?.[sites.indexOf(site) * levels.length + levels.indexOf(level)] ?? NaN;
    };
  } finally {
    calculation.close();
  }
}

/** Probabilities [sites x levels] of single sources, where the job keeps their rates. */
function curvesBySource({ hdf5 }: Calculation): [string, Float64Array][] {
  if (!hdf5.has('mean_rates_by_src')) return [];
  const ids = hdf5.readTexts('mean_rates_by_src/src_id');
  const rates = hdf5.readFloats('mean_rates_by_src/array');
  const perSource = rates.length / ids.length;
  return ids.map((id, s) => [
    id,
    Float64Array.from({ length: perSource }, (_, k) => -Math.expm1(-rates[k * ids.length + s])),
  ]);
}
