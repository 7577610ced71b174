import type { ContextBatch } from '../../contexts/context-batch.js';
import { CoefficientTable, readTables, type Coefficients } from '../coefficients.js';
import type { Imt } from '../imt.js';
import type { GroundMotionModel, ModelDeclaration, ModelModule } from '../model.js';
import { unsupportedMeasure } from '../refusals.js';
import { knownDepths } from '../terms/basin-depth.js';

const { tables } = readTables(import.meta.url, 'bayless-abrahamson-2018');
const frequencyOf = (imt: string | number): number => Number(/\(([^)]+)\)/.exec(String(imt))![1]);
/** Hz, ascending */
const FREQUENCIES = tables.main.rows.map(([imt]) => frequencyOf(imt)).sort((a, b) => a - b);
// interpolation in ln f is that of spectral periods: the frequencies stand in their place
const TABLE = new CoefficientTable({
  ...tables.main,
  rows: tables.main.rows.map(([imt, ...values]) => [`SA(${frequencyOf(imt)})`, ...values]),
});
const ID = 'BaylessAbrahamson2018';
const requires = { rupture: ['mag', 'rake', 'ztor'], distances: ['rrup'], site: ['vs30', 'z1pt0'] } as const;

/** Hz: above this frequency the spectrum is extrapolated with kappa */
const HIGHEST = 24;
const KAPPA_FREQUENCY = 23.988321;
/** Hz: frequency whose motion on rock drives nonlinear site response */
const NONLINEAR_FREQUENCY = 5.011872;

/** Coefficients at a frequency in Hz. */
function at(frequency: number): Coefficients {
  return TABLE.row({ name: `EAS(${frequency})`, kind: 'SA', period: frequency, damping: 5 }, ID);
}

/** Errors: Refusal for a measure that is not EAS, or for a frequency outside the table. */
function checkImt(imt: Imt): void {
  const [lowest, highest] = [FREQUENCIES[0], FREQUENCIES[FREQUENCIES.length - 1]];
  if (imt.kind !== 'EAS' || imt.period < lowest || imt.period > highest)
    throw unsupportedMeasure(ID, imt, `EAS(${lowest} to ${highest} Hz)`);
}

/** ln of the spectrum on rock without site terms (equations 5.1 to 5.5); lnFar = ln sqrt(Rrup^2 + 50^2). */
function core(c: Coefficients, batch: ContextBatch, lnFar: Float64Array, out: Float64Array): void {
  const { start, mag, rake, ztor, rrup } = batch;
  for (let r = 0; r < batch.ruptures; r++) {
    const m = mag[r];
    const normal = rake[r] > -150 && rake[r] < -30;
    const constant =
      c.c1 +
      c.c2 * (m - 6) +
      ((c.c2 - c.c3) / c.cn) * Math.log(1 + Math.exp(c.cn * (c.cM - m))) +
      c.c9 * Math.min(ztor[r], 20) +
      (normal ? c.c10 : 0);
    const saturation = c.c5 * Math.cosh(c.c6 * Math.max(m - c.chm, 0));
    for (let i = start[r]; i < start[r + 1]; i++)
      out[i] = constant + c.c4 * Math.log(rrup[i] + saturation) - (0.5 + c.c4) * lnFar[i] + c.c7 * rrup[i];
  }
}

/** z1.0 (m) expected at vs30 (m/s) (equation 13c). */
function expectedZ1(vs30: number): number {
  return Math.exp((-7.67 / 4) * Math.log((vs30 ** 4 + 610 ** 4) / (1360 ** 4 + 610 ** 4)));
}

/** Linear site, basin and kappa terms of one site; vs30 m/s, z1pt0 m, frequency Hz. */
function linearTerm(c: Coefficients, frequency: number, vs30: number, z1pt0: number): number {
  const reference = 0.001 * expectedZ1(vs30);
  const c11 = vs30 <= 200 ? c.c11a : vs30 <= 300 ? c.c11b : vs30 <= 500 ? c.c11c : c.c11d;
  const basin = c11 * Math.log((Math.min(z1pt0 / 1000, 2) + 0.01) / (reference + 0.01));
  const kappa = Math.exp(-0.4 * Math.log(vs30 / 760) - 3.5);
  const decay = frequency >= HIGHEST ? -Math.PI * kappa * (frequency - KAPPA_FREQUENCY) : 0;
  return c.c8 * Math.log(Math.min(vs30, 1000) / 1000) + basin + decay;
}

/** Strength of nonlinear response at one frequency: N = slope ln(1 + I / f3). */
interface Nonlinear {
  readonly frequency: number;
  readonly f3: number;
  readonly f4: number;
  readonly f5: number;
}

function slopeAt({ f4, f5 }: Nonlinear, vs30: number): number {
  return f4 * (Math.exp(f5 * (Math.min(vs30, 760) - 360)) - Math.exp(400 * f5));
}

/**
 * Frequencies where the least N of a site can lie, whatever the motion on rock: those that no other frequency beats with both
 * a steeper slope and a lower f3. Between equals the lowest frequency stays.
 */
function candidates(list: readonly Nonlinear[], slopes: Float64Array): number[] {
  const order = list.map((_, k) => k).sort((a, b) => list[a].f3 - list[b].f3 || slopes[a] - slopes[b] || a - b);
  const kept: number[] = [];
  let least = Infinity;
  for (const k of order) {
    if (slopes[k] >= least) continue;
    kept.push(k);
    least = slopes[k];
  }
  return kept;
}

/** What a site needs of nonlinear response: the candidates for the least N. */
interface SiteNonlinear {
  readonly slope: Float64Array;
  readonly f3: Float64Array;
  readonly frequency: Float64Array;
}

const model: GroundMotionModel = {
  id: ID,
  requires,
  prepare(imts, sites, capacity) {
    imts.forEach(checkImt);
    const { vs30 } = sites.numeric;
    const z1pt0 = knownDepths(sites.numeric.z1pt0, vs30, expectedZ1);
    const rockRow = at(NONLINEAR_FREQUENCY);
    // the frequencies asked for join those of the table
    const all = [...new Set([...FREQUENCIES, ...imts.map((imt) => imt.period)])].sort((a, b) => a - b);
    const nonlinear: Nonlinear[] = all.map((frequency) => {
      const { f3, f4, f5 } = at(frequency);
      return { frequency, f3, f4, f5 };
    });
    const bySite: SiteNonlinear[] = Array.from(vs30, (v) => {
      const slopes = Float64Array.from(nonlinear, (n) => slopeAt(n, v));
      const kept = candidates(nonlinear, slopes);
      return {
        slope: Float64Array.from(kept, (k) => slopes[k]),
        f3: Float64Array.from(kept, (k) => nonlinear[k].f3),
        frequency: Float64Array.from(kept, (k) => nonlinear[k].frequency),
      };
    });
    const measures = imts.map((imt) => {
      const c = at(imt.period >= HIGHEST ? KAPPA_FREQUENCY : imt.period);
      const sigma = at(imt.period);
      const own = nonlinear[all.indexOf(imt.period)];
      return {
        c,
        sigma,
        frequency: imt.period,
        f3: own.f3,
        slope: vs30.map((v) => slopeAt(own, v)),
        linear: vs30.map((v, s) => linearTerm(c, imt.period, v, z1pt0[s])),
      };
    });
    const lnFar = new Float64Array(capacity);
    const rock = new Float64Array(capacity);
    const least = new Float64Array(capacity);
    const leastFrequency = new Float64Array(capacity);
    return (batch, out) => {
      const { start, site, rrup, mag, size } = batch;
      for (let i = 0; i < size; i++) lnFar[i] = 0.5 * Math.log(rrup[i] * rrup[i] + 2500);
      core(rockRow, batch, lnFar, rock);
      for (let i = 0; i < size; i++) {
        rock[i] = Math.exp(1.238 + 0.846 * rock[i]);
        const { slope, f3, frequency } = bySite[site[i]];
        let value = slope[0] * Math.log(1 + rock[i] / f3[0]);
        let where = frequency[0];
        for (let k = 1; k < slope.length; k++) {
          const other = slope[k] * Math.log(1 + rock[i] / f3[k]);
          if (other < value) {
            value = other;
            where = frequency[k];
          }
        }
        least[i] = value;
        leastFrequency[i] = where;
      }
      for (let m = 0; m < measures.length; m++) {
        const { c, sigma, frequency, f3, slope, linear } = measures[m];
        const mean = out.mean[m];
        core(c, batch, lnFar, mean);
        for (let i = 0; i < size; i++) {
          const s = site[i];
          const n = frequency >= leastFrequency[i] ? least[i] : slope[s] * Math.log(1 + rock[i] / f3);
          mean[i] += linear[s] + n;
        }
        for (let r = 0; r < batch.ruptures; r++) {
          const w = Math.min(Math.max((mag[r] - 4) / 2, 0), 1);
          const tau = sigma.s1 + w * (sigma.s2 - sigma.s1);
          const phi = Math.hypot(sigma.s3 + w * (sigma.s4 - sigma.s3), sigma.s5 + w * (sigma.s6 - sigma.s5));
          out.inter[m].fill(tau, start[r], start[r + 1]);
          out.intra[m].fill(phi, start[r], start[r + 1]);
          out.total[m].fill(Math.hypot(tau, phi, sigma.c1a), start[r], start[r + 1]);
        }
      }
    };
  },
};

const BaylessAbrahamson2018: ModelDeclaration = {
  id: ID,
  citation:
    'J. Bayless, N. A. Abrahamson (2018), PEER Report 2018/07; (2019), Bulletin of the Seismological Society of America 109(5), 2088-2105',
  tectonicRegionType: 'Active Shallow Crust',
  imts: [{ kind: 'EAS', minimum: FREQUENCIES[0], maximum: FREQUENCIES[FREQUENCIES.length - 1] }],
  component: 'Horizontal',
  standardDeviations: ['total', 'inter', 'intra'],
  requires,
  arguments: [],
  notes:
    'Nonlinear site response is not smoothed over frequency. The least nonlinear factor is sought over the frequencies of the table and those asked for. The total variance holds the model uncertainty c1a beside the two components.',
  create: () => model,
};

export const models: ModelModule['models'] = [BaylessAbrahamson2018];
