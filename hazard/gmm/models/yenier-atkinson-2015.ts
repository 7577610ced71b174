import type { ContextBatch, Requirements } from '../../contexts/context-batch.js';
import { CoefficientTable, readTables, type Coefficients } from '../coefficients.js';
import { parseImt, type Imt } from '../imt.js';
import type { GroundMotionModel, ModelDeclaration, ModelModule } from '../model.js';
import { fillSigma } from '../per-measure.js';
import { unsupportedMeasure } from '../refusals.js';
import { boore2014Site, strengthOf } from '../terms/boore-2014-site.js';

const { tables } = readTables(import.meta.url, 'yenier-atkinson-2015');

const SOURCE = new CoefficientTable(tables.source);
const STRESS = new CoefficientTable(tables.stress);
const ANELASTIC = new CoefficientTable(tables.anelastic);
const PGA = parseImt('PGA');
/** km: hinge of the spreading */
const TRANSITION = 50;
const CITATION =
  'E. Yenier, G. M. Atkinson (2015), Regionally adjustable generic ground-motion prediction equation based on equivalent point-source simulations: application to central and eastern North America, Bulletin of the Seismological Society of America 105(4), 1989-2009; site response: E. Seyhan, J. P. Stewart (2014), Earthquake Spectra 30(3), 1241-1256';

/** Coefficients of one measure, with the calibration for central and eastern North America (equations 26 and 27). */
interface Measure {
  readonly source: Coefficients;
  readonly stress: Coefficients;
  readonly gamma: number;
  readonly calibration: number;
  readonly nearSlope: number;
}

function measureOf(imt: Imt, id: string): Measure {
  const period = imt.kind === 'SA' ? imt.period : 0;
  const long = period > 0 ? Math.max(0, 0.39 * Math.log(period / 2)) : 0;
  const short = period > 0 ? Math.min(0.095, 0.03 + Math.max(0, 0.095 * Math.log(period / 0.065))) : 0.03;
  return {
    source: SOURCE.row(imt, id),
    stress: STRESS.row(imt, id),
    gamma: ANELASTIC.row(imt, id).gCENA,
    calibration: imt.kind === 'PGV' ? -0.21 : -0.25 + long,
    nearSlope: imt.kind === 'PGV' ? 0.052 : short,
  };
}

/** Change by the stress parameter, ln units: a quartic of magnitude, with other coefficients above 100 bar. */
function stressTerm(c: Coefficients, m: number, stress: number): number {
  const [a, b, d, e, f] = stress > 100 ? [c.s5, c.s6, c.s7, c.s8, c.s9] : [c.s0, c.s1, c.s2, c.s3, c.s4];
  return (a + m * (b + m * (d + m * (e + m * f)))) * Math.log(stress / 100);
}

/** ln of the motion on rock, g or cm/s (equation 4); focal depth in km, or undefined for that of the hypocentre. */
function lnRock(
  { source: c, ...measure }: Measure,
  focalDepth: number | undefined,
  batch: ContextBatch,
  out: Float64Array,
): void {
  const { start, mag, hypoDepth, rrup } = batch;
  for (let r = 0; r < batch.ruptures; r++) {
    const m = mag[r];
    const dm = m - c.Mh;
    const depth = focalDepth ?? hypoDepth[r];
    const stress = Math.exp(5.704 + Math.min(0.29 * (depth - 10), 0) + Math.min(0.229 * (m - 5), 0));
    const scaling = c.e0 + (dm <= 0 ? dm * (c.e1 + dm * c.e2) : c.e3 * dm);
    const event = scaling + stressTerm(measure.stress, m, stress) + measure.calibration;
    const pseudo = 10 ** (-0.405 + 0.235 * m);
    const lnReference = 0.5 * Math.log(1 + pseudo * pseudo);
    const slope = c.b3 + c.b4 * m;
    for (let i = start[r]; i < start[r + 1]; i++) {
      const distance = Math.sqrt(rrup[i] * rrup[i] + pseudo * pseudo);
      const ln = Math.log(distance);
      const spreading =
        distance > TRANSITION ? -1.3 * Math.log(TRANSITION) - 0.5 * Math.log(distance / TRANSITION) : -1.3 * ln;
      const near = distance <= 150 ? measure.nearSlope * Math.log(distance / 150) : 0;
      out[i] = event + spreading + slope * (ln - lnReference) + measure.gamma * rrup[i] + near;
    }
  }
}

/** What a name of the model does: focal depth (km) of all earthquakes, and the form for rock with the style of faulting. */
interface Options {
  readonly focalDepth?: number;
  readonly adapted?: boolean;
}

/**
 * ln of the factor of the style of faulting; J. J. Bommer, J. Douglas, F. O. Strasser (2003), Bulletin of Earthquake Engineering 1,
 * 171-203: rakes between the sectors count as reverse or normal by their sign.
 */
function lnStyle(imt: Imt, rake: number): number {
  const period = Math.min(Math.max(imt.kind === 'SA' ? imt.period : 0, 0.4), 3);
  const reverse = Math.log(1.2 - (0.3 / Math.log10(3 / 0.4)) * Math.log10(period / 0.4));
  const normal = Math.log(0.95);
  const none = -0.68 * reverse - 0.02 * normal;
  const absolute = Math.abs(rake);
  if (absolute <= 30 || absolute >= 150) return none;
  return none + (rake > 0 ? reverse : normal);
}

function modelOf(id: string, requires: Requirements, { focalDepth, adapted }: Options): GroundMotionModel {
  return {
    id,
    requires,
    prepare(imts, sites, capacity) {
      const velocities = adapted ? new Float64Array(sites.size).fill(760) : sites.numeric.vs30;
      const { calibration, nearSlope } = measureOf(PGA, id);
      const measures = imts.map((imt) => {
        if (adapted && imt.kind === 'PGV') throw unsupportedMeasure(id, imt, 'PGA, SA');
        const response = boore2014Site(imt, id);
        return {
          imt,
          terms: measureOf(imt, id),
          // the motion that softens the soil has the calibration of PGA, but the source and path of the measure
          rock: { ...measureOf(imt, id), calibration, nearSlope },
          linear: velocities.map((v) => response.linear(v)),
          slope: velocities.map((v) => response.slope(v)),
        };
      });
      const strength = new Float64Array(capacity);
      return (batch, out) => {
        const { start, site, rake, size } = batch;
        for (let m = 0; m < measures.length; m++) {
          const { imt, terms, rock, linear, slope } = measures[m];
          lnRock(rock, focalDepth, batch, strength);
          for (let i = 0; i < size; i++) strength[i] = strengthOf(Math.exp(strength[i]));
          const mean = out.mean[m];
          lnRock(terms, focalDepth, batch, mean);
          for (let i = 0; i < size; i++) mean[i] += linear[site[i]] + slope[site[i]] * strength[i];
          if (adapted)
            for (let r = 0; r < batch.ruptures; r++) {
              const style = lnStyle(imt, rake[r]);
              for (let i = start[r]; i < start[r + 1]; i++) mean[i] += style;
            }
          fillSigma(out, m, size, 0);
        }
      };
    },
  };
}

const YenierAtkinson2015BSSA: ModelDeclaration = {
  id: 'YenierAtkinson2015BSSA',
  citation: CITATION,
  tectonicRegionType: 'Stable Shallow Crust',
  imts: SOURCE.imts,
  component: 'Average Horizontal',
  standardDeviations: ['total'],
  requires: { rupture: ['mag', 'hypoDepth'], distances: ['rrup'], site: ['vs30'] },
  arguments: [
    {
      name: 'focal_depth',
      type: 'number',
      default: null,
      range: [0, 700],
      meaning: 'depth of all earthquakes, km, instead of that of the hypocentre',
    },
    { name: 'region', type: 'text', default: 'CENA', allowed: ['CENA'], meaning: 'region of the calibration' },
  ],
  notes:
    'Without standard deviations: they are 0. The motion that drives nonlinear site response has source and path of the measure itself with the calibration of PGA, as in the reference engine.',
  create: (args) =>
    modelOf(
      'YenierAtkinson2015BSSA',
      YenierAtkinson2015BSSA.requires,
      args.focal_depth === null ? {} : { focalDepth: Number(args.focal_depth) },
    ),
};

const YenierAtkinson2015ACME2019: ModelDeclaration = {
  ...YenierAtkinson2015BSSA,
  id: 'YenierAtkinson2015ACME2019',
  imts: SOURCE.imts.filter(({ kind }) => kind !== 'PGV'),
  requires: { rupture: ['mag', 'hypoDepth', 'rake'], distances: ['rrup'], site: ['vs30'] },
  arguments: [],
  notes:
    'At a focal depth of 10 km and for rock of 760 m/s whatever vs30 is, with the style of faulting of Bommer et al. (2003). Without standard deviations: they are 0. Rakes that the reference engine refuses (30 to 45 degrees from horizontal) count as reverse or normal.',
  create: () =>
    modelOf('YenierAtkinson2015ACME2019', YenierAtkinson2015ACME2019.requires, { focalDepth: 10, adapted: true }),
};

export const models: ModelModule['models'] = [YenierAtkinson2015ACME2019, YenierAtkinson2015BSSA];
