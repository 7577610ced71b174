/** How closely a kind of quantity must agree: |got - expected| <= atol + rtol |expected|. */
export interface Tolerance {
  readonly rtol: number;
  readonly atol: number;
  /** period of an angle, within which differences are taken */
  readonly period?: number;
}

/** Tolerances of section 0 of the specification, by name. Reference figures have 10 significant digits. */
export const TOLERANCES = {
  /** rates and areas from formulas */
  formula: { rtol: 1e-9, atol: 0 },
  /** counts, names, flags */
  exact: { rtol: 0, atol: 0 },
  /** degrees of longitude and latitude */
  coordinate: { rtol: 0, atol: 1.5e-7, period: 360 },
  /** km, of planes and meshes; 1e-5 near zero, where roots of cancelling terms stand */
  distance: { rtol: 2e-9, atol: 1e-6 },
  distanceNearZero: { rtol: 0, atol: 1e-5 },
  /** km and km2 measured on corners or cells */
  measure: { rtol: 1e-8, atol: 1e-7 },
  /** km: Joyner-Boore distances of meshes under 40 km */
  outline: { rtol: 0, atol: 5e-3 },
  /** where single precision enters */
  single: { rtol: 1e-3, atol: 2e-3 },
  singleAngle: { rtol: 0, atol: 5e-2, period: 360 },
  /** degrees of strike, dip, azimuth */
  angle: { rtol: 0, atol: 1e-6, period: 360 },
  /** degrees: strikes of meshes along a meridian, which rounding noise decides within 0.01 */
  meridian: { rtol: 0, atol: 2e-2, period: 360 },
  /** km: what follows from such a strike */
  meridianDistance: { rtol: 3.5e-4, atol: 1e-5 },
  /** probabilities of independent ruptures, that carry single-precision noise */
  probability: { rtol: 1e-6, atol: 2e-7 },
} as const satisfies Record<string, Tolerance>;

interface KindResult {
  compared: number;
  failed: number;
  /** largest |difference| and where */
  worst: number;
  /** largest |difference| over what is allowed */
  worstRatio: number;
  where: string;
  example?: string;
}

/** Counts comparisons by kind of quantity and remembers the worst of each. */
export class Comparison {
  private readonly kinds = new Map<string, KindResult>();

  constructor(readonly name: string) {}

  get failed(): boolean {
    return [...this.kinds.values()].some((kind) => kind.failed > 0);
  }

  get compared(): number {
    return [...this.kinds.values()].reduce((sum, kind) => sum + kind.compared, 0);
  }

  /** Compares numbers; null in the reference stands for not a number. */
  number(kind: string, got: number | undefined, expected: number | null, tolerance: Tolerance, where: string): void {
    if (expected === null || Number.isNaN(expected)) {
      this.add(kind, got === undefined || Number.isNaN(got) ? 0 : Infinity, 0, where, `${got} instead of undefined`);
      return;
    }
    let difference = Math.abs((got ?? NaN) - expected);
    if (tolerance.period !== undefined) {
      difference %= tolerance.period;
      difference = Math.min(difference, tolerance.period - difference);
    }
    if (got === expected) difference = 0;
    if (Number.isNaN(difference)) difference = Infinity;
    const allowed = tolerance.atol + tolerance.rtol * Math.abs(expected);
    this.add(kind, difference, allowed, where, `${got} instead of ${expected}`);
  }

  /** Compares lists of numbers, their lengths first. */
  numbers(
    kind: string,
    got: ArrayLike<number>,
    expected: ArrayLike<number | null>,
    tolerance: Tolerance,
    where: string,
  ): void {
    if (got.length !== expected.length) {
      this.add(kind, Infinity, 0, where, `${got.length} values instead of ${expected.length}`);
      return;
    }
    for (let i = 0; i < expected.length; i++) this.number(kind, got[i], expected[i], tolerance, `${where}[${i}]`);
  }

  /** Compares words or flags. */
  same(kind: string, got: unknown, expected: unknown, where: string): void {
    this.add(kind, got === expected ? 0 : Infinity, 0, where, `${String(got)} instead of ${String(expected)}`);
  }

  /** Records a failure that is not a difference of numbers. */
  failure(kind: string, where: string, message: string): void {
    this.add(kind, Infinity, 0, where, message);
  }

  private add(kind: string, difference: number, allowed: number, where: string, example: string): void {
    const result = this.kinds.get(kind) ?? { compared: 0, failed: 0, worst: 0, worstRatio: 0, where: '' };
    this.kinds.set(kind, result);
    result.compared++;
    if (difference > result.worst) result.worst = difference;
    if (!(difference > allowed)) return;
    result.failed++;
    const ratio = allowed > 0 ? difference / allowed : Infinity;
    if (result.example === undefined || ratio > result.worstRatio) {
      result.worstRatio = ratio;
      result.where = where;
      result.example = example;
    }
  }

  /** One line per kind: number compared, worst deviation, and the worst failure. */
  lines(): string[] {
    const lines = [`${this.failed ? 'FAIL' : 'pass'}  ${this.name}  (${this.compared} quantities)`];
    for (const [kind, { compared, failed, worst, where, example }] of this.kinds) {
      const shown = Number.isFinite(worst) ? worst.toExponential(1) : 'none';
      const failure = failed > 0 ? `  ${failed} failed, worst ${where}: ${example}` : '';
      lines.push(`        ${kind.padEnd(22)} ${String(compared).padStart(8)}  worst ${shown}${failure}`);
    }
    return lines;
  }
}
