import { atkinsonBoore2003, requires, SLAB_SETTING } from './atkinson-boore-2003.js';
import { CoefficientTable, readTables } from '../coefficients.js';
import type { ModelDeclaration, ModelModule } from '../model.js';

const { tables } = readTables(import.meta.url, 'gupta-2010');
const TABLE = new CoefficientTable(tables.main);
const ID = 'Gupta2010SSlab';
const model = atkinsonBoore2003(ID, { setting: SLAB_SETTING, table: TABLE });

/** The form of Atkinson & Boore (2003) for slab earthquakes with coefficients for the Indo-Burmese subduction zone. */
const Gupta2010SSlab: ModelDeclaration = {
  id: ID,
  citation: 'I. D. Gupta (2010), Soil Dynamics and Earthquake Engineering 30(5), 368-377',
  tectonicRegionType: 'Subduction IntraSlab',
  imts: TABLE.imts,
  component: 'Average Horizontal',
  standardDeviations: ['total'],
  requires,
  referenceVelocity: 800,
  arguments: [],
  notes: 'Horizontal motion: the vertical term of the paper is left out. Rock PGA is evaluated without any site term.',
  create: () => model,
};

export const models: ModelModule['models'] = [Gupta2010SSlab];
