import type { ContextBatch } from '../../contexts/context-batch.js';
import { CoefficientTable, readTables, type Coefficients } from '../coefficients.js';
import { parseImt, type Imt } from '../imt.js';
import type { GroundMotionModel, ModelDeclaration, ModelModule } from '../model.js';
import { fillSigma, LN_CMS2_TO_G } from '../per-measure.js';

const { tables } = readTables(import.meta.url, 'atkinson-boore-2003');
const INTERFACE = new CoefficientTable(tables.interface);
const SLAB = new CoefficientTable(tables.slab);
/** Coefficients of slab earthquakes in Cascadia: the constant term is that of the region. */
export const SLAB_CASCADIA = new CoefficientTable(tables.slabCascadia);
const SLAB_JAPAN = new CoefficientTable(tables.slabJapan);
const PGA = parseImt('PGA');

/** What both settings of the model need. */
export const requires = { rupture: ['mag', 'hypoDepth'], distances: ['rrup'], site: ['vs30'] } as const;

/** What sets interface and slab earthquakes apart. */
export interface Setting {
  readonly magnitudeCap: number;
  /** geometric spreading exponent G = 10^(spreading - spreadingSlope M) */
  readonly spreading: number;
  readonly spreadingSlope: number;
}
/** Interface earthquakes: G = 10^(1.2 - 0.18 M), magnitudes above 8.5 count as 8.5. */
export const INTERFACE_SETTING: Setting = { magnitudeCap: 8.5, spreading: 1.2, spreadingSlope: 0.18 };
/** Slab earthquakes: G = 10^(0.301 - 0.01 M), magnitudes above 8 count as 8. */
export const SLAB_SETTING: Setting = { magnitudeCap: 8, spreading: 0.301, spreadingSlope: 0.01 };

interface Variant {
  readonly setting: Setting;
  readonly table: CoefficientTable;
  /** km, in place of the depth of the rupture */
  readonly fixedDepth?: number;
  /** half the term of site class C for sites above 760 m/s (hazard maps of the United States, 2008) */
  readonly halfClassC?: boolean;
  /** coefficients of 0.2 and 0.4 s are mixed (erratum of 2008) */
  readonly mixedShortPeriods?: boolean;
}

/** The reference engine divides ln Y at exactly 4 s by this. */
const LN_DIVISOR_AT_4S = 0.55;

/** Distances shared by all measures of a batch: R (km) and its decimal logarithm. */
export interface Distances {
  readonly r: Float64Array;
  readonly log10R: Float64Array;
}
/** Memory for the distance terms of a batch. */
export function distanceScratch(capacity: number): Distances {
  return { r: new Float64Array(capacity), log10R: new Float64Array(capacity) };
}

/** R = sqrt(Rrup^2 + (0.00724 10^(0.507 M))^2), equation 2. */
export function fillDistances(setting: Setting, batch: ContextBatch, out: Distances): void {
  const { start, mag, rrup } = batch;
  for (let r = 0; r < batch.ruptures; r++) {
    const delta = 0.00724 * Math.exp(Math.LN10 * 0.507 * Math.min(mag[r], setting.magnitudeCap));
    for (let i = start[r]; i < start[r + 1]; i++) {
      const squared = rrup[i] * rrup[i] + delta * delta;
      out.r[i] = Math.sqrt(squared);
      out.log10R[i] = 0.5 * Math.LOG10E * Math.log(squared);
    }
  }
}

/** log10 of the median on rock, cm/s2 (equation 1 without site terms). fixedDepth in km. */
export function log10Rock(
  c: Coefficients,
  setting: Setting,
  fixedDepth: number | undefined,
  batch: ContextBatch,
  distances: Distances,
  out: Float64Array,
): void {
  const { start, mag, hypoDepth } = batch;
  const { r: distance, log10R } = distances;
  const { c1, c2, c3, c4 } = c;
  for (let r = 0; r < batch.ruptures; r++) {
    const m = Math.min(mag[r], setting.magnitudeCap);
    const constant = c1 + c2 * m + c3 * Math.min(fixedDepth ?? hypoDepth[r], 100);
    const geometric = Math.exp(Math.LN10 * (setting.spreading - setting.spreadingSlope * m));
    for (let i = start[r]; i < start[r + 1]; i++) out[i] = constant + c4 * distance[i] - geometric * log10R[i];
  }
}

/** How strongly soil response is reduced by strong shaking on rock: 0 from 1 s on, 1 up to 0.5 s (equation 3). */
export function nonlinearity(imt: Imt): number {
  if (imt.period >= 1) return 0;
  return imt.period <= 0.5 ? 1 : 1 / imt.period - 1;
}

/** Linearity factor sl for a rock PGA in cm/s2. */
export function linearity(strength: number, rockPga: number): number {
  if (rockPga <= 100) return 1;
  return rockPga >= 500 ? 1 - strength : 1 - (strength * (rockPga - 100)) / 400;
}

/** log10 site term at weak motion: c5, c6, c7 for NEHRP classes C, D, E. vs30 m/s. */
function siteTerm(c: Coefficients, vs30: number, halfClassC: boolean): number {
  if (vs30 > 760) return halfClassC ? 0.5 * c.c5 : 0;
  if (vs30 > 360) return c.c5;
  return vs30 >= 180 ? c.c6 : c.c7;
}

function coefficients(variant: Variant, imt: Imt, id: string): Coefficients {
  const own = variant.table.row(imt, id);
  if (!variant.mixedShortPeriods || (imt.period !== 0.2 && imt.period !== 0.4)) return own;
  const other = variant.table.row(parseImt(imt.period === 0.2 ? 'SA(0.4)' : 'SA(0.2)'), id);
  const mixed: Record<string, number> = { ...own };
  // erratum: one third of the period asked for, two thirds of the other
  for (const name of ['c1', 'c2', 'c3', 'c4', 'c5', 'c6', 'c7']) mixed[name] = 0.333 * own[name] + 0.667 * other[name];
  return mixed;
}

/** The model with the coefficients and the setting of a variant; standard deviations are those the table has. */
export function atkinsonBoore2003(id: string, variant: Variant): GroundMotionModel {
  return {
    id,
    requires,
    prepare(imts, sites, capacity) {
      const rockRow = variant.table.row(PGA, id);
      const distances = distanceScratch(capacity);
      const rockPga = new Float64Array(capacity);
      const measures = imts.map((imt) => {
        const c = coefficients(variant, imt, id);
        return {
          c,
          strength: nonlinearity(imt),
          site: sites.numeric.vs30.map((v) => siteTerm(c, v, variant.halfClassC ?? false)),
          scale: imt.period === 4 ? 1 / LN_DIVISOR_AT_4S : 1,
        };
      });
      const needsRock = measures.some(({ strength }) => strength > 0);
      return (batch, out) => {
        const { site } = batch;
        const { setting, fixedDepth } = variant;
        fillDistances(setting, batch, distances);
        if (needsRock) {
          log10Rock(rockRow, setting, fixedDepth, batch, distances, rockPga);
          for (let i = 0; i < batch.size; i++) rockPga[i] = Math.exp(Math.LN10 * rockPga[i]);
        }
        for (let m = 0; m < measures.length; m++) {
          const { c, strength, site: siteTerms, scale } = measures[m];
          const mean = out.mean[m];
          log10Rock(c, setting, fixedDepth, batch, distances, mean);
          for (let i = 0; i < batch.size; i++) {
            const weak = siteTerms[site[i]];
            const term = strength > 0 ? weak * linearity(strength, rockPga[i]) : weak;
            mean[i] = (Math.LN10 * (mean[i] + term) + LN_CMS2_TO_G) * scale;
          }
          fillSigma(out, m, batch.size, c.sigma * Math.LN10, (c.s2 ?? 0) * Math.LN10, (c.s1 ?? 0) * Math.LN10);
        }
      };
    },
  };
}

function declare(id: string, region: 'Interface' | 'IntraSlab', variant: Variant): ModelDeclaration {
  const model = atkinsonBoore2003(id, variant);
  return {
    id,
    citation:
      'G. M. Atkinson, D. M. Boore (2003), Bulletin of the Seismological Society of America 93(4), 1703-1729, doi:10.1785/0120020156; erratum (2008), 98(5), 2567-2569',
    tectonicRegionType: `Subduction ${region}`,
    validity:
      region === 'Interface'
        ? {
            magnitude: [5.5, 8.3],
            distance: { kind: 'rrup', range: [5, 420] },
            source: 'the data of interface earthquakes',
          }
        : { magnitude: [5, 7.9], distance: { kind: 'rrup', range: [34, 575] }, source: 'the data of slab earthquakes' },
    imts: variant.table.imts,
    component: 'Random horizontal',
    standardDeviations: ['total', 'inter', 'intra'],
    requires,
    referenceVelocity: 800,
    arguments: [],
    notes:
      'Rock PGA is evaluated without any site term. At exactly 4 s the reference engine divides ln Y by 0.550; this is followed.',
    create: () => model,
  };
}

const slab = (table: CoefficientTable, halfClassC = false): Variant => ({ setting: SLAB_SETTING, table, halfClassC });
const interfaceVariant: Variant = { setting: INTERFACE_SETTING, table: INTERFACE, mixedShortPeriods: true };

export const models: ModelModule['models'] = [
  declare('AtkinsonBoore2003SInter', 'Interface', interfaceVariant),
  declare('AtkinsonBoore2003SInterNSHMP2008', 'Interface', { ...interfaceVariant, fixedDepth: 20, halfClassC: true }),
  declare('AtkinsonBoore2003SSlab', 'IntraSlab', slab(SLAB)),
  declare('AtkinsonBoore2003SSlabNSHMP2008', 'IntraSlab', slab(SLAB, true)),
  declare('AtkinsonBoore2003SSlabCascadia', 'IntraSlab', slab(SLAB_CASCADIA)),
  declare('AtkinsonBoore2003SSlabCascadiaNSHMP2008', 'IntraSlab', slab(SLAB_CASCADIA, true)),
  declare('AtkinsonBoore2003SSlabJapan', 'IntraSlab', slab(SLAB_JAPAN)),
  declare('AtkinsonBoore2003SSlabJapanNSHMP2008', 'IntraSlab', slab(SLAB_JAPAN, true)),
];
