import { makeShared, sharedTerms } from './campbell-bozorgnia-2014.js';
import { meanOf, type Measure } from './campbell-bozorgnia-2014-terms.js';
import { campbellBozorgnia2014Z2, knownDepths } from '../terms/basin-depth.js';
import type { Requirements } from '../../contexts/context-batch.js';
import type { SiteParameters } from '../../site/site-parameters.js';
import { CoefficientTable, readTables, type Coefficients } from '../coefficients.js';
import { parseImt, type Imt } from '../imt.js';
import type { Arguments, GroundMotionModel, ModelAlias, ModelDeclaration, ModelModule } from '../model.js';
import { fillSigmaOfRupture } from '../per-measure.js';

const { tables } = readTables(import.meta.url, 'bozorgnia-campbell-2016');

const TABLE = new CoefficientTable(tables.main);
const ID = 'BozorgniaCampbell2016';
const PGA = parseImt('PGA');
const NO_ESTIMATES = { estimateZtor: false, estimateWidth: false, estimateHypoDepth: false };
const requires: Requirements = {
  rupture: ['mag', 'rake', 'dip', 'ztor', 'width', 'hypoDepth'],
  distances: ['rrup', 'rjb', 'rx'],
  site: ['vs30', 'z2pt5'],
};

/** Site response without nonlinearity, and basin term below 1 km, ln units. */
function siteTerm(c: Coefficients, japan: number, vs30: number, z2pt5: number): number {
  const ratio = Math.log(vs30 / c.k1);
  let term = c.c11 * ratio;
  if (japan) term += c.c13 * ratio + (vs30 <= 200 ? c.c12 * (ratio - Math.log(200 / c.k1)) : 0);
  return term + (z2pt5 < 1 ? (c.c14 + c.c15 * japan) * (z2pt5 - 1) : 0);
}

/** Coefficients and site terms of one measure in the form of Campbell & Bozorgnia (2014), whose nonlinear response is left out. */
function measureOf(imt: Imt, japan: number, quality: number, sites: SiteParameters): Measure {
  const own = TABLE.row(imt, ID);
  const Dc20 = quality > 0 ? own.Dc20_CH : quality < 0 ? own.Dc20_JP : 0;
  const c = { ...own, Dc20, k2: 0 };
  const { vs30 } = sites.numeric;
  const depths = knownDepths(sites.numeric.z2pt5, vs30, (v) => campbellBozorgnia2014Z2(v, japan === 1));
  return {
    imt,
    c,
    linear: vs30.map((v, s) => siteTerm(c, japan, v, depths[s])),
    soft: new Float64Array(vs30.length).fill(NaN),
  };
}

const isShort = (imt: Imt): boolean => imt.kind === 'SA' && imt.period < 0.25;

function modelOf(japan: number, quality: number): GroundMotionModel {
  return {
    id: ID,
    requires,
    prepare(imts, sites, capacity) {
      const measures = imts.map((imt) => measureOf(imt, japan, quality, sites));
      const pga = measureOf(PGA, japan, quality, sites);
      const shared = makeShared(capacity);
      const floor = new Float64Array(capacity);
      return (batch, out) => {
        const { mag, size } = batch;
        sharedTerms(NO_ESTIMATES, batch, shared);
        meanOf(pga, batch, batch.site, shared, floor);
        for (let m = 0; m < measures.length; m++) {
          const { c, imt } = measures[m];
          const mean = out.mean[m];
          meanOf(measures[m], batch, batch.site, shared, mean);
          if (isShort(imt)) for (let i = 0; i < size; i++) mean[i] = Math.max(mean[i], floor[i]);
          for (let r = 0; r < batch.ruptures; r++) {
            const share = Math.min(Math.max(5.5 - mag[r], 0), 1);
            const tau = c.tau2 + (c.tau1 - c.tau2) * share;
            const phi = c.phi2 + (c.phi1 - c.phi2) * share;
            fillSigmaOfRupture(out, m, batch, r, tau, phi);
          }
        }
      };
    },
  };
}

const BozorgniaCampbell2016: ModelDeclaration = {
  id: ID,
  citation:
    'Y. Bozorgnia, K. W. Campbell (2016), Vertical ground motion model for PGA, PGV, and linear response spectra using the NGA-West2 database, Earthquake Spectra 32(2), 979-1004, doi:10.1193/072814EQS121M',
  tectonicRegionType: 'Active Shallow Crust',
  imts: TABLE.imts,
  component: 'Vertical',
  standardDeviations: ['total', 'inter', 'intra'],
  requires,
  arguments: [
    { name: 'SJ', type: 'number', default: 0, allowed: [0, 1], meaning: '1 for sites in Japan' },
    {
      name: 'sgn',
      type: 'number',
      default: 0,
      allowed: [-1, 0, 1],
      meaning: 'quality of the crust: 1 high (eastern China), -1 low (Japan, Italy), 0 average',
    },
  ],
  notes: 'Spectral accelerations below 0.25 s are not below PGA.',
  create: (args) => modelOf(Number(args.SJ), Number(args.sgn)),
};

const alias = (suffix: string, args: Arguments): ModelAlias => ({ id: ID + suffix, aliasOf: ID, arguments: args });

export const models: ModelModule['models'] = [
  BozorgniaCampbell2016,
  alias('AveQJapanSite', { SJ: 1 }),
  alias('HighQ', { sgn: 1 }),
  alias('HighQJapanSite', { SJ: 1, sgn: 1 }),
  alias('LowQ', { sgn: -1 }),
  alias('LowQJapanSite', { SJ: 1, sgn: -1 }),
];
