import { readTables } from '../coefficients.js';
import type { ContextBatch } from '../../contexts/context-batch.js';
import { decodeFloats } from '../table-bundle.js';
import type { Imt } from '../imt.js';
import { unsupportedMeasure } from '../refusals.js';

/**
 * M. C. Chapman, Z. Guo (2021), A response spectral ratio model to account for amplification and attenuation effects in the
 * Atlantic and Gulf coastal plain, Bulletin of the Seismological Society of America 111(4), 1849-1867, as the 2023 US hazard
 * model uses it.
 */

interface Ratios {
  readonly depths: readonly number[];
  readonly magnitudes: readonly number[];
  readonly distances: readonly number[];
  readonly ratios: Readonly<Record<string, string>>;
}
let contents: Ratios | undefined;
const CUT_DEPTH = 2;

/** Share of the coastal-plain model by the depth of the sediments (km): 0 on rock, towards 1 on deep sediments. */
export function sedimentShare(depth: number): number {
  const s = 1 - Math.exp(-depth / CUT_DEPTH);
  return s * s * s * s;
}

/** Lower node and fraction; constant outside the nodes. */
function locate(nodes: readonly number[], x: number): readonly [cell: number, fraction: number] {
  const last = nodes.length - 1;
  let k = 0;
  while (k < last - 1 && nodes[k + 1] < x) k++;
  return [k, Math.min(Math.max((x - nodes[k]) / (nodes[k + 1] - nodes[k]), 0), 1)];
}

/**
 * ln of the spectral ratio for each context, by the depth of the sediments of the sites (km), magnitude and rrup.
 * Errors: Refusal for a measure that is not tabulated; there is no interpolation in period.
 */
export function lnSpectralRatio(imt: Imt, depths: Float64Array, id: string) {
  contents ??= readTables(import.meta.url, 'chapman-guo-2021').constants as unknown as Ratios;
  const { ratios, magnitudes, distances } = contents;
  if (!(imt.name in ratios))
    throw unsupportedMeasure(id, imt, Object.keys(ratios).join(', '), ' with coastal_plains_site_amp');
  const values = decodeFloats(ratios[imt.name]);
  const d = distances.length;
  const plane = magnitudes.length * d;
  const cells = Array.from(depths, (depth) => locate(contents!.depths, depth));
  const cell = Int32Array.from(cells, ([k]) => k);
  const fraction = Float64Array.from(cells, ([, f]) => f);
  return (batch: ContextBatch, out: Float64Array): void => {
    const { start, site, rrup } = batch;
    for (let r = 0; r < batch.ruptures; r++) {
      const [m, f] = locate(magnitudes, batch.mag[r]);
      for (let i = start[r]; i < start[r + 1]; i++) {
        let k = 0;
        while (k < d - 2 && distances[k + 1] < rrup[i]) k++;
        const g = Math.min(Math.max((rrup[i] - distances[k]) / (distances[k + 1] - distances[k]), 0), 1);
        const low = cell[site[i]] * plane + m * d + k;
        const h = fraction[site[i]];
        const a = square(values, low, d, f, g);
        const b = square(values, low + plane, d, f, g);
        out[i] = Math.log(a + h * (b - a));
      }
    }
  };
}

/** Between four values: at `from`, one distance on, one magnitude (d values) on, and both. */
function square(values: Float32Array, from: number, d: number, f: number, g: number): number {
  const low = values[from] + g * (values[from + 1] - values[from]);
  const high = values[from + d] + g * (values[from + d + 1] - values[from + d]);
  return low + f * (high - low);
}
