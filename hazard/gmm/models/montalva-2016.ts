import {
  INTERFACE_REQUIREMENTS,
  INTERFACE_SHIFT,
  MEDIAN_UNCERTAINTY,
  SLAB_REQUIREMENTS,
  SLAB_SHIFT,
} from './abrahamson-2015.js';
import { backArcFlags, bcHydro, bcHydroArguments, medianUncertainty } from './bc-hydro.js';
import { CoefficientTable, readTables } from '../coefficients.js';
import type { ModelDeclaration, ModelModule } from '../model.js';
import { MONTALVA_ARGUMENTS } from './montalva-2017.js';

const { tables } = readTables(import.meta.url, 'montalva-2016');

function declare(id: string, slab: boolean): ModelDeclaration {
  const table = new CoefficientTable(slab ? tables.slab : tables.main);
  const requires = slab ? SLAB_REQUIREMENTS : INTERFACE_REQUIREMENTS;
  return {
    id,
    citation: 'G. A. Montalva, N. Bastías, A. Rodriguez-Marek (2016), version before publication of the models of 2017',
    tectonicRegionType: `Subduction ${slab ? 'IntraSlab' : 'Interface'}`,
    // the shift of the hinge begins at a longer period than the coefficients
    imts: slab ? table.imts : INTERFACE_SHIFT.imts,
    component: 'Average Horizontal',
    standardDeviations: ['total', 'inter', 'intra'],
    requires,
    referenceVelocity: 1000,
    arguments: MONTALVA_ARGUMENTS,
    notes:
      'Replaced by the models of 2017. The shift of the magnitude hinge is that of AbrahamsonEtAl2015SInter, as in the reference engine.',
    create: (args) =>
      bcHydro(id, {
        slab,
        requires,
        coefficients: (imt) => table.row(imt, id),
        scaling: ({ theta3, theta4, theta5, theta13 }) => ({ hinge: 7.8, theta3, theta4, theta5, theta13 }),
        hingeShift: (imt) => (slab ? SLAB_SHIFT : INTERFACE_SHIFT.row(imt, id).dc1),
        backArcWeight: backArcFlags,
        ...bcHydroArguments(args, medianUncertainty(MEDIAN_UNCERTAINTY, slab, id)),
      }),
  };
}

export const models: ModelModule['models'] = [
  declare('MontalvaEtAl2016SInter', false),
  declare('MontalvaEtAl2016SSlab', true),
];
