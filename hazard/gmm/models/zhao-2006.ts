import type { ContextBatch } from '../../contexts/context-batch.js';
import type { SiteParameters } from '../../site/site-parameters.js';
import { basinResponse, borrowedDepths } from './campbell-bozorgnia-2014.js';
import { CoefficientTable, readTables, type Coefficients } from '../coefficients.js';
import type { Imt } from '../imt.js';
import type {
  ArgumentDeclaration,
  Arguments,
  GroundMotion,
  GroundMotionModel,
  ModelDeclaration,
  ModelModule,
} from '../model.js';

const { tables } = readTables(import.meta.url, 'zhao-2006');
const COMMON = new CoefficientTable(tables.common);
const INTERFACE = new CoefficientTable(tables.interface);
const INTERFACE_NSHMP2008 = new CoefficientTable(tables.interfaceNshmp2008);
const SLAB = new CoefficientTable(tables.slab);
const CASCADIA = new CoefficientTable(tables.cascadia);
/** cm/s2 to g */
const LN_G = Math.log(980.665);

type Setting = 'crustal' | 'interface' | 'slab';

/** What tells one model of the publication from another. */
interface Variant {
  readonly id: string;
  readonly setting: Setting;
  /** table of the terms of the setting; crustal models have theirs among the common ones */
  readonly own?: CoefficientTable;
  /** depth used instead of that of the hypocentre, km */
  readonly depth?: number;
  readonly magnitudeCap?: number;
  /** km: shorter distances count as this */
  readonly closest?: number;
  readonly cascadia?: boolean;
  readonly notes?: string;
}

const ARGUMENTS: readonly ArgumentDeclaration[] = [
  {
    name: 'cb14_basin_term',
    meaning: 'add the basin term of Campbell & Bozorgnia (2014)',
    type: 'boolean',
    default: false,
  },
  {
    name: 'm9_basin_term',
    meaning: 'at periods of 1.9 s and more, ln 2 where z2pt5 is 6 km or more (M9 simulations)',
    type: 'boolean',
    default: false,
  },
];

const REGIONS: Readonly<Record<Setting, string>> = {
  crustal: 'Active Shallow Crust',
  interface: 'Subduction Interface',
  slab: 'Subduction IntraSlab',
};

function declaration(variant: Variant): ModelDeclaration {
  return {
    id: variant.id,
    citation:
      'J. X. Zhao, J. Zhang, A. Asano, Y. Ohno, T. Oouchi, T. Takahashi, H. Ogawa, K. Irikura, H. K. Thio, P. G. Somerville, Y. Fukushima (2006), Attenuation relations of strong ground motion in Japan using site classification based on predominant period, Bulletin of the Seismological Society of America 96(3), 898-913, doi:10.1785/0120050122',
    tectonicRegionType: REGIONS[variant.setting],
    validity: {
      magnitude: [5, 8.3],
      distance: { kind: 'rrup', range: [0, 300] },
      source: 'the data: magnitudes and distances as the paper gives them',
    },
    imts: COMMON.imts,
    component: 'Average Horizontal',
    standardDeviations: ['total', 'inter', 'intra'],
    requires: {
      rupture: variant.setting === 'crustal' ? ['mag', 'rake', 'hypoDepth'] : ['mag', 'hypoDepth'],
      distances: ['rrup'],
      site: ['vs30'],
    },
    referenceVelocity: 800,
    arguments: ARGUMENTS,
    notes: variant.notes,
    create: (args) => createModel(variant, args),
  };
}

function createModel(variant: Variant, args: Arguments): GroundMotionModel {
  const cb14 = args.cb14_basin_term === true;
  const m9 = args.m9_basin_term === true;
  const requires = declaration(variant).requires;
  return {
    id: variant.id,
    requires: cb14 || m9 ? { ...requires, site: ['vs30', 'z2pt5'] } : requires,
    prepare(imts, sites, capacity) {
      const measures = imts.map((imt) => measureOf(variant, imt, sites, cb14, m9));
      const lnDistance = new Float64Array(variant.setting === 'slab' ? capacity : 0);
      return (batch, out) => {
        if (variant.setting === 'slab')
          for (let i = 0; i < batch.size; i++) lnDistance[i] = Math.log(batch.rrup[i] === 0 ? 0.1 : batch.rrup[i]);
        for (let m = 0; m < measures.length; m++) {
          meanOf(variant, measures[m], batch, lnDistance, out.mean[m]);
          constantSigma(measures[m], batch.size, out, m);
        }
      };
    },
  };
}

interface Measure {
  readonly c: Coefficients;
  /** terms of the setting: event, linear and quadratic magnitude correction around `centre`, slope of ln rrup */
  readonly event: number;
  readonly linear: number;
  readonly quadratic: number;
  readonly centre: number;
  readonly lnSlope: number;
  readonly reverse: number;
  readonly tau: number;
  /** site class, unit and basin terms, [sites] */
  readonly site: Float64Array;
}

function measureOf(variant: Variant, imt: Imt, sites: SiteParameters, cb14: boolean, m9: boolean): Measure {
  const c = COMMON.row(imt, variant.id);
  const factor = variant.cascadia ? Math.log(CASCADIA.row(imt, variant.id).MF) : 0;
  const site = sites.numeric.vs30.map((v) => siteTerm(c, v) - LN_G + factor);
  const basin = cb14 ? basinResponse(imt, sites) : undefined;
  const deep = m9 && imt.kind === 'SA' && imt.period >= 1.9 ? borrowedDepths(sites) : undefined;
  for (let s = 0; s < site.length; s++) site[s] += deep && deep[s] >= 6 ? Math.LN2 : (basin?.[s] ?? 0);
  const base = { c, site, reverse: 0, linear: 0, lnSlope: 0 };
  if (variant.setting === 'crustal')
    return { ...base, reverse: c.FR, event: c.WC, quadratic: c.QC, centre: 6.3, tau: c.tauC };
  const own = (variant.own as CoefficientTable).row(imt, variant.id);
  if (variant.setting === 'interface')
    return { ...base, event: own.SI + own.WI, quadratic: own.QI, centre: 6.3, tau: own.tauI };
  return {
    ...base,
    event: own.SS + own.WS,
    linear: own.PS,
    quadratic: own.QS,
    centre: 6.5,
    lnSlope: own.SSL,
    tau: own.tauS,
  };
}

/** Site classes of table 2. */
function siteTerm(c: Coefficients, vs30: number): number {
  if (vs30 > 1100) return c.CH;
  if (vs30 > 600) return c.C1;
  if (vs30 > 300) return c.C2;
  return vs30 > 200 ? c.C3 : c.C4;
}

/** Equations 1, 2 and 5. */
function meanOf(
  variant: Variant,
  measure: Measure,
  batch: ContextBatch,
  lnDistance: Float64Array,
  mean: Float64Array,
): void {
  const { start, site, mag, rake, hypoDepth, rrup } = batch;
  const { c, lnSlope } = measure;
  const cap = variant.magnitudeCap ?? Infinity;
  const slab = variant.setting === 'slab';
  const closest = variant.closest ?? 0;
  for (let r = 0; r < batch.ruptures; r++) {
    const m = Math.min(mag[r], cap);
    const depth = variant.depth ?? hypoDepth[r];
    const dm = m - measure.centre;
    let event = c.a * m + measure.event + measure.linear * dm + measure.quadratic * dm * dm;
    if (depth >= 15) event += c.e * (Math.min(depth, 125) - 15);
    if (variant.setting === 'crustal' && rake[r] > 45 && rake[r] < 135) event += measure.reverse;
    const near = c.c * Math.exp(c.d * m);
    for (let i = start[r]; i < start[r + 1]; i++) {
      const distance = slab && rrup[i] === 0 ? 0.1 : Math.max(rrup[i], closest);
      let value = event + c.b * distance - Math.log(distance + near) + measure.site[site[i]];
      if (slab) value += lnSlope * lnDistance[i];
      mean[i] = value;
    }
  }
}

function constantSigma(measure: Measure, size: number, out: GroundMotion, m: number): void {
  const { sigma } = measure.c;
  out.total[m].fill(Math.sqrt(sigma * sigma + measure.tau * measure.tau), 0, size);
  out.inter[m].fill(measure.tau, 0, size);
  out.intra[m].fill(sigma, 0, size);
}

const INTERFACE_VARIANT = { setting: 'interface', own: INTERFACE } as const;
const SLAB_VARIANT = { setting: 'slab', own: SLAB } as const;
const CASCADIA_NOTES = 'Adjusted to Cascadia by factors for its site conditions.';

export const models: ModelModule['models'] = [
  declaration({ id: 'ZhaoEtAl2006Asc', setting: 'crustal' }),
  declaration({
    id: 'ZhaoEtAl2006AscSGS',
    setting: 'crustal',
    closest: 5,
    notes: 'For Saudi Arabia: distances below 5 km count as 5 km.',
  }),
  declaration({ id: 'ZhaoEtAl2006SInter', ...INTERFACE_VARIANT }),
  declaration({ id: 'ZhaoEtAl2006SSlab', ...SLAB_VARIANT }),
  declaration({
    id: 'ZhaoEtAl2006SInterNSHMP2008',
    setting: 'interface',
    own: INTERFACE_NSHMP2008,
    depth: 20,
    notes: 'As in the U.S. hazard maps of 2008: a hypocentral depth of 20 km and another between-event deviation.',
  }),
  declaration({
    id: 'ZhaoEtAl2006SSlabNSHMP2014',
    ...SLAB_VARIANT,
    magnitudeCap: 7.8,
    notes: 'As in the U.S. hazard maps of 2014: magnitudes above 7.8 count as 7.8.',
  }),
  declaration({ id: 'ZhaoEtAl2006SInterCascadia', ...INTERFACE_VARIANT, cascadia: true, notes: CASCADIA_NOTES }),
  declaration({ id: 'ZhaoEtAl2006SSlabCascadia', ...SLAB_VARIANT, cascadia: true, notes: CASCADIA_NOTES }),
];
