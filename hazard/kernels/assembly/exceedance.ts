// AssemblyScript: compiled to WebAssembly with SIMD by scripts/kernels.mjs. Its twin in TypeScript, with the same bits, is
// addPoissonRatesPlainly of hazard/exceedance/accumulate.ts. All places are bytes in the memory of the module.

/** As in hazard/exceedance/truncated-normal.ts. */
const SMALLEST_SIGMA: f64 = 1e-10;

/**
 * Adds weight x P(exceedance) of the levels first .. last - 1 to the sums of each context, in the order of the contexts.
 * `mean`, `sigma` and `weight` are f64 by context, `row` the place (i32) where the sums of its site begin; `ln` the
 * levels; `table` holds pairs of probability and step to the next node, from -limit on, `scale` nodes for each sigma;
 * `offset` is limit x scale.
 */
export function addRates(
  contexts: i32,
  mean: usize,
  sigma: usize,
  weight: usize,
  row: usize,
  ln: usize,
  first: i32,
  last: i32,
  table: usize,
  scale: f64,
  offset: f64,
): void {
  const end = offset * 2.0;
  const offsets = f64x2.splat(offset);
  const stop = ln + ((<usize>last) << 3);
  for (let i = 0; i < contexts; i++) {
    const mu = load<f64>(mean + ((<usize>i) << 3));
    const inverse = scale / max<f64>(load<f64>(sigma + ((<usize>i) << 3)), SMALLEST_SIGMA);
    const rate = load<f64>(weight + ((<usize>i) << 3));
    let level = ln + ((<usize>first) << 3);
    let sum = <usize>load<i32>(row + ((<usize>i) << 2)) + ((<usize>first) << 3);
    // levels that are exceeded for certain
    while (level < stop && (load<f64>(level) - mu) * inverse + offset <= 0) {
      store<f64>(sum, load<f64>(sum) + rate);
      level += 8;
      sum += 8;
    }
    // two levels at a time, until the second one is out of reach
    const mus = f64x2.splat(mu);
    const inverses = f64x2.splat(inverse);
    const rates = f64x2.splat(rate);
    while (level + 8 < stop) {
      const t = f64x2.add(f64x2.mul(f64x2.sub(v128.load(level), mus), inverses), offsets);
      if (f64x2.extract_lane(t, 1) >= end) break;
      const node = i32x4.trunc_sat_f64x2_s_zero(t);
      const low = v128.load(table + ((<usize>i32x4.extract_lane(node, 0)) << 4));
      const high = v128.load(table + ((<usize>i32x4.extract_lane(node, 1)) << 4));
      const part = f64x2.sub(t, f64x2.convert_low_i32x4_s(node));
      const below = v128.shuffle<f64>(low, high, 0, 2);
      const step = v128.shuffle<f64>(low, high, 1, 3);
      const probability = f64x2.add(below, f64x2.mul(part, step));
      v128.store(sum, f64x2.add(v128.load(sum), f64x2.mul(rates, probability)));
      level += 16;
      sum += 16;
    }
    while (level < stop) {
      const t = (load<f64>(level) - mu) * inverse + offset;
      if (t >= end) break;
      const node = <i32>t;
      const at = table + ((<usize>node) << 4);
      const probability = load<f64>(at) + (t - <f64>node) * load<f64>(at, 8);
      store<f64>(sum, load<f64>(sum) + rate * probability);
      level += 8;
      sum += 8;
    }
  }
}
