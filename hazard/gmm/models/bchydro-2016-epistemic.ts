import {
  bcHydroScaling,
  BC_HYDRO_TABLE,
  INTERFACE_SHIFT,
  INTERFACE_SHIFT_HIGH,
  INTERFACE_SHIFT_LOW,
  MEDIAN_UNCERTAINTY,
  SLAB_SHIFT,
  SLAB_SHIFT_HIGH,
  SLAB_SHIFT_LOW,
  INTERFACE_VALIDITY,
  SLAB_VALIDITY,
} from './abrahamson-2015.js';
import { BC_HYDRO_ARGUMENTS, bcHydro, bcHydroArguments, medianUncertainty, TAPER_ARGUMENTS } from './bc-hydro.js';
import type { Requirements } from '../../contexts/context-batch.js';
import { CoefficientTable, readTables } from '../coefficients.js';
import { normalDistribution } from '../terms/error-function.js';
import { refusedArgument } from '../refusals.js';
import type { Arguments, ModelAlias, ModelDeclaration, ModelModule } from '../model.js';

const { tables } = readTables(import.meta.url, 'bchydro-2016-epistemic');
const INTERFACE_ATTENUATION = new CoefficientTable(tables.interfaceAttenuation);
const SLAB_ATTENUATION = new CoefficientTable(tables.slabAttenuation);

/**
 * Weight of the back-arc term as a function of x, the distance in km measured against the site parameter xvf (x = -xvf).
 * Errors: Refusal naming a parameter that the chosen taper needs.
 */
export function taper(id: string, args: Arguments): (x: number) => number {
  const needed = (name: string): number => {
    const value = args[name];
    if (typeof value !== 'number')
      throw refusedArgument(
        id,
        name,
        `: faba_taper_model = "${String(args.faba_taper_model)}" needs the argument '${name}'`,
      );
    return value;
  };
  switch (args.faba_taper_model) {
    case 'Linear': {
      const width = needed('width');
      return (x) => Math.min(Math.max(x / width + 0.5, 0), 1);
    }
    case 'SFunc': {
      const a = needed('a');
      const b = needed('b');
      return (x) => sFunction((x - a) / (b - a));
    }
    case 'Sigmoid': {
      const scale = needed('c');
      return (x) => 1 / (1 + Math.exp(-x / scale));
    }
    case 'Gaussian': {
      const sigma = needed('sigma');
      const low = normalDistribution(needed('a') / sigma);
      const high = normalDistribution(needed('b') / sigma);
      return (x) => Math.min(Math.max((normalDistribution(x / sigma) - low) / (high - low), 0), 1);
    }
    default:
      return (x) => (x > 0 ? 1 : 0);
  }
}

/** Two parabolas from 0 at t = 0 to 1 at t = 1. */
function sFunction(t: number): number {
  if (t <= 0) return 0;
  if (t <= 0.5) return 2 * t * t;
  return t < 1 ? 1 - 2 * (t - 1) * (t - 1) : 1;
}

/** Shift of the magnitude hinge: a table for interface earthquakes, a number for slab earthquakes. */
type HingeShift = CoefficientTable | number;

function declare(id: string, slab: boolean, shift: HingeShift): ModelDeclaration {
  const requires: Requirements = slab
    ? { rupture: ['mag', 'hypoDepth'], distances: ['rhypo'], site: ['vs30', 'xvf'] }
    : { rupture: ['mag'], distances: ['rrup'], site: ['vs30', 'xvf'] };
  const attenuation = slab ? SLAB_ATTENUATION : INTERFACE_ATTENUATION;
  return {
    id,
    citation:
      'N. A. Abrahamson, N. Gregor, K. Addo (2016), Earthquake Spectra 32(1), 23-44, doi:10.1193/051712EQS188MR; attenuation, tapers and median uncertainty: G. Weatherill et al. (2020), Bulletin of Earthquake Engineering (European seismic hazard model 2020)',
    tectonicRegionType: `Subduction ${slab ? 'IntraSlab' : 'Interface'}`,
    validity: slab ? SLAB_VALIDITY : INTERFACE_VALIDITY,
    imts: attenuation.imts,
    component: 'Average Horizontal',
    standardDeviations: ['total', 'inter', 'intra'],
    requires,
    referenceVelocity: 1000,
    arguments: [...BC_HYDRO_ARGUMENTS, ...TAPER_ARGUMENTS],
    create: (args) => {
      const weight = taper(id, args);
      return bcHydro(id, {
        slab,
        requires,
        coefficients: (imt) => ({ ...BC_HYDRO_TABLE.row(imt, id), theta6: attenuation.row(imt, id).theta6 }),
        scaling: bcHydroScaling,
        hingeShift: (imt) => (typeof shift === 'number' ? shift : shift.row(imt, id).dc1),
        backArcWeight: (sites) => sites.numeric.xvf.map((xvf) => weight(-xvf)),
        ...bcHydroArguments(args, medianUncertainty(MEDIAN_UNCERTAINTY, slab, id)),
      });
    },
  };
}

const STRESS = { VLow: -2.85697, Low: -1.35563, Mid: 0, High: 1.35563, VHigh: 2.85697 } as const;
const ATTENUATION = { Fast: -0.0015, Mid: 0, Slow: 0.0015 } as const;

/** Branches of the European model of 2020: stress drop, attenuation, and a smooth passage to the back-arc. */
const branches = (['SInter', 'SSlab'] as const).flatMap((setting) =>
  Object.entries(STRESS).flatMap(([stress, sigma_mu_epsilon]) =>
    Object.entries(ATTENUATION).map(([attenuation, theta6_adjustment]): ModelAlias => ({
      id: `ESHM20${setting}${stress}Stress${attenuation}Atten`,
      aliasOf: `BCHydroESHM20${setting}`,
      arguments: { sigma_mu_epsilon, theta6_adjustment, faba_taper_model: 'SFunc', a: -100, b: 100 },
    })),
  ),
);

export const models: ModelModule['models'] = [
  declare('BCHydroESHM20SInter', false, INTERFACE_SHIFT),
  declare('BCHydroESHM20SInterHigh', false, INTERFACE_SHIFT_HIGH),
  declare('BCHydroESHM20SInterLow', false, INTERFACE_SHIFT_LOW),
  declare('BCHydroESHM20SSlab', true, SLAB_SHIFT),
  declare('BCHydroESHM20SSlabHigh', true, SLAB_SHIFT_HIGH),
  declare('BCHydroESHM20SSlabLow', true, SLAB_SHIFT_LOW),
  ...branches,
];
