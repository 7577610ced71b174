import { tauSteps, type MagnitudeSteps } from './al-atik-2015.js';
import { CoefficientTable, readTables } from './coefficients.js';
import type { Requirements, SiteParameters } from './context.js';
import type { Imt } from './imt.js';
import { attenuationByRegion, kothaModel, siteTermByGeology, siteTermByVs30, valueByMeasure } from './kotha-form.js';
import type {
  ArgumentDeclaration,
  Arguments,
  GroundMotionModel,
  ModelAlias,
  ModelDeclaration,
  ModelModule,
} from './model.js';
import { LN_CMS2_TO_G } from './per-measure.js';

const { tables } = readTables(import.meta.url, 'kotha-2020');
const MAIN = new CoefficientTable(tables.main);
const ESHM20 = new CoefficientTable(tables.eshm20);
const REGIONS = new CoefficientTable(tables.regions);
const PHI = new CoefficientTable(tables.heteroskedasticPhi);
const SIGMA_MU = new CoefficientTable(tables.sigmaMu);
const GEOLOGY = {
  fixed: new CoefficientTable(tables.geology),
  intercept: new CoefficientTable(tables.geologyIntercept),
  gradient: new CoefficientTable(tables.geologyGradient),
};

const CITATION =
  'S. R. Kotha, G. Weatherill, D. Bindi, F. Cotton (2020), A regionally-adaptable ground-motion model for shallow crustal earthquakes in Europe, Bulletin of Earthquake Engineering 18, 4091-4125, doi:10.1007/s10518-020-00869-1';
const ESHM20_CITATION = `${CITATION}; G. Weatherill, S. R. Kotha, F. Cotton (2020), A regionally-adaptable "scaled backbone" ground motion logic tree for shallow seismicity in Europe: application to the 2020 European seismic hazard model, ibid. 5087-5117, doi:10.1007/s10518-020-00899-9`;

export const KOTHA_ARGUMENTS: readonly ArgumentDeclaration[] = [
  {
    name: 'sigma_mu_epsilon',
    meaning: 'number of epistemic standard deviations added to the median (source region)',
    type: 'number',
    default: 0,
  },
  {
    name: 'c3_epsilon',
    meaning: 'number of standard deviations added to the anelastic attenuation',
    type: 'number',
    default: 0,
  },
  { name: 'ergodic', meaning: 'whether phi contains site-to-site variability', type: 'boolean', default: true },
  {
    name: 'dl2l',
    meaning: 'shift of the median (ln) by measure, instead of sigma_mu_epsilon',
    type: 'table',
    default: null,
  },
  {
    name: 'c3',
    meaning: 'anelastic attenuation by measure, instead of that of the regions',
    type: 'table',
    default: null,
  },
];

type Kind = 'base' | 'site' | 'slope' | 'eshm20' | 'geology';

const SITE_PARAMETERS: Readonly<Record<Kind, readonly string[]>> = {
  base: [],
  site: ['vs30'],
  slope: ['slope'],
  eshm20: ['vs30', 'vs30measured', 'region'],
  geology: ['slope', 'geology', 'region'],
};

function declaration(id: string, kind: Kind): ModelDeclaration {
  const requires: Requirements = { rupture: ['mag', 'hypoDepth'], distances: ['rjb'], site: SITE_PARAMETERS[kind] };
  const regional = kind === 'eshm20' || kind === 'geology';
  return {
    id,
    citation: regional ? ESHM20_CITATION : CITATION,
    tectonicRegionType: 'Active Shallow Crust',
    imts: MAIN.imts,
    component: 'Average Horizontal (RotD50)',
    standardDeviations: ['total', 'inter', 'intra'],
    requires,
    arguments: KOTHA_ARGUMENTS,
    notes: regional
      ? 'Site parameter region: 0 (none) or 1 to 5; other geological units than those of the model have the average term.'
      : undefined,
    create: (args) => model(id, kind, requires, args),
  };
}

function model(id: string, kind: Kind, requires: Requirements, args: Arguments): GroundMotionModel {
  const regional = kind === 'eshm20' || kind === 'geology';
  const ergodic = args.ergodic !== false && args.ergodic !== 0;
  const shift = valueByMeasure(id, 'dl2l', args.dl2l);
  const c3 = valueByMeasure(id, 'c3', args.c3);
  return kothaModel(id, requires, (imt: Imt, sites: SiteParameters) => {
    const c = (regional ? ESHM20 : MAIN).row(imt, id);
    const site = siteTerms(kind, imt, sites, id);
    const own = kind === 'base' ? c.phis2s : kind === 'site' ? c.phi_s2s_vs30 : c.phi_s2s_slope;
    const constant = (value: number): MagnitudeSteps => ({ magnitudes: [5], values: [value] });
    const { a, b } = regional ? PHI.row(imt, id) : { a: 0, b: 0 };
    return {
      c,
      lnUnit: imt.kind === 'PGV' ? 0 : LN_CMS2_TO_G,
      attenuation: c3
        ? new Float64Array(sites.size).fill(c3(imt))
        : attenuationByRegion(
            c,
            Number(args.c3_epsilon),
            sites,
            regional && imt.kind !== 'PGV' ? REGIONS.row(imt, id) : undefined,
            id,
          ),
      site: site.term,
      epsilon: Number(args.sigma_mu_epsilon),
      sigmaMu: SIGMA_MU.row(imt, id),
      shift: shift?.(imt),
      tau: regional ? tauSteps('global', imt) : constant(c.tau_event_0),
      phi: regional ? { magnitudes: [5, 6.5], values: [a, b] } : constant(c.phi_0),
      siteToSite: ergodic ? (site.siteToSite ?? new Float64Array(sites.size).fill(own)) : new Float64Array(sites.size),
    };
  });
}

/** f_S for each site and, where it depends on the site, the site-to-site standard deviation. */
function siteTerms(
  kind: Kind,
  imt: Imt,
  sites: SiteParameters,
  id: string,
): { term: Float64Array; siteToSite?: Float64Array } {
  const { vs30, slope } = sites.numeric;
  const quadratic = (x: Float64Array, reference: number, g: readonly number[]) =>
    x.map((value) => {
      const s = Math.log(value / reference);
      return g[0] + g[1] * s + g[2] * s * s;
    });
  switch (kind) {
    case 'base':
      return { term: new Float64Array(sites.size) };
    case 'site': {
      const { g0_vs30, g1_vs30, g2_vs30 } = MAIN.row(imt, id);
      return { term: quadratic(vs30, 800, [g0_vs30, g1_vs30, g2_vs30]) };
    }
    case 'slope': {
      const { g0_slope, g1_slope, g2_slope } = MAIN.row(imt, id);
      return { term: quadratic(slope, 0.1, [g0_slope, g1_slope, g2_slope]) };
    }
    case 'eshm20':
      return siteTermByVs30(ESHM20.row(imt, id), sites);
    case 'geology':
      return siteTermByGeology(GEOLOGY, imt, sites, id);
  }
}

/** Branches of the European model of 2020: stress drop (sigma_mu) and attenuation. */
const STRESS = { VLow: -2.85697, Low: -1.35563, Mid: 0, High: 1.35563, VHigh: 2.85697 } as const;
const ATTENUATION = { Fast: -1.732051, Mid: 0, Slow: 1.732051 } as const;

const shallowCrust: ModelAlias[] = Object.entries(STRESS).flatMap(([stress, mu]) =>
  Object.entries(ATTENUATION).map(([attenuation, epsilon]) => ({
    id: `ESHM20ShallowCrust${stress}Stress${attenuation}Atten`,
    aliasOf: 'KothaEtAl2020ESHM20',
    arguments: { sigma_mu_epsilon: mu, c3_epsilon: epsilon },
  })),
);
const craton: ModelAlias[] = (['High', 'Mid'] as const).flatMap((stress) =>
  (['Mid', 'Slow'] as const).map((attenuation) => ({
    id: `ESHM20CratonShallow${stress}Stress${attenuation}Atten`,
    aliasOf: 'KothaEtAl2020ESHM20',
    arguments: { sigma_mu_epsilon: stress === 'High' ? 1.732051 : 0, c3_epsilon: ATTENUATION[attenuation] },
  })),
);

export const models: ModelModule['models'] = [
  declaration('KothaEtAl2020', 'base'),
  declaration('KothaEtAl2020Site', 'site'),
  declaration('KothaEtAl2020Slope', 'slope'),
  declaration('KothaEtAl2020ESHM20', 'eshm20'),
  declaration('KothaEtAl2020ESHM20SlopeGeology', 'geology'),
  ...shallowCrust,
  ...craton,
];
