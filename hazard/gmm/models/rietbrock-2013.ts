import { CoefficientTable, readTables } from '../coefficients.js';
import { formDeclaration, log10Deviations, type Facts } from '../context-form.js';
import type { ModelDeclaration, ModelModule } from '../model.js';
import { LN_CMS2_TO_G } from '../per-measure.js';

const { tables } = readTables(import.meta.url, 'rietbrock-2013');

/** km: hinges of the spreading */
const R0 = 10;
const R1 = 50;
const R2 = 100;

/** Facts of a model of this form, and its coefficients. */
interface RietbrockModel extends Pick<Facts, 'id' | 'citation' | 'tectonicRegionType' | 'notes'> {
  readonly table: CoefficientTable;
}

/**
 * log10 y = c1 + c2 M + c3 M^2 + spreading in three segments of log10 R with slopes linear in magnitude + c10 R, with
 * R = sqrt(Rjb^2 + c11^2), cm/s2 or cm/s.
 */
export function rietbrockForm({ table, ...facts }: RietbrockModel): ModelDeclaration {
  const whole: Facts = {
    ...facts,
    imts: table.imts,
    component: 'Average Horizontal',
    standardDeviations: ['total', 'inter', 'intra'],
    requires: { rupture: ['mag'], distances: ['rjb'], site: [] },
  };
  return formDeclaration(whole, (imt) => {
    const c = table.row(imt, facts.id);
    const unit = imt.kind === 'PGV' ? 0 : LN_CMS2_TO_G;
    let event = 0;
    let near = 0;
    let middle = 0;
    let far = 0;
    return {
      rupture({ mag }, r) {
        const m = mag[r];
        event = Math.LN10 * (c.c1 + m * (c.c2 + m * c.c3)) + unit;
        near = c.c4 + c.c5 * m;
        middle = c.c6 + c.c7 * m;
        far = c.c8 + c.c9 * m;
      },
      mean({ rjb }, i) {
        const d = Math.sqrt(rjb[i] * rjb[i] + c.c11 * c.c11);
        const spreading =
          near * Math.log(Math.max(R0 / d, 1)) +
          middle * Math.log(Math.min(d, R1)) +
          far * Math.log(Math.max(d / R2, 1));
        return event + spreading + Math.LN10 * c.c10 * d;
      },
      deviations: log10Deviations(c.tau, c.phi, c.total),
    };
  });
}

const CITATION =
  'A. Rietbrock, F. Strasser, B. Edwards (2013), A stochastic earthquake ground-motion prediction model for the United Kingdom, Bulletin of the Seismological Society of America 103(1), 57-77';

export const models: ModelModule['models'] = [
  rietbrockForm({
    id: 'RietbrockEtAl2013MagDependent',
    citation: CITATION,
    tectonicRegionType: 'Stable Shallow Crust',
    table: new CoefficientTable(tables.magDependent),
    notes: 'Stress drop grows with magnitude.',
  }),
  rietbrockForm({
    id: 'RietbrockEtAl2013SelfSimilar',
    citation: CITATION,
    tectonicRegionType: 'Stable Shallow Crust',
    table: new CoefficientTable(tables.selfSimilar),
    notes: 'The stress drop is the same for all magnitudes.',
  }),
];
