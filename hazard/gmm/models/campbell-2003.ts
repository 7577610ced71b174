import { CoefficientTable, readTables, type Coefficients } from '../coefficients.js';
import type { ContextBatch, Requirements } from '../../contexts/context-batch.js';
import type { Imt } from '../imt.js';
import type { Evaluator, GroundMotion, GroundMotionModel, ModelDeclaration, ModelModule } from '../model.js';
import { capMean, medianCap, momentMagnitude, type MagnitudeScale } from '../terms/nshmp-2008.js';
import { shareStyleOfFaulting } from '../terms/share-style-of-faulting.js';
import { writeNoComponents } from '../sigma.js';

const { tables } = readTables(import.meta.url, 'campbell-2003');
const MAIN = new CoefficientTable(tables.main);
const NSHMP2008 = new CoefficientTable(tables.nshmp2008);
const SHARE = new CoefficientTable(tables.share);
const LN_70 = Math.log(70);
const LN_130 = Math.log(130);

const CITATION =
  'K. W. Campbell (2003), Prediction of strong ground motion using the hybrid empirical method and its use in the development of ground-motion (attenuation) relations in eastern North America, Bulletin of the Seismological Society of America 93(3), 1012-1033, doi:10.1785/0120020002; erratum (2004), ibid. 94';

/** The 2008 US model renumbers the coefficients; here both have the names of the paper. */
const rename2008 = (c: Coefficients): Coefficients => ({
  ...c,
  c7: c.c5,
  c8: c.c6,
  c5: c.c9,
  c6: c.c10,
  c9: c.c7,
  c10: c.c8,
});

function declaration(id: string, kind: 'paper' | 'share' | MagnitudeScale): ModelDeclaration {
  const nshmp = kind !== 'paper' && kind !== 'share';
  const table = nshmp ? NSHMP2008 : MAIN;
  const requires: Requirements = {
    rupture: kind === 'share' ? ['mag', 'rake'] : ['mag'],
    distances: ['rrup'],
    site: [],
  };
  const row = (imt: Imt) => (nshmp ? rename2008(table.row(imt, id)) : table.row(imt, id));
  const model: GroundMotionModel = {
    id,
    requires,
    prepare(imts, _sites, capacity): Evaluator {
      const terms = imts.map((imt) => ({
        c: row(imt),
        share: kind === 'share' ? SHARE.row(imt, id) : undefined,
        cap: nshmp ? medianCap(imt) : Infinity,
      }));
      const mag = new Float64Array(capacity);
      const lnDistance = new Float64Array(capacity);
      return (batch, out) => {
        for (let r = 0; r < batch.ruptures; r++) mag[r] = nshmp ? momentMagnitude(kind, batch.mag[r]) : batch.mag[r];
        for (let i = 0; i < batch.size; i++) lnDistance[i] = Math.log(batch.rrup[i]);
        for (let k = 0; k < terms.length; k++) {
          const { c, share, cap } = terms[k];
          evaluate(c, share, batch, { mag, lnDistance }, out, k);
          capMean(out.mean[k], batch.size, cap);
        }
      };
    },
  };
  return {
    id,
    citation: CITATION,
    tectonicRegionType: 'Stable Shallow Crust',
    validity: {
      magnitude: [5, Infinity],
      distance: { kind: 'rrup', range: [0, 1000] },
      source: 'what its author means it for, summary of the paper',
    },
    imts: table.imts,
    component: 'Average Horizontal',
    standardDeviations: ['total'],
    requires,
    referenceVelocity: kind === 'share' ? 800 : nshmp ? 760 : undefined,
    arguments: [],
    notes: nshmp ? 'Form of the 2008 US hazard model for the B/C boundary: medians are capped.' : undefined,
    create: () => model,
  };
}

/** Equations 30-35, ln g, and the standard deviation of equation 35. */
function evaluate(
  c: Coefficients,
  share: Coefficients | undefined,
  batch: ContextBatch,
  { mag, lnDistance }: { readonly mag: Float64Array; readonly lnDistance: Float64Array },
  out: GroundMotion,
  k: number,
): void {
  const { start, rrup } = batch;
  const mean = out.mean[k];
  const { c4, c9, c10 } = c;
  for (let r = 0; r < batch.ruptures; r++) {
    const m = mag[r];
    let source = c.c1 + c.c2 * m + c.c3 * (8.5 - m) * (8.5 - m);
    if (share) source += Math.log(share.AFrock) + shareStyleOfFaulting(share.Frss, batch.rake[r]);
    const saturation = c.c7 * Math.exp(c.c8 * m);
    const saturation2 = saturation * saturation;
    const anelastic = c.c5 + c.c6 * m;
    const sigma = m < 7.16 ? c.c11 + c.c12 * m : c.c13;
    for (let i = start[r]; i < start[r + 1]; i++) {
      const l = lnDistance[i];
      let value = source + 0.5 * c4 * Math.log(rrup[i] * rrup[i] + saturation2) + anelastic * rrup[i];
      if (l > LN_70) value += c9 * (l - LN_70);
      if (l > LN_130) value += c10 * (l - LN_130);
      mean[i] = value;
    }
    out.total[k].fill(sigma, start[r], start[r + 1]);
  }
  writeNoComponents(out, k, batch.size);
}

export const models: ModelModule['models'] = [
  declaration('Campbell2003', 'paper'),
  declaration('Campbell2003SHARE', 'share'),
  declaration('Campbell2003MwNSHMP2008', 'Mw'),
  declaration('Campbell2003MblgAB1987NSHMP2008', 'Mblg87'),
  declaration('Campbell2003MblgJ1996NSHMP2008', 'Mblg96'),
];
