import {
  BC_HYDRO_ARGUMENTS,
  backArcFlags,
  bcHydro,
  bcHydroArguments,
  medianUncertainty,
  UNUSED_TAPER_ARGUMENTS,
  type MagnitudeScaling,
} from './bc-hydro.js';
import type { Requirements } from '../../contexts/context-batch.js';
import { CoefficientTable, readTables, type Coefficients } from '../coefficients.js';
import type { Imt } from '../imt.js';
import type { ModelDeclaration, ModelModule, Validity } from '../model.js';

const { tables } = readTables(import.meta.url, 'abrahamson-2015');
/** Abrahamson, Gregor & Addo (2016), table 3: coefficients by period, shared by the models that follow. */
export const BC_HYDRO_TABLE = new CoefficientTable(tables.main);
/** Epistemic standard deviation of the median by period, ln. */
export const MEDIAN_UNCERTAINTY = new CoefficientTable(tables.medianUncertainty);
/** Shift of the magnitude hinge of interface earthquakes by measure. */
export const INTERFACE_SHIFT = new CoefficientTable(tables.interfaceShift);
/** That of the upper branch. */
export const INTERFACE_SHIFT_HIGH = new CoefficientTable(tables.interfaceShiftHigh);
/** That of the lower branch. */
export const INTERFACE_SHIFT_LOW = new CoefficientTable(tables.interfaceShiftLow);
/** Shift of the magnitude hinge of slab earthquakes, the same at all periods. */
export const SLAB_SHIFT = -0.3;
/** That of the upper branch. */
export const SLAB_SHIFT_HIGH = -0.1;
/** That of the lower branch. */
export const SLAB_SHIFT_LOW = -0.5;
/** The constant brought to another reference rock. */
const SCALED = new CoefficientTable(tables.scaled);

/** theta3, theta4, theta5 are constants of the paper. */
export function bcHydroScaling(c: Coefficients): MagnitudeScaling {
  return { hinge: 7.8, theta3: 0.1, theta4: 0.9, theta5: 0, theta13: c.theta13 };
}

/** What the form for interface earthquakes needs. */
export const INTERFACE_REQUIREMENTS: Requirements = {
  rupture: ['mag'],
  distances: ['rrup'],
  site: ['vs30', 'backarc'],
};
/** What the form for slab earthquakes needs. */
export const SLAB_REQUIREMENTS: Requirements = {
  rupture: ['mag', 'hypoDepth'],
  distances: ['rhypo'],
  site: ['vs30', 'backarc'],
};

/** Range of the data. */
export const INTERFACE_VALIDITY: Validity = {
  magnitude: [6, 8.4],
  distance: { kind: 'rrup', range: [0, 300] },
  source: 'the data, summary of the paper',
};
/** Range of the data. */
export const SLAB_VALIDITY: Validity = {
  magnitude: [5, 7.9],
  distance: { kind: 'rhypo', range: [0, 300] },
  source: 'the data, summary of the paper',
};

function declare(
  id: string,
  slab: boolean,
  hingeShift: (imt: Imt) => number,
  table: CoefficientTable = BC_HYDRO_TABLE,
): ModelDeclaration {
  const requires = slab ? SLAB_REQUIREMENTS : INTERFACE_REQUIREMENTS;
  return {
    id,
    citation:
      'N. A. Abrahamson, N. Gregor, K. Addo (2016), Earthquake Spectra 32(1), 23-44, doi:10.1193/051712EQS188MR',
    tectonicRegionType: `Subduction ${slab ? 'IntraSlab' : 'Interface'}`,
    validity: slab ? SLAB_VALIDITY : INTERFACE_VALIDITY,
    imts: table.imts,
    component: 'Average Horizontal',
    standardDeviations: ['total', 'inter', 'intra'],
    requires,
    referenceVelocity: 1000,
    arguments: [...BC_HYDRO_ARGUMENTS, ...UNUSED_TAPER_ARGUMENTS],
    create: (args) =>
      bcHydro(id, {
        slab,
        requires,
        coefficients: (imt) => table.row(imt, id),
        scaling: bcHydroScaling,
        hingeShift,
        backArcWeight: backArcFlags,
        ...bcHydroArguments(args, medianUncertainty(MEDIAN_UNCERTAINTY, slab, id)),
      }),
  };
}

export const models: ModelModule['models'] = [
  declare('AbrahamsonEtAl2015SInter', false, (imt) => INTERFACE_SHIFT.row(imt, 'AbrahamsonEtAl2015SInter').dc1),
  declare(
    'AbrahamsonEtAl2015SInterHigh',
    false,
    (imt) => INTERFACE_SHIFT_HIGH.row(imt, 'AbrahamsonEtAl2015SInterHigh').dc1,
  ),
  declare(
    'AbrahamsonEtAl2015SInterLow',
    false,
    (imt) => INTERFACE_SHIFT_LOW.row(imt, 'AbrahamsonEtAl2015SInterLow').dc1,
  ),
  declare('AbrahamsonEtAl2015SSlab', true, () => SLAB_SHIFT),
  declare('AbrahamsonEtAl2015SSlabHigh', true, () => SLAB_SHIFT_HIGH),
  declare('AbrahamsonEtAl2015SSlabLow', true, () => SLAB_SHIFT_LOW),
  declare(
    'AbrahamsonEtAl2015SInter_scaled',
    false,
    (imt) => INTERFACE_SHIFT.row(imt, 'AbrahamsonEtAl2015SInter_scaled').dc1,
    SCALED,
  ),
  declare('AbrahamsonEtAl2015SSlab_scaled', true, () => SLAB_SHIFT, SCALED),
];
