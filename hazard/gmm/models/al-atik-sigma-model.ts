import {
  atMagnitude,
  branch,
  PHI_MODELS,
  TAU_MODELS,
  tauSteps,
  WITHIN_EVENT_TABLES,
  type MagnitudeSteps,
  quantileArgument,
  quantileOf,
} from '../terms/al-atik-2015.js';
import { Refusal, refusal } from '../../refusal.js';
import type { ContextBatch } from '../../contexts/context-batch.js';
import type { SiteParameters } from '../../site/site-parameters.js';
import { CoefficientTable, readTables, type RawTable } from '../coefficients.js';
import { parseImt, type Imt } from '../imt.js';
import type { Arguments, Evaluator, GroundMotionModel, ModelDeclaration, ModelModule } from '../model.js';
import { groundMotionBuffers, unionOfRequirements } from '../wrappers/wrapped-model.js';

const { tables } = readTables(import.meta.url, 'al-atik-sigma-model');
const ID = 'AlAtikSigmaModel';

const PHI: Readonly<Record<string, RawTable>> = { ...WITHIN_EVENT_TABLES, global_linear: tables.phiGlobalLinear };
const SITE_TO_SITE_BRB = new CoefficientTable(tables.siteToSiteBrb);

/** s: below it the single-station standard deviation is not less than the floor */
const SHORT = 0.5;
const FLOOR = 0.4;

/** bar */
const STRESS_DROP = 80;
/** Corner period (s) of a magnitude, which is rounded to two decimals; at least 1 s. */
function cornerPeriod(mag: number): number {
  const rounded = Math.round(mag * 100) / 100;
  return Math.max(10 ** (-1.884 - Math.log10(STRESS_DROP) / 3 + 0.5 * rounded), 1);
}

/** A column of a table and its deviation as a column of quantiles (0 to 1; null: means), interpolated linearly in the period. */
function quantileTable({ columns, rows }: RawTable, names: readonly string[], q: number | null): CoefficientTable {
  const pairs = names.map((name) => [columns.indexOf(name), columns.indexOf(name.replace('mean', 'var'))]);
  return new CoefficientTable({
    columns: ['imt', ...names],
    rows: rows.map((row) => [
      row[0],
      ...pairs.map(([mean, deviation]) => branch(Number(row[mean]), Number(row[deviation]), q)),
    ]),
    interpolation: 'linearInPeriod',
  });
}

/** Between-event and within-event standard deviations of a measure by magnitude. */
function deviations(args: Arguments, imt: Imt) {
  const stepsAt = (q: number | null): MagnitudeSteps => {
    const row = quantileTable(PHI[String(args.phi_model)], ['mean_a', 'mean_b'], q).row(imt, ID);
    return { magnitudes: [5, 6.5], values: [row.mean_a, row.mean_b] };
  };
  const steps = stepsAt(quantileOf(args.phi_ss_quantile));
  const median = stepsAt(0.5);
  const short = imt.kind !== 'SA' || imt.period < SHORT;
  const site = siteToSite(args, imt);
  return {
    tau: tauSteps(String(args.tau_model), imt, quantileOf(args.tau_quantile)),
    phi(mag: number): number {
      const phi = atMagnitude(steps, mag);
      // what the median lacks to the floor is added to every quantile
      const lacking = short ? Math.max(FLOOR - atMagnitude(median, mag), 0) : 0;
      return Math.hypot(phi + lacking, site);
    },
  };
}

function siteToSite(args: Arguments, imt: Imt): number {
  if (args.phi_s2ss_model === null) return 0;
  if (args.phi_s2ss_model === 'brb') return SITE_TO_SITE_BRB.row(imt, ID).phi_s2ss;
  return quantileTable(PHI.siteToSite, ['mean'], quantileOf(args.phi_s2ss_quantile)).row(imt, ID).mean;
}

/** ln of the factor of a measure. Errors: Refusal for a column or a measure that is not in the table. */
function kappaOf(text: string, file: string, column: string): (imt: Imt) => number {
  const [head, ...lines] = text.split(/\r?\n/).map((line) => line.replace(/#.*/, '').trim().split(/\s+/));
  const k = head.indexOf(column);
  const rows = lines.flatMap((cells, n): [string, number][] => {
    if (cells[0] === '') return [];
    const value = Number(cells[k]);
    if (k < 1 || !Number.isFinite(value))
      throw refusal('MODEL_FILE', `${file}, line ${n + 2}: a measure and a number in the column ${column} are needed`);
    const period = Number(cells[0]);
    return [[Number.isFinite(period) ? `SA(${period})` : cells[0].toUpperCase(), value]];
  });
  const table = new CoefficientTable({ columns: ['imt', 'kappa'], rows });
  const at = (period: number) => Math.log(table.row(parseImt(`SA(${period})`), ID).kappa);
  return (imt) => at(imt.kind === 'SA' ? Math.min(imt.period, 2) : 0.01);
}

/** The wrapped model as it is, or the refusal to throw when it is needed. */
function directly(wrapped: GroundMotionModel, imt: Imt, sites: SiteParameters, capacity: number): Evaluator {
  try {
    return wrapped.prepare([imt], sites, capacity);
  } catch (error) {
    // beyond the corner period the measure itself is not needed
    if (!(error instanceof Refusal) || imt.kind !== 'SA' || imt.period <= 1) throw error;
    return () => {
      throw error;
    };
  }
}

/** Median of one measure: beyond the corner period the spectral displacement stays what it is there. */
function cappedMedian(wrapped: GroundMotionModel, imt: Imt, sites: SiteParameters, capacity: number) {
  const direct = directly(wrapped, imt, sites, capacity);
  const atCorner = new Map<number, Evaluator>();
  const buffers = groundMotionBuffers(1, capacity);
  const cornerEvaluator = (corner: number): Evaluator => {
    const evaluate = atCorner.get(corner) ?? wrapped.prepare([parseImt(`SA(${corner})`)], sites, capacity);
    atCorner.set(corner, evaluate);
    return evaluate;
  };
  return (batch: ContextBatch, mean: Float64Array): void => {
    const { ruptures, start, mag } = batch;
    const done = new Set<number>();
    for (let first = 0; first < ruptures; first++) {
      const corner = cornerPeriod(mag[first]);
      // all ruptures up to the corner period are evaluated at once, and those of one corner period each
      const capped = imt.kind === 'SA' && imt.period > corner;
      const key = capped ? corner : 0;
      if (done.has(key)) continue;
      done.add(key);
      (capped ? cornerEvaluator(corner) : direct)(batch, buffers);
      const shift = capped ? 2 * Math.log(corner / imt.period) : 0;
      for (let r = first; r < ruptures; r++) {
        const own = cornerPeriod(mag[r]);
        if (capped ? own !== corner : imt.kind === 'SA' && imt.period > own) continue;
        for (let i = start[r]; i < start[r + 1]; i++) mean[i] = buffers.mean[0][i] + shift;
      }
    }
  };
}

const AlAtikSigmaModel: ModelDeclaration = {
  id: ID,
  citation:
    'Standard deviations of L. Al Atik (2015), NGA-East: Ground-Motion Standard Deviation Models for Central and Eastern North America, PEER Report 2015/07, for the median of another model, as the ACME project has them (2019)',
  tectonicRegionType: '',
  imts: [{ kind: 'PGA' }, { kind: 'PGV' }, { kind: 'SA', minimum: 0.01, maximum: 10 }],
  component: '',
  standardDeviations: ['total', 'inter'],
  requires: { rupture: ['mag'], distances: [], site: [] },
  arguments: [
    { name: 'gmpe_name', meaning: 'name of the model that gives the median', type: 'text' },
    { name: 'tau_model', meaning: 'between-event model', type: 'text', default: 'global', allowed: TAU_MODELS },
    {
      name: 'phi_model',
      meaning: 'single-station model',
      type: 'text',
      default: 'global',
      allowed: [...PHI_MODELS, 'global_linear'],
    },
    quantileArgument('tau_quantile', 'the between-event standard deviation'),
    quantileArgument('phi_ss_quantile', 'the single-station standard deviation'),
    quantileArgument('phi_s2ss_quantile', 'the site-to-site standard deviation of cena'),
    {
      name: 'phi_s2ss_model',
      meaning: 'site-to-site model; none: single-station (non-ergodic)',
      type: 'text',
      default: null,
      allowed: [null, 'cena', 'brb'],
    },
    {
      name: 'kappa_file',
      meaning: 'text table of factors of the median: a measure (period, s) and columns with names',
      type: 'file',
      default: null,
    },
    { name: 'kappa_val', meaning: 'column of kappa_file', type: 'text', default: null },
  ],
  notes:
    'Beyond the corner period of a magnitude (80 bar; at least 1 s) the spectral displacement is constant. The total standard deviation is the within-event one, as in the OpenQuake engine. Periods beyond those of the wrapped model and below the corner period are refused.',
  async create(args, resources): Promise<GroundMotionModel> {
    const wrapped = await resources.model({ name: String(args.gmpe_name), arguments: {} });
    const { kappa_file: file, kappa_val: column } = args;
    const kappa = file === null ? () => 0 : kappaOf(await resources.text(String(file)), String(file), String(column));
    return {
      id: ID,
      requires: unionOfRequirements(wrapped.requires, { rupture: ['mag'], distances: [], site: [] }),
      prepare(imts, sites, capacity): Evaluator {
        const measures = imts.map((imt) => ({
          median: cappedMedian(wrapped, imt, sites, capacity),
          shift: kappa(imt),
          ...deviations(args, imt),
        }));
        return (batch, { mean, total, inter, intra }) => {
          measures.forEach(({ median, shift, tau, phi }, m) => {
            median(batch, mean[m]);
            for (let i = 0; i < batch.size; i++) mean[m][i] += shift;
            for (let r = 0; r < batch.ruptures; r++) {
              const [from, to] = [batch.start[r], batch.start[r + 1]];
              total[m].fill(phi(batch.mag[r]), from, to);
              inter[m].fill(atMagnitude(tau, batch.mag[r]), from, to);
            }
            intra[m].fill(0, 0, batch.size);
          });
        };
      },
    };
  },
};

export const models: ModelModule['models'] = [AlAtikSigmaModel];
