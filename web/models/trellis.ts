import { parseImt } from '../../hazard/gmm/imt.js';
import type { GroundMotion, GroundMotionModel, ModelResources } from '../../hazard/gmm/model.js';
import { createModel } from '../../hazard/gmm/registry.js';
import { parseModelSpecification } from '../../hazard/gmm/specification.js';
import { scenarioContexts, type Scenario } from './scenario.js';
import { Refusal } from '../../hazard/refusal.js';

/** Models and scenario whose motions are plotted. */
export interface TrellisRequest extends Scenario {
  /** names, or [Name] with arguments in TOML */
  readonly models: readonly string[];
  readonly imt: string;
}

/** A curve of a panel; null where the model is not defined. */
interface TrellisSeries {
  readonly model: string;
  /** in the unit of the measure */
  readonly median: readonly (number | null)[];
  /** total standard deviation, ln units */
  readonly sigma: readonly (number | null)[];
}
interface TrellisPanel {
  readonly abscissa: 'distance' | 'magnitude' | 'period' | 'vs30';
  readonly values: readonly number[];
  readonly series: readonly TrellisSeries[];
}
/** Panels along distance, magnitude, period and vs30. */
export interface Trellis {
  readonly panels: readonly TrellisPanel[];
  /** models that could not be drawn, and why */
  readonly faults: readonly { readonly model: string; readonly message: string }[];
}

const DISTANCES = logarithmic(1, 300, 40);
const MAGNITUDES = linear(4.5, 8, 29);
const VELOCITIES = logarithmic(150, 1500, 30);
const PERIODS = [
  0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.75, 1, 1.5, 2, 3, 4, 5, 7.5, 10,
] as const;

/**
 * Medians and total sigmas of models along distance, magnitude, period and vs30, around one scenario: the same code that computes
 * hazard. A model that cannot be made or lacks something becomes a fault of its own.
 */
export async function trellis(request: TrellisRequest, resources: Omit<ModelResources, 'model'>): Promise<Trellis> {
  const faults: { model: string; message: string }[] = [];
  const models: { name: string; model: GroundMotionModel }[] = [];
  for (const name of request.models) {
    try {
      models.push({ name, model: await createModel(parseModelSpecification(name, {}, '').specification, resources) });
    } catch (error) {
      faults.push({ model: name, message: refusalMessage(error) });
    }
  }
  const panels: TrellisPanel[] = [];
  const along = (
    abscissa: TrellisPanel['abscissa'],
    values: readonly number[],
    evaluate: (model: GroundMotionModel) => Omit<TrellisSeries, 'model'>,
  ): void => {
    const series: TrellisSeries[] = [];
    for (const { name, model } of models) {
      try {
        series.push({ model: name, ...evaluate(model) });
      } catch (error) {
        const message = refusalMessage(error);
        if (!faults.some((fault) => fault.model === name && fault.message === message))
          faults.push({ model: name, message });
      }
    }
    panels.push({ abscissa, values, series });
  };
  const vary =
    (change: (value: number) => Partial<Scenario>, values: readonly number[]) => (model: GroundMotionModel) =>
      evaluateMany(
        model,
        request.imt,
        values.map((value) => ({ ...request, ...change(value) })),
      );
  along(
    'distance',
    DISTANCES,
    vary((distance) => ({ distance }), DISTANCES),
  );
  along(
    'magnitude',
    MAGNITUDES,
    vary((magnitude) => ({ magnitude }), MAGNITUDES),
  );
  along('period', PERIODS, (model) => spectrum(model, request));
  along(
    'vs30',
    VELOCITIES,
    vary((vs30) => ({ vs30 }), VELOCITIES),
  );
  return { panels, faults };
}

function evaluateMany(
  model: GroundMotionModel,
  imt: string,
  scenarios: readonly Scenario[],
): Omit<TrellisSeries, 'model'> {
  const { batch, sites } = scenarioContexts(scenarios, model);
  const measure = parseImt(imt);
  const row = (): Float64Array[] => [new Float64Array(scenarios.length)];
  const out: GroundMotion = { mean: row(), total: row(), inter: row(), intra: row() };
  model.prepare([measure], sites, scenarios.length)(batch, out);
  return {
    median: Array.from(out.mean[0], (mean) => finite(measure.kind === 'MMI' ? mean : Math.exp(mean))),
    sigma: Array.from(out.total[0], finite),
  };
}

/** Periods that a model does not have stay empty. */
function spectrum(model: GroundMotionModel, scenario: Scenario): Omit<TrellisSeries, 'model'> {
  const points = PERIODS.map((period) => {
    try {
      const { median, sigma } = evaluateMany(model, `SA(${period})`, [scenario]);
      return [median[0], sigma[0]] as const;
    } catch (error) {
      if (error instanceof Refusal) return [null, null] as const;
      throw error;
    }
  });
  return { median: points.map(([median]) => median), sigma: points.map(([, sigma]) => sigma) };
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

/** Errors: everything that is not a Refusal is a bug and thrown on. */
function refusalMessage(error: unknown): string {
  if (error instanceof Refusal) return error.message;
  throw error;
}

function linear(first: number, last: number, count: number): number[] {
  return Array.from({ length: count }, (_, k) => Number((first + ((last - first) * k) / (count - 1)).toPrecision(6)));
}

function logarithmic(first: number, last: number, count: number): number[] {
  return linear(Math.log(first), Math.log(last), count).map((value) => Number(Math.exp(value).toPrecision(4)));
}
