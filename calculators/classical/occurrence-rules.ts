/** How sources of a block count: independent ones, exclusive sources or ruptures, clusters (docs/hazard.md, Occurrence). */
import type { Contribution } from '../../hazard/exceedance/accumulate.js';
import { clusterNoExceedance, expectedNumber, probabilityToNumber } from '../../hazard/exceedance/occurrence.js';
import type { Interdependence } from '../../hazard/logictree/logic-tree.js';
import { coreId } from '../../hazard/sources/source-id.js';
import type { SourceBlock, WorkSource } from '../tasks/source-block.js';

/** What the ruptures of an independent source add. */
export function sourceContribution(work: WorkSource, investigationTime: number): Contribution {
  return { kind: 'independent', investigationTime, dispersion: dispersion(work) };
}

/** Dispersion of the numbers of ruptures of a source; undefined for one that is Poissonian. */
export function dispersion({ source }: WorkSource): number | undefined {
  return 'negativeBinomial' in source ? source.negativeBinomial?.alpha : undefined;
}

/** What the ruptures of a special group add to the sum of their source. */
export function specialContribution(rules: Interdependence, investigationTime: number): Contribution {
  if (rules.ruptures === 'mutex') return { kind: 'exclusiveRuptures', investigationTime };
  if (rules.clusterRate !== undefined) return { kind: 'cluster' };
  return { kind: 'independent', investigationTime };
}

/** What one source adds to the sum of its special group, from the sum over its ruptures. */
export function shareOfSource(rules: Interdependence, { source }: WorkSource, sum: number): number {
  // exclusive ruptures have given a probability, everything else an expected number
  const exclusiveRuptures = rules.ruptures === 'mutex';
  if (rules.sources === 'mutex') return (source.mutexWeight ?? 1) * (exclusiveRuptures ? sum : -Math.expm1(-sum));
  return exclusiveRuptures ? probabilityToNumber(sum) : sum;
}

/** Expected number in the investigation time from what the sources of a special group add up to. */
export function groupNumber(rules: Interdependence, sum: number, time: number): number {
  const number = rules.sources === 'mutex' ? probabilityToNumber(rules.probability * sum) : sum;
  if (rules.clusterRate === undefined) return number;
  return expectedNumber(clusterNoExceedance(rules.clusterRate * time, Math.exp(-number)));
}

/** The sources of a special group cannot be told apart: results by source show their common name. */
export function groupName(block: SourceBlock): string {
  return [...new Set(block.sources.map((work) => coreId(work.source.id)))].join('+');
}
