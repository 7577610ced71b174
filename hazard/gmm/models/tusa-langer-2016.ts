import { CoefficientTable, readTables, type Coefficients } from '../coefficients.js';
import type { ModelDeclaration, ModelModule } from '../model.js';
import { fillSigma, LN_CMS2_TO_G, perMeasureModel } from '../per-measure.js';
import { unsupportedVelocity } from '../refusals.js';

const { tables } = readTables(import.meta.url, 'tusa-langer-2016');
const REFERENCE_MAGNITUDE = 3.6;

/** Site class A, B or D. Errors: Refusal for class C, which the paper leaves out; vs30 m/s. */
function siteTerm(id: string, c: Coefficients, vs30: number): number {
  if (vs30 >= 800) return c.sA;
  if (vs30 >= 360) return c.sB;
  if (vs30 < 180) return c.sD;
  if (vs30 === 180) return 0;
  throw unsupportedVelocity(
    id,
    vs30,
    'site class C (180 to 360 m/s) has no coefficients, up to 180 or from 360 m/s is needed',
  );
}

/** log10 y = a + b1 M + b2 M^2 + [c1 + c2 (M - 3.6)] log10 R + c3 (R - 1) + F_S, cm/s2; b2, c2, c3 may be missing. */
function declare(id: string, distance: 'repi' | 'rhypo', table: CoefficientTable): ModelDeclaration {
  const requires = { rupture: ['mag'], distances: [distance], site: ['vs30'] } as const;
  const model = perMeasureModel(id, requires, (imt, sites) => {
    const c = table.row(imt, id);
    const { a, b1, b2 = 0, c1, c2 = 0, c3 = 0, h } = c;
    const siteTerms = sites.numeric.vs30.map((v) => Math.LN10 * siteTerm(id, c, v) + LN_CMS2_TO_G);
    return (batch, out, m) => {
      const { start, site, mag } = batch;
      const r0 = batch[distance];
      for (let r = 0; r < batch.ruptures; r++) {
        const constant = Math.LN10 * (a + mag[r] * (b1 + b2 * mag[r]));
        const spreading = 0.5 * (c1 + c2 * (mag[r] - REFERENCE_MAGNITUDE));
        for (let i = start[r]; i < start[r + 1]; i++) {
          const squared = r0[i] * r0[i] + h * h;
          out.mean[m][i] =
            constant + spreading * Math.log(squared) + Math.LN10 * c3 * (Math.sqrt(squared) - 1) + siteTerms[site[i]];
        }
      }
      fillSigma(out, m, batch.size, c.SigmaTot * Math.LN10);
    };
  });
  return {
    id,
    citation: 'G. Tusa, H. Langer (2016), Journal of Seismology, doi:10.1007/s10950-015-9508-x (Mount Etna)',
    tectonicRegionType: 'Volcanic',
    imts: table.imts,
    component: 'Greater of two horizontal',
    standardDeviations: ['total'],
    requires,
    arguments: [],
    notes: 'Sites of class C are an error. A velocity of exactly 180 m/s has no site term, as in the reference engine.',
    create: () => model,
  };
}

export const models: ModelModule['models'] = [
  declare('TusaLanger2016RepiBA08DE', 'repi', new CoefficientTable(tables.ba08Deep)),
  declare('TusaLanger2016RepiBA08SE', 'repi', new CoefficientTable(tables.ba08Shallow)),
  declare('TusaLanger2016RepiSP87DE', 'repi', new CoefficientTable(tables.epicentralDeep)),
  declare('TusaLanger2016RepiSP87SE', 'repi', new CoefficientTable(tables.epicentral)),
  declare('TusaLanger2016Rhypo', 'rhypo', new CoefficientTable(tables.hypocentral)),
];
