import type { ContextBatch, DistanceKind } from '../../contexts/context-batch.js';
import { CoefficientTable, readTables, type Coefficients, type RawTable } from '../coefficients.js';
import type { ModelDeclaration, ModelModule } from '../model.js';
import { fillSigma, LN_CMS2_TO_G, perMeasureModel } from '../per-measure.js';
import { ADJUSTMENT_FACTOR } from '../shared-arguments.js';
import { styleOfFaulting } from '../terms/style-of-faulting.js';

const { tables } = readTables(import.meta.url, 'bindi-2014');
const LN10 = Math.LN10;
const MREF = 5.5;
const MH = 6.75;

interface Variant {
  readonly id: string;
  readonly raw: RawTable;
  readonly distance: DistanceKind;
  /** site classes of Eurocode 8 instead of the velocity */
  readonly classes?: boolean;
  readonly unspecifiedStyle?: boolean;
}

function declaration({ id, raw, distance, classes, unspecifiedStyle }: Variant): ModelDeclaration {
  const table = new CoefficientTable(raw);
  const requires = {
    rupture: unspecifiedStyle ? (['mag'] as const) : (['mag', 'rake'] as const),
    distances: [distance],
    site: ['vs30'],
  };
  return {
    id,
    citation:
      'D. Bindi, M. Massa, L. Luzi, G. Ameri, F. Pacor, R. Puglia, P. Augliera (2014), Pan-European ground-motion prediction equations for the average horizontal component of PGA, PGV, and 5 %-damped PSA at spectral periods up to 3.0 s using the RESORCE dataset, Bulletin of Earthquake Engineering 12, 391-430, doi:10.1007/s10518-013-9525-5, with the erratum',
    tectonicRegionType: 'Active Shallow Crust',
    validity: {
      magnitude: [4, 7.6],
      distance: { kind: distance, range: [0, 300] },
      depth: { kind: 'hypoDepth', range: [0, 35] },
      source: 'summary of the paper: range of the data; depths below 35 km',
    },
    imts: table.imts,
    component: 'Average Horizontal',
    standardDeviations: ['total', 'inter', 'intra'],
    requires,
    arguments: [ADJUSTMENT_FACTOR],
    create: (args) =>
      perMeasureModel(id, requires, (imt, sites) => {
        const c = table.row(imt, id);
        const constant = (imt.kind === 'PGV' ? 0 : LN_CMS2_TO_G) + Math.log(Number(args.adjustment_factor));
        const site = sites.numeric.vs30.map(
          (v) => (classes ? LN10 * classTerm(c, v) : c.gamma * Math.log(v / 800)) + constant,
        );
        return (batch, out, m) => {
          meanOf(c, unspecifiedStyle === true, site, batch, batch[distance], out.mean[m]);
          fillSigma(out, m, batch.size, LN10 * c.sigma, LN10 * c.tau, LN10 * c.phi);
        };
      }),
  };
}

function classTerm(c: Coefficients, vs30: number): number {
  if (vs30 >= 800) return c.eA;
  if (vs30 >= 360) return c.eB;
  return vs30 >= 180 ? c.eC : c.eD;
}

function styleTerm(c: Coefficients, rake: number): number {
  const style = styleOfFaulting(rake);
  if (style === 'normal') return c.sofN;
  return style === 'reverse' ? c.sofR : c.sofS;
}

/** Equation 1 in natural logarithms; `siteTerms` [sites]. */
function meanOf(
  c: Coefficients,
  unspecifiedStyle: boolean,
  siteTerms: Float64Array,
  batch: ContextBatch,
  distance: Float64Array,
  mean: Float64Array,
): void {
  const { start, site, mag, rake } = batch;
  const h2 = c.h * c.h;
  for (let r = 0; r < batch.ruptures; r++) {
    const dm = mag[r] - MH;
    const style = unspecifiedStyle ? 0 : styleTerm(c, rake[r]);
    const event = LN10 * (c.e1 + style + (dm < 0 ? c.b1 * dm + c.b2 * dm * dm : c.b3 * dm));
    const slope = c.c1 + c.c2 * (mag[r] - MREF);
    for (let i = start[r]; i < start[r + 1]; i++) {
      const d = Math.sqrt(distance[i] * distance[i] + h2);
      mean[i] = event + slope * Math.log(d) - LN10 * c.c3 * (d - 1) + siteTerms[site[i]];
    }
  }
}

const RJB_CLASSES = { raw: tables.rjbClasses, distance: 'rjb', classes: true } as const;
const RHYPO_CLASSES = { raw: tables.rhypoClasses, distance: 'rhypo', classes: true } as const;

export const models: ModelModule['models'] = [
  declaration({ id: 'BindiEtAl2014Rjb', raw: tables.rjb, distance: 'rjb' }),
  declaration({ id: 'BindiEtAl2014Rhyp', raw: tables.rhypo, distance: 'rhypo' }),
  declaration({ id: 'BindiEtAl2014RjbEC8', ...RJB_CLASSES }),
  declaration({ id: 'BindiEtAl2014RjbEC8NoSOF', ...RJB_CLASSES, unspecifiedStyle: true }),
  declaration({ id: 'BindiEtAl2014RhypEC8', ...RHYPO_CLASSES }),
  declaration({ id: 'BindiEtAl2014RhypEC8scaled', raw: tables.rhypoScaled, distance: 'rhypo', classes: true }),
  declaration({ id: 'BindiEtAl2014RhypEC8NoSOF', ...RHYPO_CLASSES, unspecifiedStyle: true }),
];
