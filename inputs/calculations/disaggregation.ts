/** What a job of calculation_mode = disaggregation asks for, beyond its hazard curves. */
import type { FullLogicTree, SourceGroup } from '../../hazard/logictree/logic-tree.js';
import { readBinSettings } from './disaggregation-bins.js';
import type { InputReport } from '../report.js';
import { checkDisaggregationSize } from '../sizes/disaggregation-size.js';
import { inputLimits } from '../sizes/limits.js';
import type { Disaggregation } from '../../job/job.js';
import { cutDistances, disaggregationTables, probabilities } from '../parameters/oqparam.js';
import type { Parameters } from '../parameters/parameters.js';

/** What the rules for disaggregation look at beside the parameters. */
export interface DisaggregationFacts {
  readonly sites: number;
  readonly logicTree: FullLogicTree;
  readonly groups: readonly SourceGroup[];
}

/** Undefined for jobs of another mode. Faults are reported. */
export function readDisaggregation(
  parameters: Parameters,
  { sites, logicTree, groups }: DisaggregationFacts,
  report: InputReport,
): Disaggregation | undefined {
  if (parameters.word('calculation_mode') !== 'disaggregation') return undefined;
  const most = Number(parameters.number('max_sites_disagg'));
  if (sites > most)
    report.fault({
      code: 'TOO_LARGE',
      ...parameters.where('max_sites_disagg'),
      message: `the job has ${sites} sites: too many to disaggregate`,
      allowed: `at most max_sites_disagg = ${most}`,
    });
  const exclusive = groups.find(({ interdependence }) => interdependence.ruptures === 'mutex');
  if (exclusive)
    report.fault({
      code: 'CONFLICTING_PARAMETERS',
      ...parameters.where('calculation_mode'),
      message: `the ruptures of source group '${exclusive.name}' exclude one another: they cannot be disaggregated`,
      allowed: 'rup_interdep="indep"',
    });
  const count = logicTree.realizations.length;
  const numbers = parameters.numbers('rlz_index');
  for (const number of numbers)
    if (number < 0 || number >= count)
      report.fault({
        code: 'UNKNOWN_REALIZATION',
        ...parameters.where('rlz_index'),
        message: `there is no realization ${number}`,
        allowed: `numbers from 0 to ${count - 1}`,
      });
  const bins = readBinSettings(parameters, report);
  if (sites > 1)
    for (const axis of ['lon', 'lat'] as const)
      if (bins.explicit[axis])
        report.fault({
          code: 'CONFLICTING_PARAMETERS',
          ...parameters.where('disagg_bin_edges'),
          message: `${axis}: edges of coordinates are for one site, the job has ${sites}`,
        });
  const tables = disaggregationTables(parameters);
  const furthest = cutDistances(parameters).reduce((most, [, pairs]) => Math.max(most, pairs.at(-1)?.[1] ?? 0), 0);
  const axes = tables.map((name) => name.split('_'));
  checkDisaggregationSize(bins, furthest, axes, inputLimits(), parameters, report);
  return {
    tables: tables.map((name) => ({ name, axes: name.split('_') })),
    // without a table that shows epsilon one bin of it is enough
    bins: tables.some((name) => name.includes('Eps')) ? bins : withoutEpsilon(bins),
    furthest,
    epsilonStar: parameters.boolean('epsilon_star') ?? false,
    poes: probabilities(parameters),
    levels: (parameters.entries('iml_disagg') as [string, number | number[]][]).map(([, level]) => [level].flat()[0]),
    realizations: numbers.length > 0 ? numbers : undefined,
    nearest: Number(parameters.number('num_rlzs_disagg')),
  };
}

function withoutEpsilon(bins: Disaggregation['bins']): Disaggregation['bins'] {
  return { ...bins, epsilonBins: 1 };
}
