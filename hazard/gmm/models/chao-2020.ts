import { CoefficientTable, readTables, type Coefficients } from '../coefficients.js';
import { formDeclaration } from '../context-form.js';
import type { ArgumentDeclaration, ModelDeclaration, ModelModule } from '../model.js';

const { tables } = readTables(import.meta.url, 'chao-2020');

const TABLE = new CoefficientTable(tables.main);
const REFERENCE_MAGNITUDE = 6.5;
const REFERENCE_VELOCITY = 760;
/** m/s: rock whose motion drives the nonlinear response */
const ROCK_VELOCITY = 1180;

/** What tells the settings of earthquakes from each other. */
interface Setting {
  readonly tectonicRegionType: string;
  /** suffixes of the columns: of the kind of earthquake, and of crust (cr) or subduction zone (sb) */
  readonly kind: 'cr' | 'if' | 'is';
  readonly zone: 'cr' | 'sb';
  /** magnitude above which scaling changes */
  readonly hinge: number;
  /** km */
  readonly referenceDepth: number;
}

const CRUST: Setting = {
  tectonicRegionType: 'Active Shallow Crust',
  kind: 'cr',
  zone: 'cr',
  hinge: 7.6,
  referenceDepth: 0,
};
const INTERFACE: Setting = {
  tectonicRegionType: 'Subduction Interface',
  kind: 'if',
  zone: 'sb',
  hinge: 7.1,
  referenceDepth: 0,
};
const SLAB: Setting = { ...INTERFACE, tectonicRegionType: 'Subduction IntraSlab', kind: 'is', referenceDepth: 35 };

const ARGUMENTS: readonly ArgumentDeclaration[] = [
  {
    name: 'manila',
    type: 'boolean',
    default: false,
    meaning: 'earthquakes of the Manila trench instead of the Ryukyu trench',
  },
  { name: 'aftershocks', type: 'boolean', default: false, meaning: 'whether the earthquakes are aftershocks' },
  {
    name: 'geology',
    type: 'boolean',
    default: true,
    meaning: 'velocities that were not measured come from the geology of Kuo et al. (2017), else from topography',
  },
];

/** Term of the style of faulting or of the kind of subduction earthquake. */
function typeTerm(c: Coefficients, kind: Setting['kind'], rake: number): number {
  if (kind !== 'cr') return c[`c4_${kind}`];
  if (rake >= 30 && rake <= 150) return c.c1;
  return rake >= -150 && rake <= -30 ? c.c3 : c.c2;
}

/** Change of the magnitude scaling: a parabola in the crust, lines below 6 and above the hinge in the subduction zone. */
function scalingTerm(c: Coefficients, { kind, hinge }: Setting, m: number): number {
  const above = Math.max(m - hinge, 0);
  if (kind === 'cr') return c.c10 * ((m - REFERENCE_MAGNITUDE) * (m - REFERENCE_MAGNITUDE) - above * above);
  return c.c13 * Math.max(6 - m, 0) + c[`c29_${kind}`] * above;
}

/** Depth z1.0 expected at vs30 (m/s) in Taiwan, m. */
const expectedDepth = (vs30: number): number =>
  Math.exp(-2.04 * Math.log((vs30 * vs30 + 355.4 * 355.4) / (1750 * 1750 + 355.4 * 355.4)));

/** ln y at 760 m/s and weak motion from source, path and kind of velocity; then linear, nonlinear and basin response. */
function declaration(id: string, setting: Setting): ModelDeclaration {
  const { kind, zone, hinge } = setting;
  return formDeclaration(
    {
      id,
      citation:
        'S.-H. Chao, B. Chiou, C.-C. Hsu, P.-S. Lin (2020), A horizontal ground-motion model for crustal and subduction earthquakes in Taiwan, Earthquake Spectra 36(2), 463-506',
      tectonicRegionType: setting.tectonicRegionType,
      imts: TABLE.imts,
      component: 'Average Horizontal',
      standardDeviations: ['total', 'inter', 'intra'],
      requires: {
        rupture: kind === 'cr' ? ['mag', 'rake', 'ztor'] : ['mag', 'ztor'],
        distances: ['rrup'],
        site: ['vs30', 'vs30measured', 'z1pt0'],
      },
      referenceVelocity: ROCK_VELOCITY,
      arguments: ARGUMENTS,
      notes: 'A z1pt0 of -999 stands for the depth expected at vs30, a negative one for no basin term.',
    },
    (imt, sites, args) => {
      const c = TABLE.row(imt, id);
      const { vs30, vs30measured, z1pt0 } = sites.numeric;
      const flags = c.c6 * (args.aftershocks === true ? 1 : 0) + c.c7 * (args.manila === true ? 1 : 0);
      const inferred = args.geology === true ? c.c27 : c.c28;
      const velocityTerm = vs30measured.map((flag) => (flag ? c.c26 : inferred));
      const siteTerm = vs30.map((v, s) => {
        const basin = z1pt0[s] > 0 ? c.c25 * Math.log(z1pt0[s] / expectedDepth(v)) : 0;
        return c.c24 * Math.log(v / REFERENCE_VELOCITY) + basin;
      });
      const lnRock = c.c24 * Math.log(ROCK_VELOCITY / REFERENCE_VELOCITY);
      const strength = imt.kind === 'PGD' || imt.kind === 'PGV' ? 2400 : 2.4;
      // (vs30 / 760)^1.5 of sites that respond in a nonlinear way, 1 for others
      const softening = vs30.map((v) => (v < REFERENCE_VELOCITY ? (v / REFERENCE_VELOCITY) ** 1.5 : 1));
      const column = (name: string, suffix: string): number => c[`${name}_${suffix}`];
      let event = 0;
      let slope = 0;
      let near2 = 0;
      return {
        rupture({ mag, rake, ztor }, r) {
          const m = mag[r];
          const dm = m - REFERENCE_MAGNITUDE;
          event =
            typeTerm(c, kind, kind === 'cr' ? rake[r] : 0) +
            (ztor[r] - setting.referenceDepth) * column('c14', kind) +
            dm * column('c8', zone) +
            Math.max(5 - m, 0) * column('c11', zone) +
            scalingTerm(c, setting, m) +
            flags;
          slope =
            column('c17', zone) +
            column('c19', zone) * ((kind === 'cr' ? m : Math.min(m, hinge)) - REFERENCE_MAGNITUDE);
          near2 = 100 * (kind === 'if' ? Math.exp(0.6 * Math.max(m - hinge, 0)) : 1);
        },
        mean({ rrup, site }, i) {
          const s = site[i];
          const spreading = 0.5 * slope * Math.log((rrup[i] * rrup[i]) / near2 + 1);
          const weak = event + spreading + column('c21', zone) * rrup[i] + velocityTerm[s];
          const x = softening[s];
          if (x === 1) return weak + siteTerm[s];
          const rock = Math.exp(weak + lnRock);
          return weak + siteTerm[s] + c.c23 * Math.log((rock + strength * x) / ((rock + strength) * x));
        },
        deviations({ mag }, r, _i, into) {
          const share = 0.5 * (Math.min(Math.max(mag[r], 4.5), 6.5) - 4.5);
          const between = (name: string) =>
            column(`${name}1`, zone) + (column(`${name}2`, zone) - column(`${name}1`, zone)) * share;
          const tau = between('tau');
          const phi = Math.hypot(c.phis2s, between('phiss'));
          into[0] = Math.hypot(tau, phi);
          into[1] = tau;
          into[2] = phi;
        },
      };
    },
  );
}

export const models: ModelModule['models'] = [
  declaration('ChaoEtAl2020Asc', CRUST),
  declaration('ChaoEtAl2020SInter', INTERFACE),
  declaration('ChaoEtAl2020SSlab', SLAB),
];
