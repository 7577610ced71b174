import type { ContextBatch } from '../../contexts/context-batch.js';
import { CoefficientTable, readTables, type Coefficients } from '../coefficients.js';
import type { Imt } from '../imt.js';
import type { GroundMotion, GroundMotionModel, ModelDeclaration, ModelModule } from '../model.js';

const { tables } = readTables(import.meta.url, 'toro-2002');
const MAIN = new CoefficientTable(tables.main);
const SHARE = new CoefficientTable(tables.share);

const ToroEtAl2002: ModelDeclaration = {
  id: 'ToroEtAl2002',
  citation:
    'G. R. Toro, N. A. Abrahamson, J. F. Schneider (1997), Model of strong ground motions from earthquakes in central and eastern North America: best estimates and uncertainties, Seismological Research Letters 68(1), 41-57, doi:10.1785/gssrl.68.1.41; G. R. Toro (2002), modification for large magnitudes and short distances, Risk Engineering report',
  tectonicRegionType: 'Stable Shallow Crust',
  validity: {
    magnitude: [5, 8],
    distance: { kind: 'rjb', range: [1, 500] },
    source: 'as Toro et al. (1997), which it modifies for large magnitudes',
  },
  imts: MAIN.imts,
  component: 'Average Horizontal',
  standardDeviations: ['total'],
  requires: { rupture: ['mag'], distances: ['rjb'], site: [] },
  arguments: [],
  notes:
    'Midcontinent, moment magnitude. At periods of 3.0 s and 4.0 s exactly the natural logarithm of the median is divided by 0.612 and 0.559, as in the reference engine.',
  create: () => model('ToroEtAl2002', false),
};

const ToroEtAl2002SHARE: ModelDeclaration = {
  ...ToroEtAl2002,
  id: 'ToroEtAl2002SHARE',
  requires: { rupture: ['mag', 'rake'], distances: ['rjb'], site: [] },
  referenceVelocity: 800,
  notes: `${ToroEtAl2002.notes} Adjusted to rock of 800 m/s and to styles of faulting as in the SHARE project.`,
  create: () => model('ToroEtAl2002SHARE', true),
};

interface Measure {
  readonly c: Coefficients;
  readonly divisor: number;
  readonly share: Coefficients | undefined;
  /** epistemic part of sigma: value at magnitude 6, slope */
  readonly epistemic: readonly [number, number];
}

function model(id: string, share: boolean): GroundMotionModel {
  return {
    id,
    requires: (share ? ToroEtAl2002SHARE : ToroEtAl2002).requires,
    prepare(imts: readonly Imt[]) {
      const measures = imts.map((imt): Measure => ({
        c: MAIN.row(imt, id),
        divisor: imt.kind !== 'SA' ? 1 : imt.period === 3 ? 0.612 : imt.period === 4 ? 0.559 : 1,
        share: share ? SHARE.row(imt, id) : undefined,
        epistemic: imt.period < 1 ? [0.36, 0.07] : [0.34, 0.06],
      }));
      return (batch, out) => {
        for (let m = 0; m < measures.length; m++) evaluateMeasure(measures[m], batch, out, m);
      };
    },
  };
}

/** Site and style-of-faulting adjustment of SHARE, ln; pR, pN: shares of reverse and normal events in the data. */
function shareTerm(c: Coefficients, rake: number): number {
  const lnReverse = Math.log(c.Frss);
  const lnNormal = Math.log(0.95);
  const pR = 0.81;
  const pN = 0.01;
  const rock = Math.log(c.AFrock);
  if (rake > 30 && rake <= 150) return rock + (1 - pR) * lnReverse - pN * lnNormal;
  if (rake > -120 && rake <= -60) return rock - pR * lnReverse + (1 - pN) * lnNormal;
  return rock - pR * lnReverse - pN * lnNormal;
}

/** Equation 3 of Toro et al. (1997) with the distance of equation 4-3 of Toro (2002). */
function evaluateMeasure(measure: Measure, batch: ContextBatch, out: GroundMotion, m: number): void {
  const { start, mag, rake, rjb } = batch;
  const { c, divisor, share, epistemic } = measure;
  const mean = out.mean[m];
  const total = out.total[m];
  for (let r = 0; r < batch.ruptures; r++) {
    const dm = mag[r] - 6;
    const event = c.c1 + c.c2 * dm + c.c3 * dm * dm;
    const saturation = c.c7 * Math.exp(-1.25 + 0.227 * mag[r]);
    const near2 = saturation * saturation;
    const style = share ? shareTerm(share, rake[r]) : 0;
    const sigmaEpistemic = epistemic[0] + epistemic[1] * dm;
    const sigmaMag = sigmaOfMagnitude(c, mag[r]);
    const fixed2 = sigmaMag * sigmaMag + sigmaEpistemic * sigmaEpistemic;
    for (let i = start[r]; i < start[r + 1]; i++) {
      const distance = Math.sqrt(rjb[i] * rjb[i] + near2);
      const ln = Math.log(distance);
      let value = event - c.c4 * ln - c.c6 * distance;
      if (distance > 100) value -= (c.c5 - c.c4) * (ln - LN_100);
      mean[i] = value / divisor + style;
      const sigmaDistance = c.r5 + (c.r20 - c.r5) * Math.min(Math.max((rjb[i] - 5) / 15, 0), 1);
      total[i] = Math.sqrt(fixed2 + sigmaDistance * sigmaDistance);
    }
  }
  out.inter[m].fill(0, 0, batch.size);
  out.intra[m].fill(0, 0, batch.size);
}
const LN_100 = Math.log(100);

/** Aleatory part by magnitude (table 3 of Toro et al., 1997): straight lines through magnitudes 5.0, 5.5 and 8.0. */
function sigmaOfMagnitude(c: Coefficients, mag: number): number {
  if (mag <= 5.5) return c.m50 + (c.m55 - c.m50) * Math.max((mag - 5) / 0.5, 0);
  return c.m55 + (c.m80 - c.m55) * Math.min((mag - 5.5) / 2.5, 1);
}

export const models: ModelModule['models'] = [ToroEtAl2002, ToroEtAl2002SHARE];
