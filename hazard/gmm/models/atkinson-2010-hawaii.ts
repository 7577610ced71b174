import { booreAtkinson2008, MAIN } from './boore-atkinson-2008.js';
import type { Requirements } from '../../contexts/context-batch.js';
import type { Imt } from '../imt.js';
import type { GroundMotionModel, ModelDeclaration, ModelModule } from '../model.js';
import { fillSigma } from '../per-measure.js';

const ID = 'Atkinson2010Hawaii';
const LN10 = Math.LN10;
const REQUIRES: Requirements = { rupture: ['mag', 'rake', 'hypoDepth'], distances: ['rjb'], site: ['vs30'] };

const Atkinson2010Hawaii: ModelDeclaration = {
  id: ID,
  citation:
    'G. M. Atkinson (2010), Ground-motion prediction equations for Hawaii from a referenced empirical approach, Bulletin of the Seismological Society of America 100(2), 751-761, doi:10.1785/0120090098; base: Boore & Atkinson (2008)',
  tectonicRegionType: 'Volcanic',
  imts: MAIN.imts,
  component: 'Average Horizontal',
  standardDeviations: ['total'],
  requires: REQUIRES,
  referenceVelocity: 760,
  arguments: [],
  create: () => model,
};

const model: GroundMotionModel = {
  id: ID,
  requires: REQUIRES,
  prepare(imts: readonly Imt[], sites, capacity) {
    for (const imt of imts) MAIN.row(imt, ID); // an error names this model
    const evaluate = booreAtkinson2008.prepare(imts, sites, capacity);
    const frequencies = imts.map((imt) => Math.log10(frequencyOf(imt)));
    return (batch, out) => {
      evaluate(batch, out);
      const { start, hypoDepth, rjb } = batch;
      for (let m = 0; m < imts.length; m++) {
        const mean = out.mean[m];
        const slope = Math.min(-0.18 + 0.17 * frequencies[m], 0);
        for (let r = 0; r < batch.ruptures; r++) {
          const constant = LN10 * depthTerm(frequencies[m], hypoDepth[r]);
          for (let i = start[r]; i < start[r + 1]; i++) mean[i] += constant + slope * Math.log(Math.max(rjb[i], 1));
        }
        fillSigma(out, m, batch.size, 0.26 * LN10);
      }
    };
  },
};

/** Hz */
function frequencyOf(imt: Imt): number {
  if (imt.kind === 'PGA') return 50;
  return imt.kind === 'PGV' ? 2 : 1 / imt.period;
}

/** log10 of the factor by depth of the hypocentre, km. */
function depthTerm(logFrequency: number, depth: number): number {
  if (depth < 20) return Math.max(0.217 - 0.321 * logFrequency, 0);
  return depth <= 35 ? 0.2 : Math.min(0.263 + 0.0924 * logFrequency, 0.35);
}

export const models: ModelModule['models'] = [Atkinson2010Hawaii];
