import { CoefficientTable, readTables } from '../coefficients.js';
import type { Imt } from '../imt.js';
import { parseImt } from '../imt.js';

/*
 * Terms that the models of the national seismic hazard model of New Zealand 2022 share: B. A. Bradley et al. (2024),
 * Bulletin of the Seismological Society of America 114(1).
 */

const { tables } = readTables(import.meta.url, 'nz-nshm-2022');
const BACK_ARC = new CoefficientTable(tables.backArc);
const CORRELATION = new CoefficientTable(tables.correlation);
/** factor of the back-arc term of Abrahamson et al. (2016) that centres it on the data of New Zealand */
const BACK_ARC_SCALE = 1.008;
const BACK_ARC_DISTANCE = 85;
/** variance of site amplification that does not scale with nonlinear response */
const AMPLIFICATION_VARIANCE = 0.3 * 0.3;

/** Back-arc term: theta7 + theta8 ln(max(Rrup, 85) / 40); PGA, PGV and SA below 0.02 s take the values of 0.02 s. */
export interface BackArc {
  readonly theta7: number;
  readonly theta8: number;
}

/** Coefficients of the back-arc term for a measure; other measures than SA take those of the shortest period. */
export function backArcCoefficients(imt: Imt, id: string): BackArc {
  const row = BACK_ARC.row(imt.kind === 'SA' && imt.period >= 0.02 ? imt : parseImt('SA(0.02)'), id);
  return { theta7: BACK_ARC_SCALE * row.theta7, theta8: BACK_ARC_SCALE * row.theta8 };
}

/** rrup in km */
export function backArcTerm({ theta7, theta8 }: BackArc, rrup: number): number {
  return theta7 + theta8 * Math.log(Math.max(rrup, BACK_ARC_DISTANCE) / 40);
}

/** Correlation of the within-event (rhoW) and between-event (rhoB) residuals of a measure with those of PGA. */
export function correlationWithPga(imt: Imt, id: string): { readonly rhoW: number; readonly rhoB: number } {
  if (imt.kind !== 'SA' || imt.period < 0.01) return { rhoW: 1, rhoB: 1 };
  const { rhoW, rhoB } = CORRELATION.row(imt, id);
  return { rhoW, rhoB };
}

/** Linear standard deviations of a measure and of PGA. */
export interface LinearSigma {
  readonly tau: number;
  readonly phi: number;
  readonly tauPga: number;
  readonly phiPga: number;
  readonly rhoW: number;
  readonly rhoB: number;
}

/** Between-event variance with nonlinear site response; slope = d ln(amplification) / d ln(rock PGA). */
export function nonlinearTau2(s: LinearSigma, slope: number): number {
  const rock = slope * s.tauPga;
  return s.tau * s.tau + rock * (rock + 2 * s.tau * s.rhoB);
}

/** Within-event variance with nonlinear site response; phi, phiPga are the linear values. */
export function nonlinearPhi2(phi: number, phiPga: number, rhoW: number, slope: number): number {
  const rock = slope * Math.sqrt(phiPga * phiPga - AMPLIFICATION_VARIANCE);
  return phi * phi + rock * (rock + 2 * Math.sqrt(phi * phi - AMPLIFICATION_VARIANCE) * rhoW);
}
