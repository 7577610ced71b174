import type { ContextBatch } from '../../contexts/context-batch.js';
import { CoefficientTable, readTables, type Coefficients } from '../coefficients.js';
import type { ModelDeclaration, ModelModule } from '../model.js';
import { fillSigma, LN_CMS2_TO_G, perMeasureModel } from '../per-measure.js';

const { tables } = readTables(import.meta.url, 'lanzano-luzi-2019');
const MAIN = new CoefficientTable(tables.main);
const SCALED = new CoefficientTable(tables.scaled);
const LN10 = Math.LN10;

type Depth = 'shallow' | 'deep';

function declaration(id: string, depth: Depth, table: CoefficientTable): ModelDeclaration {
  const requires = { rupture: ['mag'], distances: ['rhypo'], site: ['vs30'] } as const;
  return {
    id,
    citation:
      'G. Lanzano, L. Luzi (2020), A ground motion model for volcanic areas in Italy, Bulletin of Earthquake Engineering 18, 57-76, doi:10.1007/s10518-019-00735-9',
    tectonicRegionType: 'Volcanic',
    imts: table.imts,
    component: 'Average Horizontal',
    standardDeviations: ['total', 'inter', 'intra'],
    requires,
    arguments: [],
    create: () =>
      perMeasureModel(id, requires, (imt, sites) => {
        const c = table.row(imt, id);
        const unit = imt.kind === 'PGV' ? 0 : LN_CMS2_TO_G;
        const site = sites.numeric.vs30.map((v) => LN10 * (v >= 800 ? 0 : v >= 360 ? c.sB : c.sC) + unit);
        return (batch, out, m) => {
          meanOf(c, depth, site, batch, out.mean[m]);
          fillSigma(out, m, batch.size, LN10 * c.sigma, LN10 * c.tau, LN10 * c.phi);
        };
      }),
  };
}

/** Equation 1 in natural logarithms, with the attenuation of shallow or deep events; `siteTerms` [sites]. */
function meanOf(c: Coefficients, depth: Depth, siteTerms: Float64Array, batch: ContextBatch, mean: Float64Array): void {
  const { start, site, mag, rhypo } = batch;
  const h2 = depth === 'shallow' ? 4 : 25;
  const slope = depth === 'shallow' ? c.c1 : c.c2;
  const anelastic = depth === 'shallow' ? 0 : LN10 * c.c3;
  for (let r = 0; r < batch.ruptures; r++) {
    const event = LN10 * (c.a + c.b * mag[r]);
    for (let i = start[r]; i < start[r + 1]; i++) {
      const d = Math.sqrt(rhypo[i] * rhypo[i] + h2);
      mean[i] = event + slope * Math.log(d) + anelastic * d + siteTerms[site[i]];
    }
  }
}

export const models: ModelModule['models'] = [
  declaration('LanzanoLuzi2019shallow', 'shallow', MAIN),
  declaration('LanzanoLuzi2019deep', 'deep', MAIN),
  declaration('LanzanoLuzi2019shallow_scaled', 'shallow', SCALED),
  declaration('LanzanoLuzi2019deep_scaled', 'deep', SCALED),
];
