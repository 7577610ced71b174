import type { GroundMotion, GroundMotionModel } from '../../hazard/gmm/model.js';
import type { KnownFault } from './known-faults.js';
import { contextsOf, type ResultType, type VerificationTable } from './table.js';

/** Largest deviation in percent, and where it was found. */
interface Deviation {
  percent: number;
  where: string;
}
export interface TableResult {
  /** rows compared */
  readonly rows: number;
  /** rows known to be wrong */
  readonly skipped: number;
  readonly mean: Deviation;
  readonly std: Deviation;
}

const OUTPUT: Readonly<Record<ResultType, keyof GroundMotion>> = {
  MEAN: 'mean',
  TOTAL_STDDEV: 'total',
  INTER_EVENT_STDDEV: 'inter',
  INTRA_EVENT_STDDEV: 'intra',
};

function rowsOf(count: number, size: number): Float64Array[] {
  return Array.from({ length: count }, () => new Float64Array(size).fill(NaN));
}

/** Evaluates a model on every row of a table but those known to be wrong. Errors: those of the model, and of contextsOf. */
export function checkTable(model: GroundMotionModel, table: VerificationTable, fault?: KnownFault): TableResult {
  const skipped = (r: number): boolean =>
    fault !== undefined && fault.values.includes(Number(table.columns.get(fault.column)?.[r]));
  let skips = 0;
  const { batch, sites } = contextsOf(table, model.requires);
  const evaluate = model.prepare(table.imts, sites, table.rows);
  const count = table.imts.length;
  const out: GroundMotion = {
    mean: rowsOf(count, table.rows),
    total: rowsOf(count, table.rows),
    inter: rowsOf(count, table.rows),
    intra: rowsOf(count, table.rows),
  };
  evaluate(batch, out);
  const mean: Deviation = { percent: 0, where: '' };
  const std: Deviation = { percent: 0, where: '' };
  for (let r = 0; r < table.rows; r++) if (skipped(r)) skips++;
  for (let m = 0; m < count; m++) {
    const imt = table.imts[m];
    for (let r = 0; r < table.rows; r++) {
      if (skipped(r)) continue;
      const type = table.resultTypes[r];
      const got = out[OUTPUT[type]]?.[m][r];
      if (got === undefined) throw new Error(`row ${r + 2}: unknown result type ${type}`);
      const computed = type === 'MEAN' && imt.kind !== 'MMI' ? Math.exp(got) : got;
      const percent = deviation(computed, table.expected[m][r]);
      const worst = type === 'MEAN' ? mean : std;
      if (percent > worst.percent) {
        worst.percent = percent;
        worst.where = `line ${r + 2}, ${imt.name}, ${type}: computed ${computed}, expected ${table.expected[m][r]}`;
      }
    }
  }
  return { rows: table.rows - skips, skipped: skips, mean, std };
}

/** Percent; an expected 0 (a standard deviation that the model lacks) must be met exactly; NaN is never right. */
function deviation(computed: number, expected: number): number {
  if (expected === 0) return computed === 0 ? 0 : Infinity;
  const percent = 100 * Math.abs(computed / expected - 1);
  return Number.isNaN(percent) ? Infinity : percent;
}
