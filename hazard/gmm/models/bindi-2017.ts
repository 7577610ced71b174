import type { ContextBatch, DistanceKind } from '../../contexts/context-batch.js';
import { CoefficientTable, readTables, type Coefficients } from '../coefficients.js';
import type { ModelDeclaration, ModelModule } from '../model.js';
import { fillSigma, GRAVITY, perMeasureModel } from '../per-measure.js';
import { ADJUSTMENT_FACTOR } from '../shared-arguments.js';

const { tables } = readTables(import.meta.url, 'bindi-2017');
const MREF = 4.5;
const MH = 6.5;

function declaration(id: string, distance: DistanceKind): ModelDeclaration {
  const table = new CoefficientTable(tables[distance]);
  const requires = { rupture: ['mag'], distances: [distance], site: ['vs30'] } as const;
  return {
    id,
    citation:
      'D. Bindi, F. Cotton, S. R. Kotha, C. Bosse, D. Stromeyer, G. Grünthal (2017), Application-driven ground motion prediction equation for seismic hazard assessments in non-cratonic moderate-seismicity areas, Journal of Seismology 21(5), 1201-1218, doi:10.1007/s10950-017-9661-5',
    tectonicRegionType: 'Stable Shallow Crust',
    imts: table.imts,
    component: 'Average Horizontal',
    standardDeviations: ['total', 'inter', 'intra'],
    requires,
    arguments: [ADJUSTMENT_FACTOR],
    create: (args) =>
      perMeasureModel(id, requires, (imt, sites) => {
        const c = table.row(imt, id);
        const constant = Math.log(Number(args.adjustment_factor)) - Math.log(GRAVITY);
        const site = sites.numeric.vs30.map((v) => c.sA * Math.log(v / 800) + constant);
        const h2 = distance === 'rjb' ? c.h * c.h : 0;
        return (batch, out, m) => {
          meanOf(c, site, batch, batch[distance], h2, out.mean[m]);
          fillSigma(out, m, batch.size, Math.hypot(c.tau, c.phi), c.tau, c.phi);
        };
      }),
  };
}

/** Equation 1; `siteTerms` [sites]. */
function meanOf(
  c: Coefficients,
  siteTerms: Float64Array,
  batch: ContextBatch,
  distance: Float64Array,
  h2: number,
  mean: Float64Array,
): void {
  const { start, site, mag } = batch;
  for (let r = 0; r < batch.ruptures; r++) {
    const dm = Math.min(mag[r], MH) - MREF;
    const event = c.e1 + c.b1 * dm + c.b2 * dm * dm + c.b3 * Math.max(mag[r] - MH, 0);
    const slope = c.c1 + c.c2 * (mag[r] - MREF);
    for (let i = start[r]; i < start[r + 1]; i++) {
      const d = Math.sqrt(distance[i] * distance[i] + h2);
      mean[i] = event + slope * Math.log(d) + c.c3 * (d - 1) + siteTerms[site[i]];
    }
  }
}

export const models: ModelModule['models'] = [
  declaration('BindiEtAl2017Rjb', 'rjb'),
  declaration('BindiEtAl2017Rhypo', 'rhypo'),
];
