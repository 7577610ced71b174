import { lnRockMotion, MAIN, SITE, siteTerm } from './boore-atkinson-2008.js';
import { ContextBatch, type Requirements } from '../../contexts/context-batch.js';
import { parseImt, type Imt } from '../imt.js';
import type { GroundMotionModel, ModelDeclaration, ModelModule } from '../model.js';
import { fillSigma } from '../per-measure.js';

const PGA = parseImt('PGA');

/** What distinguishes the models: distance, shift of the magnitude, and the side of the epistemic band. */
interface Variant {
  readonly id: string;
  readonly distance: 'repi' | 'rjb';
  readonly magnitudeShift: number;
  readonly side: -1 | 0 | 1;
}

function declaration(variant: Variant): ModelDeclaration {
  const requires: Requirements = { rupture: ['mag', 'rake'], distances: [variant.distance], site: ['vs30'] };
  return {
    id: variant.id,
    citation:
      'G. M. Atkinson, J. Adams (2013), Ground motion prediction equations for application to the 2015 Canadian national seismic hazard maps, Canadian Journal of Civil Engineering 40(10), 988-998, doi:10.1139/cjce-2012-0544; D. M. Boore, G. M. Atkinson (2008), doi:10.1193/1.2830434, with the adjustment of G. M. Atkinson, D. M. Boore (2011)',
    tectonicRegionType: 'Active Shallow Crust',
    imts: MAIN.imts,
    component: 'Average Horizontal (GMRotI50)',
    standardDeviations: ['total'],
    requires,
    referenceVelocity: 760,
    arguments: [],
    notes:
      variant.distance === 'repi'
        ? 'The distance to the rupture is estimated from the epicentral distance and the magnitude.'
        : undefined,
    create: () => model(variant, requires),
  };
}

function model(variant: Variant, requires: Requirements): GroundMotionModel {
  const { id, side } = variant;
  return {
    id,
    requires,
    prepare(imts, sites, capacity) {
      const rock = MAIN.row(PGA, id);
      const terms = imts.map((imt) => ({
        row: MAIN.row(imt, id),
        site: siteTerm(SITE.row(imt, id), sites.numeric.vs30),
        sigma: can15Sigma(imt),
      }));
      // the model of 2008 sees the shifted magnitude and the estimated distance
      const seen = new ContextBatch(capacity, new Set(['mag', 'rake']), new Set(['rjb']));
      const pgaRock = new Float64Array(capacity);
      const shift = new Float64Array(capacity);
      return (batch, out) => {
        seen.size = batch.size;
        seen.ruptures = batch.ruptures;
        for (let r = 0; r < batch.ruptures; r++) {
          const m = batch.mag[r] + variant.magnitudeShift;
          seen.mag[r] = m;
          seen.rake[r] = batch.rake[r];
          const source = Math.max(3.888 - 0.674 * m, 0);
          const slope = Math.max(2.933 - 0.51 * m, 0);
          const [from, to] = [batch.start[r], batch.start[r + 1]];
          seen.start[r + 1] = to;
          const length = Math.exp(Math.LN10 * (-2.44 + 0.59 * m));
          for (let i = from; i < to; i++) {
            seen.site[i] = batch.site[i];
            const rjb = variant.distance === 'rjb' ? batch.rjb[i] : Math.max(batch.repi[i] - 0.3 * length, 0.1);
            seen.rjb[i] = rjb;
            const band = side === 0 ? 0 : side * Math.min(0.1 + 0.0007 * rjb, 0.3);
            shift[i] = Math.LN10 * (source - slope * Math.log10(rjb + 10) + band);
          }
        }
        lnRockMotion(rock, seen, pgaRock);
        for (let i = 0; i < batch.size; i++) pgaRock[i] = Math.exp(pgaRock[i]);
        for (let k = 0; k < terms.length; k++) {
          const mean = out.mean[k];
          lnRockMotion(terms[k].row, seen, mean);
          terms[k].site(seen, pgaRock, mean);
          for (let i = 0; i < batch.size; i++) mean[i] += shift[i];
          fillSigma(out, k, batch.size, terms[k].sigma);
        }
      };
    },
  };
}

/** ln units: log10 0.23 below 0.2 s (PGA and PGV too), 0.27 above 1 s, linear in period between. */
export function can15Sigma(imt: Imt): number {
  const period = imt.kind === 'SA' ? imt.period : 0;
  return Math.LN10 * (0.23 + 0.04 * Math.min(Math.max((period - 0.2) / 0.8, 0), 1));
}

/** Suffix of the names of the branches, and on which side of the median they lie. */
export const SIDES = { Low: -1, Mid: 0, Upp: 1 } as const;

export const models: ModelModule['models'] = Object.entries(SIDES).flatMap(([name, side]) => [
  declaration({ id: `WesternCan15${name}`, distance: 'repi', magnitudeShift: 0, side }),
  declaration({ id: `WesternCan15Rjb${name}`, distance: 'rjb', magnitudeShift: 0, side }),
  declaration({ id: `OceanicCan15${name}`, distance: 'repi', magnitudeShift: -0.5, side }),
]);
