/** Tables of the reference about logic trees: trees it refuses, uncertainties it allows, and its random numbers. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MersenneTwister } from '../../hazard/logictree/mersenne-twister.js';
import { pickBranch, randomArray, type SamplingMethod } from '../../hazard/logictree/sampling.js';
import type { Source } from '../../hazard/sources/source.js';
import { type Comparison, TOLERANCES } from './comparison.js';
import { accepted, DIGITS, equal, type Parameters, readCase } from './logictree-reading.js';
import { compareSource, type ExpectedSource } from './logictree-sources.js';

interface Rejection {
  readonly id: string;
  readonly params: Parameters;
  readonly refused: boolean;
  readonly files: Readonly<Record<string, string>>;
  readonly realizations?: readonly { readonly code: string; readonly weights: readonly number[] }[];
  readonly sources?: readonly (readonly [id: string, paths: readonly number[], maxMag: number | null])[];
}

async function withFiles<T>(files: Readonly<Record<string, string>>, run: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'terrane-oracle-'));
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    return await run(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Trees that the reference refuses for limits which are not there any more: more than 183 branches in a set. */
const BEYOND_THE_REFERENCE: ReadonlySet<string> = new Set(['many_184']);

export async function compareRejections(path: string, comparison: Comparison): Promise<void> {
  const cases = JSON.parse(readFileSync(path, 'utf8')) as Rejection[];
  for (const { id, params, refused, files, realizations, sources } of cases) {
    const got = await withFiles(files, (folder) => readCase(folder, params));
    if (!accepted(comparison, id, got, refused && !BEYOND_THE_REFERENCE.has(id))) continue;
    if (refused) continue;
    const codes = Array.from(got.logicTree.realizations, ({ code }) => code);
    equal(
      comparison,
      'codes',
      id,
      codes,
      realizations?.map(({ code }) => code),
    );
    const found = got.groups.flatMap((group) =>
      group.sources.map((source) => [source.id, group.sourceModels, largestMagnitude(source)]),
    );
    equal(comparison, 'sources', id, found.toSorted(), sources?.toSorted());
  }
}

function largestMagnitude(source: Source): number | null {
  return source.mfd?.kind === 'truncatedGutenbergRichter' ? Number(source.mfd.maxMag.toPrecision(12)) : null;
}

interface Legality {
  readonly values: Readonly<Record<string, string>>;
  readonly sources: Readonly<Record<string, string>>;
  readonly rows: readonly {
    readonly source: string;
    readonly uncertainty: string;
    readonly refused: boolean;
    readonly source_after?: Omit<ExpectedSource, 'id' | 'trt_smrs'>;
  }[];
}

const HEAD =
  '<?xml version="1.0" encoding="utf-8"?>\n<nrml xmlns="http://openquake.org/xmlns/nrml/0.5" xmlns:gml="http://www.opengis.net/gml">';

export async function compareLegality(path: string, comparison: Comparison): Promise<void> {
  const { values, sources, rows } = JSON.parse(readFileSync(path, 'utf8')) as Legality;
  for (const { source, uncertainty, refused, source_after: after } of rows) {
    const where = `${uncertainty} on ${source}`;
    const changing =
      uncertainty === '(none)'
        ? ''
        : branchSet(`branchSetID="bs1" uncertaintyType="${uncertainty}" applyToSources="1"`, 'u', values[uncertainty]);
    const models = branchSet('branchSetID="bs0" uncertaintyType="sourceModel"', 'b1', 'm1.xml');
    const time = sources[source].includes('nonParametric') ? ' investigation_time="50.0"' : '';
    const files = {
      'smlt.xml': `${HEAD}<logicTree logicTreeID="lt">${models}${changing}</logicTree></nrml>`,
      'm1.xml': `${HEAD}<sourceModel name="m"${time}><sourceGroup name="g" tectonicRegion="Active Shallow Crust">${sources[source]}</sourceGroup></sourceModel></nrml>`,
    };
    const got = await withFiles(files, (folder) => readCase(folder, { gsim: 'BooreAtkinson2008' }));
    if (accepted(comparison, where, got, refused) && after)
      compareSource(got.groups[0].sources[0], after, comparison, where);
  }
}

function branchSet(attributes: string, branch: string, value: string): string {
  return `<logicTreeBranchSet ${attributes}><logicTreeBranch branchID="${branch}"><uncertaintyModel>${value}</uncertaintyModel><uncertaintyWeight>1.0</uncertaintyWeight></logicTreeBranch></logicTreeBranchSet>`;
}

interface Stream {
  readonly streams: readonly { readonly seed: number; readonly first_32bit: number[]; readonly doubles: number[] }[];
  readonly arrays: readonly {
    readonly seed: number;
    readonly shape: readonly [number, number];
    readonly method: SamplingMethod;
    readonly rows: readonly number[][];
  }[];
  readonly picks: readonly {
    readonly weights: number[];
    readonly x: number[];
    readonly early_weights: number[];
    readonly late_weights: number[];
  }[];
}

export async function compareStream(path: string, comparison: Comparison): Promise<void> {
  const { streams, arrays, picks } = JSON.parse(await readFile(path, 'utf8')) as Stream;
  for (const { seed, first_32bit: words, doubles } of streams) {
    const raw = new MersenneTwister(seed);
    const gotWords = words.map(() => raw.nextUint32());
    equal(comparison, 'words', `seed ${seed}`, gotWords, words);
    const generator = new MersenneTwister(seed);
    const gotDoubles = doubles.map(() => generator.nextDouble());
    comparison.numbers('doubles', gotDoubles, doubles, TOLERANCES.exact, `seed ${seed}`);
  }
  for (const { seed, shape, method, rows } of arrays) {
    const values = randomArray(shape[0], shape[1], seed, method);
    comparison.numbers('arrays', values, rows.flat(), DIGITS, `${method}, seed ${seed}`);
  }
  for (const { weights, x, ...expected } of picks)
    for (const method of ['early_weights', 'late_weights'] as const) {
      const got = x.map((random) => pickBranch(weights, random, method));
      equal(comparison, 'picks', `${weights.join(' ')} by ${method}`, got, expected[method]);
    }
}
