import { addSoilTerms, nonlinearShape, soilTerms } from './boore-atkinson-2008.js';
import { CoefficientTable, readTables, type Coefficients } from '../coefficients.js';
import type { ContextBatch } from '../../contexts/context-batch.js';
import { parseImt, type Imt } from '../imt.js';
import type {
  ArgumentDeclaration,
  Evaluator,
  GroundMotionModel,
  ModelAlias,
  ModelDeclaration,
  ModelModule,
} from '../model.js';
import { capMean, medianCap, momentMagnitude, type MagnitudeScale } from '../terms/nshmp-2008.js';
import { fillSigma } from '../per-measure.js';

const { tables } = readTables(import.meta.url, 'atkinson-boore-2006');
const HARD_ROCK = new CoefficientTable(tables.hard);
const BC = new CoefficientTable(tables.bc);
const STRESS = new CoefficientTable(tables.stress);
const SOIL = new CoefficientTable(tables.soil);
const PGA = parseImt('PGA');
const SIGMA = 0.3 * Math.LN10;
const LOG10_70 = Math.log10(70);
const LOG10_140 = Math.log10(140);
/** cm/s2 to g */
const LN_CM_S2 = Math.log(0.01 / 9.80665);

/** What distinguishes the models of this file: lower limit of the distance, and how the stress drop is found. */
interface Variant {
  readonly id: string;
  readonly minimumDistance: number;
  readonly stress: 'argument' | 'magnitude';
}

const MAGNITUDES: ArgumentDeclaration = {
  name: 'mag_eq',
  meaning:
    'magnitude scale of the sources: Mblg87, Mblg96 (converted to moment magnitude) or Mw; all three cap the median as the 2008 US model does. NA: moment magnitude, no cap',
  type: 'text',
  default: 'NA',
  allowed: ['NA', 'Mw', 'Mblg87', 'Mblg96'],
};
const SCALE: ArgumentDeclaration = {
  name: 'scale_fac',
  meaning: 'log10(stress drop / 140 bar) / log10 2: 0 for 140 bar, 0.5146 for 200 bar',
  type: 'number',
  default: 0,
};

function declaration(variant: Variant): ModelDeclaration {
  const requires = { rupture: ['mag'], distances: ['rrup'], site: ['vs30'] } as const;
  return {
    id: variant.id,
    citation:
      'G. M. Atkinson, D. M. Boore (2006), Earthquake ground-motion prediction equations for eastern North America, Bulletin of the Seismological Society of America 96(6), 2181-2205, doi:10.1785/0120050245' +
      (variant.stress === 'magnitude'
        ? '; G. M. Atkinson, D. M. Boore (2011), Modifications to existing ground-motion prediction equations in light of new data, ibid. 101(3), 1121-1135, doi:10.1785/0120100270'
        : ''),
    tectonicRegionType: 'Stable Shallow Crust',
    validity: {
      magnitude: [3.5, 8],
      distance: { kind: 'rrup', range: [1, 1000] },
      source: 'the simulations that the equations are fitted to',
    },
    imts: BC.imts,
    component: 'Average Horizontal',
    standardDeviations: ['total'],
    requires,
    arguments: [MAGNITUDES, SCALE],
    notes:
      (variant.stress === 'magnitude'
        ? 'With mag_eq the stress drop is that of scale_fac, not that of the magnitude. '
        : '') +
      'As in the reference engine, rock PGA that drives the soil response takes the stress adjustment of the measure asked for, and PGV is capped like PGA where the cap applies.',
    create: (args): GroundMotionModel => ({
      id: variant.id,
      requires,
      prepare(imts, sites, capacity) {
        const { vs30 } = sites.numeric;
        const scale = args.mag_eq === 'NA' ? undefined : (args.mag_eq as MagnitudeScale);
        return evaluator(variant, scale, Number(args.scale_fac), imts, vs30, capacity);
      },
    }),
  };
}

function evaluator(
  variant: Variant,
  scale: MagnitudeScale | undefined,
  scaleFactor: number,
  imts: readonly Imt[],
  vs30: Float64Array,
  capacity: number,
): Evaluator {
  const hardSite = Uint8Array.from(vs30, (v) => (v >= 2000 ? 1 : 0));
  // the soil terms vanish at 760 m/s: hard rock has none
  const soilVs30 = vs30.map((v) => (v >= 2000 ? 760 : v));
  const anySoil = hardSite.includes(0);
  const rockPga = BC.row(PGA, variant.id);
  const terms = imts.map((imt) => ({
    hard: HARD_ROCK.row(imt, variant.id),
    bc: BC.row(imt, variant.id),
    stress: STRESS.row(imt, variant.id),
    soil: soilTerms(SOIL.row(imt, variant.id), soilVs30),
    cap: scale === undefined ? Infinity : imt.kind === 'PGV' ? 0.405 : medianCap(imt),
    lnUnit: imt.kind === 'PGV' ? 0 : LN_CM_S2,
  }));
  const mag = new Float64Array(capacity);
  const factor = new Float64Array(capacity);
  const distance = new Float64Array(capacity);
  const logDistance = new Float64Array(capacity);
  const logPga = new Float64Array(capacity);
  const shape = new Float64Array(capacity);
  // without stress adjustment all measures have the same PGA on rock
  const byMagnitude = variant.stress === 'magnitude' && scale === undefined;
  const oneShape = !byMagnitude && scaleFactor === 0;

  return (batch, out) => {
    for (let r = 0; r < batch.ruptures; r++) {
      const m = scale === undefined ? batch.mag[r] : momentMagnitude(scale, batch.mag[r]);
      mag[r] = m;
      factor[r] = byMagnitude ? magnitudeStressFactor(m) : scaleFactor;
    }
    for (let i = 0; i < batch.size; i++) {
      distance[i] = Math.max(batch.rrup[i], variant.minimumDistance, 1);
      logDistance[i] = Math.log10(distance[i]);
    }
    if (anySoil) addAttenuation(batch, { mag, distance, logDistance }, rockPga, rockPga, undefined, logPga);
    for (let k = 0; k < terms.length; k++) {
      const { hard, bc, stress, soil, cap, lnUnit } = terms[k];
      const mean = out.mean[k];
      addAttenuation(batch, { mag, distance, logDistance }, bc, hard, hardSite, mean);
      for (let r = 0; r < batch.ruptures; r++) {
        const shift = factor[r] * stressAdjustment(stress, mag[r]);
        for (let i = batch.start[r]; i < batch.start[r + 1]; i++) {
          mean[i] = (mean[i] + shift) * Math.LN10 + lnUnit;
          if (anySoil && (k === 0 || !oneShape))
            shape[i] = nonlinearShape(Math.exp((logPga[i] + shift) * Math.LN10 + LN_CM_S2));
        }
      }
      if (anySoil) addSoilTerms(soil, batch, shape, mean);
      capMean(mean, batch.size, cap);
      fillSigma(out, k, batch.size, SIGMA);
    }
  };
}

/** Equation 5 without the stress term, log10 of cm/s2 or cm/s; written for every context, `hard` where hardSite is 1. */
function addAttenuation(
  batch: ContextBatch,
  { mag, distance, logDistance }: Readonly<Record<'mag' | 'distance' | 'logDistance', Float64Array>>,
  bc: Coefficients,
  hard: Coefficients,
  hardSite: Uint8Array | undefined,
  out: Float64Array,
): void {
  const { start, site } = batch;
  for (let r = 0; r < batch.ruptures; r++) {
    const m = mag[r];
    const bcSource = bc.c1 + bc.c2 * m + bc.c3 * m * m;
    const bc1 = bc.c4 + bc.c5 * m;
    const bc2 = bc.c6 + bc.c7 * m;
    const bc0 = bc.c8 + bc.c9 * m;
    const hardSource = hard.c1 + hard.c2 * m + hard.c3 * m * m;
    const hard1 = hard.c4 + hard.c5 * m;
    const hard2 = hard.c6 + hard.c7 * m;
    const hard0 = hard.c8 + hard.c9 * m;
    for (let i = start[r]; i < start[r + 1]; i++) {
      const l = logDistance[i];
      const f0 = l < 1 ? 1 - l : 0;
      const f1 = l < LOG10_70 ? l : LOG10_70;
      const f2 = l > LOG10_140 ? l - LOG10_140 : 0;
      out[i] =
        hardSite !== undefined && hardSite[site[i]] === 1
          ? hardSource + hard1 * f1 + hard2 * f2 + hard0 * f0 + hard.c10 * distance[i]
          : bcSource + bc1 * f1 + bc2 * f2 + bc0 * f0 + bc.c10 * distance[i];
    }
  }
}

/** Equation 6: log10 of the effect of doubling the stress drop. */
function stressAdjustment({ delta, M1, Mh }: Coefficients, m: number): number {
  return Math.min(0.05 + (delta * Math.max(m - M1, 0)) / (Mh - M1), delta + 0.05);
}

/** Atkinson & Boore (2011): stress drop falling with magnitude, at most 10^2.45 bar, in units of doublings of 140 bar. */
function magnitudeStressFactor(m: number): number {
  return (Math.min(3.45 - 0.2 * m, 2.45) - LOG10_140) / Math.LN2 / Math.LOG10E;
}

const nshmp2008 = (id: string, scale: MagnitudeScale, factor: number): ModelAlias => ({
  id,
  aliasOf: 'AtkinsonBoore2006',
  arguments: { mag_eq: scale, scale_fac: factor },
});

export const models: ModelModule['models'] = [
  declaration({ id: 'AtkinsonBoore2006', minimumDistance: 0, stress: 'argument' }),
  declaration({ id: 'AtkinsonBoore2006Modified2011', minimumDistance: 0, stress: 'magnitude' }),
  declaration({ id: 'AtkinsonBoore2006SGS', minimumDistance: 5, stress: 'argument' }),
  nshmp2008('AtkinsonBoore2006MblgAB1987bar140NSHMP2008', 'Mblg87', 0),
  nshmp2008('AtkinsonBoore2006MblgAB1987bar200NSHMP2008', 'Mblg87', 0.5146),
  nshmp2008('AtkinsonBoore2006MblgJ1996bar140NSHMP2008', 'Mblg96', 0),
  nshmp2008('AtkinsonBoore2006MblgJ1996bar200NSHMP2008', 'Mblg96', 0.5146),
  nshmp2008('AtkinsonBoore2006Mwbar140NSHMP2008', 'Mw', 0),
  nshmp2008('AtkinsonBoore2006Mwbar200NSHMP2008', 'Mw', 0.5146),
];
