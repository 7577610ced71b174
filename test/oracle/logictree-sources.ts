import { known } from '../../docs/generate/known-source.js';
import { binnedRates } from '../../hazard/mfd/rates.js';
import { prepareSource, sourceKinds } from '../../hazard/sources/registry.js';
import type { Source } from '../../hazard/sources/source.js';
import { type Comparison, TOLERANCES } from './comparison.js';
import { DISCRETIZATION, equal } from './logictree-reading.js';

/** A source of the reference after its branches have been applied; what is absent is not compared. */
export interface ExpectedSource {
  readonly id: string;
  readonly trt_smrs: readonly number[];
  readonly mfd?: string;
  readonly mfd_a_val?: number;
  readonly mfd_b_val?: number;
  readonly mfd_min_mag?: number;
  readonly mfd_max_mag?: number;
  readonly msr?: string;
  readonly dip?: number;
  readonly upper_seismogenic_depth?: number;
  readonly lower_seismogenic_depth?: number;
  readonly trace?: readonly (readonly number[])[];
  readonly mag_rates?: readonly (readonly number[])[];
  readonly num_ruptures?: number | null;
}
export function compareSource(
  given: Source,
  expected: Omit<ExpectedSource, 'id' | 'trt_smrs'>,
  comparison: Comparison,
  where: string,
): void {
  const source = known(given);
  const number = (kind: string, got: number | undefined, value: number | null | undefined): void => {
    if (value !== undefined && value !== null) comparison.number(kind, got, value, TOLERANCES.formula, where);
  };
  if ('mfd' in source && source.mfd.kind === 'truncatedGutenbergRichter') {
    number('a-values', source.mfd.aValue, expected.mfd_a_val);
    number('b-values', source.mfd.bValue, expected.mfd_b_val);
    number('magnitude limits', source.mfd.minMag, expected.mfd_min_mag);
    number('magnitude limits', source.mfd.maxMag, expected.mfd_max_mag);
  }
  if (
    'mfd' in source &&
    source.type !== 'multiPoint' &&
    expected.mag_rates &&
    source.mfd.kind !== 'slipRateGutenbergRichter'
  ) {
    const { magnitudes, rates } = binnedRates(source.mfd, DISCRETIZATION.widthOfMfdBin);
    const pairs = Array.from(magnitudes, (magnitude, i) => [magnitude, rates[i]]).filter(([, rate]) => rate > 0);
    comparison.numbers('rates', pairs.flat(), expected.mag_rates.flat(), TOLERANCES.measure, where);
  }
  if ('magnitudeScalingRelation' in source && expected.msr !== undefined)
    equal(comparison, 'scaling relations', where, source.magnitudeScalingRelation, expected.msr);
  if (source.type === 'simpleFault') {
    number('geometry', source.geometry.dip, expected.dip);
    number('geometry', source.geometry.upperSeismogenicDepth, expected.upper_seismogenic_depth);
    number('geometry', source.geometry.lowerSeismogenicDepth, expected.lower_seismogenic_depth);
    expected.trace?.flat().forEach((value, i) => {
      number('geometry', source.geometry.trace[3 * Math.floor(i / 2) + (i % 2)], value);
    });
  }
  const computed = sourceKinds().some((kind) => kind.type === source.type);
  if (computed && typeof expected.num_ruptures === 'number') {
    const { ruptureCount } = prepareSource(source, DISCRETIZATION);
    equal(comparison, 'rupture counts', where, ruptureCount, expected.num_ruptures);
  }
}
