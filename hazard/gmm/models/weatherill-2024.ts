import { atMagnitude, type MagnitudeSteps } from '../terms/al-atik-2015.js';
import type { Requirements } from '../../contexts/context-batch.js';
import type { SiteParameters } from '../../site/site-parameters.js';
import { CoefficientTable, readTables } from '../coefficients.js';
import type { Imt } from '../imt.js';
import { geologyTerms } from './kotha-2020.js';
import {
  meanOf,
  measureTerms,
  OPTION_ARGUMENTS,
  parseOptions,
  writeSigma,
  type Form,
  velocityTerms,
} from '../terms/kotha-2020-terms.js';
import type { Arguments, ModelDeclaration, ModelModule } from '../model.js';
import { LN_CMS2_TO_G, perMeasureModel } from '../per-measure.js';
import { unsupportedMeasure } from '../refusals.js';

const { tables } = readTables(import.meta.url, 'weatherill-2024');
const MAIN = new CoefficientTable(tables.main);
const SIGMA_MU = new CoefficientTable(tables.sigmaMu);
const REGIONS = new CoefficientTable(tables.regions);
const SIGMA = new CoefficientTable(tables.sigma);
const SLOPE_FIXED = new CoefficientTable(tables.slopeFixed);
const INTERCEPT = new CoefficientTable(tables.geologyIntercept);
const GRADIENT = new CoefficientTable(tables.geologyGradient);

type Kind = 'velocity' | 'geology' | 'homoskedastic';

function declaration(id: string, kind: Kind): ModelDeclaration {
  const requires: Requirements = {
    rupture: ['mag', 'hypoDepth'],
    distances: ['rjb'],
    site: kind === 'geology' ? ['region', 'slope', 'geology'] : ['region', 'vs30', 'vs30measured'],
  };
  const [{ minimum, maximum }] = MAIN.imts;
  return {
    id,
    citation:
      'G. Weatherill (2024), A regionalised direct AvgSA ground motion model for Europe, in preparation; form of Kotha et al. (2020), Bulletin of Earthquake Engineering 18, 4091-4125, doi:10.1007/s10518-020-00869-1',
    tectonicRegionType: 'Active Shallow Crust',
    imts: [{ kind: 'AvgSA', minimum, maximum }],
    component: 'Average Horizontal (RotD50)',
    standardDeviations: ['total', 'inter', 'intra'],
    requires,
    arguments: OPTION_ARGUMENTS,
    notes: 'AvgSA(T): geometric mean of the spectral acceleration at ten periods from 0.2 T to 1.5 T.',
    create: (args) => createModel(id, kind, requires, args),
  };
}

function createModel(id: string, kind: Kind, requires: Requirements, args: Arguments) {
  const options = parseOptions(id, args);
  const form: Form = { id, main: MAIN, sigmaMu: SIGMA_MU, regions: REGIONS };
  return perMeasureModel(id, requires, (imt, sites) => {
    const row = rowMeasure(id, imt);
    const site = siteTerms(kind, row, id, sites).map((term) => term + LN_CMS2_TO_G);
    const terms = measureTerms(form, options, imt, row, sites, site);
    const { c } = terms;
    const { tau1, tau2, tau3, tau4, phi0_a, phi0_b } = SIGMA.row(row, id);
    const homoskedastic = kind === 'homoskedastic';
    const tau: MagnitudeSteps = homoskedastic
      ? { magnitudes: [0], values: [c.tau_event_0] }
      : { magnitudes: [4.5, 5, 5.5, 6.5], values: [tau1, tau2, tau3, tau4] };
    const phi: MagnitudeSteps = homoskedastic
      ? { magnitudes: [0], values: [c.phi_0] }
      : { magnitudes: [5, 6.5], values: [phi0_a, phi0_b] };
    const siteVariance = siteDeviation(kind, row, id, sites).map((s) => (options.ergodic ? s * s : 0));
    return (batch, out, m) => {
      meanOf(terms, batch, out.mean[m]);
      writeSigma(
        (mag) => atMagnitude(tau, mag),
        (mag) => atMagnitude(phi, mag),
        siteVariance,
        batch,
        out,
        m,
      );
    };
  });
}

/** The measure under which the tables hold AvgSA(T). Errors: Refusal for another measure. */
function rowMeasure(id: string, imt: Imt): Imt {
  const row: Imt = { ...imt, kind: 'SA' };
  if (imt.kind !== 'AvgSA' || !MAIN.has(row)) {
    const [{ minimum, maximum }] = MAIN.imts;
    throw unsupportedMeasure(id, imt, `AvgSA(${minimum} to ${maximum} s)`);
  }
  return row;
}

function siteTerms(kind: Kind, row: Imt, id: string, sites: SiteParameters): Float64Array {
  if (kind === 'geology') return geologyTerms([SLOPE_FIXED, INTERCEPT, GRADIENT], row, id, sites);
  return velocityTerms(MAIN.row(row, id), sites.numeric.vs30, sites.numeric.vs30measured);
}

function siteDeviation(kind: Kind, row: Imt, id: string, sites: SiteParameters): Float64Array {
  if (kind === 'geology') return new Float64Array(sites.size).fill(SLOPE_FIXED.row(row, id).phi_s2s);
  const c = MAIN.row(row, id);
  return sites.numeric.vs30measured.map((flag) => (flag ? c.phi_s2s_obs : c.phi_s2s_inf));
}

export const models: ModelModule['models'] = [
  declaration('Weatherill2024ESHM20AvgSA', 'velocity'),
  declaration('Weatherill2024ESHM20SlopeGeologyAvgSA', 'geology'),
  declaration('Weatherill2024ESHM20AvgSAHomoskedastic', 'homoskedastic'),
];
