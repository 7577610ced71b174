import { readFileSync } from 'node:fs';
import {
  clusterNoExceedance,
  expectedNumber,
  noExceedance,
  probabilityToNumber,
} from '../../hazard/exceedance/occurrence.js';
import { exceedanceTable, tabulatedExceedance, truncatedExceedance } from '../../hazard/exceedance/truncated-normal.js';
import { negativeBinomialTerms } from '../../hazard/sources/negative-binomial.js';
import { levelAtProbability } from '../../hazard/statistics/hazard-map.js';
import { weightedMean, WeightedQuantiles, weightedStd } from '../../hazard/statistics/weighted.js';
import { TOLERANCES, type Comparison, type Tolerance } from './comparison.js';

interface Table<R> {
  readonly rows: readonly R[];
}

type Numbers = readonly number[];

/** Exceedance probabilities are stored in single precision by the reference. */
const SINGLE_PROBABILITY: Tolerance = { rtol: 0, atol: 2e-7 };
/** A truncation level of 0 in a job is replaced by this. */
const SMALLEST_TRUNCATION = 1e-9;

/** truncnorm.json: exceedance of a level by a truncated normal distribution. */
export function compareTruncatedNormal(path: string, comparison: Comparison): Comparison {
  const { rows } = JSON.parse(readFileSync(path, 'utf8')) as Table<
    readonly [number, number, number, number, number | null]
  >;
  rows.forEach(([mean, sigma, level, truncation, expected], i) => {
    if (expected === null) return;
    const k = Math.max(truncation, SMALLEST_TRUNCATION);
    const epsilon = (Math.log(level) - mean) / sigma;
    comparison.number('exact', truncatedExceedance(epsilon, k), expected, SINGLE_PROBABILITY, `row ${i}`);
    const table = exceedanceTable(k);
    comparison.number('table', tabulatedExceedance(table, epsilon), expected, SINGLE_PROBABILITY, `row ${i}`);
  });
  return comparison;
}

interface ProbabilityFile {
  readonly poisson: Table<readonly [Numbers, Numbers, number, number, number]>;
  readonly pmf: Table<readonly [Numbers, number, number, number]>;
  readonly mutex_sources: Table<readonly [Numbers, Numbers, number, number, number]>;
  readonly cluster: Table<readonly [Numbers, number, number, number, number, number, number]>;
  readonly negbin: Table<readonly [number, number, number, number, Numbers]>;
  readonly stats: Table<readonly [Numbers, Numbers, number, number, number, number]>;
  readonly hazard_maps: Table<readonly [Numbers, Numbers, Numbers, Numbers]>;
}

const sum = (values: Numbers): number => values.reduce((a, b) => a + b, 0);

/** probability.json: composition of probabilities, statistics and maps. */
export function compareProbabilities(path: string, comparison: Comparison): Comparison {
  const file = JSON.parse(readFileSync(path, 'utf8')) as ProbabilityFile;
  const tolerance = { rtol: 1e-8, atol: 1e-12 };
  file.poisson.rows.forEach(([rates, poes, time, annual, poe], i) => {
    const rate = sum(rates.map((value, k) => value * poes[k]));
    comparison.number('Poisson rate', rate, annual, tolerance, `row ${i}`);
    comparison.number('Poisson', -Math.expm1(-rate * time), poe, tolerance, `row ${i}`);
  });
  file.pmf.rows.forEach(([terms, poe, none], i) => {
    comparison.number('mass function', noExceedance(Float64Array.from(terms), poe), none, tolerance, `row ${i}`);
  });
  file.mutex_sources.rows.forEach(([weights, poes, group, poe, expected], i) => {
    const probability = group * sum(weights.map((weight, k) => weight * poes[k]));
    comparison.number('exclusive sources', probability, poe, tolerance, `row ${i}`);
    comparison.number('exclusive sources', probabilityToNumber(probability), expected, tolerance, `row ${i}`);
  });
  file.cluster.rows.forEach(([poes, rate, time, one, inTime], i) => {
    const q = Math.exp(-sum(poes.map((poe) => expectedNumber(1 - poe))));
    comparison.number('cluster', q, one, tolerance, `row ${i}`);
    comparison.number('cluster', clusterNoExceedance(rate * time, q), inTime, tolerance, `row ${i}`);
  });
  file.negbin.rows.forEach(([rate, alpha, time, , terms], i) => {
    const got = negativeBinomialTerms(rate, alpha, time).slice(0, terms.length);
    comparison.numbers('negative binomial', got, terms.slice(0, got.length), tolerance, `row ${i}`);
  });
  file.stats.rows.forEach(([values, weights, q, quantile, mean, std], i) => {
    const [v, w] = [Float64Array.from(values), Float64Array.from(weights)];
    comparison.number('mean', weightedMean(v, w), mean, tolerance, `row ${i}`);
    comparison.number('standard deviation', weightedStd(v, w), std, tolerance, `row ${i}`);
    const quantiles = new WeightedQuantiles(v.length);
    quantiles.load(v, w);
    comparison.number('quantile', quantiles.at(q), quantile, tolerance, `row ${i}`);
  });
  file.hazard_maps.rows.forEach(([levels, poes, targets, values], i) => {
    const got = targets.map((p) => levelAtProbability(Float64Array.from(levels), Float64Array.from(poes), 0, p));
    comparison.numbers('hazard map', got, values, TOLERANCES.formula, `row ${i}`);
  });
  return comparison;
}
