import type { Requirements } from '../../contexts/context-batch.js';
import { parseImt } from '../imt.js';
import type { GroundMotionModel, ModelDeclaration, ModelModule } from '../model.js';
import { unsupportedMeasure } from '../refusals.js';
import { groundMotionBuffers, unionOfRequirements, specificationIn } from '../wrappers/wrapped-model.js';

const PGA = parseImt('PGA');
const SA1 = parseImt('SA(1.0)');
const REQUESTED = [PGA, SA1];
const OWN: Requirements = { rupture: ['mag'], distances: ['rrup'], site: ['vs30'] };

/** Constants by region: c1, c2, within-event deviation, and between-event deviations of the region and of the model (table 2). */
type Row = readonly [c1: number, c2: number, phi: number, tauRegion: number, tau: number];

interface Setting {
  readonly tectonicRegionType: string;
  readonly c3: number;
  readonly c4: number;
  readonly c5: number;
  /** total deviation of the conditional relation */
  readonly sigma: number;
  readonly regions: Readonly<Record<string, Row>>;
}

const INTERFACE: Setting = {
  tectonicRegionType: 'Subduction Interface',
  c3: 0.53,
  c4: 1.54,
  c5: 0.17,
  sigma: 0.36,
  regions: {
    Global: [0.85, -0.36, 0.3, 0.04, 0.18],
    Japan: [0.98, -0.38, 0.3, 0, 0.16],
    Taiwan: [0.75, -0.35, 0.27, 0, 0.15],
    'South America': [0.95, -0.36, 0.32, 0, 0.19],
    'New Zealand': [0.82, -0.36, 0.28, 0, 0.17],
  },
};
const SLAB: Setting = {
  tectonicRegionType: 'Subduction IntraSlab',
  c3: 0.66,
  c4: 1.58,
  c5: 0.14,
  sigma: 0.33,
  regions: {
    Global: [-0.74, -0.24, 0.28, 0.03, 0.16],
    Japan: [-0.22, -0.32, 0.26, 0, 0.15],
    Taiwan: [-1.02, -0.2, 0.29, 0, 0.17],
    'South America': [-0.75, -0.24, 0.3, 0, 0.14],
    'New Zealand': [-0.84, -0.22, 0.3, 0, 0.13],
  },
};

/** Arias intensity (m/s) conditional on PGA and SA(1.0) of another model: ln IA = c1 + c2 ln vs30 + c3 M + c4 ln PGA + c5 ln SA(1) (equation 3). */
function conditional(
  id: string,
  setting: Setting,
  region: string,
  rho: number,
  base: GroundMotionModel,
): GroundMotionModel {
  const { c3, c4, c5, sigma } = setting;
  const [c1, c2, phi, tauRegion, tau] = setting.regions[region];
  /** Deviation from that of the relation and those of both measures, which are correlated (equation 9). */
  const combined = (own: number, pga: number, sa: number): number =>
    Math.sqrt(own * own + c4 * c4 * pga * pga + c5 * c5 * sa * sa + 2 * rho * c4 * c5 * pga * sa);
  const ownTau = Math.hypot(tau, tauRegion);
  return {
    id,
    requires: unionOfRequirements(OWN, base.requires),
    prepare(imts, sites, capacity) {
      for (const imt of imts) if (imt.kind !== 'IA') throw unsupportedMeasure(id, imt, 'IA');
      const evaluate = base.prepare(REQUESTED, sites, capacity);
      const motion = groundMotionBuffers(2, capacity);
      const siteTerms = sites.numeric.vs30.map((v) => c1 + c2 * Math.log(v));
      return (batch, out) => {
        const { start, mag, site } = batch;
        evaluate(batch, motion);
        const { mean, total, inter, intra } = motion;
        for (let m = 0; m < imts.length; m++)
          for (let r = 0; r < batch.ruptures; r++)
            for (let i = start[r]; i < start[r + 1]; i++) {
              out.mean[m][i] = siteTerms[site[i]] + c3 * mag[r] + c4 * mean[0][i] + c5 * mean[1][i];
              out.total[m][i] = combined(sigma, total[0][i], total[1][i]);
              out.inter[m][i] = combined(ownTau, inter[0][i], inter[1][i]);
              out.intra[m][i] = combined(phi, intra[0][i], intra[1][i]);
            }
      };
    },
  };
}

function declaration(id: string, setting: Setting): ModelDeclaration {
  return {
    id,
    citation:
      'J. Macedo, N. Abrahamson, J. D. Bray (2019), Arias intensity conditional scaling ground-motion models for subduction zones, Bulletin of the Seismological Society of America 109(4), 1343-1357',
    tectonicRegionType: setting.tectonicRegionType,
    imts: [{ kind: 'IA' }],
    component: '',
    standardDeviations: ['total', 'inter', 'intra'],
    requires: OWN,
    arguments: [
      {
        name: 'region',
        type: 'text',
        default: 'Global',
        allowed: Object.keys(setting.regions),
        meaning: 'region of the constants',
      },
      {
        name: 'rho_pga_sa1',
        type: 'number',
        default: 0.52,
        range: [-1, 1],
        meaning: 'correlation of the residuals of PGA and SA(1.0)',
      },
      {
        name: 'gmpe',
        type: 'model',
        meaning: 'table with the model that gives PGA and SA(1.0), such as gmpe.ParkerEtAl2020SInter = {}',
      },
    ],
    notes: 'Needs the parameters of the model that gives PGA and SA(1.0) besides its own.',
    async create(args, resources) {
      const base = await resources.model(specificationIn(args.gmpe, 'gmpe'));
      return conditional(id, setting, String(args.region), Number(args.rho_pga_sa1), base);
    },
  };
}

export const models: ModelModule['models'] = [
  declaration('MacedoEtAl2019SInter', INTERFACE),
  declaration('MacedoEtAl2019SSlab', SLAB),
];
