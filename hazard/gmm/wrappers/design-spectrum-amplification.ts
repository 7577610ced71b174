import { parseImt, type Imt } from '../imt.js';
import type { SiteParameters } from '../../site/site-parameters.js';
import type { Arguments, GroundMotion, GroundMotionModel, ModelDeclaration, ModelModule } from '../model.js';
import { PASSED_ON, unionOfRequirements, WRAPPED_NAME, withSiteValue, wrappedSpecification } from './wrapped-model.js';
import { refusal } from '../../refusal.js';

/**
 * Site amplification by the design spectrum of Eurocode 8: the spectrum is anchored at PGA and SA(1.0) that another model
 * gives for rock, both multiplied by a factor of the site class.
 */

const PGA = parseImt('PGA');
const SA1 = parseImt('SA(1.0)');
const GRAVITY = 9.80665;
/** plateau over PGA */
const PLATEAU = 2.5;
/** s: end of the rigid branch */
const RIGID = 0.03;

/** Factors of the plateau (short) and of SA(1.0) (long) for a site, by the plateau and SA(1.0) on rock, g. */
interface SiteFactors {
  short(site: number, plateau: number): number;
  long(site: number, plateau: number, sa1: number): number;
}

interface Variant {
  readonly id: string;
  readonly citation: string;
  readonly site: readonly string[];
  readonly notes?: string;
  factors(sites: SiteParameters): SiteFactors;
}

function declaration(variant: Variant): ModelDeclaration {
  return {
    id: variant.id,
    citation: `${variant.citation}: site amplification on top of another model`,
    tectonicRegionType: '',
    imts: [{ kind: 'PGA' }, { kind: 'PGV' }, { kind: 'SA' }],
    component: 'Horizontal',
    standardDeviations: ['total', 'inter', 'intra'],
    requires: { rupture: ['mag'], distances: [], site: variant.site },
    referenceVelocity: 800,
    arguments: [
      WRAPPED_NAME,
      {
        name: 'reference_velocity',
        meaning: 'velocity (m/s) at which the wrapped model is evaluated',
        type: 'number',
        default: 800,
      },
      PASSED_ON,
    ],
    notes: `As in the reference engine, PGV has the value of PGA.${variant.notes ? ` ${variant.notes}` : ''}`,
    async create(args: Arguments, resources) {
      const wrapped = await resources.model(wrappedSpecification(args, ['reference_velocity']));
      return amplifiedModel(variant, wrapped, Number(args.reference_velocity));
    },
  };
}

function amplifiedModel(variant: Variant, wrapped: GroundMotionModel, referenceVelocity: number): GroundMotionModel {
  return {
    id: variant.id,
    requires: unionOfRequirements(wrapped.requires, { rupture: [], distances: [], site: variant.site }),
    prepare(imts, sites, capacity) {
      const factors = variant.factors(sites);
      const rockSites = withSiteValue(sites, 'vs30', referenceVelocity);
      const evaluate = wrapped.prepare([...imts, PGA, SA1], rockSites, capacity);
      const extra = () => [new Float64Array(capacity), new Float64Array(capacity)];
      const anchors: GroundMotion = { mean: extra(), total: extra(), inter: extra(), intra: extra() };
      const periods = imts.map(periodOf);
      // the rows of the output with the two anchors after them, made when a new output is seen
      let seen: GroundMotion | undefined;
      let rows = anchors;
      return (batch, out) => {
        if (seen !== out) {
          seen = out;
          rows = {
            mean: [...out.mean, ...anchors.mean],
            total: [...out.total, ...anchors.total],
            inter: [...out.inter, ...anchors.inter],
            intra: [...out.intra, ...anchors.intra],
          };
        }
        evaluate(batch, rows);
        const [pga, sa1] = anchors.mean;
        for (let i = 0; i < batch.size; i++) {
          const s = batch.site[i];
          const rockPlateau = PLATEAU * Math.exp(pga[i]);
          const rockSa1 = Math.exp(sa1[i]);
          const plateau = rockPlateau * factors.short(s, rockPlateau);
          const long = rockSa1 * factors.long(s, rockPlateau, rockSa1);
          const displacement = rockSa1 <= 0.1 ? 2 : 1 + 10 * rockSa1;
          for (let m = 0; m < periods.length; m++)
            out.mean[m][i] = Math.log(spectrum(periods[m], plateau, long, displacement));
        }
      };
    },
  };
}

function periodOf(imt: Imt): number {
  return imt.kind === 'SA' ? imt.period : 0;
}

/** Design spectrum (g): plateau, S1 = SA(1.0), corner period of constant displacement s. */
function spectrum(period: number, plateau: number, sa1: number, displacement: number): number {
  if (period <= RIGID) return plateau / PLATEAU;
  if (period > displacement) return (displacement * sa1) / (period * period);
  const corner = sa1 / plateau;
  if (period > corner) return sa1 / period;
  const rise = Math.min(Math.max(corner / 5, 0.05), 0.1);
  if (period <= rise) return (plateau / (rise - RIGID)) * (period - RIGID + (rise - period) / PLATEAU);
  return plateau;
}

/** Text site parameter of every site, checked. Errors: Refusal naming the parameter and what is allowed. */
function classes(sites: SiteParameters, name: string, id: string, allowed: readonly string[]): readonly string[] {
  const given = sites.text[name];
  for (const value of given)
    if (!allowed.includes(value))
      throw refusal(
        'MODEL_SITE_PARAMETER',
        `${id}: site parameter ${name} = '${value}' must be one of ${allowed.join(', ')}`,
        { key: name, value, allowed: allowed.join(', ') },
      );
  return given;
}

type ClassFactors = Readonly<Record<string, readonly number[]>>;

const SHORT_2018: ClassFactors = {
  A: [1.0, 1.0, 1.0, 1.0, 1.0, 1.0],
  B1: [1.3, 1.3, 1.2, 1.2, 1.2, 1.2],
  B2: [1.4, 1.3, 1.3, 1.2, 1.1, 1.1],
  C1: [1.7, 1.6, 1.4, 1.3, 1.3, 1.2],
  C2: [1.6, 1.5, 1.3, 1.2, 1.1, 1.0],
  C3: [1.8, 1.6, 1.4, 1.2, 1.1, 1.0],
  D: [2.2, 1.9, 1.6, 1.4, 1.2, 1.0],
  E: [1.7, 1.6, 1.6, 1.5, 1.5, 1.5],
};
const LONG_2018: ClassFactors = {
  A: [1.0, 1.0, 1.0, 1.0, 1.0, 1.0],
  B1: [1.4, 1.4, 1.4, 1.4, 1.3, 1.3],
  B2: [1.6, 1.5, 1.5, 1.5, 1.4, 1.3],
  C1: [1.7, 1.6, 1.5, 1.5, 1.4, 1.3],
  C2: [2.1, 2.0, 1.9, 1.8, 1.8, 1.7],
  C3: [3.2, 3.0, 2.7, 2.5, 2.4, 2.3],
  D: [4.1, 3.8, 3.3, 3.0, 2.8, 2.7],
  E: [1.3, 1.3, 1.2, 1.2, 1.2, 1.2],
};
const SHORT_2020: ClassFactors = {
  A: [1.0, 1.0, 1.0, 1.0, 1.0, 1.0],
  B1: [1.3, 1.3, 1.3, 1.2, 1.2, 1.2],
  B2: [1.3, 1.3, 1.2, 1.2, 1.2, 1.1],
  C1: [1.7, 1.7, 1.6, 1.5, 1.5, 1.4],
  C2: [1.6, 1.5, 1.3, 1.2, 1.1, 1.0],
  C3: [1.7, 1.6, 1.4, 1.2, 1.2, 1.1],
  D: [1.8, 1.7, 1.5, 1.4, 1.3, 1.2],
  E: [1.7, 1.6, 1.6, 1.5, 1.5, 1.4],
};
const LONG_2020: ClassFactors = {
  A: [1.0, 1.0, 1.0, 1.0, 1.0, 1.0],
  B1: [1.1, 1.1, 1.1, 1.1, 1.1, 1.1],
  B2: [1.4, 1.4, 1.3, 1.3, 1.3, 1.3],
  C1: [1.5, 1.5, 1.4, 1.4, 1.4, 1.4],
  C2: [2.3, 2.2, 2.0, 1.9, 1.9, 1.8],
  C3: [2.4, 2.3, 2.1, 2.0, 2.0, 1.9],
  D: [4.0, 3.5, 3.0, 2.7, 2.4, 2.3],
  E: [1.2, 1.1, 1.1, 1.1, 1.1, 1.1],
};

/** Factors at plateaus of 0, 0.25, 0.5, 0.75, 1 and 1.25 g. */
function pitilakis(id: string, citation: string, short: ClassFactors, long: ClassFactors): ModelDeclaration {
  return declaration({
    id,
    citation,
    site: ['vs30', 'ec8_p18'],
    notes: 'Factors are not interpolated below a plateau of 0.25 g, and are 1 at 1.25 g exactly.',
    factors(sites) {
      const names = classes(sites, 'ec8_p18', id, Object.keys(short));
      const shortRows = names.map((name) => short[name]);
      const longRows = names.map((name) => long[name]);
      return {
        short: (site, plateau) => steps(shortRows[site], plateau),
        long: (site, plateau) => steps(longRows[site], plateau),
      };
    },
  });
}

function steps(row: readonly number[], plateau: number): number {
  if (plateau < 0.25) return row[0];
  if (plateau > 1.25) return row[5];
  if (plateau === 1.25) return 1;
  const x = plateau / 0.25;
  const k = Math.floor(x);
  return row[k] + (x - k) * (row[k + 1] - row[k]);
}

const EC8_CITATION =
  'CEN (2018), Eurocode 8: Earthquake resistant design of structures, revised second draft, CEN/TC 250/SC 8';

/** Site class by velocity (m/s) and depth to 800 m/s (m). */
function ec8Class(vs30: number, h800: number): string {
  if (vs30 >= 400) return h800 > 5 ? 'B' : 'A';
  if (vs30 >= 250) return h800 <= 5 ? 'A' : h800 <= 30 ? 'E' : h800 <= 100 ? 'C' : 'F';
  return h800 <= 30 ? 'E' : h800 <= 100 ? 'D' : 'F';
}

/** Factor times exp(exponent lnVelocity resistance): class A has exponent 0. */
function ec8Factors(sites: SiteParameters): SiteFactors {
  const { vs30, h800 } = sites.numeric;
  const names = Array.from(vs30, (v, s) => ec8Class(v, h800[s]));
  const lnVelocity = vs30.map((v) => Math.log(v / 800));
  const softness = vs30.map((v) => (2000 * GRAVITY) / (v * v));
  const exponents = (a: number, e: (h: number) => number) =>
    Float64Array.from(names, (name, s) => (name === 'A' ? 0 : name === 'E' ? e(h800[s]) : a));
  const short = exponents(-0.25, (h) => -0.25 * (h / 30) * (4 - h / 10));
  const long = exponents(-0.7, (h) => (-0.7 * h) / 30);
  return {
    short: (s, plateau) =>
      (names[s] === 'F' ? 0.9 : 1) * Math.exp(short[s] * (1 - softness[s] * plateau) * lnVelocity[s]),
    long: (s, _plateau, sa1) =>
      (names[s] === 'F' ? 1.25 : 1) * Math.exp(long[s] * (1 - softness[s] * sa1) * lnVelocity[s]),
  };
}

const DEFAULT_SHORT: Readonly<Record<string, number>> = { A: 1, B: 1.2, C: 1.35, D: 1.5, E: 1.7, F: 1.35 };
const DEFAULT_LONG: Readonly<Record<string, number>> = { A: 1, B: 1.6, C: 2.25, D: 3.2, E: 3, F: 4 };

export const models: ModelModule['models'] = [
  pitilakis(
    'PitilakisEtAl2018',
    'K. Pitilakis, E. Riga, A. Anastasiadis, S. Fotopoulou, S. Karafagka (2018), Towards the revision of EC8: proposal for an alternative site classification scheme and associated intensity dependent spectral amplification factors, Soil Dynamics and Earthquake Engineering 126, 105137',
    SHORT_2018,
    LONG_2018,
  ),
  pitilakis(
    'PitilakisEtAl2020',
    'K. Pitilakis, E. Riga, A. Anastasiadis (2020), 17th World Conference on Earthquake Engineering, paper C002895',
    SHORT_2020,
    LONG_2020,
  ),
  declaration({ id: 'Eurocode8Amplification', citation: EC8_CITATION, site: ['vs30', 'h800'], factors: ec8Factors }),
  declaration({
    id: 'Eurocode8AmplificationDefault',
    citation: EC8_CITATION,
    site: ['ec8'],
    factors(sites) {
      const names = classes(sites, 'ec8', 'Eurocode8AmplificationDefault', Object.keys(DEFAULT_SHORT));
      return { short: (s) => DEFAULT_SHORT[names[s]], long: (s) => DEFAULT_LONG[names[s]] };
    },
  }),
];
