import { query, select } from '../app/address';
import type { Summary } from '../server/types';
import { probability } from '../widgets/format';

/** Return periods offered besides those of the job, years. */
const PERIODS = [50, 72, 100, 200, 475, 975, 2475, 4975, 9975];

/** What all parts of the results follow: it stands in the address. */
export interface Selection {
  readonly site: number;
  readonly imt: string;
  readonly statistic: string;
  /** probability of exceedance in the investigation time */
  readonly poe: number;
  /** axis of curves */
  readonly axis: 'poe' | 'rate' | 'period';
}

/** What every part of the results is drawn from. */
export interface ResultProperties {
  readonly id: number;
  readonly summary: Summary;
  readonly selection: Selection;
}

/** The selection of the address, or what a calculation is first looked at with. */
export function selectionOf(summary: Summary): Selection {
  const { measures, statistics, poes, sites, investigationTime } = summary;
  const text = (name: string): string => query.value.get(name) ?? '';
  const imt = measures.some((measure) => measure.imt === text('imt')) ? text('imt') : measures[0].imt;
  const statistic = statistics.includes(text('statistic')) ? text('statistic') : (statistics[0] ?? 'mean');
  const asked = Number(text('poe'));
  const site = Number(text('site') || '0');
  const axis = text('axis');
  return {
    imt,
    statistic,
    poe: asked > 0 && asked < 1 ? asked : (poes[0] ?? probability(475, investigationTime)),
    site: Number.isInteger(site) && site >= 0 && site < sites ? site : 0,
    axis: axis === 'rate' || axis === 'period' ? axis : 'poe',
  };
}

/** Changes a part of it. */
export function choose(changes: Partial<Selection>): void {
  select(Object.fromEntries(Object.entries(changes).map(([name, value]) => [name, String(value)])));
}

/** Probabilities to choose from: those of the job and the usual return periods. */
export function offeredPoes({ poes, investigationTime }: Summary, chosen: number): number[] {
  const usual = PERIODS.map((period) => Number(probability(period, investigationTime).toPrecision(6)));
  return [...new Set([...poes, ...usual, chosen])].sort((a, b) => b - a);
}

/** What a figure is cited with. */
export function sourceOf(id: number, { engine, checksum, date }: Summary): string {
  return `${engine}, calculation ${id} of ${date.slice(0, 10)}, checksum ${checksum}`;
}
