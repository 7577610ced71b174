import { atMagnitude, tauSteps, type MagnitudeSteps } from '../terms/al-atik-2015.js';
import type { Requirements } from '../../contexts/context-batch.js';
import type { SiteParameters } from '../../site/site-parameters.js';
import { CoefficientTable, readTables } from '../coefficients.js';
import { parseImt, type Imt } from '../imt.js';
import {
  meanOf,
  measureTerms,
  OPTION_ARGUMENTS,
  parseOptions,
  writeSigma,
  type Form,
  type Options,
  velocityTerms,
} from '../terms/kotha-2020-terms.js';
import type { Arguments, ModelAlias, ModelDeclaration, ModelModule } from '../model.js';
import { fillSigma, LN_CMS2_TO_G, perMeasureModel } from '../per-measure.js';

const { tables } = readTables(import.meta.url, 'kotha-2020');
/** Coefficients of the first publication by measure. */
export const MAIN = new CoefficientTable(tables.main);
const ESHM20 = new CoefficientTable(tables.eshm20);
const SIGMA_MU = new CoefficientTable(tables.sigmaMu);
const REGIONS = new CoefficientTable(tables.regions);
const PHI0 = new CoefficientTable(tables.phi0);
const SLOPE_FIXED = new CoefficientTable(tables.slopeFixed);
const INTERCEPT = new CoefficientTable(tables.geologyIntercept);
const GRADIENT = new CoefficientTable(tables.geologyGradient);

/** Which of the models of the publications. */
type Kind = 'base' | 'site' | 'slope' | 'eshm20' | 'geology';

const SITE_PARAMETERS: Readonly<Record<Kind, readonly string[]>> = {
  base: [],
  site: ['vs30'],
  slope: ['slope'],
  eshm20: ['region', 'vs30', 'vs30measured'],
  geology: ['region', 'slope', 'geology'],
};

/** The first publication. */
export const CITATION =
  'S. R. Kotha, G. Weatherill, D. Bindi, F. Cotton (2020), A regionally-adaptable ground-motion model for shallow crustal earthquakes in Europe, Bulletin of Earthquake Engineering 18, 4091-4125, doi:10.1007/s10518-020-00869-1';

function declaration(id: string, kind: Kind): ModelDeclaration {
  const european = kind === 'eshm20' || kind === 'geology';
  const requires: Requirements = {
    rupture: ['mag', 'hypoDepth'],
    distances: ['rjb'],
    site: SITE_PARAMETERS[kind],
  };
  return {
    id,
    citation:
      CITATION +
      (european
        ? '; G. Weatherill, S. R. Kotha, F. Cotton (2020), A regionally-adaptable “scaled backbone” ground motion logic tree for shallow seismicity in Europe, Bulletin of Earthquake Engineering 18, 5087-5117, doi:10.1007/s10518-020-00899-9'
        : ''),
    tectonicRegionType: 'Active Shallow Crust',
    validity: {
      magnitude: [3.1, 7.4],
      distance: { kind: 'rjb', range: [0, 545] },
      source: 'summary of the paper: range of the data',
    },
    imts: MAIN.imts,
    component: 'Average Horizontal (RotD50)',
    standardDeviations: ['total', 'inter', 'intra'],
    requires,
    arguments: OPTION_ARGUMENTS,
    notes: european ? 'Region 1 to 5 of the attenuation by the site parameter region; 0 for elsewhere.' : undefined,
    create: (args) => createModel(id, kind, requires, args),
  };
}

function createModel(id: string, kind: Kind, requires: Requirements, args: Arguments) {
  const options = parseOptions(id, args);
  const european = kind === 'eshm20' || kind === 'geology';
  const form: Form = {
    id,
    main: european ? ESHM20 : MAIN,
    sigmaMu: SIGMA_MU,
    regions: european ? REGIONS : undefined,
  };
  return perMeasureModel(id, requires, (imt, sites) => {
    if (!european) {
      const { terms, tau, phi } = plainModel(kind, form, options, imt, sites);
      return (batch, out, m) => {
        meanOf(terms, batch, out.mean[m]);
        fillSigma(out, m, batch.size, Math.hypot(tau, phi), tau, phi);
      };
    }
    const terms = kindTerms(kind, form, options, imt, sites);
    const deviation = siteDeviation(kind, imt, id, sites);
    const tau = tauSteps('global', imt);
    const { a, b } = PHI0.row(imt, id);
    const phi0: MagnitudeSteps = { magnitudes: [5, 6.5], values: [a, b] };
    const siteVariance = deviation.map((s) => (options.ergodic ? s * s : 0));
    return (batch, out, m) => {
      meanOf(terms, batch, out.mean[m]);
      writeSigma(
        (mag) => atMagnitude(tau, mag),
        (mag) => atMagnitude(phi0, mag),
        siteVariance,
        batch,
        out,
        m,
      );
    };
  });
}

/** Coefficients of one measure with the site amplification, median in g or cm/s. */
function kindTerms(kind: Kind, form: Form, options: Options, imt: Imt, sites: SiteParameters) {
  const unit = imt.kind === 'PGV' ? 0 : LN_CMS2_TO_G;
  const site = siteTerms(kind, imt, form.id, sites).map((term) => term + unit);
  return measureTerms(form, options, imt, imt, sites, site);
}

/** The models of the first publication: standard deviations do not depend on magnitude. */
function plainModel(kind: Kind, form: Form, options: Options, imt: Imt, sites: SiteParameters) {
  const terms = kindTerms(kind, form, options, imt, sites);
  const { phi_0: phi0, tau_event_0: tau } = terms.c;
  const phi = options.ergodic ? Math.hypot(phi0, siteDeviation(kind, imt, form.id, sites)[0]) : phi0;
  return { terms, tau, phi };
}

/** One measure of KothaEtAl2020Site without epistemic uncertainty, for the model that adds regions to it. */
export function siteModel(imt: Imt, id: string, sites: SiteParameters, ergodic: boolean) {
  const form: Form = { id, main: MAIN, sigmaMu: SIGMA_MU, regions: undefined };
  const options: Options = {
    id,
    sigmaMuEpsilon: 0,
    c3Epsilon: 0,
    ergodic,
    shift: undefined,
    attenuation: undefined,
  };
  return plainModel('site', form, options, imt, sites);
}

/** Site amplification of one measure, [sites]. */
function siteTerms(kind: Kind, imt: Imt, id: string, sites: SiteParameters): Float64Array {
  const { vs30, vs30measured, slope } = sites.numeric;
  const quadratic = (g: readonly number[], s: number) => g[0] + g[1] * s + g[2] * s * s;
  switch (kind) {
    case 'base':
      return new Float64Array(sites.size);
    case 'site': {
      const c = MAIN.row(imt, id);
      return vs30.map((v) => quadratic([c.g0_vs30, c.g1_vs30, c.g2_vs30], Math.log(v / 800)));
    }
    case 'slope': {
      const c = MAIN.row(imt, id);
      return slope.map((t) => quadratic([c.g0_slope, c.g1_slope, c.g2_slope], Math.log(t / 0.1)));
    }
    case 'eshm20': {
      const c = ESHM20.row(imt, id);
      return velocityTerms(c, vs30, vs30measured);
    }
    case 'geology':
      return geologyTerms([SLOPE_FIXED, INTERCEPT, GRADIENT], imt, id, sites);
  }
}

/** Amplification by slope, with intercept and gradient by geological unit. */
export function geologyTerms(
  [fixed, intercept, gradient]: readonly CoefficientTable[],
  imt: Imt,
  id: string,
  sites: SiteParameters,
): Float64Array {
  const { V1, V2 } = fixed.row(imt, id);
  const intercepts = intercept.row(imt, id);
  const gradients = gradient.row(imt, id);
  return sites.numeric.slope.map((slope, s) => {
    const unit = sites.text.geology[s];
    const ln = Math.log(Math.min(Math.max(slope, 0.0005), 0.3));
    return V1 + (intercepts[unit] ?? 0) + (V2 + (gradients[unit] ?? 0)) * ln;
  });
}

/** Site-to-site standard deviation of one measure, [sites] ([1] where it is the same for all). */
function siteDeviation(kind: Kind, imt: Imt, id: string, sites: SiteParameters): Float64Array {
  if (kind === 'geology') return new Float64Array(sites.size).fill(SLOPE_FIXED.row(imt, id).phi_s2s);
  if (kind === 'eshm20') {
    const c = ESHM20.row(imt, id);
    return sites.numeric.vs30measured.map((flag) => (flag ? c.phi_s2s_obs : c.phi_s2s_inf));
  }
  const c = MAIN.row(imt, id);
  return Float64Array.of(kind === 'site' ? c.phi_s2s_vs30 : kind === 'slope' ? c.phi_s2s_slope : c.phis2s);
}

const STRESS = { VLow: -2.85697, Low: -1.35563, Mid: 0, High: 1.35563, VHigh: 2.85697 } as const;
const ATTENUATION = { Fast: -1.732051, Mid: 0, Slow: 1.732051 } as const;

/** Branches of the European model: shallow crust, Iceland (with its own shift of the median) and shallow craton. */
function branches(): ModelAlias[] {
  const aliasOf = 'KothaEtAl2020ESHM20';
  const aliases: ModelAlias[] = [];
  for (const [stress, sigma_mu_epsilon] of Object.entries(STRESS)) {
    const column = tables.icelandShift.columns.indexOf(stress);
    const rows = tables.icelandShift.rows.map((row) => [parseImt(String(row[0])).name, Number(row[column])] as const);
    const dl2l = Object.fromEntries(rows);
    for (const [attenuation, c3_epsilon] of Object.entries(ATTENUATION)) {
      const suffix = `${stress}Stress${attenuation}Atten`;
      aliases.push({ id: `ESHM20ShallowCrust${suffix}`, aliasOf, arguments: { sigma_mu_epsilon, c3_epsilon } });
      aliases.push({ id: `ESHM20Iceland${suffix}`, aliasOf, arguments: { dl2l, c3_epsilon } });
    }
  }
  for (const [stress, sigma_mu_epsilon] of [
    ['High', 1.732051],
    ['Mid', 0],
  ] as const)
    for (const [attenuation, c3_epsilon] of [
      ['Mid', 0],
      ['Slow', 1.732051],
    ] as const) {
      const id = `ESHM20CratonShallow${stress}Stress${attenuation}Atten`;
      aliases.push({ id, aliasOf, arguments: { sigma_mu_epsilon, c3_epsilon } });
    }
  return aliases;
}

export const models: ModelModule['models'] = [
  declaration('KothaEtAl2020', 'base'),
  declaration('KothaEtAl2020Site', 'site'),
  declaration('KothaEtAl2020Slope', 'slope'),
  declaration('KothaEtAl2020ESHM20', 'eshm20'),
  declaration('KothaEtAl2020ESHM20SlopeGeology', 'geology'),
  ...branches(),
];
