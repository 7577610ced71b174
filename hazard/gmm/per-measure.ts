import type { ContextBatch, Requirements } from '../contexts/context-batch.js';
import type { SiteParameters } from '../site/site-parameters.js';
import type { Imt } from './imt.js';
import type { GroundMotion, GroundMotionModel } from './model.js';

/** Standard gravity, m/s2. */
export const GRAVITY = 9.80665;
/** ln of the factor from cm/s2 to g. */
export const LN_CMS2_TO_G = Math.log(0.01 / GRAVITY);

/** Evaluates one intensity measure type of a batch: writes row m of mean, total, inter and intra. */
export type MeasureEvaluator = (batch: ContextBatch, out: GroundMotion, m: number) => void;

/** A model whose intensity measure types are independent of each other. `prepare` is called once for each of them. */
export function perMeasureModel(
  id: string,
  requires: Requirements,
  prepare: (imt: Imt, sites: SiteParameters, capacity: number) => MeasureEvaluator,
): GroundMotionModel {
  return {
    id,
    requires,
    prepare(imts, sites, capacity) {
      const evaluators = imts.map((imt) => prepare(imt, sites, capacity));
      return (batch, out) => {
        for (let m = 0; m < evaluators.length; m++) evaluators[m](batch, out, m);
      };
    },
  };
}

/** The same standard deviations for every context, natural log units; 0 for those a model lacks. */
export function fillSigma(out: GroundMotion, m: number, size: number, total: number, inter = 0, intra = 0): void {
  out.total[m].fill(total, 0, size);
  out.inter[m].fill(inter, 0, size);
  out.intra[m].fill(intra, 0, size);
}

/** The same standard deviations, between and within events, for every context of rupture r; natural log units. */
export function fillSigmaOfRupture(
  out: GroundMotion,
  m: number,
  { start }: ContextBatch,
  r: number,
  tau: number,
  phi: number,
): void {
  out.inter[m].fill(tau, start[r], start[r + 1]);
  out.intra[m].fill(phi, start[r], start[r + 1]);
  out.total[m].fill(Math.hypot(tau, phi), start[r], start[r + 1]);
}
