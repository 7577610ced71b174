import { readFileSync } from 'node:fs';
import type { SingleMfd, TruncatedGutenbergRichter, YoungsCoppersmith } from '../../hazard/mfd/mfd.js';
import {
  withBValue,
  withBValueIncrement,
  withMaxMag,
  withMaxMagIncrement,
  withMaxMagIncrementOnly,
  withValues,
} from '../../hazard/mfd/modifications.js';
import { multiMfdMember } from '../../hazard/mfd/multi.js';
import { binnedRates } from '../../hazard/mfd/rates.js';
import { momentRate } from '../../hazard/mfd/truncated-gutenberg-richter.js';
import { balancedYoungsCoppersmith, characteristicRates } from '../../hazard/mfd/youngs-coppersmith-1985.js';
import { TOLERANCES, type Comparison } from './comparison.js';
import { Refusal } from '../../hazard/refusal.js';

type Parameters = Readonly<Record<string, number>> & {
  readonly magnitudes?: readonly number[];
  readonly occurrence_rates?: readonly number[];
  readonly base?: Parameters;
  readonly modification?: string;
  readonly args?: Readonly<Record<string, number>>;
};

interface DistributionCase {
  readonly params: Parameters;
  readonly rates?: readonly (readonly [number, number])[];
  readonly a_val?: number;
  readonly char_rate?: number;
  readonly total_moment_rate?: number;
  readonly error?: string;
}

function gutenbergRichter(p: Parameters): TruncatedGutenbergRichter {
  const { a_val: aValue, b_val: bValue, min_mag: minMag, max_mag: maxMag } = p;
  return { kind: 'truncatedGutenbergRichter', aValue, bValue, minMag, maxMag };
}

function youngsCoppersmith(p: Parameters): YoungsCoppersmith {
  return {
    kind: 'youngsCoppersmith',
    bValue: p.b_val,
    minMag: p.min_mag,
    characteristicMag: p.char_mag,
    characteristicRate: p.char_rate,
    totalMomentRate: p.total_moment_rate,
  };
}

function modified(p: Parameters): SingleMfd {
  const base = gutenbergRichter(p.base!);
  const { value, a_val: a, b_val: b } = p.args!;
  switch (p.modification) {
    case 'increment_max_mag':
      return withMaxMagIncrement(base, value);
    case 'increment_max_mag_no_mo_balance':
      return withMaxMagIncrementOnly(base, value);
    case 'set_max_mag':
      return withMaxMag(base, value);
    case 'increment_b':
      return withBValueIncrement(base, value);
    case 'set_ab':
      return withValues(base, a, b);
    case 'set_bGR':
      return withBValue(base, b);
    default:
      throw new Error(`unknown modification ${p.modification}`);
  }
}

const BUILDERS: Readonly<Record<string, (p: Parameters) => SingleMfd>> = {
  truncGutenbergRichterMFD: gutenbergRichter,
  truncGutenbergRichterMFD_from_slip_rate: (p) => ({
    kind: 'slipRateGutenbergRichter',
    slipRate: p.slip_rate,
    rigidity: p.rigidity,
    constantTerm: 9.1,
    bValue: p.b_val,
    minMag: p.min_mag,
    maxMag: p.max_mag,
  }),
  truncGutenbergRichterMFD_modified: modified,
  incrementalMFD: (p) => ({
    kind: 'incremental',
    minMag: p.min_mag,
    binWidth: p.bin_width,
    occurRates: Float64Array.from(p.occurrence_rates!),
  }),
  arbitraryMFD: (p) => ({
    kind: 'arbitrary',
    magnitudes: Float64Array.from(p.magnitudes!),
    occurRates: Float64Array.from(p.occurrence_rates!),
  }),
  YoungsCoppersmithMFD_characteristicRate: youngsCoppersmith,
  YoungsCoppersmithMFD_totalMomentRate_as_read_from_xml: youngsCoppersmith,
  YoungsCoppersmithMFD_from_total_moment_rate_balanced: (p) =>
    balancedYoungsCoppersmith(youngsCoppersmith(p), p.bin_width),
  taperedGutenbergRichterMFD: (p) => ({
    ...gutenbergRichter(p),
    kind: 'taperedGutenbergRichter',
    cornerMag: p.corner_mag,
  }),
};

/** mfd.json: bins and rates of distributions for many parameters, refused ones too. */
export function compareDistributions(path: string, comparison: Comparison): Comparison {
  const kinds = JSON.parse(readFileSync(path, 'utf8')) as Record<string, readonly DistributionCase[] | string>;
  for (const [kind, cases] of Object.entries(kinds)) {
    if (typeof cases === 'string') {
      const member = { kind: 'multi', memberKind: 'YoungsCoppersmithMFD', size: 1, fields: {} } as const;
      comparison.same(
        'refused',
        refuses(() => multiMfdMember(member, 0, 0.1)),
        true,
        kind,
      );
      continue;
    }
    cases.forEach((entry, i) => compareCase(comparison, kind, entry, `${kind} ${i}`));
  }
  return comparison;
}

function refuses(step: () => unknown): boolean {
  try {
    step();
    return false;
  } catch (error) {
    return error instanceof Refusal;
  }
}

function compareCase(comparison: Comparison, kind: string, entry: DistributionCase, where: string): void {
  const { params } = entry;
  const width = params.bin_width ?? params.base?.bin_width;
  if (entry.error !== undefined) {
    const refused = refuses(() => binnedRates(BUILDERS[kind](params), width, params.area));
    comparison.same('refused', refused, true, where);
    return;
  }
  const mfd = BUILDERS[kind](params);
  const { magnitudes, rates } = binnedRates(mfd, width, params.area);
  const expected = entry.rates ?? [];
  comparison.numbers(
    'magnitude',
    magnitudes,
    expected.map(([m]) => m),
    TOLERANCES.formula,
    where,
  );
  comparison.numbers(
    'rate',
    rates,
    expected.map(([, rate]) => rate),
    TOLERANCES.formula,
    where,
  );
  if (mfd.kind === 'truncatedGutenbergRichter') {
    comparison.number('a-value', mfd.aValue, entry.a_val ?? null, TOLERANCES.formula, where);
    comparison.number('moment rate', momentRate(mfd), entry.total_moment_rate ?? null, TOLERANCES.formula, where);
  }
  if (mfd.kind === 'youngsCoppersmith') {
    const { aValue, characteristicRate } = characteristicRates(mfd);
    comparison.number('a-value', aValue, entry.a_val ?? null, TOLERANCES.formula, where);
    comparison.number('characteristic rate', characteristicRate, entry.char_rate ?? null, TOLERANCES.formula, where);
  }
}
