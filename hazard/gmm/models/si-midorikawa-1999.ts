import type { Requirements } from '../../contexts/context-batch.js';
import type { GroundMotionModel, ModelDeclaration, ModelModule } from '../model.js';
import { LN_CMS2_TO_G, perMeasureModel } from '../per-measure.js';
import { correction, type Corner } from './si-midorikawa-1999-corrections.js';
import { unsupportedMeasure, unsupportedVelocity } from '../refusals.js';

type Setting = 'crustal' | 'interface' | 'slab';

/** Constants of one measure (equations of PGV and PGA), log10 units. */
interface Scaling {
  readonly magnitude: number;
  readonly depth: number;
  readonly constant: number;
  readonly saturation: number;
  readonly attenuation: number;
  readonly setting: Readonly<Record<Setting, number>>;
}
const PGV: Scaling = {
  magnitude: 0.58,
  depth: 0.0038,
  constant: -1.29,
  saturation: 0.0028,
  attenuation: 0.002,
  setting: { crustal: 0, interface: -0.02, slab: 0.12 },
};
const PGA: Scaling = {
  magnitude: 0.5,
  depth: 0.0043,
  constant: 0.61,
  saturation: 0.0055,
  attenuation: 0.003,
  setting: { crustal: 0, interface: 0.01, slab: 0.22 },
};
const MAGNITUDE_CAP = 8.3;

/** ln of the site factor for the three velocities (m/s) that the model knows. Errors: Refusal for any other. */
function siteTerm(id: string, vs30: number): number {
  if (vs30 === 600) return 0;
  if (vs30 === 400) return Math.log(1.41);
  if (vs30 === 800) return -Math.log(1.25);
  throw unsupportedVelocity(id, vs30, 'one of 400, 600, 800 is needed');
}

/** log10 standard deviation of crustal earthquakes by distance (km). */
function crustalSigma(rrup: number): number {
  if (rrup <= 20) return 0.23;
  return rrup <= 30 ? 0.23 - (0.03 * Math.log10(rrup / 20)) / Math.log10(30 / 20) : 0.2;
}

/** log10 standard deviation of subduction earthquakes by the median PGV (cm/s) at 600 m/s. */
function subductionSigma(pgv: number): number {
  if (pgv <= 25) return 0.2;
  return pgv <= 50 ? 0.2 - (0.05 * (pgv - 25)) / 25 : 0.15;
}

function siMidorikawa(id: string, setting: Setting, requires: Requirements, corner?: Corner): GroundMotionModel {
  return perMeasureModel(id, requires, (imt, sites) => {
    if (imt.kind !== 'PGA' && imt.kind !== 'PGV') throw unsupportedMeasure(id, imt, 'PGA, PGV');
    const isPgv = imt.kind === 'PGV';
    const c = isPgv ? PGV : PGA;
    const siteTerms = sites.numeric.vs30.map((v) => siteTerm(id, v));
    const correct = corner && correction(corner, imt.kind, sites);
    const unit = isPgv ? 0 : LN_CMS2_TO_G;
    return (batch, out, m) => {
      const { start, site, mag, hypoDepth, rrup } = batch;
      const mean = out.mean[m];
      const total = out.total[m];
      for (let r = 0; r < batch.ruptures; r++) {
        const magnitude = Math.min(mag[r], MAGNITUDE_CAP);
        const constant =
          Math.LN10 * (c.magnitude * magnitude + c.depth * hypoDepth[r] + c.setting[setting] + c.constant) + unit;
        const saturation = c.saturation * Math.exp(Math.LN10 * 0.5 * magnitude);
        for (let i = start[r]; i < start[r + 1]; i++) {
          const base = constant - Math.log(rrup[i] + saturation) - Math.LN10 * c.attenuation * rrup[i];
          mean[i] = base + siteTerms[site[i]];
          if (setting === 'crustal') total[i] = Math.LN10 * crustalSigma(rrup[i]);
          else total[i] = Math.LN10 * (isPgv ? subductionSigma(Math.exp(base)) : 0.2);
        }
      }
      correct?.(batch, mean);
      out.inter[m].fill(0, 0, batch.size);
      out.intra[m].fill(0, 0, batch.size);
    };
  });
}

const REGION_TYPES: Readonly<Record<Setting, string>> = {
  crustal: 'Active Shallow Crust',
  interface: 'Subduction Interface',
  slab: 'Subduction IntraSlab',
};

function declare(id: string, setting: Setting, corner?: Corner): ModelDeclaration {
  const requires: Requirements = {
    rupture: ['mag', 'hypoDepth'],
    distances: ['rrup'],
    site: corner ? ['vs30', 'lon', 'lat'] : ['vs30'],
  };
  const model = siMidorikawa(id, setting, requires, corner);
  return {
    id,
    citation:
      'H. Si, S. Midorikawa (1999), Journal of Structural and Construction Engineering (AIJ); as in the Technical Reports on National Seismic Hazard Maps for Japan (NIED, 2009), pages 148-151',
    tectonicRegionType: REGION_TYPES[setting],
    validity: {
      magnitude: [5.8, 8.3],
      distance: { kind: 'rrup', range: [0, 300] },
      source: 'the data, summary of the paper',
    },
    imts: [{ kind: 'PGA' }, { kind: 'PGV' }],
    component: 'Greater of two horizontal',
    standardDeviations: ['total'],
    requires,
    arguments: [],
    notes:
      'vs30 must be 400, 600 or 800 m/s. The site factor, made for PGV, also scales PGA; the standard deviation of PGA of subduction earthquakes does not fall with strength, as in the reference engine.',
    create: () => model,
  };
}

export const models: ModelModule['models'] = [
  declare('SiMidorikawa1999Asc', 'crustal'),
  declare('SiMidorikawa1999SInter', 'interface'),
  declare('SiMidorikawa1999SInterNorthEastCorrection', 'interface', 'northEast'),
  declare('SiMidorikawa1999SInterSouthWestCorrection', 'interface', 'southWest'),
  declare('SiMidorikawa1999SSlab', 'slab'),
  declare('SiMidorikawa1999SSlabNorthEastCorrection', 'slab', 'northEast'),
  declare('SiMidorikawa1999SSlabSouthWestCorrection', 'slab', 'southWest'),
];
