// AssemblyScript: compiled to WebAssembly with SIMD by scripts/kernels.mjs. Its twin in TypeScript, with the same bits, is
// RowSums.addPlainly of hazard/exceedance/row-sums.ts. All places are bytes in the memory of the module.

/**
 * Products of sums [rows x levels] and factors, summed over the rows in their order: out [columns x levels]. Levels and
 * columns are multiples of 4. `used` are the numbers (i32) of the rows that `factors` has for the rows of `sums`; factors lie
 * four columns at a time: [columns / 4][all rows][4].
 */
export function multiply(
  rows: i32,
  used: usize,
  sums: usize,
  levels: i32,
  factors: usize,
  all: i32,
  columns: i32,
  out: usize,
): void {
  const stride = (<usize>levels) << 3;
  for (let c = 0; c < columns; c += 4) {
    const tile = factors + ((<usize>(c >> 2) * <usize>all) << 5);
    for (let l = 0; l < levels; l += 4) {
      let a0 = f64x2.splat(0);
      let a1 = f64x2.splat(0);
      let b0 = f64x2.splat(0);
      let b1 = f64x2.splat(0);
      let c0 = f64x2.splat(0);
      let c1 = f64x2.splat(0);
      let d0 = f64x2.splat(0);
      let d1 = f64x2.splat(0);
      let sum = sums + ((<usize>l) << 3);
      for (let k = 0; k < rows; k++) {
        const at = tile + ((<usize>load<i32>(used + ((<usize>k) << 2))) << 5);
        const s0 = v128.load(sum);
        const s1 = v128.load(sum, 16);
        let f = v128.load_splat<f64>(at);
        a0 = f64x2.add(a0, f64x2.mul(s0, f));
        a1 = f64x2.add(a1, f64x2.mul(s1, f));
        f = v128.load_splat<f64>(at, 8);
        b0 = f64x2.add(b0, f64x2.mul(s0, f));
        b1 = f64x2.add(b1, f64x2.mul(s1, f));
        f = v128.load_splat<f64>(at, 16);
        c0 = f64x2.add(c0, f64x2.mul(s0, f));
        c1 = f64x2.add(c1, f64x2.mul(s1, f));
        f = v128.load_splat<f64>(at, 24);
        d0 = f64x2.add(d0, f64x2.mul(s0, f));
        d1 = f64x2.add(d1, f64x2.mul(s1, f));
        sum += stride;
      }
      let to = out + <usize>c * stride + ((<usize>l) << 3);
      v128.store(to, a0);
      v128.store(to, a1, 16);
      to += stride;
      v128.store(to, b0);
      v128.store(to, b1, 16);
      to += stride;
      v128.store(to, c0);
      v128.store(to, c1, 16);
      to += stride;
      v128.store(to, d0);
      v128.store(to, d1, 16);
    }
  }
}
