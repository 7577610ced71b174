import { INTERFACE_REQUIREMENTS, MEDIAN_UNCERTAINTY, SLAB_REQUIREMENTS, SLAB_SHIFT } from './abrahamson-2015.js';
import {
  BC_HYDRO_ARGUMENTS,
  backArcFlags,
  bcHydro,
  bcHydroArguments,
  medianUncertainty,
  UNUSED_TAPER_ARGUMENTS,
} from './bc-hydro.js';
import { CoefficientTable, readTables } from '../coefficients.js';
import type { ArgumentDeclaration, ModelDeclaration, ModelModule } from '../model.js';

const { tables } = readTables(import.meta.url, 'montalva-2017');
const TABLE = new CoefficientTable(tables.main);
const INTERFACE_SHIFT = new CoefficientTable(tables.interfaceShift);

/** Arguments of the family; a single-station sigma is not given by these authors. */
export const MONTALVA_ARGUMENTS: readonly ArgumentDeclaration[] = [
  ...BC_HYDRO_ARGUMENTS,
  ...UNUSED_TAPER_ARGUMENTS,
].map((argument) =>
  argument.name === 'ergodic'
    ? { ...argument, allowed: [true], meaning: 'true: no single-station sigma is given' }
    : argument,
);

/** The median has the form of equations 1 to 4 of Abrahamson et al. (2016), in bc-hydro.ts. */
function declare(id: string, slab: boolean): ModelDeclaration {
  const requires = slab ? SLAB_REQUIREMENTS : INTERFACE_REQUIREMENTS;
  return {
    id,
    citation:
      'G. A. Montalva, N. Bastías, A. Rodriguez-Marek (2017), Bulletin of the Seismological Society of America 107(2), 901-911, doi:10.1785/0120160221',
    tectonicRegionType: `Subduction ${slab ? 'IntraSlab' : 'Interface'}`,
    validity: {
      magnitude: [4.6, 8.8],
      distance: { kind: slab ? 'rhypo' : 'rrup', range: [20, 650] },
      vs30: [110, 1951],
      source: 'range of the data: N. Bastías, G. A. Montalva (2016), Earthquake Spectra 32(4), flatfile of Chile',
    },
    imts: TABLE.imts,
    component: 'Average Horizontal',
    standardDeviations: ['total', 'inter', 'intra'],
    requires,
    referenceVelocity: 1000,
    arguments: MONTALVA_ARGUMENTS,
    create: (args) =>
      bcHydro(id, {
        slab,
        requires,
        coefficients: (imt) => TABLE.row(imt, id),
        scaling: ({ theta3, theta4, theta5 }) => ({ hinge: 7.2, theta3, theta4, theta5, theta13: 0 }),
        hingeShift: (imt) => (slab ? SLAB_SHIFT : INTERFACE_SHIFT.row(imt, id).dc1),
        backArcWeight: backArcFlags,
        ...bcHydroArguments(args, medianUncertainty(MEDIAN_UNCERTAINTY, slab, id)),
      }),
  };
}

export const models: ModelModule['models'] = [
  declare('MontalvaEtAl2017SInter', false),
  declare('MontalvaEtAl2017SSlab', true),
];
