import type { ContextBatch, Requirements, SiteParameters } from './context.js';
import { CoefficientTable, readTables, type Coefficients } from './coefficients.js';
import { SITE_FACTORS, type SiteFactors } from './sera-site-factors.js';
import { parseImt, type Imt } from './imt.js';
import type {
  Arguments,
  ArgumentDeclaration,
  GroundMotion,
  GroundMotionModel,
  ModelDeclaration,
  ModelModule,
  ModelResources,
} from './model.js';
import {
  groundMotionBuffers,
  PASSED_ON,
  unionOfRequirements,
  withSiteValue,
  WRAPPED_NAME,
  wrappedSpecification,
} from './wrapped-model.js';

const { tables } = readTables(import.meta.url, 'sera-amplification');
const SITE = new CoefficientTable(tables.site);
const REGION = new CoefficientTable(tables.region);
const PGA = parseImt('PGA');
const SA1 = parseImt('SA(1.0)');

const referenceVelocity = (value: number | null): ArgumentDeclaration => ({
  name: 'reference_velocity',
  meaning: 'velocity at which the wrapped model is evaluated, m/s',
  type: 'number',
  default: value,
  range: [100, 5000],
});

const COMMON = {
  tectonicRegionType: '',
  component: 'Horizontal',
  standardDeviations: ['total', 'inter', 'intra'],
} as const;

/** What the wrapped model needs but for vs30, which is replaced, and what the amplification needs. */
function requirementsOf(wrapped: GroundMotionModel, site: readonly string[]): Requirements {
  const rest = { ...wrapped.requires, site: wrapped.requires.site.filter((name) => name !== 'vs30') };
  return unionOfRequirements(rest, { rupture: ['mag'], distances: [], site });
}

/** A model whose spectrum is a design spectrum anchored to PGA and SA(1.0) of the wrapped model. */
function spectrumModel(
  id: string,
  citation: string,
  site: readonly string[],
  reference: number | null,
): ModelDeclaration {
  return {
    ...COMMON,
    id,
    citation,
    imts: [{ kind: 'PGA' }, { kind: 'SA' }],
    requires: { rupture: ['mag'], distances: [], site },
    referenceVelocity: reference ?? 800,
    arguments: [WRAPPED_NAME, referenceVelocity(reference), PASSED_ON],
    notes:
      'Standard deviations are those of the wrapped model at the reference velocity. PGV is given the value of PGA, as in the reference engine.',
    async create(args, resources) {
      const wrapped = await resources.model(wrappedSpecification(args, ['reference_velocity']));
      return createSpectrum(id, wrapped, site, Number(args.reference_velocity ?? 800));
    },
  };
}

function createSpectrum(
  id: string,
  wrapped: GroundMotionModel,
  site: readonly string[],
  velocity: number,
): GroundMotionModel {
  return {
    id,
    requires: requirementsOf(wrapped, site),
    prepare(imts, sites, capacity) {
      const seen = withSiteValue(sites, 'vs30', velocity);
      const evaluate = wrapped.prepare(imts, seen, capacity);
      const evaluateAnchors = wrapped.prepare([PGA, SA1], seen, capacity);
      const anchors = groundMotionBuffers(2, capacity);
      const factors = SITE_FACTORS[id](sites);
      const periods = imts.map((imt) => (imt.kind === 'SA' ? imt.period : 0));
      const spectrum = new DesignSpectrum();
      return (batch, out) => {
        evaluate(batch, out);
        evaluateAnchors(batch, anchors);
        for (let i = 0; i < batch.size; i++) {
          spectrum.anchor(factors, batch.site[i], Math.exp(anchors.mean[0][i]), Math.exp(anchors.mean[1][i]));
          for (let m = 0; m < periods.length; m++) out.mean[m][i] = Math.log(spectrum.at(periods[m]));
        }
      };
    },
  };
}

const F0 = 2.5;
const TA = 0.03;

/** Elastic response spectrum of the draft of Eurocode 8 on amplified ground, g. */
class DesignSpectrum {
  private short = 0;
  private long = 0;
  private tb = 0;
  private tc = 0;
  private td = 0;

  /** pga, sa1 on rock, g */
  anchor(factors: SiteFactors, site: number, pga: number, sa1: number): void {
    const plateau = F0 * pga;
    this.short = factors.short(site, plateau) * plateau;
    this.long = factors.long(site, plateau, sa1) * sa1;
    this.tc = this.long / this.short;
    this.tb = Math.min(Math.max(this.tc / 5, 0.05), 0.1);
    this.td = sa1 <= 0.1 ? 2 : 1 + 10 * sa1;
  }

  at(period: number): number {
    const { short, long, tb, tc, td } = this;
    if (period <= TA) return short / F0;
    if (period > td) return (td * long) / (period * period);
    if (period > tc) return long / period;
    if (period <= tb) return (short / (tb - TA)) * (period - TA + (tb - period) / F0);
    return short;
  }
}

const SandikkayaDinsever2018: ModelDeclaration = {
  ...COMMON,
  id: 'SandikkayaDinsever2018',
  citation:
    'M. A. Sandıkkaya, L. D. Dinsever (2018), A site amplification model for crustal earthquakes, Geosciences 8(7), 264, doi:10.3390/geosciences8070264',
  imts: SITE.imts,
  requires: { rupture: ['mag'], distances: [], site: ['vs30', 'z1pt0'] },
  referenceVelocity: 760,
  arguments: [
    WRAPPED_NAME,
    referenceVelocity(760),
    {
      name: 'region',
      meaning: 'region with its own linear response; none for all',
      type: 'text',
      default: null,
      allowed: [null, 'USNZ', 'JP', 'TW', 'CH', 'WA', 'WMT', 'NWE'],
    },
    {
      name: 'phi_0',
      meaning: 'within-event deviation on rock by measure; none: 0.85 of that of the wrapped model',
      type: 'table',
      default: null,
    },
    PASSED_ON,
  ],
  notes:
    'The constant 0.1 g of the nonlinear term is 0.980665 though the motion is in g, as in the reference engine. The wrapped model needs between- and within-event deviations.',
  create: createSandikkaya,
};

async function createSandikkaya(args: Arguments, resources: ModelResources): Promise<GroundMotionModel> {
  const id = SandikkayaDinsever2018.id;
  const wrapped = await resources.model(wrappedSpecification(args, ['reference_velocity', 'region', 'phi_0']));
  const phi0 =
    args.phi_0 === null
      ? undefined
      : new CoefficientTable({
          columns: ['imt', 'value'],
          rows: Object.entries(args.phi_0).map(([imt, value]) => [imt, Number(value)]),
        });
  return {
    id,
    requires: requirementsOf(wrapped, ['vs30', 'z1pt0']),
    prepare(imts, sites, capacity) {
      const evaluate = wrapped.prepare(imts, withSiteValue(sites, 'vs30', Number(args.reference_velocity)), capacity);
      const terms = imts.map((imt) =>
        amplificationTerms(imt, args.region === null ? null : String(args.region), sites),
      );
      const phis = imts.map((imt) => phi0?.row(imt, id).value ?? NaN);
      return (batch, out) => {
        evaluate(batch, out);
        for (let m = 0; m < terms.length; m++) amplify(terms[m], phis[m], batch, out, m);
      };
    },
  };
}

interface AmplificationTerms {
  readonly c: Coefficients;
  /** [sites] */
  readonly linear: Float64Array;
  readonly nonlinear: Float64Array;
  readonly sigma: Float64Array;
}

function amplificationTerms(imt: Imt, region: string | null, sites: SiteParameters): AmplificationTerms {
  const id = SandikkayaDinsever2018.id;
  const c = SITE.row(imt, id);
  const slope = c.b1 + (region === null ? 0 : REGION.row(imt, id)[`ck${region}`]);
  const { vs30, z1pt0 } = sites.numeric;
  return {
    c,
    linear: vs30.map((v, s) => slope * Math.log(Math.min(v, 1000) / 760) + c.b2 * Math.log(z1pt0[s])),
    nonlinear: vs30.map((v) => c.b3 * Math.exp(-Math.exp(2 * Math.log(v) - 11))),
    sigma: vs30.map((v) => c.c2 * Math.log(Math.min(Math.max(v, 150), 600))),
  };
}

const THRESHOLD = 0.980665;

/** `phi0` NaN: from the wrapped model. */
function amplify(terms: AmplificationTerms, phi0: number, batch: ContextBatch, out: GroundMotion, m: number): void {
  const { c, linear, nonlinear, sigma } = terms;
  for (let i = 0; i < batch.size; i++) {
    const s = batch.site[i];
    const reference = Math.exp(out.mean[m][i]);
    out.mean[m][i] += linear[s] + nonlinear[s] * Math.log((reference + THRESHOLD) / THRESHOLD);
    const ofMotion = c.c1 * Math.log(Math.min(Math.max(reference, 0.005), 0.35));
    const siteSigma = c.sigma_s * c.c0 * (ofMotion + sigma[s]);
    const base = phi0 === phi0 ? phi0 : 0.85 * out.intra[m][i];
    const phi = Math.sqrt(base * base + siteSigma * siteSigma);
    out.intra[m][i] = phi;
    out.total[m][i] = Math.sqrt(phi * phi + out.inter[m][i] * out.inter[m][i]);
  }
}

const PITILAKIS_2018 =
  'K. Pitilakis, E. Riga, A. Anastasiadis, S. Fotopoulou, S. Karafagka (2018), Towards the revision of EC8: proposal for an alternative site classification scheme and associated intensity dependent spectral amplification factors, Soil Dynamics and Earthquake Engineering';
const PITILAKIS_2020 =
  'K. Pitilakis, E. Riga, A. Anastasiadis (2020), Towards the revision of EC8: proposal for an alternative site classification scheme and associated intensity-dependent amplification factors, 17th World Conference on Earthquake Engineering, paper C002895';
const EUROCODE8 = 'CEN (2018), Eurocode 8, revised second draft: site categories and amplification factors';

export const models: ModelModule['models'] = [
  spectrumModel('PitilakisEtAl2018', PITILAKIS_2018, ['ec8_p18'], null),
  spectrumModel('PitilakisEtAl2020', PITILAKIS_2020, ['ec8_p18'], null),
  spectrumModel('Eurocode8Amplification', EUROCODE8, ['vs30', 'h800'], 800),
  spectrumModel('Eurocode8AmplificationDefault', EUROCODE8, ['ec8'], 800),
  SandikkayaDinsever2018,
];
