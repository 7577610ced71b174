import type { DistanceKind, Requirements } from '../../contexts/context-batch.js';
import { CoefficientTable, readTables, type Coefficients } from '../coefficients.js';
import type { GroundMotionModel, ModelDeclaration, ModelModule } from '../model.js';
import { perMeasureModel } from '../per-measure.js';

const { tables } = readTables(import.meta.url, 'ameri-2017');
const STRESS = new CoefficientTable(tables.stress);

const CITATION =
  'G. Ameri, S. Drouet, P. Traversa, D. Bindi, F. Cotton (2017), Bulletin of Earthquake Engineering 15, 4681-4717';

/** What tells the models of the publications from each other. */
interface Variant {
  readonly id: string;
  readonly distance: DistanceKind;
  readonly table: CoefficientTable;
  readonly sigma: CoefficientTable;
  /** how tau is given: growing with magnitude, or one number under this name with phi beside it */
  readonly deviations: 'magnitude' | readonly [tau: string, phi: string];
  /** normalised stress drop by default; undefined for models that take none */
  readonly stressDrop?: number;
}
const REFERENCE_MAGNITUDE = 5.5;
const HINGE_MAGNITUDE = 6.75;
/** cm/s2 to g: the reference engine takes 9.81 m/s2 here */
const LN_UNIT = Math.log(0.01 / 9.81);

/** Site class of Eurocode 8; vs30 m/s. */
function siteClass(c: Coefficients, vs30: number): number {
  if (vs30 >= 800) return c.e1;
  if (vs30 >= 360) return c.e2;
  return vs30 >= 180 ? c.e3 : c.e4;
}

/** f1 normal, f2 reverse, f3 strike-slip; rake in degrees. */
function styleOfFaulting(c: Coefficients, rake: number): number {
  const absolute = Math.abs(rake);
  if (absolute <= 30 || 180 - absolute <= 30) return c.f3;
  return rake > 0 ? c.f2 : c.f1;
}

/** Change of log10 y with the normalised stress drop: a polynomial of magnitude times its logarithm. */
function stressTerm(c: Coefficients, mag: number, stressDrop: number): number {
  const [e0, e1, e2, e3, e4] = stressDrop <= 1 ? [c.s0, c.s1, c.s2, c.s3, c.s4] : [c.s5, c.s6, c.s7, c.s8, c.s9];
  return (e0 + mag * (e1 + mag * (e2 + mag * (e3 + mag * e4)))) * Math.log10(stressDrop);
}

/** log10 y = a + (c1 + c2 (M - Mref)) log10 sqrt(Rjb^2 + h^2) + f_M + f_S + f_sof, cm/s2. */
function ameri(variant: Variant, requires: Requirements, lnFactor: number, stressDrop?: number): GroundMotionModel {
  const { id, deviations } = variant;
  return perMeasureModel(id, requires, (imt, sites) => {
    const c = variant.table.row(imt, id);
    const sigma = variant.sigma.row(imt, id);
    const stress = stressDrop === undefined ? undefined : STRESS.row(imt, id);
    const [tau1, tau2, phi] =
      deviations === 'magnitude'
        ? [sigma.tau1, sigma.tau2, sigma.phi]
        : [sigma[deviations[0]], sigma[deviations[0]], sigma[deviations[1]]];
    const siteTerms = sites.numeric.vs30.map((v) => Math.LN10 * siteClass(c, v) + LN_UNIT + lnFactor);
    const within = phi * Math.LN10;
    return (batch, out, m) => {
      const { start, site, mag, rake } = batch;
      const distance = batch[variant.distance];
      for (let r = 0; r < batch.ruptures; r++) {
        const dm = mag[r] - HINGE_MAGNITUDE;
        const scaling = dm <= 0 ? dm * (c.b1 + c.b2 * dm) : c.b3 * dm;
        const extra = stress ? stressTerm(stress, mag[r], stressDrop!) : 0;
        const constant = Math.LN10 * (c.a + scaling + styleOfFaulting(c, rake[r]) + extra);
        const spreading = 0.5 * (c.c1 + c.c2 * (mag[r] - REFERENCE_MAGNITUDE));
        for (let i = start[r]; i < start[r + 1]; i++)
          out.mean[m][i] = constant + spreading * Math.log(distance[i] * distance[i] + c.h * c.h) + siteTerms[site[i]];
        const tau = Math.LN10 * (tau1 + (tau2 - tau1) * Math.min(Math.max(mag[r] - 4, 0), 1));
        out.inter[m].fill(tau, start[r], start[r + 1]);
        out.total[m].fill(Math.hypot(tau, within), start[r], start[r + 1]);
      }
      out.intra[m].fill(within, 0, batch.size);
    };
  });
}

function declaration(variant: Variant, citation = CITATION): ModelDeclaration {
  const requires: Requirements = { rupture: ['mag', 'rake'], distances: [variant.distance], site: ['vs30'] };
  const { stressDrop } = variant;
  return {
    id: variant.id,
    citation,
    tectonicRegionType: 'Active Shallow Crust',
    imts: variant.table.imts,
    component: 'Average Horizontal',
    standardDeviations: ['total', 'inter', 'intra'],
    requires,
    arguments: [
      {
        name: 'norm_stress_drop',
        type: 'number',
        default: stressDrop ?? 0.1,
        range: [Number.MIN_VALUE, Number.MAX_VALUE],
        meaning:
          'normalised stress drop' +
          (stressDrop === undefined ? '; without effect in this model, which takes no stress drop' : ''),
      },
      {
        name: 'adjustment_factor',
        type: 'number',
        default: 1,
        range: [Number.MIN_VALUE, Number.MAX_VALUE],
        meaning: 'factor of the median',
      },
    ],
    notes: 'Standard gravity counts as 9.81 m/s2, as in the reference engine.',
    create: (args) =>
      ameri(
        variant,
        requires,
        Math.log(Number(args.adjustment_factor)),
        stressDrop === undefined ? undefined : Number(args.norm_stress_drop),
      ),
  };
}

const RJB = new CoefficientTable(tables.main);
const REPI = new CoefficientTable(tables.repi);
const SIGMA_RJB = new CoefficientTable(tables.sigma);
const SIGMA_REPI = new CoefficientTable(tables.sigmaRepi);
const CONSTANT = ['tau', 'phi'] as const;

export const models: ModelModule['models'] = [
  declaration({ id: 'AmeriEtAl2017Rjb', distance: 'rjb', table: RJB, sigma: SIGMA_RJB, deviations: 'magnitude' }),
  declaration({ id: 'AmeriEtAl2017Repi', distance: 'repi', table: REPI, sigma: SIGMA_REPI, deviations: 'magnitude' }),
  declaration({
    id: 'AmeriEtAl2017RjbStressDrop',
    distance: 'rjb',
    table: RJB,
    sigma: new CoefficientTable(tables.sigmaHomoscedastic),
    deviations: CONSTANT,
    stressDrop: 0.1,
  }),
  declaration({
    id: 'AmeriEtAl2017RepiStressDrop',
    distance: 'repi',
    table: REPI,
    sigma: SIGMA_REPI,
    deviations: CONSTANT,
    stressDrop: 1.1,
  }),
  declaration(
    {
      id: 'Ameri2014Rjb',
      distance: 'rjb',
      table: new CoefficientTable(tables.rjb2014),
      sigma: new CoefficientTable(tables.sigma2014),
      deviations: ['sigmaB', 'sigmaW'],
    },
    'G. Ameri (2014), Empirical ground motion model adapted to the French context, report SIGMA-2014-D2-131',
  ),
];
