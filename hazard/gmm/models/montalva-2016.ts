import { INTERFACE_REQUIREMENTS, INTERFACE_SHIFT, MEDIAN_UNCERTAINTY } from './abrahamson-2015.js';
import { backArcFlags, bcHydro, bcHydroArguments, medianUncertainty } from './bc-hydro.js';
import { CoefficientTable, readTables } from '../coefficients.js';
import type { ModelDeclaration, ModelModule } from '../model.js';
import { MONTALVA_ARGUMENTS } from './montalva-2017.js';

const { tables } = readTables(import.meta.url, 'montalva-2016');
const TABLE = new CoefficientTable(tables.main);
const ID = 'MontalvaEtAl2016SInter';

const MontalvaEtAl2016SInter: ModelDeclaration = {
  id: ID,
  citation:
    'G. A. Montalva, N. Bastías, A. Rodriguez-Marek (2016), version before publication of MontalvaEtAl2017SInter',
  tectonicRegionType: 'Subduction Interface',
  imts: INTERFACE_SHIFT.imts, // the shift of the hinge begins at a longer period than the coefficients
  component: 'Average Horizontal',
  standardDeviations: ['total', 'inter', 'intra'],
  requires: INTERFACE_REQUIREMENTS,
  referenceVelocity: 1000,
  arguments: MONTALVA_ARGUMENTS,
  notes:
    'Replaced by MontalvaEtAl2017SInter. The shift of the magnitude hinge is that of AbrahamsonEtAl2015SInter, as in the reference engine.',
  create: (args) =>
    bcHydro(ID, {
      slab: false,
      requires: INTERFACE_REQUIREMENTS,
      coefficients: (imt) => TABLE.row(imt, ID),
      scaling: ({ theta3, theta4, theta5, theta13 }) => ({ hinge: 7.8, theta3, theta4, theta5, theta13 }),
      hingeShift: (imt) => INTERFACE_SHIFT.row(imt, ID).dc1,
      backArcWeight: backArcFlags,
      ...bcHydroArguments(args, medianUncertainty(MEDIAN_UNCERTAINTY, false, ID)),
    }),
};

export const models: ModelModule['models'] = [MontalvaEtAl2016SInter];
