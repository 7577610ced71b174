import {
  atMagnitude,
  panelSiteToSite,
  PHI_MODELS,
  phiSteps,
  quantileArgument,
  quantileOf,
  TAU_MODELS,
  tauSteps,
} from '../terms/al-atik-2015.js';
import type { ContextBatch, Requirements } from '../../contexts/context-batch.js';
import { CoefficientTable, readTables, type Coefficients } from '../coefficients.js';
import { parseImt } from '../imt.js';
import { writeSigma } from '../terms/kotha-2020-terms.js';
import type { Arguments, GroundMotionModel, ModelAlias, ModelDeclaration, ModelModule } from '../model.js';
import { siteAmplification } from '../terms/stewart-hashash-2020.js';

const { tables } = readTables(import.meta.url, 'eshm20-craton');
const MAIN = new CoefficientTable(tables.main);
const ID = 'ESHM20Craton';
const PGA = parseImt('PGA');
const REQUIRES: Requirements = { rupture: ['mag'], distances: ['rrup'], site: ['vs30'] };

const ESHM20Craton: ModelDeclaration = {
  id: ID,
  citation:
    'G. Weatherill, F. Cotton (2020), A ground motion logic tree for seismic hazard analysis in the stable cratonic region of Europe: regionalisation, model selection and development of a scaled backbone approach, Bulletin of Earthquake Engineering 18, 6119-6148, doi:10.1007/s10518-020-00940-x',
  tectonicRegionType: 'Stable Shallow Crust',
  imts: MAIN.imts,
  component: 'Average Horizontal (RotD50)',
  standardDeviations: ['total', 'inter', 'intra'],
  requires: REQUIRES,
  referenceVelocity: 3000,
  arguments: [
    {
      name: 'epsilon',
      meaning: 'number of epistemic standard deviations added to the median',
      type: 'number',
      default: 0,
    },
    { name: 'tau_model', meaning: 'between-event model', type: 'text', default: 'global', allowed: TAU_MODELS },
    { name: 'phi_model', meaning: 'single-station model', type: 'text', default: 'global', allowed: PHI_MODELS },
    {
      name: 'ergodic',
      meaning: 'whether the variability between sites is part of the standard deviation',
      type: 'boolean',
      default: true,
    },
    quantileArgument('tau_quantile', 'the between-event standard deviation'),
    quantileArgument('phi_ss_quantile', 'the single-station standard deviation'),
    {
      name: 'site_epsilon',
      meaning: 'number of standard deviations added to the site amplification',
      type: 'number',
      default: 0,
    },
  ],
  create: createModel,
};

function createModel(args: Arguments): GroundMotionModel {
  const epsilon = Number(args.epsilon);
  const siteEpsilon = Number(args.site_epsilon);
  return {
    id: ID,
    requires: REQUIRES,
    prepare(imts, sites, capacity) {
      const { vs30 } = sites.numeric;
      const rock = MAIN.row(PGA, ID);
      const measures = imts.map((imt) => {
        const tau = tauSteps(String(args.tau_model), imt, quantileOf(args.tau_quantile));
        const phi = phiSteps(String(args.phi_model), imt, ID, quantileOf(args.phi_ss_quantile));
        return {
          c: MAIN.row(imt, ID),
          amplification: siteAmplification(imt, ID, vs30),
          tauOf: (mag: number) => atMagnitude(tau, mag),
          phiOf: (mag: number) => atMagnitude(phi, mag),
          siteVariance: panelSiteToSite(imt, ID, vs30).map((s) => (args.ergodic === true ? s * s : 0)),
        };
      });
      const pgaRock = new Float64Array(capacity);
      return (batch, out) => {
        lnRockMotion(rock, 0, batch, pgaRock);
        for (let i = 0; i < batch.size; i++) pgaRock[i] = Math.exp(pgaRock[i]);
        for (let m = 0; m < measures.length; m++) {
          const { c, amplification, tauOf, phiOf, siteVariance } = measures[m];
          lnRockMotion(c, epsilon, batch, out.mean[m]);
          amplification.add(batch, pgaRock, out.mean[m], siteEpsilon);
          writeSigma(tauOf, phiOf, siteVariance, batch, out, m);
        }
      };
    },
  };
}

const MREF = 4.5;
const MH = 6.2;
const H2 = 25;
const REFERENCE = Math.sqrt(1 + H2);

/** ln of the motion on very hard rock. */
function lnRockMotion(c: Coefficients, epsilon: number, batch: ContextBatch, out: Float64Array): void {
  const { start, mag, rrup } = batch;
  for (let r = 0; r < batch.ruptures; r++) {
    const dm = mag[r] - MH;
    const event = c.e1 + epsilon * c.sigma_mu + (dm <= 0 ? c.b1 * dm + c.b2 * dm * dm : c.b3 * dm);
    const slope = c.c1 + c.c2 * (mag[r] - MREF);
    for (let i = start[r]; i < start[r + 1]; i++) {
      const distance = Math.sqrt(rrup[i] * rrup[i] + H2);
      out[i] = event + slope * Math.log(distance / REFERENCE) + 0.01 * c.c3 * (distance - REFERENCE);
    }
  }
}

const STRESS = { VLow: -2.85697, Low: -1.35563, Mid: 0, High: 1.35563, VHigh: 2.85697 } as const;
const SITE = { Low: -1.732051, Mid: 0, High: 1.732051 } as const;

const aliases = Object.entries(STRESS).flatMap(([stress, epsilon]) =>
  Object.entries(SITE).map(([site, site_epsilon]): ModelAlias => {
    return { id: `${ID}${stress}Stress${site}Site`, aliasOf: ID, arguments: { epsilon, site_epsilon } };
  }),
);

export const models: ModelModule['models'] = [ESHM20Craton, ...aliases];
