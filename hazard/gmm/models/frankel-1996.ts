import { CoefficientTable, readTables } from '../coefficients.js';
import type { Requirements } from '../../contexts/context-batch.js';
import type { Imt } from '../imt.js';
import type { ModelDeclaration, ModelModule } from '../model.js';
import { capMean, medianCap, momentMagnitude, type MagnitudeScale } from '../terms/nshmp-2008.js';
import { fillSigma, perMeasureModel } from '../per-measure.js';
import { unsupportedMeasure } from '../refusals.js';

const { tables, constants } = readTables(import.meta.url, 'frankel-1996');
const SIGMA = new CoefficientTable(tables.sigma);
const requires: Requirements = { rupture: ['mag'], distances: ['rhypo'], site: [] };

const TABLES: Readonly<Record<string, string>> = {
  PGA: 'PGA',
  'SA(0.1)': 'SA01',
  'SA(0.2)': 'SA02',
  'SA(0.3)': 'SA03',
  'SA(0.5)': 'SA05',
  'SA(1.0)': 'SA1',
  'SA(2.0)': 'SA2',
};
const DISTANCES = 21;
const FIRST_DISTANCE = 1;
const DISTANCE_STEP = 0.1;
const MAGNITUDES = 20;
const FIRST_MAGNITUDE = 4.4;
const MAGNITUDE_STEP = 0.2;

/** A table with its second derivatives: four values for each node [distance][magnitude]. */
interface Spline {
  readonly f: Float64Array;
  readonly fMM: Float64Array;
  readonly fXX: Float64Array;
  readonly fXXMM: Float64Array;
}

/** Second derivatives (times the squared step) at the nodes of a cubic spline on an even grid with not-a-knot ends. */
function secondDerivatives(y: ArrayLike<number>): Float64Array {
  const n = y.length;
  const m = new Float64Array(n);
  const rhs = (i: number) => 6 * (y[i + 1] - 2 * y[i] + y[i - 1]);
  // not-a-knot on an even grid makes the second equation of either end stand alone
  m[1] = rhs(1) / 6;
  m[n - 2] = rhs(n - 2) / 6;
  const pivot = new Float64Array(n);
  const value = new Float64Array(n);
  value[1] = m[1];
  for (let i = 2; i < n - 2; i++) {
    pivot[i] = 1 / (4 - pivot[i - 1]);
    value[i] = (rhs(i) - value[i - 1]) * pivot[i];
  }
  for (let i = n - 3; i > 1; i--) m[i] = value[i] - pivot[i] * m[i + 1];
  m[0] = 2 * m[1] - m[2];
  m[n - 1] = 2 * m[n - 2] - m[n - 3];
  return m;
}

function bicubic(rows: readonly (readonly number[])[]): Spline {
  const f = Float64Array.from(rows.flat());
  const alongMagnitude = (values: Float64Array) => {
    const out = new Float64Array(values.length);
    for (let i = 0; i < DISTANCES; i++)
      out.set(secondDerivatives(values.subarray(i * MAGNITUDES, (i + 1) * MAGNITUDES)), i * MAGNITUDES);
    return out;
  };
  const fXX = new Float64Array(f.length);
  for (let j = 0; j < MAGNITUDES; j++) {
    const column = secondDerivatives(Float64Array.from({ length: DISTANCES }, (_, i) => f[i * MAGNITUDES + j]));
    for (let i = 0; i < DISTANCES; i++) fXX[i * MAGNITUDES + j] = column[i];
  }
  return { f, fMM: alongMagnitude(f), fXX, fXXMM: alongMagnitude(fXX) };
}

/** Spline between two nodes: values y, second derivatives m times the squared step, t from 0 to 1. */
function between(y0: number, y1: number, m0: number, m1: number, t: number): number {
  const s = 1 - t;
  return s * y0 + t * y1 + ((s * s * s - s) * m0 + (t * t * t - t) * m1) / 6;
}

function declaration(id: string, scale: MagnitudeScale): ModelDeclaration {
  const model = perMeasureModel(id, requires, (imt: Imt) => {
    if (!(imt.name in TABLES)) throw unsupportedMeasure(id, imt, Object.keys(TABLES).join(', '));
    const spline = bicubic(constants![TABLES[imt.name]] as number[][]);
    const sigma = SIGMA.row(imt, id).sigma * Math.LN10;
    const cap = medianCap(imt);
    const value = new Float64Array(DISTANCES);
    const curvature = new Float64Array(DISTANCES);
    // the two ends of the magnitude cell of a rupture, at all distances: kept while the magnitude stays
    let known = NaN;
    const atMagnitude = (m: number) => {
      if (m === known) return;
      known = m;
      const x = (Math.min(Math.max(m, FIRST_MAGNITUDE), 8.2) - FIRST_MAGNITUDE) / MAGNITUDE_STEP;
      const j = Math.min(Math.floor(x), MAGNITUDES - 2);
      const t = x - j;
      for (let i = 0; i < DISTANCES; i++) {
        const k = i * MAGNITUDES + j;
        value[i] = between(spline.f[k], spline.f[k + 1], spline.fMM[k], spline.fMM[k + 1], t);
        curvature[i] = between(spline.fXX[k], spline.fXX[k + 1], spline.fXXMM[k], spline.fXXMM[k + 1], t);
      }
    };
    return (batch, out, m) => {
      const mean = out.mean[m];
      for (let r = 0; r < batch.ruptures; r++) {
        atMagnitude(momentMagnitude(scale, batch.mag[r]));
        for (let i = batch.start[r]; i < batch.start[r + 1]; i++) {
          const l = Math.log10(Math.min(Math.max(batch.rhypo[i], 10), 1000));
          const x = (l - FIRST_DISTANCE) / DISTANCE_STEP;
          const k = Math.min(Math.floor(x), DISTANCES - 2);
          mean[i] = between(value[k], value[k + 1], curvature[k], curvature[k + 1], x - k) * Math.LN10;
        }
      }
      capMean(mean, batch.size, cap);
      fillSigma(out, m, batch.size, sigma);
    };
  });
  return {
    id,
    citation:
      'A. Frankel, C. Mueller, T. Barnhard, D. Perkins, E. V. Leyendecker, N. Dickman, S. Hanson, M. Hopper (1996), National seismic-hazard maps: documentation June 1996, USGS Open-File Report 96-532',
    tectonicRegionType: 'Stable Shallow Crust',
    validity: { magnitude: [4.4, 8.2], distance: { kind: 'rhypo', range: [10, 1000] }, source: 'range of the tables' },
    imts: SIGMA.imts,
    component: 'Average Horizontal',
    standardDeviations: ['total'],
    requires,
    referenceVelocity: 760,
    arguments: [],
    notes: `Defined for ${Object.keys(TABLES).join(', ')} only. Form of the 2008 US hazard model for the B/C boundary: medians are capped.`,
    create: () => model,
  };
}

export const models: ModelModule['models'] = [
  declaration('FrankelEtAl1996MwNSHMP2008', 'Mw'),
  declaration('FrankelEtAl1996MblgAB1987NSHMP2008', 'Mblg87'),
  declaration('FrankelEtAl1996MblgJ1996NSHMP2008', 'Mblg96'),
];
