import type { DisaggregationTable } from '../server/types';

/** Two computed probabilities around a wanted one, and how far it lies between them. */
export interface Around {
  readonly lower: number;
  readonly upper: number;
  /** 0: at the lower one, 1: at the upper one, evenly in the logarithm of the return period */
  readonly share: number;
}

/**
 * Places of the computed probabilities between which a probability lies; the nearest one, with share 0, outside of them. Probabilities
 * of exceedance in the same time, in any order.
 */
export function aroundProbability(poes: readonly number[], wanted: number): Around {
  const logarithm = (poe: number): number => Math.log(-Math.log1p(-poe));
  const order = poes.map((_, k) => k).sort((a, b) => poes[a] - poes[b]);
  const next = order.findIndex((k) => poes[k] >= wanted * (1 - 1e-6));
  if (next < 0) return { lower: order[order.length - 1], upper: order[order.length - 1], share: 0 };
  const upper = order[next];
  if (next === 0 || Math.abs(poes[upper] / wanted - 1) <= 1e-6) return { lower: upper, upper, share: 0 };
  const lower = order[next - 1];
  return {
    lower,
    upper,
    share: (logarithm(wanted) - logarithm(poes[lower])) / (logarithm(poes[upper]) - logarithm(poes[lower])),
  };
}

/** The table in between: rates of each bin even in their logarithm where both have them, straight where one has none. */
export function between(lower: DisaggregationTable, upper: DisaggregationTable, share: number): DisaggregationTable {
  if (share === 0) return lower;
  const rate = (probability: number): number => -Math.log1p(-probability);
  const values = lower.values.map((value, bin) => {
    const [a, b] = [rate(value), rate(upper.values[bin])];
    const mixed = a > 0 && b > 0 ? a ** (1 - share) * b ** share : (1 - share) * a + share * b;
    return -Math.expm1(-mixed);
  });
  return { ...lower, values };
}
