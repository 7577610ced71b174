/** postproc_func and postproc_args: what is made of the results once the curves are there. */
import { parseImt } from '../../hazard/gmm/imt.js';
import { readBinSettings } from './disaggregation-bins.js';
import type { InputReport } from '../report.js';
import type {
  JointRatesRequest,
  ConditionalSpectrum,
  MedianSpectrum,
  PostProcessing,
  RelevantSources,
} from '../../job/job.js';
import type { JsonValue } from '../parameters/json-value.js';
import { probabilities } from '../parameters/oqparam.js';
import type { Parameters } from '../parameters/parameters.js';

/** What arguments are checked against. */
interface JobFacts {
  /** names of the measures of the job */
  readonly imts: readonly string[];
  readonly sites: number;
  /** some sources or ruptures exclude one another, or form clusters */
  readonly special: boolean;
}
type Reader = (parameters: Parameters, facts: JobFacts, report: InputReport) => PostProcessing | undefined;

/** One line per function that the engine has. */
const READERS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['compute_mrd.main', readJointRates],
  ['conditional_spectrum.main', readConditionalSpectrum],
  ['disagg_by_rel_sources.main', readRelevantSources],
  ['median_spectrum.main', readMedianSpectrum],
]);

/** The function that does nothing. */
const NONE = 'dummy.main';

/** Name of the function that a job asks for and the engine does not have. */
export function unknownPostProcessing(parameters: Parameters): string | undefined {
  const name = parameters.word('postproc_func') ?? NONE;
  return name === NONE || READERS.has(name) ? undefined : name;
}

/** The post-processing of a job with its arguments; undefined when there is none, or when its arguments are at fault. */
export function readPostProcessing(
  parameters: Parameters,
  facts: JobFacts,
  report: InputReport,
): PostProcessing | undefined {
  return READERS.get(parameters.word('postproc_func') ?? NONE)?.(parameters, facts, report);
}

/** Arguments of postproc_args, each with a function that reports a fault of it. */
class Arguments {
  private readonly values: ReadonlyMap<string, JsonValue>;

  constructor(
    private readonly parameters: Parameters,
    private readonly report: InputReport,
    known: readonly string[],
  ) {
    this.values = new Map(parameters.entries('postproc_args'));
    for (const name of this.values.keys())
      if (!known.includes(name)) this.fault(name, 'not an argument of the function', known.join(', '));
  }

  get(name: string): JsonValue | undefined {
    return this.values.get(name);
  }

  fault(name: string, message: string, allowed?: string): void {
    const where = this.parameters.where('postproc_args');
    this.report.fault({
      code: 'INVALID_VALUE',
      ...where,
      message: `${name}: ${message}`,
      ...(allowed !== undefined && { allowed }),
    });
  }
}

function readRelevantSources(
  parameters: Parameters,
  { imts: measures, sites }: JobFacts,
  report: InputReport,
): RelevantSources | undefined {
  const before = report.faults.length;
  needsRatesBySource(parameters, sites, report);
  const given = new Arguments(parameters, report, ['imts', 'imls_by_sid']);
  const imts = listOf(given.get('imts'), isText);
  if (!imts?.length) given.fault('imts', 'needed', `a list of measures of the job: ${measures.join(', ')}`);
  for (const imt of imts ?? [])
    if (!measures.includes(imt))
      given.fault('imts', `'${imt}' is not among the measures of the job`, measures.join(', '));
  const rows = given.get('imls_by_sid');
  const bySite = typeof rows === 'object' && rows !== null && !Array.isArray(rows) ? Object.entries(rows) : [];
  if (bySite.length === 0) given.fault('imls_by_sid', 'needed', '{site number: [one level for each of imts]}');
  const levels = bySite.map(([site, row]) => {
    if (!/^\d+$/.test(site) || Number(site) >= sites)
      given.fault('imls_by_sid', `there is no site ${site}`, `site numbers from 0 to ${sites - 1}`);
    const numbers = listOf(row as JsonValue, isLevel) ?? [];
    if (imts && numbers.length !== imts.length)
      given.fault('imls_by_sid', `site ${site} needs one level above 0 for each of imts`);
    return { site: Number(site), levels: Float64Array.from(numbers) };
  });
  const bins = readBinSettings(parameters, report);
  if (report.faults.length > before || !imts) return undefined;
  return { function: 'disagg_by_rel_sources.main', imts, levels, bins };
}

function needsRatesBySource(parameters: Parameters, sites: number, report: InputReport): void {
  if (!parameters.boolean('disagg_by_src'))
    report.fault({
      code: 'MISSING_PARAMETER',
      ...parameters.where('postproc_func'),
      message: 'needs disagg_by_src = true',
    });
  needsFewSitesOnRock(parameters, sites, report);
}

/** Post-processings go through the ruptures again, one site at a time, and know nothing of amplified motion. */
function needsFewSitesOnRock(parameters: Parameters, sites: number, report: InputReport): void {
  const where = parameters.where('postproc_func');
  if ((parameters.text('amplification_file') ?? '') !== '')
    report.fault({
      code: 'CONFLICTING_PARAMETERS',
      ...where,
      message: 'cannot be given together with amplification_file',
    });
  const most = Number(parameters.number('max_sites_disagg'));
  if (sites > most)
    report.fault({
      code: 'TOO_LARGE',
      ...where,
      message: `the job has ${sites} sites`,
      allowed: `at most max_sites_disagg = ${most}`,
    });
}

function readMedianSpectrum(parameters: Parameters, facts: JobFacts, report: InputReport): MedianSpectrum {
  needsSpectra(parameters, facts, report);
  return { function: 'median_spectrum.main' };
}

function readConditionalSpectrum(parameters: Parameters, facts: JobFacts, report: InputReport): ConditionalSpectrum {
  needsSpectra(parameters, facts, report);
  const reference = parameters.word('imt_ref') ?? '';
  if (!facts.imts.includes(reference))
    report.fault({
      code: 'MISSING_PARAMETER',
      ...parameters.where('imt_ref'),
      message: 'needed',
      allowed: facts.imts.join(', '),
    });
  if (parameters.word('cross_correlation') !== CORRELATION)
    report.fault({
      code: 'MISSING_PARAMETER',
      ...parameters.where('cross_correlation'),
      message: 'needed',
      allowed: CORRELATION,
    });
  return { function: 'conditional_spectrum.main', reference };
}

const CORRELATION = 'BakerJayaram2008';

/** The reference approximates joint rates by bins of means and sigmas and by sampling; here they are integrated. */
const APPROXIMATION = ['seed', 'meabins', 'sigbins', 'method'];

function readJointRates(parameters: Parameters, facts: JobFacts, report: InputReport): JointRatesRequest | undefined {
  const before = report.faults.length;
  needsFewSitesOnRock(parameters, facts.sites, report);
  needsIndependence(parameters, facts, report);
  const given = new Arguments(parameters, report, ['imt1', 'imt2', 'cross_correlation', ...APPROXIMATION]);
  const allowed = facts.imts.filter(isSpectral).join(', ');
  const [first, second] = ['imt1', 'imt2'].map((name) => {
    const imt = given.get(name);
    if (typeof imt === 'string' && facts.imts.includes(imt) && isSpectral(imt)) return imt;
    given.fault(name, 'must be a measure of the job', allowed);
    return '';
  });
  if (first === second && first !== '') given.fault('imt2', 'must differ from imt1', allowed);
  if (given.get('cross_correlation') !== CORRELATION) given.fault('cross_correlation', 'needed', CORRELATION);
  if (report.faults.length > before) return undefined;
  return { function: 'compute_mrd.main', imts: [first, second] };
}

function isSpectral(imt: string): boolean {
  return ['PGA', 'SA'].includes(parseImt(imt).kind);
}

/** Ruptures count on their own, whichever else happens. */
function needsIndependence(parameters: Parameters, { special }: JobFacts, report: InputReport): void {
  if (special)
    report.fault({
      code: 'CONFLICTING_PARAMETERS',
      ...parameters.where('postproc_func'),
      message: 'not possible with clusters, nor with sources or ruptures that exclude one another',
    });
}

/** Spectra stand at the levels of the mean hazard maps. */
function needsSpectra(parameters: Parameters, facts: JobFacts, report: InputReport): void {
  const where = parameters.where('postproc_func');
  needsFewSitesOnRock(parameters, facts.sites, report);
  needsIndependence(parameters, facts, report);
  new Arguments(parameters, report, []);
  if (probabilities(parameters).length === 0)
    report.fault({ code: 'MISSING_PARAMETER', ...where, message: 'needs poes', allowed: 'poes = 0.1 0.02' });
  if (!parameters.boolean('mean')) report.fault({ code: 'MISSING_PARAMETER', ...where, message: 'needs mean = true' });
  for (const imt of facts.imts)
    if (!isSpectral(imt))
      report.fault({
        code: 'INVALID_VALUE',
        ...where,
        message: `${imt} is not part of a spectrum`,
        allowed: 'PGA and SA',
      });
}

function listOf<T extends JsonValue>(
  value: JsonValue | undefined,
  is: (item: JsonValue) => item is T,
): T[] | undefined {
  return Array.isArray(value) && value.every((item) => is(item as JsonValue)) ? (value as T[]) : undefined;
}
function isText(value: JsonValue): value is string {
  return typeof value === 'string';
}
function isLevel(value: JsonValue): value is number {
  return typeof value === 'number' && value > 0;
}
