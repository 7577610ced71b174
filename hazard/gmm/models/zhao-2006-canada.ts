import { alongLnVelocity, lnHardRock } from './canada-shm6-terms.js';
import type { Requirements } from '../../contexts/context-batch.js';
import { CoefficientTable, readTables, type Coefficients } from '../coefficients.js';
import type { GroundMotionModel } from '../model.js';
import { fillSigma, LN_CMS2_TO_G, perMeasureModel } from '../per-measure.js';

const { tables } = readTables(import.meta.url, 'zhao-2006');
const COMMON = new CoefficientTable(tables.common);
const INTERFACE = new CoefficientTable(tables.interface);
const SLAB = new CoefficientTable(tables.slab);
const CASCADIA = new CoefficientTable(tables.cascadia);

const VELOCITIES = [160, 250, 450, 760, 1100, 2000];

/** Site term (ln) by velocity in place of the site classes of the paper; hardRock is the ln factor from 760 m/s to hard rock. */
function siteTerm(c: Coefficients, hardRock: number, vs30: number): number {
  const rock = (c.CH + c.C1) / 2;
  const hard = Math.min(rock, Math.max(c.CH, c.C1 + hardRock));
  return alongLnVelocity(VELOCITIES, [c.C4, c.C3, c.C2, c.C1, rock, hard], vs30);
}

/**
 * Subduction models of Zhao et al. (2006), Bulletin of the Seismological Society of America 96(3), 898-913, with the factor
 * for Cascadia, a fixed depth (15 to 125 km) and a site term that is continuous in velocity: as in the Canadian model 6.
 */
export function zhaoCanada(id: string, slab: boolean, depth: number, requires: Requirements): GroundMotionModel {
  return perMeasureModel(id, requires, (imt, sites) => {
    const c = COMMON.row(imt, id);
    const own = (slab ? SLAB : INTERFACE).row(imt, id);
    const hardRock = lnHardRock(imt, id);
    const factor = Math.log(CASCADIA.row(imt, id).MF) + LN_CMS2_TO_G;
    const siteTerms = sites.numeric.vs30.map((v) => siteTerm(c, hardRock, v) + factor);
    const depthTerm = c.e * (depth - 15);
    const centre = slab ? 6.5 : 6.3;
    const [event, linear, quadratic, lnSlope, tau] = slab
      ? [own.SS + own.WS, own.PS, own.QS, own.SSL, own.tauS]
      : [own.SI + own.WI, 0, own.QI, 0, own.tauI];
    return (batch, out, m) => {
      const { start, site, mag, rrup } = batch;
      const mean = out.mean[m];
      for (let r = 0; r < batch.ruptures; r++) {
        const dm = mag[r] - centre;
        const constant = c.a * mag[r] + depthTerm + event + dm * (linear + quadratic * dm);
        const saturation = c.c * Math.exp(c.d * mag[r]);
        for (let i = start[r]; i < start[r + 1]; i++) {
          const distance = slab && rrup[i] === 0 ? 0.1 : rrup[i];
          let value = constant + c.b * distance - Math.log(distance + saturation) + siteTerms[site[i]];
          if (slab) value += lnSlope * Math.log(distance);
          mean[i] = value;
        }
      }
      fillSigma(out, m, batch.size, Math.hypot(c.sigma, tau), tau, c.sigma);
    };
  });
}
