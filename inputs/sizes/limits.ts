import { refusal } from '../../hazard/refusal.js';

/** Bounds on what a job may ask for. Each is counted from closed forms before anything of that size is made. */
export interface InputLimits {
  /** nodes of the mesh of one surface; beyond a tenth of it the job is warned */
  readonly meshNodes: number;
  /** sites of a grid over a region */
  readonly sites: number;
  /** points of one area source */
  readonly areaPoints: number;
  /** magnitudes of one distribution */
  readonly magnitudeBins: number;
  /** ruptures of all sources, as an upper bound; beyond a hundredth of it the job is warned */
  readonly ruptures: number;
  /** number_of_logic_tree_samples */
  readonly samples: number;
  /** levels of all intensity measure types together */
  readonly levels: number;
  /** bins of one axis of a disaggregation */
  readonly disaggregationBins: number;
  /** cells of the largest table of a disaggregation, at one site and level */
  readonly disaggregationCells: number;
}

/** Names and defaults; docs/jobs.md lists them. */
const INPUT_LIMITS: InputLimits = {
  meshNodes: 1_000_000,
  sites: 2_000_000,
  areaPoints: 2_000_000,
  magnitudeBins: 10_000,
  ruptures: 10_000_000_000,
  samples: 1_000_000,
  levels: 100_000,
  disaggregationBins: 10_000,
  disaggregationCells: 10_000_000,
};

/** Environment variable of the operator: `meshNodes=5e6 samples=2e6`. */
export const LIMITS_VARIABLE = 'TERRANE_LIMITS';

/**
 * The limits of this installation: the defaults, with those that the environment variable states in their place.
 * Errors: Refusal naming the word that is wrong.
 */
export function inputLimits(stated: string | undefined = process.env[LIMITS_VARIABLE]): InputLimits {
  const limits: Record<string, number> = { ...INPUT_LIMITS };
  for (const word of (stated ?? '').split(/[\s,]+/).filter(Boolean)) {
    const [name, text] = word.split('=');
    const value = Number(text);
    if (!Object.hasOwn(limits, name) || !(value >= 1))
      throw refusal('INVALID_VALUE', `${LIMITS_VARIABLE}: '${word}' is no limit`, {
        allowed: `name=number with ${Object.keys(limits).join(', ')}`,
      });
    limits[name] = value;
  }
  return limits as unknown as InputLimits;
}

/** A count for messages: `48,658,855,476`, or `9.1e+21` where digits say nothing. */
export function countText(count: number): string {
  // by hand: the first toLocaleString of a process costs more than a small job
  return count < 1e15 ? String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, ',') : count.toExponential(1);
}
