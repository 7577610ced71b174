import type { DistanceKind } from '../../contexts/context-batch.js';
import { CoefficientTable, readTables } from '../coefficients.js';
import { formDeclaration, componentDeviations, type Facts } from '../context-form.js';
import type { ModelDeclaration, ModelModule } from '../model.js';
import { GRAVITY } from '../per-measure.js';

const { tables } = readTables(import.meta.url, 'drouet-alpes-2015');

/** Facts of a model of this form; it takes the first of its distances. */
interface DrouetModel extends Omit<Facts, 'imts'> {
  readonly table: CoefficientTable;
}

/** ln y = c1 + c2 (M - 8) + c3 (M - 8)^2 + (c4 + c5 M) ln sqrt(R^2 + c6^2) + c7 R, m/s2 or m/s. */
export function drouetForm({ table, ...facts }: DrouetModel): ModelDeclaration {
  const [distance] = facts.requires.distances;
  return formDeclaration({ ...facts, imts: table.imts }, (imt) => {
    const c = table.row(imt, facts.id);
    const unit = imt.kind === 'PGV' ? Math.log(100) : -Math.log(GRAVITY);
    let event = 0;
    let slope = 0;
    return {
      rupture({ mag }, r) {
        const dm = mag[r] - 8;
        event = c.c1 + dm * (c.c2 + dm * c.c3) + unit;
        slope = 0.5 * (c.c4 + c.c5 * mag[r]);
      },
      mean(batch, i) {
        const d = batch[distance][i];
        return event + slope * Math.log(d * d + c.c6 * c.c6) + c.c7 * d;
      },
      deviations: componentDeviations(c.tau, c.sigma),
    };
  });
}

function declaration(key: string, distance: DistanceKind): ModelDeclaration {
  return drouetForm({
    id: `DrouetAlpes2015${key}`,
    citation:
      'S. Drouet, F. Cotton (2015), Regional stochastic GMPEs in low-seismicity areas: scaling and aleatory variability analysis - application to the French Alps, Bulletin of the Seismological Society of America 105(4), 1883-1902, doi:10.1785/0120140240',
    tectonicRegionType: 'Active Shallow Crust',
    component: 'Average Horizontal',
    standardDeviations: ['total', 'inter', 'intra'],
    requires: { rupture: ['mag'], distances: [distance], site: [] },
    referenceVelocity: key.includes('HR') ? 2000 : 800,
    table: new CoefficientTable(tables[key]),
  });
}

const DISTANCES: readonly (readonly [string, DistanceKind])[] = [
  ['Rjb', 'rjb'],
  ['Rrup', 'rrup'],
  ['Repi', 'repi'],
  ['Rhyp', 'rhypo'],
];

/** Rock and hard rock, with a stress drop of 100 bar or (50bars) of 50 bar; not for all distances. */
export const models: ModelModule['models'] = DISTANCES.flatMap(([prefix, distance]) =>
  ['', 'HR', '_50bars', 'HR_50bars']
    .map((suffix) => prefix + suffix)
    .filter((key) => key in tables)
    .map((key) => declaration(key, distance)),
);
