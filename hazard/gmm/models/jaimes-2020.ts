import { CoefficientTable, readTables } from '../coefficients.js';
import { formDeclaration, componentDeviations } from '../context-form.js';
import type { ModelDeclaration, ModelModule } from '../model.js';
import { LN_CMS2_TO_G } from '../per-measure.js';

const { tables } = readTables(import.meta.url, 'jaimes-2020');

const CITATION =
  'M. A. Jaimes, D. García (2020), Ground motion model for the vertical-to-horizontal (V/H) ratios of PGA, PGV, and response spectra for Mexican intermediate-depth earthquakes, Bulletin of Earthquake Engineering 18';
const HORIZONTAL = new CoefficientTable(tables.horizontal);
const VERTICAL = new CoefficientTable(tables.vertical);
const RATIO = new CoefficientTable(tables.ratio);

/** Deviation of a ratio from those of both components and their correlation. */
function ofRatio(vertical: number, horizontal: number, correlation: number): number {
  return Math.sqrt(vertical * vertical + horizontal * horizontal - 2 * correlation * vertical * horizontal);
}

/** ln y = c1 + c2 M + c3 ln R + c4 R + c5 (min(H, 75) - 50), cm/s2 or cm/s; of the ratio: c1 + c2 M + c3 R. */
function declaration(id: string, component: string, table: CoefficientTable): ModelDeclaration {
  const ratio = table === RATIO;
  return formDeclaration(
    {
      id,
      citation: CITATION,
      tectonicRegionType: 'Subduction IntraSlab',
      imts: table.imts,
      component,
      standardDeviations: ['total', 'inter', 'intra'],
      requires: { rupture: ['mag', 'hypoDepth'], distances: ['rrup', 'rhypo'], site: ['vs30'] },
      notes: 'For rock: vs30 is asked for but changes nothing.',
    },
    (imt) => {
      const c = table.row(imt, id);
      const unit = imt.kind === 'PGV' || ratio ? 0 : LN_CMS2_TO_G;
      let event = 0;
      let near2 = 0;
      let distance: Float64Array = new Float64Array(0);
      return {
        rupture({ mag, hypoDepth, rrup, rhypo }, r) {
          const delta = 0.0075 * 10 ** (0.507 * mag[r]);
          event = c.c1 + c.c2 * mag[r] + unit + (ratio ? 0 : c.c5 * (Math.min(hypoDepth[r], 75) - 50));
          near2 = delta * delta;
          distance = mag[r] > 6.5 ? rrup : rhypo;
        },
        mean(_batch, i) {
          const d = Math.sqrt(distance[i] * distance[i] + near2);
          return event + (ratio ? c.c3 * d : c.c3 * Math.log(d) + c.c4 * d);
        },
        deviations: ratio
          ? componentDeviations(ofRatio(c.sv_b, c.sh_b, c.rho_b), ofRatio(c.sv_w, c.sh_w, c.rho_w))
          : [c.s_t, c.s_b, c.s_w],
      };
    },
  );
}

export const models: ModelModule['models'] = [
  declaration('JaimesEtAl2020SSlab', 'Average Horizontal', HORIZONTAL),
  declaration('JaimesEtAl2020SSlabVHratio', 'Vertical-to-Horizontal Ratio', RATIO),
  declaration('JaimesEtAl2020SSlabVert', 'Vertical', VERTICAL),
];
