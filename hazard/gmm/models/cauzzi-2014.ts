import type { ContextBatch, Requirements } from '../../contexts/context-batch.js';
import { CoefficientTable, readTables, type Coefficients } from '../coefficients.js';
import type { Imt } from '../imt.js';
import type { ModelDeclaration, ModelModule } from '../model.js';
import { fillSigma, LN_CMS2_TO_G, perMeasureModel } from '../per-measure.js';
import { ADJUSTMENT_FACTOR } from '../shared-arguments.js';

const { tables } = readTables(import.meta.url, 'cauzzi-2014');
const MAIN = new CoefficientTable(tables.main);
const SCALED = new CoefficientTable(tables.scaled);
const LN10 = Math.LN10;

type SiteForm = 'velocity' | 'velocity800' | 'eurocode8';

function declaration(
  id: string,
  form: SiteForm,
  style: boolean,
  { table = MAIN, hypocentral = false }: { table?: CoefficientTable; hypocentral?: boolean } = {},
): ModelDeclaration {
  const requires: Requirements = {
    rupture: hypocentral ? ['mag', 'rake', 'width'] : style ? ['mag', 'rake'] : ['mag'],
    distances: hypocentral ? ['rhypo', 'rrup'] : ['rrup'],
    site: ['vs30'],
  };
  return {
    id,
    citation:
      'C. Cauzzi, E. Faccioli, M. Vanini, A. Bianchini (2015), Updated predictive equations for broadband (0.01-10 s) horizontal response spectra and peak ground motions, based on a global dataset of digital acceleration records, Bulletin of Earthquake Engineering 13, 1587-1612, doi:10.1007/s10518-014-9685-y',
    tectonicRegionType: 'Active Shallow Crust',
    validity: {
      magnitude: [4.5, 7.9],
      distance: { kind: 'rrup', range: [0, 150] },
      source: 'summary of the paper: range of the data',
    },
    imts: table.imts,
    component: 'Average Horizontal',
    standardDeviations: ['total', 'inter', 'intra'],
    requires,
    referenceVelocity: 800,
    arguments: [ADJUSTMENT_FACTOR],
    create: (args) =>
      perMeasureModel(id, requires, (imt, sites, capacity) => {
        const distance = hypocentral ? new Float64Array(capacity) : undefined;
        const c = table.row(imt, id);
        const constant = unitTerm(imt) + Math.log(Number(args.adjustment_factor));
        const site = sites.numeric.vs30.map((v) => LN10 * siteTerm(c, form, v) + constant);
        const sigma = style ? [c.sM, c.tM, c.f] : [c.s, c.t, c.f];
        return (batch, out, m) => {
          if (distance) ruptureDistance(batch, distance);
          meanOf(c, style, site, batch, distance ?? batch.rrup, out.mean[m]);
          fillSigma(out, m, batch.size, LN10 * sigma[0], LN10 * sigma[1], LN10 * sigma[2]);
        };
      }),
  };
}

/** km: that of ruptures with a width, else estimated from the hypocentral distance as in the German model of 2016. */
function ruptureDistance(batch: ContextBatch, distance: Float64Array): void {
  const { start, mag, width, rhypo, rrup } = batch;
  for (let r = 0; r < batch.ruptures; r++) {
    const near = 0.7108 + 2.496e-6 * Math.exp(7.982 * Math.log(mag[r]));
    for (let i = start[r]; i < start[r + 1]; i++)
      distance[i] = width[r] > 0.001 ? rrup[i] : Math.max(rhypo[i] - near, 3);
  }
}

/** ln of the factor from displacement in cm to acceleration in g; PGA counts as 0.01 s. */
function unitTerm(imt: Imt): number {
  if (imt.kind === 'PGV') return 0;
  return 2 * Math.log((2 * Math.PI) / (imt.kind === 'PGA' ? 0.01 : imt.period)) + LN_CMS2_TO_G;
}

function siteTerm(c: Coefficients, form: SiteForm, vs30: number): number {
  if (form === 'velocity') return c.bV * Math.log10(vs30 / c.VA);
  if (form === 'velocity800') return c.bV800 * Math.log10(vs30 / 800);
  if (vs30 >= 800) return 0;
  if (vs30 >= 360) return c.sB;
  return vs30 >= 180 ? c.sC : c.sD;
}

function styleTerm(c: Coefficients, rake: number): number {
  if (rake > -150 && rake <= -30) return c.fN;
  return rake > 30 && rake <= 150 ? c.fR : c.fSS;
}

/** Equation 1 in natural logarithms; `siteTerms` [sites] with the unit. */
function meanOf(
  c: Coefficients,
  style: boolean,
  siteTerms: Float64Array,
  batch: ContextBatch,
  distance: Float64Array,
  mean: Float64Array,
): void {
  const { start, site, mag, rake } = batch;
  for (let r = 0; r < batch.ruptures; r++) {
    const m = mag[r];
    const event = LN10 * (c.c1 + c.m1 * m + c.m2 * m * m + (style ? styleTerm(c, rake[r]) : 0));
    const slope = c.r1 + c.r2 * m;
    for (let i = start[r]; i < start[r + 1]; i++)
      mean[i] = event + slope * Math.log(distance[i] + c.r3) + siteTerms[site[i]];
  }
}

export const models: ModelModule['models'] = [
  declaration('CauzziEtAl2014', 'velocity', true),
  declaration('CauzziEtAl2014NoSOF', 'velocity', false),
  declaration('CauzziEtAl2014FixedVs30', 'velocity800', true),
  declaration('CauzziEtAl2014FixedVs30NoSOF', 'velocity800', false),
  declaration('CauzziEtAl2014Eurocode8', 'eurocode8', true),
  declaration('CauzziEtAl2014Eurocode8NoSOF', 'eurocode8', false),
  declaration('CauzziEtAl2014Eurocode8scaled', 'eurocode8', true, { table: SCALED }),
  declaration('CauzziEtAl2014RhypoGermany', 'velocity', true, { hypocentral: true }),
];
