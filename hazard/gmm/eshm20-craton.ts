import { atMagnitude, panelSiteToSite, PHI_MODELS, phiSteps, TAU_MODELS, tauSteps } from './al-atik-2015.js';
import { CoefficientTable, readTables, type Coefficients } from './coefficients.js';
import type { ContextBatch } from './context.js';
import { parseImt } from './imt.js';
import type { Arguments, GroundMotionModel, ModelAlias, ModelDeclaration, ModelModule } from './model.js';
import { siteAmplification } from './stewart-hashash-2020.js';

const MAIN = new CoefficientTable(readTables(import.meta.url, 'eshm20-craton').tables.main);
const ID = 'ESHM20Craton';
const PGA = parseImt('PGA');
const HINGE = 6.2;
const REFERENCE_MAGNITUDE = 4.5;
const DEPTH2 = 25;
const REFERENCE_DISTANCE = Math.sqrt(1 + DEPTH2);

const quantile = (name: string, of: string) =>
  ({
    name,
    meaning: `quantile (0 to 1) of ${of}; none: the mean`,
    type: 'number',
    default: null,
    range: [0, 1],
  }) as const;

const ESHM20Craton: ModelDeclaration = {
  id: ID,
  citation:
    'G. Weatherill, F. Cotton (2020), A ground motion logic tree for seismic hazard analysis in the stable cratonic region of Europe: regionalisation, model selection and development of a scaled backbone approach, Bulletin of Earthquake Engineering 18, 6119-6148, doi:10.1007/s10518-020-00940-x',
  tectonicRegionType: 'Stable Shallow Crust',
  imts: MAIN.imts,
  component: 'Average Horizontal (RotD50)',
  standardDeviations: ['total', 'inter', 'intra'],
  requires: { rupture: ['mag'], distances: ['rrup'], site: ['vs30'] },
  referenceVelocity: 3000,
  arguments: [
    { name: 'epsilon', meaning: 'epistemic standard deviations added to the median', type: 'number', default: 0 },
    { name: 'tau_model', meaning: 'between-event model', type: 'text', default: 'global', allowed: TAU_MODELS },
    { name: 'phi_model', meaning: 'single-station model', type: 'text', default: 'global', allowed: PHI_MODELS },
    { name: 'ergodic', meaning: 'whether phi contains site-to-site variability', type: 'boolean', default: true },
    quantile('tau_quantile', 'the between-event standard deviation'),
    quantile('phi_ss_quantile', 'the single-station standard deviation'),
    {
      name: 'site_epsilon',
      meaning: 'standard deviations added to the site amplification',
      type: 'number',
      default: 0,
    },
  ],
  create: (args) => model(args),
};

function model(args: Arguments): GroundMotionModel {
  const epsilon = Number(args.epsilon);
  const siteEpsilon = Number(args.site_epsilon);
  const ergodic = args.ergodic !== false && args.ergodic !== 0;
  const numberOrNull = (value: unknown) => (value === null ? null : Number(value));
  return {
    id: ID,
    requires: ESHM20Craton.requires,
    prepare(imts, sites, capacity) {
      const { vs30 } = sites.numeric;
      const rock = MAIN.row(PGA, ID);
      const terms = imts.map((imt) => ({
        c: MAIN.row(imt, ID),
        amplification: siteAmplification(imt, ID, vs30),
        tau: tauSteps(String(args.tau_model), imt, numberOrNull(args.tau_quantile)),
        phi: phiSteps(String(args.phi_model), imt, ID, numberOrNull(args.phi_ss_quantile)),
        siteToSite: ergodic ? panelSiteToSite(imt, ID, vs30) : new Float64Array(sites.size),
      }));
      const distance = new Float64Array(capacity);
      const lnDistance = new Float64Array(capacity);
      const pga = new Float64Array(capacity);
      return (batch, out) => {
        const { size, start, site } = batch;
        for (let i = 0; i < size; i++) {
          distance[i] = Math.sqrt(batch.rrup[i] * batch.rrup[i] + DEPTH2);
          lnDistance[i] = Math.log(distance[i] / REFERENCE_DISTANCE);
        }
        lnRockMotion(rock, batch, distance, lnDistance, pga);
        for (let i = 0; i < size; i++) pga[i] = Math.exp(pga[i]);
        for (let k = 0; k < terms.length; k++) {
          const { c, amplification, tau, phi, siteToSite } = terms[k];
          const mean = out.mean[k];
          lnRockMotion(c, batch, distance, lnDistance, mean);
          amplification.add(batch, pga, mean, siteEpsilon);
          const shift = epsilon * c.sigma_mu;
          for (let r = 0; r < batch.ruptures; r++) {
            const inter = atMagnitude(tau, batch.mag[r]);
            const single = atMagnitude(phi, batch.mag[r]);
            for (let i = start[r]; i < start[r + 1]; i++) {
              const s = siteToSite[site[i]];
              const variance = single * single + s * s;
              mean[i] += shift;
              out.inter[k][i] = inter;
              out.intra[k][i] = Math.sqrt(variance);
              out.total[k][i] = Math.sqrt(inter * inter + variance);
            }
          }
        }
      };
    },
  };
}

/** Equations 1 and 2: ln of the median (g) on very hard rock. */
function lnRockMotion(
  c: Coefficients,
  batch: ContextBatch,
  distance: Float64Array,
  lnDistance: Float64Array,
  out: Float64Array,
): void {
  const { start } = batch;
  for (let r = 0; r < batch.ruptures; r++) {
    const m = batch.mag[r];
    const d = m - HINGE;
    const source = d <= 0 ? c.e1 + c.b1 * d + c.b2 * d * d : c.e1 + c.b3 * d;
    const slope = c.c1 + c.c2 * (m - REFERENCE_MAGNITUDE);
    for (let i = start[r]; i < start[r + 1]; i++)
      out[i] = source + slope * lnDistance[i] + (c.c3 * (distance[i] - REFERENCE_DISTANCE)) / 100;
  }
}

/** Branches of the European model of 2020. */
const STRESS = { VLow: -2.85697, Low: -1.35563, Mid: 0, High: 1.35563, VHigh: 2.85697 } as const;
const SITE = { Low: -1.732051, Mid: 0, High: 1.732051 } as const;
const aliases: ModelAlias[] = Object.entries(STRESS).flatMap(([stress, epsilon]) =>
  Object.entries(SITE).map(([site, siteEpsilon]) => ({
    id: `${ID}${stress}Stress${site}Site`,
    aliasOf: ID,
    arguments: { epsilon, site_epsilon: siteEpsilon },
  })),
);

export const models: ModelModule['models'] = [ESHM20Craton, ...aliases];
