import { readFileSync } from 'node:fs';
import { scalingRelation } from '../../hazard/scaling/registry.js';
import type { ScalingRelation } from '../../hazard/scaling/scaling-relation.js';
import { TOLERANCES, type Comparison } from './comparison.js';

/** msr.csv: median area and its standard deviation. */
export function compareAreaOfMagnitude(path: string, comparison: Comparison): Comparison {
  return compareTable(
    path,
    comparison,
    (relation, m, rake) => relation.medianArea(m, rake),
    (relation, m, rake) => relation.standardDeviationArea?.(m, rake),
  );
}

/** asr.csv: median magnitude and its standard deviation. */
export function compareMagnitudeOfArea(path: string, comparison: Comparison): Comparison {
  return compareTable(
    path,
    comparison,
    (relation, area, rake) => relation.medianMagnitude?.(area, rake),
    (relation, area, rake) => relation.standardDeviationMagnitude?.(area, rake),
  );
}

type Value = (relation: ScalingRelation, argument: number, rake: number) => number | undefined;

function compareTable(path: string, comparison: Comparison, median: Value, deviation: Value): Comparison {
  const rows = readFileSync(path, 'utf8').trim().split(/\r?\n/).slice(1);
  for (const row of rows) {
    const [name, rake, argument, expected, sigma] = row.split(',');
    const relation = scalingRelation(name);
    const angle = rake === '' ? NaN : Number(rake);
    const where = `${name} rake ${rake} at ${argument}`;
    comparison.number('median', median(relation, Number(argument), angle), Number(expected), TOLERANCES.formula, where);
    const expectedSigma = sigma === '' ? null : Number(sigma);
    comparison.number(
      'deviation',
      deviation(relation, Number(argument), angle),
      expectedSigma,
      TOLERANCES.formula,
      where,
    );
  }
  return comparison;
}
