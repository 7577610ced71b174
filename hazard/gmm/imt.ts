import { refusal } from '../refusal.js';

/** An intensity measure type. */
export interface Imt {
  /** as users write it and as outputs name it: PGA, SA(0.1), EAS(5.0) */
  readonly name: string;
  /** PGA, PGV, PGD, SA, AvgSA, IA, CAV, RSD, MMI, EAS, FAS, LSD (lateral spread, m), FIV3, SDi ... */
  readonly kind: string;
  /** s for SA and AvgSA(T); Hz for EAS, FAS, DRVT; 0 for PGA; NaN where neither applies */
  readonly period: number;
  /** percent of critical */
  readonly damping: number;
  /** of SDi: ratio of the elastic strength demand to the yield strength */
  readonly strengthRatio?: number;
}

const WITH_ARGUMENT = /^(\w+)\(\s*([-+.\deE]+)\s*(?:,\s*([-+.\deE]+)\s*)?\)$/;
const PERIODIC = new Set(['SA', 'AvgSA', 'SDi', 'Sa_avg2', 'Sa_avg3', 'FIV3']);
const SPECTRAL_FREQUENCY = new Set(['EAS', 'FAS', 'DRVT']);
const PLAIN = new Set([
  'PGA', 'PGV', 'PGD', 'AvgSA', 'IA', 'CAV', 'CAVmod', 'RSD', 'RSD575', 'RSD595', 'RSD2080', 'MMI', 'JMA', 'ASI', 'DSI', 'VSI', 'SI',
  'LSD',
]); // prettier-ignore

/** Shortest decimal text with `.0` for whole numbers, as Python prints floats. */
export function periodText(period: number): string {
  const text = String(period);
  return /^-?\d+$/.test(text) ? `${text}.0` : text;
}

/**
 * Reads an intensity measure type; spellings such as SA(0.10), SA(.1), SA(1) are made canonical.
 * Errors: Refusal naming the text and what is allowed.
 */
export function parseImt(text: string): Imt {
  const trimmed = text.trim();
  const match = WITH_ARGUMENT.exec(trimmed);
  if (!match) {
    if (!PLAIN.has(trimmed))
      throw refusal('INVALID_MEASURE', `'${text}' is not an intensity measure type (PGA, PGV, SA(period), ...)`);
    return { name: trimmed, kind: trimmed, period: trimmed === 'PGA' ? 0 : NaN, damping: 5 };
  }
  const [, kind, argument, dampingText] = match;
  const period = Number(argument);
  if (!PERIODIC.has(kind) && !SPECTRAL_FREQUENCY.has(kind))
    throw refusal('INVALID_MEASURE', `'${text}' is not an intensity measure type: ${kind} takes no period`);
  if (!(period > 0)) throw refusal('INVALID_MEASURE', `'${text}': the period must be a number above 0`);
  if (kind === 'SDi') {
    const strengthRatio = Number(dampingText);
    if (!(strengthRatio > 0))
      throw refusal('INVALID_MEASURE', `'${text}' needs a period and a strength ratio, such as SDi(0.5,2.0)`);
    return { name: `SDi(${periodText(period)},${periodText(strengthRatio)})`, kind, period, damping: 5, strengthRatio };
  }
  const damping = dampingText === undefined ? 5 : Number(dampingText);
  if (SPECTRAL_FREQUENCY.has(kind)) return { name: `${kind}(${period.toFixed(6)})`, kind, period, damping };
  const suffix = damping === 5 ? '' : `,${dampingText}`;
  return { name: `${kind}(${periodText(period)}${suffix})`, kind, period, damping };
}
