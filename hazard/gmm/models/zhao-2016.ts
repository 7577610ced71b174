import type { ContextBatch, Requirements } from '../../contexts/context-batch.js';
import { CoefficientTable, readTables, type Coefficients } from '../coefficients.js';
import type { ModelDeclaration, ModelModule } from '../model.js';
import { perMeasureModel } from '../per-measure.js';
import { readVolcanicZones, throughZones } from './volcanic-path.js';

const { tables } = readTables(import.meta.url, 'zhao-2016');
const CRUST = { main: new CoefficientTable(tables.crust), site: new CoefficientTable(tables.crustSite) };
const MANTLE = { main: CRUST.main, site: new CoefficientTable(tables.mantleSite) };
const INTERFACE = { main: new CoefficientTable(tables.interface), site: new CoefficientTable(tables.interfaceSite) };
const SLAB = { main: new CoefficientTable(tables.slab), site: new CoefficientTable(tables.slabSite) };

type Setting = 'crust' | 'mantle' | 'interface' | 'slab';

/** What tells the settings apart. */
interface Form {
  readonly tables: typeof CRUST;
  readonly citation: string;
  readonly tectonicRegionType: string;
  readonly requires: Requirements;
  /** writes ln of the rock motion, g */
  readonly rock: (c: Coefficients, batch: ContextBatch, out: Float64Array) => void;
}

const CRUST_REQUIRES: Requirements = {
  rupture: ['mag', 'rake', 'ztor'],
  distances: ['rrup', 'rvolc'],
  site: ['vs30'],
};
const SUBDUCTION_REQUIRES: Requirements = { rupture: ['mag', 'ztor'], distances: ['rrup', 'rvolc'], site: ['vs30'] };
const CRUST_CITATION =
  'J. X. Zhao et al. (2016), Ground-motion prediction equations for shallow crustal and upper-mantle earthquakes in Japan using site class and simple geometric attenuation functions, Bulletin of the Seismological Society of America 106(4), 1552-1569, doi:10.1785/0120150063';

const FORMS: Readonly<Record<Setting, Form>> = {
  crust: {
    tables: CRUST,
    citation: CRUST_CITATION,
    tectonicRegionType: 'Active Shallow Crust',
    requires: CRUST_REQUIRES,
    rock: crustalRock,
  },
  mantle: {
    tables: MANTLE,
    citation: CRUST_CITATION,
    tectonicRegionType: 'Upper Mantle',
    requires: CRUST_REQUIRES,
    rock: mantleRock,
  },
  interface: {
    tables: INTERFACE,
    citation:
      'J. X. Zhao et al. (2016), Ground-motion prediction equations for subduction interface earthquakes in Japan using site class and simple geometric attenuation functions, Bulletin of the Seismological Society of America 106(4), 1518-1534, doi:10.1785/0120150034',
    tectonicRegionType: 'Subduction Interface',
    requires: SUBDUCTION_REQUIRES,
    rock: interfaceRock,
  },
  slab: {
    tables: SLAB,
    citation:
      'J. X. Zhao et al. (2016), Ground-motion prediction equations for subduction slab earthquakes in Japan using site class and simple geometric attenuation functions, Bulletin of the Seismological Society of America 106(4), 1535-1551, doi:10.1785/0120150056',
    tectonicRegionType: 'Subduction IntraSlab',
    requires: SUBDUCTION_REQUIRES,
    rock: slabRock,
  },
};

/** `siteSigma`: within-event standard deviation by site class. */
function declaration(id: string, setting: Setting, siteSigma = false): ModelDeclaration {
  const { tables: own, citation, tectonicRegionType, requires } = FORMS[setting];
  return {
    id,
    citation,
    tectonicRegionType,
    imts: own.main.imts,
    component: 'Average Horizontal',
    standardDeviations: ['total', 'inter', 'intra'],
    requires,
    arguments: [
      {
        name: 'volc_arc_file',
        meaning: 'GeoJSON file with volcanic zones: rvolc becomes the length of the path inside them',
        type: 'file',
        default: null,
      },
    ],
    async create({ volc_arc_file: file }, resources) {
      const model = createModel(id, setting, siteSigma);
      if (typeof file !== 'string') return model;
      return throughZones(model, readVolcanicZones(await resources.text(file), file));
    },
  };
}

/** km: deeper interface events have other site terms */
const DEEP_INTERFACE = 25;

function createModel(id: string, setting: Setting, siteSigma: boolean) {
  const { tables: own, requires, rock } = FORMS[setting];
  return perMeasureModel(id, requires, (imt, sites) => {
    const c = own.main.row(imt, id);
    const siteRow = own.site.row(imt, id);
    const classOf = Uint8Array.from(sites.numeric.vs30, siteClass);
    const shallow = [0, 1, 2, 3].map((k) => siteResponse(k, k === 0 ? 0 : c[`S${k + 1}`], c.lnSC1AM, siteRow));
    const deep =
      setting === 'interface'
        ? [0, 1, 2, 3].map((k) => siteResponse(k, k === 0 ? 0 : c[`S${k + 4}`], c.lnSC1AM, siteRow))
        : shallow;
    const phiOf = [1, 2, 3, 4].map((k) => (siteSigma ? c[`sc${k}_sigma_S`] : c.sigma));
    const totalOf = phiOf.map((phi) => Math.hypot(phi, c.tau));
    return (batch, out, m) => {
      const { start, site, ztor } = batch;
      const mean = out.mean[m];
      rock(c, batch, mean);
      for (let r = 0; r < batch.ruptures; r++) {
        const responses = ztor[r] > DEEP_INTERFACE ? deep : shallow;
        for (let i = start[r]; i < start[r + 1]; i++) {
          const k = classOf[site[i]];
          mean[i] = atSurface(responses[k], mean[i]);
          out.inter[m][i] = c.tau;
          out.intra[m][i] = phiOf[k];
          out.total[m][i] = totalOf[k];
        }
      }
    };
  });
}

function siteClass(vs30: number): number {
  if (vs30 > 600) return 0;
  if (vs30 > 300) return 1;
  return vs30 > 200 ? 2 : 3;
}

/** Site response of one class: rock motion enters through its ln alone. */
interface SiteResponse {
  /** lnSC1AM: amplification of the rock sites of the data */
  readonly rock: number;
  readonly amplification: number;
  /** ln of the largest amplification, and its divisor: 0 for a linear response */
  readonly nonlinear: number;
  /** spectral ratio per rock motion */
  readonly ratio: number;
}

const ALPHA = 2;
const BETA = 0.6;
const LN_BETA = Math.log(BETA);
const IMPEDANCE = [3.184 / 3.5, 3.07 / 3, 2.584 / 2.5, 2.212 / 3];

/** `term`: S of the class; `rock`: lnSC1AM. */
function siteResponse(k: number, term: number, rock: number, row: Coefficients): SiteResponse {
  const l = row[`LnAmax1D${k + 1}`];
  const ratioAtPeak = IMPEDANCE[k] * row[`Src1D${k + 1}`];
  const a = rock + term;
  const f = rock - l + term;
  const q = Math.log(ratioAtPeak ** ALPHA + BETA);
  let ratioAtOne: number;
  if (Math.exp(a) < 1.25) {
    const slope = l / (LN_BETA - q);
    const intercept = -slope * q;
    const ln10Beta = Math.log(10 * BETA);
    const numerator = slope * (ALPHA - 1) * LN_BETA * ln10Beta - Math.LN10 * (intercept + f);
    ratioAtOne = Math.exp(numerator / (slope * (ALPHA * ln10Beta - LN_BETA)));
  } else ratioAtOne = Math.sqrt(Math.exp((a * q - f * LN_BETA) / l) - BETA);
  const linear = Number.isNaN(ratioAtOne);
  return {
    rock,
    amplification: a,
    nonlinear: linear ? 0 : l / (q - LN_BETA),
    ratio: linear ? 0 : (row[`fsr${k + 1}`] * IMPEDANCE[k] * ratioAtOne) / ratioAtPeak,
  };
}

/** Motion at the surface (equations 6 to 13); ln. */
function atSurface(response: SiteResponse, lnRock: number): number {
  const hard = lnRock - response.rock;
  if (response.nonlinear === 0) return hard + response.amplification;
  const s = response.ratio * Math.exp(hard);
  return hard + response.amplification - response.nonlinear * (Math.log(s * s + BETA) - LN_BETA);
}

const MC = 7.1;

/** ln of the rock motion of shallow crustal earthquakes, g. */
function crustalRock(c: Coefficients, batch: ContextBatch, out: Float64Array): void {
  crustOrMantle(c, { normal: c.FN_CR, reverse: 0, perDepth: c.bcr, slope: c.gcr, anelastic: c.ecr }, batch, out);
}

/** ln of the rock motion of upper-mantle earthquakes, g. */
function mantleRock(c: Coefficients, batch: ContextBatch, out: Float64Array): void {
  crustOrMantle(c, { normal: c.FN_UM, reverse: c.FRV_UM, perDepth: 0, slope: c.gUM, anelastic: c.eum }, batch, out);
}

function crustOrMantle(
  c: Coefficients,
  own: Readonly<Record<'normal' | 'reverse' | 'perDepth' | 'slope' | 'anelastic', number>>,
  batch: ContextBatch,
  out: Float64Array,
): void {
  const { start, mag, rake, ztor, rrup, rvolc } = batch;
  const { normal, reverse, perDepth, slope, anelastic } = own;
  const nearest = Math.exp(c.c1 + 6.5 * c.c2);
  for (let r = 0; r < batch.ruptures; r++) {
    const m = Math.min(mag[r], MC);
    let event = c.ccr * m + c.dcr * Math.max(mag[r] - MC, 0) + perDepth * ztor[r] + c.gamma_S;
    if (rake[r] >= -135 && rake[r] <= -45) event += normal;
    else if (rake[r] > 45 && rake[r] < 135) event += reverse;
    const near = Math.exp(c.c1 + c.c2 * m);
    for (let i = start[r]; i < start[r + 1]; i++) {
      const d = rrup[i];
      out[i] =
        event +
        slope * Math.log(2 + d + near) +
        c.gcrN * Math.log(2 + Math.min(d, 30) + nearest) +
        c.gcrL * Math.log(d + 200) +
        anelastic * d +
        c.ecrV * rvolc[i];
    }
  }
}

/** ln of the rock motion of interface earthquakes, g. */
function interfaceRock(c: Coefficients, batch: ContextBatch, out: Float64Array): void {
  const { start, mag, ztor, rrup, rvolc } = batch;
  for (let r = 0; r < batch.ruptures; r++) {
    const m = Math.min(mag[r], MC);
    const shallow = ztor[r] < DEEP_INTERFACE;
    const slope = ztor[r] > DEEP_INTERFACE ? c.cint : c.cintS;
    let event = slope * m + c.dint * Math.max(mag[r] - MC, 0) + c.bint * ztor[r] + c.gammaint;
    if (shallow) event += c.gamma_ints;
    const far = shallow ? c.gintLS : c.gintLD;
    const anelastic = shallow ? c.eintS : 0;
    const near = Math.exp(c.alpha + c.beta * m);
    for (let i = start[r]; i < start[r + 1]; i++) {
      const d = rrup[i];
      out[i] = event + c.gint * Math.log(10 + d + near) + far * Math.log(d + 200) + anelastic * d + c.eintV * rvolc[i];
    }
  }
}

const M_SLAB = 6.3;

/** ln of the rock motion of slab earthquakes, g. */
function slabRock(c: Coefficients, batch: ContextBatch, out: Float64Array): void {
  const { start, mag, ztor, rrup, rvolc } = batch;
  for (let r = 0; r < batch.ruptures; r++) {
    const m = Math.min(mag[r], MC);
    const dm = m - M_SLAB;
    const event =
      c.cSL * m + c.cSL2 * dm * dm + c.dSL * Math.max(mag[r] - MC, 0) + c.bSLH * Math.min(ztor[r], 100) + c.gamma;
    const near = Math.exp(c.alpha + c.beta * m);
    const anelastic = c.eSL + (ztor[r] >= 50 ? c.eSLH * (0.02 * ztor[r] - 1) : 0);
    for (let i = start[r]; i < start[r + 1]; i++) {
      const d = rrup[i];
      out[i] = event + c.gSL * Math.log(d + near) + c.gLL * Math.log(d + 200) + anelastic * d + c.eSLV * rvolc[i];
    }
  }
}

export const models: ModelModule['models'] = [
  declaration('ZhaoEtAl2016Asc', 'crust'),
  declaration('ZhaoEtAl2016AscSiteSigma', 'crust', true),
  declaration('ZhaoEtAl2016UpperMantle', 'mantle'),
  declaration('ZhaoEtAl2016UpperMantleSiteSigma', 'mantle', true),
  declaration('ZhaoEtAl2016SInter', 'interface'),
  declaration('ZhaoEtAl2016SInterSiteSigma', 'interface', true),
  declaration('ZhaoEtAl2016SSlab', 'slab'),
  declaration('ZhaoEtAl2016SSlabSiteSigma', 'slab', true),
  declaration('ZhaoEtAl2016SSlabPErg', 'slab'),
];
