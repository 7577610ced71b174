import { hardRockFactor, lnHardRock } from './canada-shm6-terms.js';
import type { Requirements } from '../../contexts/context-batch.js';
import { CoefficientTable, readTables } from '../coefficients.js';
import type { GroundMotionModel, ModelDeclaration, ModelModule } from '../model.js';
import { fillSigma, LN_CMS2_TO_G, perMeasureModel } from '../per-measure.js';

const { tables } = readTables(import.meta.url, 'ghofrani-atkinson-2014');
const TABLE = new CoefficientTable(tables.main);
/** km */
const NEAR_SOURCE = 60;

/** How a model of the family goes on from that of Japan. */
interface Variant {
  /** with the factor from Japan to Cascadia */
  readonly cascadia?: boolean;
  /** side of the epistemic band, min(0.15 + 0.0007 Rrup, 0.35) wide in log10 units */
  readonly side?: -1 | 1;
  /** with the hard-rock factor of the Canadian model 6 */
  readonly hardRock?: boolean;
}

/**
 * Interface earthquakes: log10 y = a + b M - log10 sqrt(Rrup^2 + 60^2) + q Rrup + c3 log10(V / 760) + af, cm/s2 or cm/s.
 */
function modelOf(id: string, requires: Requirements, variant: Variant): GroundMotionModel {
  return perMeasureModel(id, requires, (imt, sites) => {
    const { a, b, c1, c2, c3, af, sigma, tau } = TABLE.row(imt, id);
    const unit = imt.kind === 'PGV' ? 0 : LN_CMS2_TO_G;
    const factor = variant.cascadia ? af : 0;
    const hardRock = variant.hardRock ? lnHardRock(imt, id) : undefined;
    const { vs30, backarc } = sites.numeric;
    const siteTerms = vs30.map((v) => {
      const at = (velocity: number) => c3 * Math.log(velocity / 760);
      const term = hardRock === undefined || v < 1100 ? at(v) : hardRockFactor(v, at(1100), at(2000), hardRock);
      return term + unit;
    });
    const attenuation = backarc.map((flag) => Math.LN10 * (flag === 1 ? c2 : c1));
    const side = Math.LN10 * (variant.side ?? 0);
    return (batch, out, m) => {
      const { start, site, mag, rrup } = batch;
      for (let r = 0; r < batch.ruptures; r++) {
        const constant = Math.LN10 * (a + b * mag[r] + factor);
        for (let i = start[r]; i < start[r + 1]; i++) {
          const s = site[i];
          const distance = rrup[i];
          out.mean[m][i] =
            constant -
            0.5 * Math.log(distance * distance + NEAR_SOURCE * NEAR_SOURCE) +
            attenuation[s] * distance +
            siteTerms[s] +
            side * Math.min(0.15 + 0.0007 * distance, 0.35);
        }
      }
      const total = Math.LN10 * Math.hypot(tau, sigma);
      fillSigma(out, m, batch.size, total, tau * Math.LN10, sigma * Math.LN10);
    };
  });
}

/** The model for Cascadia with the hard-rock factor of the Canadian model 6. */
export function ghofraniAtkinson(id: string, requires: Requirements): GroundMotionModel {
  return modelOf(id, requires, { cascadia: true, hardRock: true });
}

function declaration(id: string, variant: Variant): ModelDeclaration {
  const requires: Requirements = { rupture: ['mag'], distances: ['rrup'], site: ['vs30', 'backarc'] };
  return {
    id,
    citation:
      'H. Ghofrani, G. M. Atkinson (2014), Ground-motion prediction equations for interface earthquakes of M7 to M9 based on empirical data from Japan, Bulletin of Earthquake Engineering 12, 549-571',
    tectonicRegionType: 'Subduction Interface',
    imts: TABLE.imts,
    component: 'Average Horizontal',
    standardDeviations: ['total', 'inter', 'intra'],
    requires,
    arguments: [],
    create: () => modelOf(id, requires, variant),
  };
}

export const models: ModelModule['models'] = [
  declaration('GhofraniAtkinson2014', {}),
  declaration('GhofraniAtkinson2014Cascadia', { cascadia: true }),
  declaration('GhofraniAtkinson2014CascadiaLower', { cascadia: true, side: -1 }),
  declaration('GhofraniAtkinson2014CascadiaUpper', { cascadia: true, side: 1 }),
  declaration('GhofraniAtkinson2014Lower', { side: -1 }),
  declaration('GhofraniAtkinson2014Upper', { side: 1 }),
];
