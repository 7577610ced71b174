import { readFileSync } from 'node:fs';
import type {
  AmplificationClass,
  AmplificationCurve,
  AmplificationFunction,
  SiteAmplification,
} from '../../hazard/amplification/functions.js';
import type { SiteCollection } from '../../hazard/site/site-collection.js';
import { readAmplificationTable, type AmplificationRow, type AmplificationTable } from './amplification-table.js';
import type { InputReport } from '../report.js';
import type { JobFiles } from '../files/job-files.js';
import type { ImtLevels } from '../../job/job.js';
import type { CheckedModel } from '../logictree/model-checks.js';
import type { Parameters } from '../parameters/parameters.js';
import { shownPath } from '../files/paths.js';
import type { RawSites } from '../sites/sites.js';

/** Amplification functions of a job as read, not yet those of its sites. */
export interface ReadAmplification {
  readonly table: AmplificationTable;
  readonly functions: readonly AmplificationFunction[];
  readonly method: SiteAmplification['method'];
}

/**
 * Reads the amplification functions of a job; faults go to the report. Undefined when the job has none, or none that can be used.
 */
export async function readAmplification(
  parameters: Parameters,
  files: JobFiles,
  imts: readonly ImtLevels[],
  report: InputReport,
): Promise<ReadAmplification | undefined> {
  const path = files.byKind.get('amplification')?.[0];
  if (path === undefined) return undefined;
  checkMeasures(parameters, imts, report);
  const method = parameters.word('amplification_method') === 'kernel' ? 'kernel' : 'convolution';
  const file = shownPath(files.folder, path);
  const names = imts.map(({ imt }) => imt.name);
  const table = await report.collect({ file }, () =>
    readAmplificationTable(readFileSync(path), file, names, method, report),
  );
  return table && { table, functions: functionsOf(table.rows), method };
}

/** The functions are made for accelerations, and all measures share the levels on the soil. */
function checkMeasures(parameters: Parameters, imts: readonly ImtLevels[], report: InputReport): void {
  const name = 'intensity_measure_types_and_levels';
  for (const { imt, levels } of imts) {
    if (imt.kind !== 'PGA' && imt.kind !== 'SA')
      report.fault({
        code: 'AMPLIFICATION',
        file: parameters.file,
        key: name,
        value: imt.name,
        message: 'site amplification does not work with this measure',
        allowed: 'PGA, SA',
      });
    if (String(levels) !== String(imts[0].levels))
      report.fault({
        code: 'AMPLIFICATION',
        file: parameters.file,
        key: name,
        value: imt.name,
        message: `with site amplification the levels must equal those of ${imts[0].imt.name}`,
      });
    if (!(levels[0] > 0) || levels.length < 2)
      report.fault({
        code: 'AMPLIFICATION',
        file: parameters.file,
        key: name,
        value: imt.name,
        message: 'site amplification needs two or more levels above 0',
      });
  }
}

/** Rows by code, then by magnitude and distance, then by level. */
function functionsOf(rows: readonly AmplificationRow[]): AmplificationFunction[] {
  const sorted = [...rows].sort(
    (a, b) => a.fromMagnitude - b.fromMagnitude || a.fromDistance - b.fromDistance || a.level - b.level,
  );
  return grouped(sorted, ({ code }) => code).map((ofCode) => ({
    code: ofCode[0].code,
    classes: grouped(ofCode, ({ fromMagnitude, fromDistance }) => `${fromMagnitude} ${fromDistance}`).map(
      (ofClass): AmplificationClass => ({
        fromMagnitude: ofClass[0].fromMagnitude,
        fromDistance: ofClass[0].fromDistance,
        curves: ofClass[0].medians.map((_, m): AmplificationCurve => ({
          levels: Float64Array.from(ofClass, ({ level }) => level),
          medians: Float64Array.from(ofClass, ({ medians }) => medians[m]),
          sigmas: Float64Array.from(ofClass, ({ sigmas }) => sigmas[m]),
        })),
      }),
    ),
  }));
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return [...groups.values()];
}

/** Realizations that a convolution goes through at each site. */
const MOST_REALIZATIONS = 2_000_000;

/** Amplification bends curves: a mean on the soil needs every realization, so that there may not be too many of them. */
export function checkRealizations(
  { method }: ReadAmplification,
  realizations: number,
  parameters: Parameters,
  report: InputReport,
): void {
  if (method === 'convolution' && realizations > MOST_REALIZATIONS)
    report.fault({
      code: 'TOO_LARGE',
      ...parameters.where('number_of_logic_tree_samples'),
      message: `amplification by convolution goes through every one of the ${realizations} realizations`,
      allowed: `up to ${MOST_REALIZATIONS} realizations: sample the tree, or amplification_method = kernel`,
    });
}

/** What amplification functions must fit. */
interface AmplifiedSites {
  readonly raw: RawSites;
  readonly sites: SiteCollection;
  readonly models: readonly CheckedModel[];
  readonly imts: readonly ImtLevels[];
}

/**
 * The functions for the sites of the job, by their `ampcode`; a single function holds for all sites that name none. Checks that
 * the sites, and the models, are those of the rock that the functions are made for. Faults go to the report.
 */
export function amplificationOfSites(
  { table, functions, method }: ReadAmplification,
  { raw, sites, models, imts }: AmplifiedSites,
  parameters: Parameters,
  report: InputReport,
): SiteAmplification {
  const numbers = new Map(functions.map(({ code }, number) => [code, number]));
  const siteFunctions = new Int32Array(raw.points.size);
  const codes = raw.model?.text.get('ampcode');
  const { rows } = raw;
  const single = functions.length === 1;
  if (!codes && !single)
    report.fault({
      code: 'AMPLIFICATION',
      file: parameters.file,
      key: 'ampcode',
      message: `there are ${functions.length} amplification functions and the site model does not say which holds where`,
      allowed: 'a column ampcode in the site model',
    });
  else if (codes && rows)
    rows.forEach((row, site) => {
      const code = codes[row];
      const number = code === '' && single ? 0 : numbers.get(code);
      if (number !== undefined) siteFunctions[site] = number;
      else
        report.fault({
          code: 'AMPLIFICATION',
          file: parameters.text('site_model_file') ?? parameters.file,
          key: 'ampcode',
          value: code,
          message: `there is no such amplification function in ${table.file}`,
          allowed: functions.map((known) => known.code).join(', '),
        });
    });
  checkRock(table, sites.parameters.numeric.vs30 as Float64Array | undefined, models, parameters, report);
  return {
    method,
    functions,
    siteFunctions,
    largestSigma: table.largestSigma,
    soilLevels: method === 'convolution' ? Float64Array.from(parameters.numbers('soil_intensities')) : imts[0].levels,
  };
}

/** The sites with a column of codes, empty where the site model has none. */
export function withCodes(sites: SiteCollection): SiteCollection {
  const { size, numeric, text } = sites.parameters;
  if ('ampcode' in text) return sites;
  const codes = new Array<string>(size).fill('');
  return { ...sites, parameters: { size, numeric, text: { ...text, ampcode: codes } } };
}

/** Hazard must be computed on the rock from which the functions start. */
function checkRock(
  { file, vs30Reference }: AmplificationTable,
  vs30: Float64Array | undefined,
  models: readonly CheckedModel[],
  parameters: Parameters,
  report: InputReport,
): void {
  const tolerance = Number(parameters.number('vs30_tolerance'));
  if (tolerance < 0) return;
  const where = { file: parameters.file, key: 'vs30_tolerance', value: String(tolerance) };
  const off = 'vs30_tolerance = -1 switches this off';
  const wrong = vs30?.findIndex((value) => !(Math.abs(value - vs30Reference) <= tolerance)) ?? -1;
  if (!vs30)
    report.fault({
      code: 'AMPLIFICATION',
      ...where,
      message: `the vs30 of the sites is not known, to compare with vs30_ref of ${file}`,
    });
  else if (wrong >= 0)
    report.fault({
      code: 'AMPLIFICATION',
      ...where,
      message: `vs30 of site ${wrong} is ${vs30[wrong]} m/s, too far from vs30_ref = ${vs30Reference} m/s of ${file}`,
      allowed: off,
    });
  for (const { where: place, referenceVelocity } of models)
    if (referenceVelocity === undefined)
      report.fault({
        code: 'AMPLIFICATION',
        ...place,
        message: `the model states no reference velocity to compare with vs30_ref = ${vs30Reference} m/s of ${file}`,
        allowed: off,
      });
    else if (referenceVelocity < vs30Reference)
      report.fault({
        code: 'AMPLIFICATION',
        ...place,
        message: `the reference velocity of the model, ${referenceVelocity} m/s, is below vs30_ref = ${vs30Reference} m/s of ${file}`,
        allowed: off,
      });
}
