import type { ContextBatch } from '../../contexts/context-batch.js';
import type { SiteParameters } from '../../site/site-parameters.js';
import { CoefficientTable, readTables, type Coefficients } from '../coefficients.js';
import { parseImt, type Imt } from '../imt.js';
import type { Evaluator, GroundMotion, GroundMotionModel, ModelDeclaration, ModelModule } from '../model.js';

const { tables } = readTables(import.meta.url, 'boore-atkinson-2008');
/** Coefficients of source and path by period. */
export const MAIN = new CoefficientTable(tables.main);
/** Coefficients of the site term by period. */
export const SITE = new CoefficientTable(tables.site);
const ID = 'BooreAtkinson2008';
const PGA = parseImt('PGA');

const BooreAtkinson2008: ModelDeclaration = {
  id: ID,
  citation:
    'D. M. Boore, G. M. Atkinson (2008), Ground-motion prediction equations for the average horizontal component of PGA, PGV, and 5%-damped PSA at spectral periods between 0.01 s and 10.0 s, Earthquake Spectra 24(1), 99-138, doi:10.1193/1.2830434',
  tectonicRegionType: 'Active Shallow Crust',
  validity: {
    magnitude: [5, 8],
    distance: { kind: 'rjb', range: [0, 200] },
    vs30: [180, 1300],
    source: 'meant for (Earthquake Spectra 24(1), 99-138, summary and conclusions)',
  },
  imts: MAIN.imts,
  component: 'Average Horizontal (GMRotI50)',
  standardDeviations: ['total', 'inter', 'intra'],
  requires: { rupture: ['mag', 'rake'], distances: ['rjb'], site: ['vs30'] },
  referenceVelocity: 760,
  arguments: [],
  create: () => booreAtkinson2008,
};

/** The model itself, for those that build upon it. */
export const booreAtkinson2008: GroundMotionModel = {
  id: ID,
  requires: BooreAtkinson2008.requires,
  prepare(imts: readonly Imt[], sites: SiteParameters, capacity: number): Evaluator {
    const vs30 = sites.numeric.vs30;
    const rock = MAIN.row(PGA, ID);
    const rows = imts.map((imt) => MAIN.row(imt, ID));
    const soils = imts.map((imt) => soilTerms(SITE.row(imt, ID), vs30));
    // median PGA on rock drives the nonlinear site response of every measure: its shape is found once for a batch
    const shape = new Float64Array(capacity);
    return (batch, out) => {
      lnRockMotion(rock, batch, shape);
      for (let i = 0; i < batch.size; i++) shape[i] = nonlinearShape(Math.exp(shape[i]));
      for (let m = 0; m < rows.length; m++) {
        const mean = out.mean[m];
        lnRockMotion(rows[m], batch, mean);
        addSoilTerms(soils[m], batch, shape, mean);
        constantSigma(rows[m], batch.size, out, m);
      }
    };
  },
};

/** F_M + F_D (equations 3-5), ln g or ln cm/s, for every context. */
export function lnRockMotion(c: Coefficients, batch: ContextBatch, out: Float64Array): void {
  const { start, rjb, mag, rake } = batch;
  const { c1, c2, c3, h, e2, e3, e4, e5, e6, e7, Mh } = c;
  const h2 = h * h;
  for (let r = 0; r < batch.ruptures; r++) {
    const m = mag[r];
    const style = faultStyle(rake[r], e2, e3, e4);
    const dm = m - Mh;
    const magnitudeTerm = m <= Mh ? style + e5 * dm + e6 * dm * dm : style + e7 * dm;
    const slope = c1 + c2 * (m - 4.5);
    for (let i = start[r]; i < start[r + 1]; i++) {
      const distance = Math.sqrt(rjb[i] * rjb[i] + h2);
      out[i] = magnitudeTerm + slope * Math.log(distance) + c3 * (distance - 1);
    }
  }
}

/** Coefficient by style of faulting: strike-slip within 30 degrees of horizontal slip, else reverse or normal. */
function faultStyle(rake: number, strikeSlip: number, normal: number, reverse: number): number {
  const absolute = Math.abs(rake);
  if (absolute <= 30 || 180 - absolute <= 30) return strikeSlip;
  return rake > 0 ? reverse : normal;
}

const A1 = 0.03;
const A2 = 0.09;
const PGA_LOW = 0.06;

/** Soil terms of a measure for each site: F = linear + slope * h, h the shape of the nonlinear response (equations 6-13). */
export function soilTerms(c: Coefficients, vs30: Float64Array): { linear: Float64Array; slope: Float64Array } {
  return {
    linear: vs30.map((v) => c.blin * Math.log(v / 760)),
    slope: vs30.map((v) => nonlinearSlope(v, c.b1, c.b2)),
  };
}

const DX = Math.log(A2 / A1);
const DY = Math.log(A2 / PGA_LOW);
const QUADRATIC = (3 * DY - DX) / (DX * DX);
const CUBIC = -(2 * DY - DX) / (DX * DX * DX);
const LN_LOW = Math.log(PGA_LOW / 0.1);

/** Shape of the nonlinear soil response, the same for all sites and measures; pga on rock, g. */
export function nonlinearShape(pga: number): number {
  if (pga <= A1) return LN_LOW;
  if (pga > A2) return Math.log(pga * 10);
  const l = Math.log(pga / A1);
  return LN_LOW + l * l * (QUADRATIC + CUBIC * l);
}

/** Adds the soil terms to `mean`; shape [contexts] from `nonlinearShape`. */
export function addSoilTerms(
  { linear, slope }: ReturnType<typeof soilTerms>,
  { site, size }: ContextBatch,
  shape: Float64Array,
  mean: Float64Array,
): void {
  for (let i = 0; i < size; i++) {
    const s = site[i];
    mean[i] += linear[s] + slope[s] * shape[i];
  }
}

/** F_lin + F_nl: prepares the terms of each site, then adds to `mean`. vs30 [sites] m/s, pgaRock [contexts] g. */
export function siteTerm(c: Coefficients, vs30: Float64Array) {
  const { linear, slope } = soilTerms(c, vs30);
  return ({ site, size }: ContextBatch, pgaRock: Float64Array, mean: Float64Array): void => {
    for (let i = 0; i < size; i++) {
      const s = site[i];
      mean[i] += slope[s] === 0 ? linear[s] : linear[s] + slope[s] * nonlinearShape(pgaRock[i]);
    }
  };
}

/** b_nl of equation 13. */
function nonlinearSlope(vs30: number, b1: number, b2: number): number {
  if (vs30 <= 180) return b1;
  if (vs30 <= 300) return ((b1 - b2) * Math.log(vs30 / 300)) / Math.log(180 / 300) + b2;
  if (vs30 < 760) return (b2 * Math.log(vs30 / 760)) / Math.log(300 / 760);
  return 0;
}

function constantSigma(c: Coefficients, size: number, out: GroundMotion, m: number): void {
  out.total[m].fill(c.std, 0, size);
  out.inter[m].fill(c.tau, 0, size);
  out.intra[m].fill(c.sigma, 0, size);
}

export const models: ModelModule['models'] = [BooreAtkinson2008];
