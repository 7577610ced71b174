import { addSoilTerms, nonlinearShape, SITE, soilTerms } from './boore-atkinson-2008.js';
import { CoefficientTable, readTables, type Coefficients } from '../coefficients.js';
import type { ContextBatch, Requirements } from '../../contexts/context-batch.js';
import { GroundMotionTable } from '../ground-motion-table.js';
import { TableBundle } from '../table-bundle.js';
import { parseImt, type Imt } from '../imt.js';
import type { GroundMotionModel, ModelDeclaration, ModelModule } from '../model.js';
import { aa13SiteTerm } from './nbcc-2015-aa13.js';
import { writeNoComponents } from '../sigma.js';
import { unsupportedMeasure } from '../refusals.js';

const { tables, constants } = readTables(import.meta.url, 'canada-shm6-stable');
const TO_BC = new CoefficientTable(tables.toBc);
const AB06 = new CoefficientTable(tables.ab06);
const BC17 = new CoefficientTable(tables.bc17);
const LINEAR = new CoefficientTable(tables.linear);
const NONLINEAR = new CoefficientTable(tables.nonlinear);
const BUNDLE = new TableBundle(import.meta.url, 'canada-shm6-stable-tables');
const PGA = parseImt('PGA');

const CITATION =
  'M. Kolaj, S. Halchuk, J. Adams, T. I. Allen (2020), Sixth generation seismic hazard model of Canada: input files to produce values proposed for the 2020 National Building Code of Canada, Geological Survey of Canada, Open File 8630';
const COMMON = {
  tectonicRegionType: 'Stable Shallow Crust',
  imts: [{ kind: 'PGA' }, { kind: 'PGV' }, { kind: 'SA', minimum: 0.05, maximum: 10 }],
  standardDeviations: ['total'],
} as const;

function checkMeasure(imt: Imt, id: string): void {
  if (imt.kind === 'SA' && !(imt.period >= 0.05 && imt.period <= 10))
    throw unsupportedMeasure(id, imt, 'PGA, PGV, SA(0.05 to 10 s)');
}

function tableNamed(name: string): GroundMotionTable {
  const data = BUNDLE.find(name);
  if (!data) throw new RangeError(`there is no table ${name}`);
  return new GroundMotionTable(data);
}

const AA13_ID = 'CanadaSHM6_StableCrust_AA13';
/** The files give PGV in units of 9.81 cm/s. */
const LN_AA13_PGV = Math.log(9.81);

const AA13: ModelDeclaration = {
  ...COMMON,
  id: AA13_ID,
  citation: `${CITATION}; G. M. Atkinson, J. Adams (2013), doi:10.1139/cjce-2012-0544`,
  component: 'Average Horizontal',
  requires: { rupture: ['mag'], distances: ['rhypo'], site: ['vs30'] },
  referenceVelocity: 450,
  arguments: [{ name: 'submodel', meaning: 'branch of the median', type: 'text', allowed: ['low', 'central', 'high'] }],
  create(args): GroundMotionModel {
    const table = tableNamed(`ENA_${String(args.submodel)}_cl450.hdf5`);
    return {
      id: AA13_ID,
      requires: AA13.requires,
      prepare(imts, sites, capacity) {
        for (const imt of imts) checkMeasure(imt, AA13_ID);
        const medians = imts.map((imt) => table.medians(imt, AA13_ID));
        const sigmas = imts.map((imt) => table.sigmas(imt, AA13_ID));
        const site = aa13SiteTerm(table, TO_BC, AA13_ID, imts, sites, capacity);
        const locator = table.locator(capacity);
        return (batch, out) => {
          locator.locate(batch, batch.rhypo);
          site.drive(batch, locator);
          for (let k = 0; k < medians.length; k++) {
            const mean = out.mean[k];
            locator.lnMedians(batch, medians[k], mean);
            site.add(batch, k, mean);
            if (imts[k].kind === 'PGV') for (let i = 0; i < batch.size; i++) mean[i] -= LN_AA13_PGV;
            locator.sigmas(batch, sigmas[k], out.total[k]);
            writeNoComponents(out, k, batch.size);
          }
        };
      },
    };
  },
};

const NGA_ID = 'CanadaSHM6_StableCrust_NGAEast';
/** The files give PGV in units of 980.665 cm/s. */
const LN_NGA_PGV = Math.log(980.665);
const SUBMODELS = Array.from({ length: 13 }, (_, k) => String(k + 1).padStart(2, '0'));
const NGA_REQUIRES: Requirements = { rupture: ['mag'], distances: ['rrup'], site: ['vs30'] };

const NGAEast: ModelDeclaration = {
  ...COMMON,
  id: NGA_ID,
  citation: `${CITATION}; medians: C. A. Goulet et al. (2017), PEER Report 2017/03`,
  component: 'Average Horizontal (RotD50)',
  requires: NGA_REQUIRES,
  referenceVelocity: 3000,
  arguments: [{ name: 'submodel', meaning: 'one of the 13 models', type: 'text', allowed: SUBMODELS }],
  create(args): GroundMotionModel {
    const table = tableNamed(`SHM6-trial_NGA-East_Model_${String(args.submodel)}_AA13_sigma.vs3000.hdf5`);
    return {
      id: NGA_ID,
      requires: NGA_REQUIRES,
      prepare(imts, sites, capacity) {
        for (const imt of imts) checkMeasure(imt, NGA_ID);
        const { vs30 } = sites.numeric;
        const medians = imts.map((imt) => table.medians(imt, NGA_ID));
        const sigmas = imts.map((imt) => table.sigmas(imt, NGA_ID));
        const terms = imts.map((imt) => amplification(imt, vs30, capacity));
        const rockSurface = table.medians(PGA, NGA_ID);
        const drive: Drive = {
          pgaRock: new Float64Array(capacity),
          shape: new Float64Array(capacity),
          factorPga: new Float64Array(capacity),
          factorPgv: new Float64Array(capacity),
          path: new Float64Array(capacity),
        };
        const locator = table.locator(capacity);
        return (batch, out) => {
          locator.locate(batch, batch.rrup);
          locator.lnMedians(batch, rockSurface, drive.pgaRock);
          findDrive(batch, drive);
          for (let k = 0; k < medians.length; k++) {
            const mean = out.mean[k];
            locator.lnMedians(batch, medians[k], mean);
            if (imts[k].kind === 'PGV') for (let i = 0; i < batch.size; i++) mean[i] -= LN_NGA_PGV;
            terms[k](batch, drive, mean);
            locator.sigmas(batch, sigmas[k], out.total[k]);
            writeNoComponents(out, k, batch.size);
          }
        };
      },
    };
  },
};

/** What drives the site terms, for each context. */
interface Drive {
  /** median PGA at 3000 m/s, g */
  readonly pgaRock: Float64Array;
  /** shape of the nonlinear response for the median PGA at 760 m/s */
  readonly shape: Float64Array;
  /** ln of the factors from 3000 to 2000 m/s */
  readonly factorPga: Float64Array;
  readonly factorPgv: Float64Array;
  /** ln of the factor of PGA from 2000 to 760 m/s */
  readonly path: Float64Array;
}

const FACTOR_PGA = constants!.bc17Pga as readonly (readonly number[])[];
const FACTOR_PGV = constants!.bc17Pgv as readonly (readonly number[])[];
const FACTOR_DISTANCES = [
  2, 2.49, 3.11, 3.88, 4.83, 6.03, 7.51, 9.37, 11.68, 14.56, 18.16, 22.64, 28.22, 35.19, 43.87, 54.7, 68.2, 85.04,
  106.02, 132.19, 164.81, 205.49, 256.21, 319.44, 398.28, 496.58, 619.14, 771.94, 962.46, 1200,
];

/** `pgaRock` holds ln of the median on entry. */
function findDrive(batch: ContextBatch, drive: Drive): void {
  const last = FACTOR_DISTANCES.length - 1;
  for (let r = 0; r < batch.ruptures; r++) {
    const m = batch.mag[r];
    const top = Math.max(10 - 0.3 * Math.exp(Math.LN10 * (-1.01 + 0.32 * m)), 0);
    const offset = 0.18 * Math.exp(Math.LN10 * (-2.44 + 0.59 * m));
    const x = Math.min(Math.max(m, 3), 8) - 3;
    const column = Math.min(Math.floor(x), 4);
    const f = x - column;
    for (let i = batch.start[r]; i < batch.start[r + 1]; i++) {
      const rrup = batch.rrup[i];
      const d = Math.min(Math.max(rrup, FACTOR_DISTANCES[0]), FACTOR_DISTANCES[last]);
      let low = 0;
      let high = last;
      while (high - low > 1) {
        const middle = (low + high) >> 1;
        if (FACTOR_DISTANCES[middle] <= d) low = middle;
        else high = middle;
      }
      const g = (d - FACTOR_DISTANCES[low]) / (FACTOR_DISTANCES[high] - FACTOR_DISTANCES[low]);
      const ofPga = Math.log(bilinear(FACTOR_PGA, low, column, g, f));
      drive.factorPga[i] = ofPga;
      drive.factorPgv[i] = Math.log(bilinear(FACTOR_PGV, low, column, g, f));
      const slant = rrup < top ? top + 0.001 : rrup;
      const path = -0.3 * Math.LN10 + 0.15 * Math.log(Math.sqrt(slant * slant - top * top) + offset);
      drive.path[i] = path;
      drive.pgaRock[i] = Math.exp(drive.pgaRock[i]);
      drive.shape[i] = nonlinearShape(drive.pgaRock[i] * Math.exp(ofPga + path));
    }
  }
}

function bilinear(t: readonly (readonly number[])[], row: number, column: number, g: number, f: number): number {
  const a = t[row][column] + f * (t[row][column + 1] - t[row][column]);
  const b = t[row + 1][column] + f * (t[row + 1][column + 1] - t[row + 1][column]);
  return a + g * (b - a);
}

/**
 * Adds the amplification from 3000 m/s to the site: B (factors to 2000 and 760 m/s, soil terms of Boore & Atkinson 2008 below)
 * and, for SA, the larger of B and the linear and nonlinear terms of the NGA-East site model.
 */
function amplification(imt: Imt, vs30: Float64Array, capacity: number) {
  const isSa = imt.kind === 'SA';
  const soil = soilTerms(
    SITE.row(imt, NGA_ID),
    vs30.map((v) => Math.min(v, 760)),
  );
  // share of the factor to 2000 m/s and of the factor from there to 760 m/s that a site has
  const upperShare = vs30.map((v) => Math.min(Math.max(Math.log(3000 / v) / Math.log(3000 / 2000), 0), 1));
  const lowerShare = vs30.map((v) => Math.min(Math.max(Math.log(2000 / v) / Math.log(2000 / 760), 0), 1));
  const upper = isSa ? Math.log(BC17.row(imt, NGA_ID).c) : 0;
  const lower = imt.kind === 'PGA' ? 0 : Math.log(AB06.row(imt, NGA_ID).c);
  const linear = isSa ? vs30.map((v) => linearTerm(LINEAR.row(imt, NGA_ID), v)) : new Float64Array(vs30.length);
  const non = NONLINEAR.row(imt, NGA_ID);
  const nonlinear = vs30.map((v) => (isSa ? nonlinearSlope(non, v, imt.period >= 0.4 ? 3000 : 760) : 0));
  const b = new Float64Array(capacity);
  return (batch: ContextBatch, drive: Drive, mean: Float64Array): void => {
    const { size, site } = batch;
    const factor = imt.kind === 'PGA' ? drive.factorPga : drive.factorPgv;
    for (let i = 0; i < size; i++) {
      const s = site[i];
      b[i] = upperShare[s] * (isSa ? upper : factor[i]) + lowerShare[s] * (imt.kind === 'PGA' ? drive.path[i] : lower);
    }
    addSoilTerms(soil, batch, drive.shape, b);
    if (!isSa) {
      for (let i = 0; i < size; i++) mean[i] += b[i];
      return;
    }
    for (let i = 0; i < size; i++) {
      const s = site[i];
      let other = linear[s];
      if (nonlinear[s] !== 0) other += nonlinear[s] * Math.log(drive.pgaRock[i] / non.f3 + 1);
      mean[i] += b[i] > other ? b[i] : other;
    }
  };
}

function linearTerm(c: Coefficients, v: number): number {
  if (v >= c.Vc) return 0;
  const term = c.c1 * Math.log(v / c.Vc);
  if (v > c.VL) return term;
  const l = Math.log(v / c.VL);
  return term + c.c2 * l + c.c3 * l * l;
}

function nonlinearSlope(c: Coefficients, v: number, reference: number): number {
  if (v >= c.Vc) return 0;
  return c.f4 * (Math.exp(c.f5 * (Math.min(v, reference) - 360)) - Math.exp(c.f5 * (reference - 360)));
}

export const models: ModelModule['models'] = [AA13, NGAEast];
