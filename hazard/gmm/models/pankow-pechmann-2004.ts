import { CoefficientTable, readTables } from '../coefficients.js';
import { formDeclaration, log10Deviations } from '../context-form.js';
import type { ModelModule } from '../model.js';
import { GRAVITY } from '../per-measure.js';

const { tables } = readTables(import.meta.url, 'pankow-pechmann-2004');

const TABLE = new CoefficientTable(tables.main);
const ID = 'PankowPechmann2004';

/** log10 y = b1 + b2 (M - 6) + b3 (M - 6)^2 + b5 log10 sqrt(Rjb^2 + h^2) + b6 on soil: PGA in g, PGV and pseudovelocity in cm/s. */
const PankowPechmann2004 = formDeclaration(
  {
    id: ID,
    citation:
      'K. L. Pankow, J. C. Pechmann (2004), The SEA99 ground-motion predictive relations for extensional tectonic regimes: revisions and a new peak ground velocity relation, Bulletin of the Seismological Society of America 94(1), 341-348, with the erratum (2006), 96(1), 364',
    tectonicRegionType: 'Active Shallow Crust',
    imts: TABLE.imts,
    component: 'Average Horizontal',
    standardDeviations: ['total'],
    requires: { rupture: ['mag'], distances: ['rjb'], site: ['vs30'] },
    notes: 'Sites above 910 m/s are rock, others soil.',
  },
  (imt, sites) => {
    const c = TABLE.row(imt, ID);
    const unit = imt.kind === 'SA' ? Math.log((2 * Math.PI) / imt.period / (100 * GRAVITY)) : 0;
    const siteTerms = sites.numeric.vs30.map((v) => (v > 910 ? 0 : Math.LN10 * c.b6) + unit);
    let event = 0;
    return {
      rupture({ mag }, r) {
        const dm = mag[r] - 6;
        event = Math.LN10 * (c.b1 + dm * (c.b2 + dm * c.b3));
      },
      mean: ({ rjb, site }, i) => event + 0.5 * c.b5 * Math.log(rjb[i] * rjb[i] + c.h * c.h) + siteTerms[site[i]],
      deviations: log10Deviations(0, 0, c.SlZ),
    };
  },
);

export const models: ModelModule['models'] = [PankowPechmann2004];
