import type { ContextBatch } from '../../contexts/context-batch.js';
import { CoefficientTable, readTables, type Coefficients } from '../coefficients.js';
import type { ModelDeclaration, ModelModule } from '../model.js';
import { fillSigma, LN_CMS2_TO_G, perMeasureModel } from '../per-measure.js';
import { styleOfFaulting } from '../terms/style-of-faulting.js';

const { tables } = readTables(import.meta.url, 'bindi-2011');
const MAIN = new CoefficientTable(tables.main);
const SCALED = new CoefficientTable(tables.scaled);
const EPISTEMIC = new CoefficientTable(tables.epistemic);
const LN10 = Math.LN10;
const MH = 6.75;
const CITATION =
  'D. Bindi, F. Pacor, L. Luzi, R. Puglia, M. Massa, G. Ameri, R. Paolucci (2011), Ground motion prediction equations derived from the Italian strong motion database, Bulletin of Earthquake Engineering 9, 1899-1920, doi:10.1007/s10518-011-9313-z';
const ITALY_2019 = `${CITATION}; branches of the Italian seismic hazard model MPS19`;

/** One of the branches of a backbone: 1 upper, -1 lower, 0 the model itself. */
type Branch = -1 | 0 | 1;

function declaration(id: string, table = MAIN, branch: Branch = 0, citation = CITATION): ModelDeclaration {
  const requires = { rupture: ['mag', 'rake'], distances: ['rjb'], site: ['vs30'] } as const;
  return {
    id,
    citation,
    tectonicRegionType: 'Active Shallow Crust',
    validity: {
      magnitude: [4.1, 6.9],
      distance: { kind: 'rjb', range: [0, 200] },
      source: 'summary of the paper: range of the data',
    },
    imts: branch === 0 ? table.imts : EPISTEMIC.imts,
    component: 'Average Horizontal',
    standardDeviations: ['total', 'inter', 'intra'],
    requires,
    arguments: [],
    notes: 'Sites of class E of Eurocode 8 have vs30 = 0, as in the reference engine.',
    create: () =>
      perMeasureModel(id, requires, (imt, sites) => {
        const c = table.row(imt, id);
        const unit = imt.kind === 'PGV' ? 0 : LN_CMS2_TO_G;
        const site = sites.numeric.vs30.map((v) => LN10 * siteTerm(c, v) + unit);
        const delta = branch === 0 ? undefined : EPISTEMIC.row(imt, id);
        return (batch, out, m) => {
          meanOf(c, site, batch, out.mean[m]);
          if (delta) addBranch(branch, delta, batch, out.mean[m]);
          fillSigma(out, m, batch.size, LN10 * c.SigmaTot, LN10 * c.SigmaB, LN10 * c.SigmaW);
        };
      }),
  };
}

/** Half width of the backbone, a parabola of magnitude, ln units. */
function addBranch(branch: Branch, { a, b, c }: Coefficients, batch: ContextBatch, mean: Float64Array): void {
  const { start, mag } = batch;
  for (let r = 0; r < batch.ruptures; r++) {
    const delta = branch * (c + mag[r] * (b + mag[r] * a));
    for (let i = start[r]; i < start[r + 1]; i++) mean[i] += delta;
  }
}

/** Classes of Eurocode 8. */
function siteTerm(c: Coefficients, vs30: number): number {
  if (vs30 >= 800) return c.sA;
  if (vs30 >= 360) return c.sB;
  if (vs30 >= 180) return c.sC;
  return vs30 === 0 ? c.sE : c.sD;
}

function styleTerm(c: Coefficients, rake: number): number {
  const style = styleOfFaulting(rake);
  if (style === 'normal') return c.f1;
  return style === 'reverse' ? c.f2 : c.f3;
}

/** Equation 1 in natural logarithms; `siteTerms` [sites]. */
function meanOf(c: Coefficients, siteTerms: Float64Array, batch: ContextBatch, mean: Float64Array): void {
  const { start, site, mag, rake, rjb } = batch;
  const h2 = c.h * c.h;
  for (let r = 0; r < batch.ruptures; r++) {
    const dm = Math.min(mag[r] - MH, 0);
    const event = LN10 * (c.e1 + c.b1 * dm + c.b2 * dm * dm + styleTerm(c, rake[r]));
    const slope = c.c1 + c.c2 * (mag[r] - 5);
    for (let i = start[r]; i < start[r + 1]; i++) {
      const d = Math.sqrt(rjb[i] * rjb[i] + h2);
      mean[i] = event + slope * Math.log(d) - LN10 * c.c3 * (d - 1) + siteTerms[site[i]];
    }
  }
}

export const models: ModelModule['models'] = [
  declaration('BindiEtAl2011'),
  declaration('BindiEtAl2011Ita19Low', MAIN, -1, ITALY_2019),
  declaration('BindiEtAl2011Ita19Upp', MAIN, 1, ITALY_2019),
  declaration('BindiEtAl2011scaled', SCALED),
];
