import { kappaTerm, magnitudeTerm, pseudoDepth, spreadingTerm, stressTerm } from '../terms/hassani-atkinson-terms.js';
import type { ContextBatch, Requirements } from '../../contexts/context-batch.js';
import { CoefficientTable, readTables, type Coefficients } from '../coefficients.js';
import { parseImt } from '../imt.js';
import type { ArgumentDeclaration, GroundMotionModel, ModelDeclaration, ModelModule } from '../model.js';
import { fillSigma } from '../per-measure.js';
import { refusedArgument } from '../refusals.js';
import { knownDepths, campbellBozorgnia2014Z2 } from '../terms/basin-depth.js';

const { tables } = readTables(import.meta.url, 'hassani-atkinson-2020');

const TABLE = new CoefficientTable(tables.main);
const PGA = parseImt('PGA');
const F3 = 98.1;
const REFERENCE_VELOCITY = 760;

/** What tells the settings of earthquakes from each other. */
interface Setting {
  readonly tectonicRegionType: string;
  readonly suffix: 'cr' | 'if' | 'is';
  /** calibration constant, log10 units */
  readonly calibration: number;
  /** km: where the spreading changes */
  readonly transition: number;
  /** log10 of the stress parameter (bar): level, growth with depth, and the depths (km) between which it grows */
  readonly stress: readonly [level: number, growth: number, from: number, to: number];
}

const SETTINGS: Readonly<Record<string, Setting>> = {
  Asc: {
    tectonicRegionType: 'Active Shallow Crust',
    suffix: 'cr',
    calibration: 0.45,
    transition: 50,
    stress: [2.5011, 0, 0, 30],
  },
  SInter: {
    tectonicRegionType: 'Subduction Interface',
    suffix: 'if',
    calibration: 0.85,
    transition: 150,
    stress: [1.606, 0.0097, 25, 55],
  },
  SSlab: {
    tectonicRegionType: 'Subduction IntraSlab',
    suffix: 'is',
    calibration: 0.9,
    transition: 250,
    stress: [1.9241, 0.0133, 40, 90],
  },
};

const ARGUMENTS: readonly ArgumentDeclaration[] = [
  { name: 'kappa', type: 'number', default: 0.04, range: [1e-6, 1], meaning: 'high-frequency attenuation, s' },
  { name: 'backarc', type: 'number', default: 0, range: [0, 1e6], meaning: 'share of the path in the back-arc' },
  {
    name: 'forearc_ne',
    type: 'number',
    default: 1,
    range: [0, 1e6],
    meaning: 'share of the path in the north-eastern fore-arc',
  },
  {
    name: 'forearc_sw',
    type: 'number',
    default: 0,
    range: [0, 1e6],
    meaning: 'share of the path in the south-western fore-arc',
  },
];

/** Velocity scaling, log10 units (equation 9): two slopes, constant below 100 and above 1000 m/s. */
function velocityTerm({ cv1, cv2 }: Coefficients, vs30: number): number {
  const v = Math.min(Math.max(vs30, 100), 1000);
  if (v > 250) return cv2 * Math.log10(v / REFERENCE_VELOCITY);
  return cv1 * Math.log10(v / REFERENCE_VELOCITY) + (cv2 - cv1) * Math.log10(250 / REFERENCE_VELOCITY);
}

/** Basin term, log10 units (equation 10); negative depths have none. */
function basinTerm({ cz0, cz1, cz2 }: Coefficients, depth: number): number {
  if (depth < 0) return 0;
  const shallow = Math.log10(Math.min(Math.max(depth, 150), 800) / 150);
  const deep = Math.log10(Math.min(Math.max(depth, 800), 4200) / 800);
  return cz0 + cz1 * shallow + cz2 * deep;
}

/** Term of the peak frequency f0 (Hz) of the site against that of the measure, log10 units (equation 11). */
function peakTerm(f0: number, frequency: number): number {
  if (f0 <= 0) return 0;
  const x = f0 / frequency;
  const part = (from: number, to: number): number => Math.log10(Math.min(Math.max(x, from), to) / from);
  return -0.011 + 0.421 * part(0.5, 1) - 0.604 * part(1, 2.5) + 0.086 * part(2.5, Infinity);
}

/** What the arguments say of the path and kappa. */
interface Path {
  readonly kappa: number;
  readonly backarc: number;
  readonly northEast: number;
  readonly southWest: number;
}

/** log10 of the motion on rock without site terms, cm/s2 or cm/s. */
function log10Rock(c: Coefficients, setting: Setting, path: Path, batch: ContextBatch, out: Float64Array): void {
  const { start, mag, hypoDepth, rrup } = batch;
  const { suffix, calibration, transition, stress } = setting;
  const [level, growth, from, to] = stress;
  const lnKappa = Math.log10(path.kappa);
  const attenuation =
    (c[`barc_${suffix}`] * path.backarc +
      c[`farc_ne_${suffix}`] * path.northEast +
      c[`farc_sw_${suffix}`] * path.southWest) /
    (path.backarc + path.northEast + path.southWest);
  for (let r = 0; r < batch.ruptures; r++) {
    const m = Math.round(mag[r] * 100) / 100;
    const depth = pseudoDepth(m);
    const lnStress = level + growth * Math.min(Math.max(hypoDepth[r] - from, 0), to - from);
    const low = c[`clf0_${suffix}`] + c[`clf1_${suffix}`] * Math.min(Math.max(m - 5.5, 0), 1.5);
    const event =
      magnitudeTerm(c, m) +
      stressTerm(c, m, lnStress) +
      kappaTerm(c, m, lnStress, lnKappa) +
      calibration +
      low +
      c.chf +
      c.amp_cr;
    for (let i = start[r]; i < start[r + 1]; i++)
      out[i] = event + spreadingTerm(c, m, rrup[i], depth, transition) + attenuation * rrup[i];
  }
}

function modelOf(id: string, setting: Setting, path: Path, requires: Requirements): GroundMotionModel {
  return {
    id,
    requires,
    prepare(imts, sites, capacity) {
      const { vs30, f0 } = sites.numeric;
      const depths = knownDepths(sites.numeric.z2pt5, vs30, (v) => campbellBozorgnia2014Z2(v, true));
      const pga = TABLE.row(PGA, id);
      const measures = imts.map((imt) => {
        const c = TABLE.row(imt, id);
        const frequency = 10 ** c.f;
        const top = Math.exp(c.f5 * (REFERENCE_VELOCITY - 360));
        return {
          c,
          linear: vs30.map(
            (v, s) =>
              velocityTerm(c, v) + basinTerm(c, depths[s]) + (imt.kind === 'SA' ? peakTerm(f0[s], frequency) : 0),
          ),
          nonlinear: vs30.map((v) => c.f4 * (Math.exp(c.f5 * (Math.min(v, REFERENCE_VELOCITY) - 360)) - top)),
          unit: imt.kind === 'PGV' ? 0 : -Math.log(981),
        };
      });
      const strength = new Float64Array(capacity);
      return (batch, out) => {
        const { site, size } = batch;
        log10Rock(pga, setting, path, batch, strength);
        for (let i = 0; i < size; i++) strength[i] = Math.log(1 + 10 ** strength[i] / F3);
        for (let m = 0; m < measures.length; m++) {
          const { c, linear, nonlinear, unit } = measures[m];
          const mean = out.mean[m];
          log10Rock(c, setting, path, batch, mean);
          for (let i = 0; i < size; i++)
            mean[i] = Math.LN10 * (mean[i] + linear[site[i]] + nonlinear[site[i]] * strength[i]) + unit;
          const { suffix } = setting;
          fillSigma(out, m, size, c[`s_${suffix}`], c.tau, Math.hypot(c.ps2s, c[`pss_${suffix}`]));
        }
      };
    },
  };
}

function declaration(name: string, setting: Setting): ModelDeclaration {
  const id = `HassaniAtkinson2020${name}`;
  const requires: Requirements = { rupture: ['mag', 'hypoDepth'], distances: ['rrup'], site: ['vs30', 'z2pt5', 'f0'] };
  return {
    id,
    citation:
      'B. Hassani, G. M. Atkinson (2021), Equivalent point-source ground-motion model for subduction earthquakes in Japan, Bulletin of the Seismological Society of America 111(2), 951-974',
    tectonicRegionType: setting.tectonicRegionType,
    imts: TABLE.imts,
    component: 'Average Horizontal',
    standardDeviations: ['total', 'inter', 'intra'],
    requires,
    arguments: ARGUMENTS,
    notes:
      'z2pt5 is compared with depths in m, as in the reference engine, so that depths in km have the term of shallow sites; -999 stands for the depth expected at vs30. A peak frequency f0 of 0 or less stands for none. Magnitudes are rounded to two decimals.',
    create(args) {
      const path: Path = {
        kappa: Number(args.kappa),
        backarc: Number(args.backarc),
        northEast: Number(args.forearc_ne),
        southWest: Number(args.forearc_sw),
      };
      if (!(path.backarc + path.northEast + path.southWest > 0))
        throw refusedArgument(
          id,
          'forearc_ne',
          ': backarc, forearc_ne and forearc_sw must not all be 0',
          args.forearc_ne,
          'shares of the path with a sum above 0',
        );
      return modelOf(id, setting, path, requires);
    },
  };
}

export const models: ModelModule['models'] = Object.entries(SETTINGS).map(([name, setting]) =>
  declaration(name, setting),
);
