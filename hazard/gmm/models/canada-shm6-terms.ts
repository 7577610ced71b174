import { INTERFACE_SHIFT, BC_HYDRO_TABLE, bcHydroScaling, MEDIAN_UNCERTAINTY } from './abrahamson-2015.js';
import { backArcFlags, bcHydro, medianUncertainty } from './bc-hydro.js';
import type { Requirements } from '../../contexts/context-batch.js';
import { CoefficientTable, readTables, type Coefficients } from '../coefficients.js';
import { parseImt, type Imt } from '../imt.js';
import type { GroundMotionModel, ImtRange } from '../model.js';
import { groundMotionBuffers } from '../wrappers/wrapped-model.js';
import { unsupportedMeasure } from '../refusals.js';

/*
 * What the subduction models of the Canadian seismic hazard model 6 share: M. Kolaj, S. Halchuk, J. Adams, T. I. Allen (2020),
 * Geological Survey of Canada Open File 8630, doi:10.4095/327322.
 */

const HARD_ROCK = new CoefficientTable(readTables(import.meta.url, 'canada-shm6-hard-rock').tables.factor);
const BOORE_2014 = new CoefficientTable(readTables(import.meta.url, 'boore-2014').tables.main);

/** The publication of the sixth seismic hazard model of Canada. */
export const CANADA_CITATION =
  'M. Kolaj, S. Halchuk, J. Adams, T. I. Allen (2020), Geological Survey of Canada Open File 8630, doi:10.4095/327322';
/** Measures that every model of the set gives. */
export const CANADA_IMTS: readonly ImtRange[] = [
  { kind: 'PGA' },
  { kind: 'PGV' },
  { kind: 'SA', minimum: 0.05, maximum: 10 },
];

/** Errors: Refusal for a measure that the models of Canada do not give. */
function checkCanadaImt(imt: Imt, id: string): void {
  const known = imt.kind === 'PGA' || imt.kind === 'PGV';
  const spectral = imt.kind === 'SA' && imt.damping === 5 && imt.period >= 0.05 && imt.period <= 10;
  if (!known && !spectral) throw unsupportedMeasure(id, imt, 'PGA, PGV, SA(0.05 to 10 s) at 5% damping');
}

/** ln of the amplification from 760 m/s to very hard rock (2000 m/s). */
export function lnHardRock(imt: Imt, id: string): number {
  return -Math.log(HARD_ROCK.row(imt, id).c);
}

/** Site factor H (ln) of hard rock: `at1100` at 1100 m/s, bounded by `at2000` and the hard-rock factor at 2000 m/s. */
export function hardRockFactor(vs30: number, at1100: number, at2000: number, hardRock: number): number {
  const end = Math.min(at1100, Math.max(at2000, hardRock));
  const f = Math.min(Math.max(Math.log(vs30 / 1100) / Math.log(2000 / 1100), 0), 1);
  return at1100 + f * (end - at1100);
}

/** Value at x of the polygon through (ln of points[k], values[k]), flat outside. */
export function alongLnVelocity(points: readonly number[], values: readonly number[], vs30: number): number {
  if (vs30 <= points[0]) return values[0];
  for (let k = 1; k < points.length; k++) {
    if (vs30 > points[k]) continue;
    const f = Math.log(vs30 / points[k - 1]) / Math.log(points[k] / points[k - 1]);
    return values[k - 1] + f * (values[k] - values[k - 1]);
  }
  return values[values.length - 1];
}

/** Site terms of Boore et al. (2014) for one measure: linear, and the nonlinear coefficient f2 of ln((P + 0.1) / 0.1). */
export class BooreSite {
  private readonly c: Coefficients;
  constructor(imt: Imt, id: string) {
    this.c = BOORE_2014.row(imt, id);
  }
  linear(vs30: number): number {
    return this.c.c * Math.log(Math.min(vs30, this.c.Vc) / 760);
  }
  nonlinear(vs30: number): number {
    const { f4, f5 } = this.c;
    return f4 * (Math.exp(f5 * (Math.min(vs30, 760) - 360)) - Math.exp(f5 * 400));
  }
}

/** How a model of the set uses Abrahamson et al. (2016): depth and distance held fixed or replaced. */
export interface AbrahamsonOptions {
  readonly slab: boolean;
  readonly requires: Requirements;
  readonly fixedDepth?: number;
  readonly distance?: 'rrup' | 'rhypo';
  readonly ergodic?: boolean;
  readonly theta6Adjustment?: number;
  readonly sigmaMuEpsilon?: number;
}

/** Abrahamson et al. (2015) as used in Canada: slab earthquakes have the magnitude hinge of interface ones. */
export function abrahamsonCanada(id: string, options: AbrahamsonOptions): GroundMotionModel {
  const { slab, requires, fixedDepth, distance, ergodic = true, theta6Adjustment = 0, sigmaMuEpsilon = 0 } = options;
  const uncertainty = medianUncertainty(MEDIAN_UNCERTAINTY, slab, id);
  return bcHydro(id, {
    slab,
    requires,
    coefficients: (imt) => BC_HYDRO_TABLE.row(imt, id),
    scaling: bcHydroScaling,
    hingeShift: (imt) => INTERFACE_SHIFT.row(imt, id).dc1,
    backArcWeight: backArcFlags,
    fixedDepth,
    distance,
    theta6Adjustment,
    ergodic,
    medianShift: (imt) => (sigmaMuEpsilon === 0 ? 0 : sigmaMuEpsilon * uncertainty(imt)),
  });
}

/** How a model gets measures that its equations lack. */
export interface Extension {
  /** s: periods outside take the motion at the end, and its change with period from `follow` */
  readonly shortest: number;
  readonly longest: number;
  readonly follow?: GroundMotionModel;
  /** ln PGV = slope ln SA(period) + constant; the equations of the model give PGV where undefined */
  readonly pgv?: { readonly period: number; readonly slope: number; readonly constant: number };
}
/** PGV of interface earthquakes from SA at a period (s): ln PGV = slope ln SA + constant. */
export const PGV_OF_INTERFACE = { period: 1.92, slope: 0.897, constant: 4.835 };
/** PGV of slab earthquakes from SA at a period (s): ln PGV = slope ln SA + constant. */
export const PGV_OF_SLAB = { period: 0.5, slope: 0.995, constant: 3.937 };

const spectral = (period: number): Imt => parseImt(`SA(${period})`);

/** A model with the measures of Canada. Errors of prepare: Refusal for any other measure. */
export function extended(id: string, base: GroundMotionModel, extension: Extension): GroundMotionModel {
  const { shortest, longest, follow, pgv } = extension;
  return {
    id,
    requires: base.requires,
    prepare(imts, sites, capacity) {
      const own: Imt[] = [];
      const followed: Imt[] = [];
      /** per measure: where in `followed` its pair stands, -1 without one */
      const pair: number[] = [];
      const isPgv: boolean[] = [];
      for (const imt of imts) {
        checkCanadaImt(imt, id);
        const bounded = Math.min(Math.max(imt.period, shortest), longest);
        const outside = imt.kind === 'SA' && imt.period !== bounded;
        const fromSpectrum = imt.kind === 'PGV' && pgv !== undefined;
        isPgv.push(fromSpectrum);
        pair.push(outside ? followed.length : -1);
        if (outside) followed.push(imt, spectral(bounded));
        own.push(outside ? spectral(bounded) : fromSpectrum ? spectral(pgv.period) : imt);
      }
      const evaluate = base.prepare(own, sites, capacity);
      const evaluateFollowed = followed.length ? follow?.prepare(followed, sites, capacity) : undefined;
      const buffers = groundMotionBuffers(followed.length, followed.length ? capacity : 0);
      return (batch, out) => {
        evaluate(batch, out);
        evaluateFollowed?.(batch, buffers);
        for (let m = 0; m < imts.length; m++) {
          const mean = out.mean[m];
          if (pgv && isPgv[m]) for (let i = 0; i < batch.size; i++) mean[i] = pgv.slope * mean[i] + pgv.constant;
          if (pair[m] < 0) continue;
          const asked = buffers.mean[pair[m]];
          const end = buffers.mean[pair[m] + 1];
          for (let i = 0; i < batch.size; i++) mean[i] += asked[i] - end[i];
        }
      };
    },
  };
}
