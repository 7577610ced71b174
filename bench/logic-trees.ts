/**
 * npm run bench -- logic-trees: statistics over logic trees. A source-specific tree of 10^12 paths and more (22 sources with 3
 * branches each in 6 regions with 3 to 4 models, two source models above) at 10 sites with 100 levels, mean and five quantiles;
 * then exact quantiles of 4,860 paths at 1,508 values and of a million paths; then the circuit of 23,000 source models.
 */
import { compileChoices } from '../hazard/statistics/circuit/compile-choices.js';
import { type ChoiceCircuit, pathCount } from '../hazard/statistics/circuit/circuit.js';
import type { Choice, Conditional } from '../hazard/logictree/choices.js';
import { CircuitStatistics, type CircuitStatisticsRequest } from '../hazard/statistics/circuit/circuit-statistics.js';
import type { Statistic } from '../hazard/statistics/statistic.js';

const STATISTICS: readonly Statistic[] = [
  { name: 'mean', kind: 'mean' },
  ...[0.05, 0.16, 0.5, 0.84, 0.95].map((q): Statistic => ({ name: `quantile-${q}`, kind: 'quantile', q })),
];
const YEARS = 50;

interface Tree {
  readonly choices: Choice[];
  readonly rows: Conditional[];
}

/** Times statistics over large logic trees. */
export async function run(): Promise<void> {
  measure('source-specific', sourceSpecific([4, 4, 4, 4, 3, 3], [3, 4, 3, 4, 3, 3], 2), 10, 5, 20);
  measure('108 source models x 45', sourceModels(108, [5, 3, 3]), 4, 4, 377);
  measure('a million paths', sourceModels(125, [20, 20, 20]), 1, 1, 20);
  measure('23,000 source models', sourceModels(23_000, [4]), 1, 1, 20);
}

/** Each source has its own branches, each region its models; source models weigh rates of the same sources differently. */
function sourceSpecific(sources: readonly number[], models: readonly number[], sourceModels: number): Tree {
  const choices = [choice(sourceModels), ...models.map(choice)];
  const rows: Conditional[] = [];
  sources.forEach((count, region) => {
    for (let source = 0; source < count; source++) {
      choices.push(choice(3));
      const own = choices.length - 1;
      for (let top = 0; top < sourceModels; top++)
        for (let branch = 0; branch < 3; branch++)
          for (let model = 0; model < models[region]; model++)
            rows.push(row([0, top], [own, branch], [1 + region, model]));
    }
  });
  return { choices, rows };
}

/** Source models with rates of their own in every region. */
function sourceModels(count: number, models: readonly number[]): Tree {
  const choices = [choice(count), ...models.map(choice)];
  const rows: Conditional[] = [];
  for (let sourceModel = 0; sourceModel < count; sourceModel++)
    models.forEach((size, region) => {
      for (let model = 0; model < size; model++) rows.push(row([0, sourceModel], [1 + region, model]));
    });
  return { choices, rows };
}

function measure(name: string, { choices, rows }: Tree, sites: number, measures: number, levels: number): void {
  const begun = process.cpuUsage();
  const circuit = compileChoices(choices, rows);
  const compiled = seconds(begun);
  const weights = choices.map((set) => set.weights);
  const request: CircuitStatisticsRequest = {
    weightsByMeasure: Array.from({ length: measures }, () => weights),
    investigationTime: YEARS,
    statistics: STATISTICS,
    useRates: false,
  };
  console.log(
    `${name}: ${pathCount(circuit).toPrecision(4)} paths, ${circuit.kinds.length} nodes, compiled in ${compiled.toFixed(2)} s`,
  );
  const draw = sequence(1);
  const all = measures * levels;
  let largest = 0;
  let peak = 0;
  const { mean, quantiles } = { mean: STATISTICS.slice(0, 1), quantiles: STATISTICS.slice(1) };
  let meanSeconds = 0;
  let quantileSeconds = 0;
  const onlyMean = new CircuitStatistics(circuit, { ...request, statistics: mean });
  const onlyQuantiles = new CircuitStatistics(circuit, { ...request, statistics: quantiles });
  const out = new Float64Array(STATISTICS.length * all);
  for (let site = 0; site < sites; site++) {
    const rates = hazard(rows.length, measures, levels, draw);
    meanSeconds += timed(onlyMean, circuit, measures, levels, rates, out);
    quantileSeconds += timed(onlyQuantiles, circuit, measures, levels, rates, out);
    largest = Math.max(largest, onlyQuantiles.quantileBound);
    peak = Math.max(peak, process.memoryUsage().rss);
  }
  const figures = [
    `${sites} sites x ${all} levels`,
    `mean ${meanSeconds.toFixed(2)} s`,
    `${quantiles.length} quantiles ${quantileSeconds.toFixed(2)} s`,
    largest === 0 ? 'exact' : `error in probability at most ${largest.toExponential(2)}`,
    `${Math.round(peak / 1e6)} MB`,
  ];
  console.log(`  ${figures.join(', ')}`);
}

function timed(
  statistics: CircuitStatistics,
  circuit: ChoiceCircuit,
  measures: number,
  levels: number,
  rates: readonly Float64Array[],
  out: Float64Array,
): number {
  const begun = process.cpuUsage();
  for (let m = 0; m < measures; m++)
    statistics.evaluate(m, rates.slice(0, circuit.rows), m * levels, (m + 1) * levels, out, measures * levels);
  return seconds(begun);
}

/** Rates by row [levels]: falling by decades over the levels of a measure, differing by factors of 1.2 to 10 between rows. */
function hazard(rows: number, measures: number, levels: number, draw: () => number): Float64Array[] {
  return Array.from({ length: rows }, () => {
    const scale = 0.01 * 10 ** -draw() * 1.2;
    const decades = 4 + 2 * draw();
    return Float64Array.from(
      { length: measures * levels },
      (_, l) => scale * 10 ** (-decades * ((l % levels) / levels)),
    );
  });
}

function choice(branches: number): Choice {
  const weights = Float64Array.from({ length: branches }, (_, branch) => 1 + (branch % 3));
  const sum = weights.reduce((before, weight) => before + weight, 0);
  return { weights: weights.map((weight) => weight / sum) };
}
function row(...terms: [number, number][]): Conditional {
  return { conditions: [new Map(terms.map(([set, branch]) => [set, [branch]]))] };
}
function seconds(begun: NodeJS.CpuUsage): number {
  return process.cpuUsage(begun).user / 1e6;
}

/** Pseudo-random numbers in [0, 1), the same at every run (minimal standard generator). */
function sequence(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}
