import { hardRockFactor, lnHardRock } from './canada-shm6-terms.js';
import type { Requirements } from '../../contexts/context-batch.js';
import { CoefficientTable, readTables } from '../coefficients.js';
import type { GroundMotionModel } from '../model.js';
import { fillSigma, LN_CMS2_TO_G, perMeasureModel } from '../per-measure.js';

const { tables } = readTables(import.meta.url, 'ghofrani-atkinson-2014');
const TABLE = new CoefficientTable(tables.main);
/** km */
const NEAR_SOURCE = 60;

/**
 * H. Ghofrani, G. M. Atkinson (2014), Bulletin of Earthquake Engineering 12, 549-571: interface earthquakes, with the factor
 * from Japan to Cascadia and the hard-rock factor of the Canadian model 6.
 * log10 y = a + b M - log10 sqrt(Rrup^2 + 60^2) + q Rrup + c3 log10(V / 760) + af, cm/s2 or cm/s.
 */
export function ghofraniAtkinson(id: string, requires: Requirements): GroundMotionModel {
  return perMeasureModel(id, requires, (imt, sites) => {
    const { a, b, c1, c2, c3, af, sigma, tau } = TABLE.row(imt, id);
    const unit = imt.kind === 'PGV' ? 0 : LN_CMS2_TO_G;
    const hardRock = lnHardRock(imt, id);
    const { vs30, backarc } = sites.numeric;
    const siteTerms = vs30.map((v) => {
      const at = (velocity: number) => c3 * Math.log(velocity / 760);
      return (v < 1100 ? at(v) : hardRockFactor(v, at(1100), at(2000), hardRock)) + unit;
    });
    const attenuation = backarc.map((flag) => Math.LN10 * (flag === 1 ? c2 : c1));
    return (batch, out, m) => {
      const { start, site, mag, rrup } = batch;
      for (let r = 0; r < batch.ruptures; r++) {
        const constant = Math.LN10 * (a + b * mag[r] + af);
        for (let i = start[r]; i < start[r + 1]; i++) {
          const s = site[i];
          out.mean[m][i] =
            constant -
            0.5 * Math.log(rrup[i] * rrup[i] + NEAR_SOURCE * NEAR_SOURCE) +
            attenuation[s] * rrup[i] +
            siteTerms[s];
        }
      }
      const total = Math.LN10 * Math.hypot(tau, sigma);
      fillSigma(out, m, batch.size, total, tau * Math.LN10, sigma * Math.LN10);
    };
  });
}
