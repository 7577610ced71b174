import { rietbrockForm } from './rietbrock-2013.js';
import { CoefficientTable, readTables } from '../coefficients.js';
import type { ModelModule } from '../model.js';

const { tables } = readTables(import.meta.url, 'rietbrock-edwards-2019');

const BRANCHES = { Low: 'low', Mean: 'mean', Up: 'up' } as const;

export const models: ModelModule['models'] = Object.entries(BRANCHES).map(([suffix, key]) =>
  rietbrockForm({
    id: `RietbrockEdwards2019${suffix}`,
    citation:
      'A. Rietbrock, B. Edwards (2019), Update of the UK stochastic ground motion model using a decade of broadband data, SECED 2019 Conference, Greenwich',
    tectonicRegionType: 'Stable Shallow Crust',
    table: new CoefficientTable(tables[key]),
    notes: `Stress drop: ${suffix === 'Mean' ? 'mean' : suffix === 'Low' ? 'lower' : 'upper'} branch.`,
  }),
);
