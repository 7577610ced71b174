import type { ContextBatch } from '../../contexts/context-batch.js';
import { CoefficientTable, readTables, type Coefficients } from '../coefficients.js';
import type { GroundMotion, GroundMotionModel, ModelDeclaration, ModelModule } from '../model.js';

const { tables } = readTables(import.meta.url, 'sadigh-1997');
const ROCK_LOW = new CoefficientTable(tables.rockLow);
const ROCK_HIGH = new CoefficientTable(tables.rockHigh);
const ROCK_SIGMA = new CoefficientTable(tables.rockSigma);
const SOIL = new CoefficientTable(tables.soil);
const ID = 'SadighEtAl1997';

/** sites above are rock, m/s */
const ROCK_VS30 = 750;

const SadighEtAl1997: ModelDeclaration = {
  id: ID,
  citation:
    'K. Sadigh, C.-Y. Chang, J. A. Egan, F. Makdisi, R. R. Youngs (1997), Attenuation relationships for shallow crustal earthquakes based on California strong motion data, Seismological Research Letters 68(1), 180-189, doi:10.1785/gssrl.68.1.180',
  tectonicRegionType: 'Active Shallow Crust',
  validity: {
    magnitude: [4, Infinity],
    distance: { kind: 'rrup', range: [0, 100] },
    source: 'what its authors mean it for, summary of the paper',
  },
  imts: ROCK_LOW.imts,
  component: 'Average Horizontal',
  standardDeviations: ['total'],
  requires: { rupture: ['mag', 'rake'], distances: ['rrup'], site: ['vs30'] },
  arguments: [],
  notes: 'Sites with vs30 above 750 m/s are rock, all others deep soil. On deep soil the shortest period is 0.075 s.',
  create: () => model,
};

/** Coefficients of one measure, on the kinds of ground that the sites have. */
interface Measure {
  readonly rock?: { readonly low: Coefficients; readonly high: Coefficients; readonly sigma: Coefficients };
  readonly soil?: Coefficients;
}

const model: GroundMotionModel = {
  id: ID,
  requires: SadighEtAl1997.requires,
  prepare(imts, sites) {
    const rock = Uint8Array.from(sites.numeric.vs30, (v) => (v > ROCK_VS30 ? 1 : 0));
    const measures = imts.map((imt): Measure => ({
      rock: rock.includes(1)
        ? { low: ROCK_LOW.row(imt, ID), high: ROCK_HIGH.row(imt, ID), sigma: ROCK_SIGMA.row(imt, ID) }
        : undefined,
      soil: rock.includes(0) ? SOIL.row(imt, ID) : undefined,
    }));
    return (batch, out) => {
      for (let m = 0; m < measures.length; m++) evaluateMeasure(measures[m], rock, batch, out, m);
    };
  },
};

const isReverse = (rake: number): boolean => rake >= 45 && rake <= 135;
const LN_REVERSE = 0.1823215567939546; // ln 1.2

/** (8.5 - M)^2.5 for magnitudes up to 8.5. */
function saturation(mag: number): number {
  const d = Math.max(8.5 - mag, 0);
  return d * d * Math.sqrt(d);
}

function evaluateMeasure(
  measure: Measure,
  isRock: Uint8Array,
  batch: ContextBatch,
  out: GroundMotion,
  m: number,
): void {
  const { start, site, mag, rake, rrup } = batch;
  const { rock, soil } = measure;
  const mean = out.mean[m];
  const total = out.total[m];
  for (let r = 0; r < batch.ruptures; r++) {
    const magR = Math.min(mag[r], 8.5);
    const reverse = isReverse(rake[r]);
    const curve = saturation(magR);
    // rock (table 2, its footnote for reverse faulting): c1 + c2 M + c3 (8.5 - M)^2.5 + c4 ln(rrup + exp(c5 + c6 M)) + c7 ln(rrup + 2)
    const c = magR <= 6.5 ? rock?.low : rock?.high;
    const rockEvent = c ? c.c1 + c.c2 * magR + c.c3 * curve + (reverse ? LN_REVERSE : 0) : 0;
    const rockNear = c ? Math.exp(c.c5 + c.c6 * magR) : 0;
    const rockSigma = rock ? sigmaOnRock(rock.sigma, mag[r]) : 0;
    // soil (table 4): c1 + M + c6 + c7 (8.5 - M)^2.5 - 1.7 ln(rrup + c4 exp(c5 M))
    const soilEvent = soil ? magR + soil.c7 * curve + (reverse ? -1.92 + soil.c6r : -2.17 + soil.c6ss) : 0;
    const soilNear = magR <= 6.5 ? 2.1863 * Math.exp(0.32 * magR) : 0.3825 * Math.exp(0.5882 * magR);
    const soilSigma = soil ? soil.sigma0 + soil.magfactor * Math.min(mag[r], 7) : 0;
    const c4 = c ? c.c4 : 0;
    const c7 = c ? c.c7 : 0;
    for (let i = start[r]; i < start[r + 1]; i++) {
      if (isRock[site[i]]) {
        mean[i] = rockEvent + c4 * Math.log(rrup[i] + rockNear) + c7 * Math.log(rrup[i] + 2);
        total[i] = rockSigma;
      } else {
        mean[i] = soilEvent - 1.7 * Math.log(rrup[i] + soilNear);
        total[i] = soilSigma;
      }
    }
  }
  out.inter[m].fill(0, 0, batch.size);
  out.intra[m].fill(0, 0, batch.size);
}

function sigmaOnRock(c: Coefficients, mag: number): number {
  return mag > c.maxmag ? c.maxsigma : c.sigma0 + c.magfactor * mag;
}

export const models: ModelModule['models'] = [SadighEtAl1997];
