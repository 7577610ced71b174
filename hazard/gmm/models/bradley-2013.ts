import type { Requirements } from '../../contexts/context-batch.js';
import type { SiteParameters } from '../../site/site-parameters.js';
import { evaluateMeasure, makeShared, sharedTerms, siteTerms, type SiteTerms, VALIDITY } from './chiou-youngs-2008.js';
import { CoefficientTable, readTables, type Coefficients } from '../coefficients.js';
import type { Imt } from '../imt.js';
import type { GroundMotionModel, ModelDeclaration, ModelModule } from '../model.js';
import { withEpistemic } from '../terms/nga-west2.js';
import {
  addDeviation,
  centralGround,
  christchurchAdjustment,
  groundOfChristchurch,
  subregionAdjustment,
  type Subregion,
} from './bradley-2013-christchurch.js';
import { SIGMA_MU_EPSILON } from '../shared-arguments.js';

const { tables } = readTables(import.meta.url, 'bradley-2013');
const MAIN = new CoefficientTable(tables.main);

/** What tells the models of the publication from each other. */
interface Variant {
  readonly id: string;
  readonly volcanic?: boolean;
  /** larger of the two horizontal components instead of their mean */
  readonly larger?: boolean;
  /** adjustments of the centre of Christchurch to earthquakes of Canterbury */
  readonly christchurch?: boolean;
  /** part of Christchurch that all sites lie in; earthquakes are all of Canterbury */
  readonly subregion?: Subregion;
  /** added to the total standard deviation */
  readonly extraDeviation?: number;
  readonly notes?: string;
}

function declaration(variant: Variant): ModelDeclaration {
  const requires: Requirements = {
    rupture: variant.christchurch ? ['mag', 'rake', 'dip', 'ztor', 'inCshm'] : ['mag', 'rake', 'dip', 'ztor'],
    distances: ['rrup', 'rjb', 'rx'],
    site: variant.christchurch ? ['vs30', 'vs30measured', 'z1pt0', 'lon', 'lat'] : ['vs30', 'vs30measured', 'z1pt0'],
  };
  return {
    id: variant.id,
    citation:
      'B. A. Bradley (2013), A New Zealand-specific pseudospectral acceleration ground-motion prediction equation for active shallow crustal earthquakes based on foreign models, Bulletin of the Seismological Society of America 103(3), 1801-1822, doi:10.1785/0120120021',
    tectonicRegionType: variant.volcanic ? 'Volcanic' : 'Active Shallow Crust',
    validity: { ...VALIDITY, source: 'as Chiou and Youngs (2008), whose form it takes' },
    imts: MAIN.imts,
    component: variant.larger ? 'Greater of two horizontal' : 'Average Horizontal',
    standardDeviations: ['total', 'inter', 'intra'],
    requires,
    arguments: [SIGMA_MU_EPSILON],
    notes: variant.notes,
    create: (args) =>
      withEpistemic(createModel(variant, requires), variant.subregion ? 0 : Number(args.sigma_mu_epsilon), args),
  };
}

interface Measure {
  readonly c: Coefficients;
  readonly sites: SiteTerms;
}

function createModel(variant: Variant, requires: Requirements): GroundMotionModel {
  return {
    id: variant.id,
    requires,
    prepare(imts, sites, capacity) {
      const { subregion, extraDeviation } = variant;
      const ground = variant.christchurch ? groundOfChristchurch(sites) : subregion ? centralGround(sites) : sites;
      const measures = imts.map((imt) => measureOf(variant, imt, ground));
      const adjustments = imts.map((imt) => {
        if (subregion) return subregionAdjustment(imt, subregion);
        return variant.christchurch ? christchurchAdjustment(imt, sites) : undefined;
      });
      const shared = makeShared(capacity);
      return (batch, out) => {
        sharedTerms(batch, shared);
        for (let m = 0; m < measures.length; m++) {
          const { c, sites: terms } = measures[m];
          const anelasticFactor = variant.volcanic ? 1 + c.ctvz : 1;
          evaluateMeasure({ c, sites: terms, deepest: c.c8, anelasticFactor }, batch, shared, out, m);
          adjustments[m]?.(batch, out, m);
          if (extraDeviation !== undefined) addDeviation(extraDeviation, batch, out, m);
        }
      };
    },
  };
}

/** Site terms of Chiou & Youngs (2008), but for the velocity up to which the linear term goes on. */
function measureOf(variant: Variant, imt: Imt, sites: SiteParameters): Measure {
  const c = MAIN.row(imt, variant.id);
  const { vs30, vs30measured, z1pt0 } = sites.numeric;
  const base = siteTerms(c, vs30, vs30measured, z1pt0);
  const cap = velocityCap(imt);
  const component = variant.larger ? lnLargerComponent(imt) : 0;
  const linear = base.linear.map((term, s) => {
    const v = vs30[s];
    const extra = v > 1130 ? c.phi1 * Math.log(Math.min(v, cap) / 1130) : 0;
    return term + extra + component;
  });
  return { c, sites: { ...base, linear } };
}

/** V1 (equation 6). */
function velocityCap(imt: Imt): number {
  if (imt.kind === 'PGA') return 1800;
  return Math.min(Math.max(1130 * Math.exp(-0.11 * Math.log(imt.period / 0.75)), 1130), 1800);
}

/** ln of the ratio of the larger component to the geometric mean; Boore & Kishida (2017), table 2. */
function lnLargerComponent(imt: Imt): number {
  if (imt.kind === 'PGA') return Math.log(1.106);
  const line = (r1: number, r2: number, t1: number, t2: number) =>
    r1 + ((r2 - r1) / Math.log(t2 / t1)) * Math.log(imt.period / t1);
  const short = Math.min(line(1.106, 1.158, 0.08, 0.56), line(1.158, 1.178, 0.56, 4.4));
  const long = Math.min(line(1.178, 1.241, 4.4, 8.7), 1.241);
  return Math.log(Math.max(1.106, short, long));
}

const MAPS =
  'Sites in the centre of Christchurch count as ground of vs30 250 m/s and z1pt0 330 m, and have their own terms for earthquakes of Canterbury (parameter in_cshm).';
const SUBREGIONS: readonly Subregion[] = ['CBD', 'East', 'North', 'West'];
/** standard deviation that the models with additional sigma add */
const EXTRA = 0.35;

export const models: ModelModule['models'] = [
  declaration({ id: 'Bradley2013' }),
  declaration({ id: 'Bradley2013Volc', volcanic: true, notes: 'The whole path is in the volcanic zone.' }),
  declaration({ id: 'Bradley2013LHC', larger: true }),
  declaration({
    id: 'Bradley2013VolcLHC',
    larger: true,
    volcanic: true,
    notes: 'The whole path is in the volcanic zone.',
  }),
  declaration({ id: 'Bradley2013AdditionalSigma', larger: true, extraDeviation: EXTRA }),
  declaration({ id: 'Bradley2013bChchMaps', larger: true, christchurch: true, notes: MAPS }),
  declaration({
    id: 'Bradley2013bChchMapsAdditionalSigma',
    larger: true,
    christchurch: true,
    extraDeviation: EXTRA,
    notes: MAPS,
  }),
  ...SUBREGIONS.flatMap((subregion) =>
    [undefined, EXTRA].map((extraDeviation) =>
      declaration({
        id: `Bradley2013bChch${subregion}${extraDeviation === undefined ? '' : 'AdditionalSigma'}`,
        larger: true,
        subregion,
        extraDeviation,
        notes:
          'All sites count as ground of vs30 250 m/s and z1pt0 330 m, and all earthquakes as of Canterbury. sigma_mu_epsilon is without effect, as in the reference engine.',
      }),
    ),
  ),
];
