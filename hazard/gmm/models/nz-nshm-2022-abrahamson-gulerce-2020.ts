import {
  abrahamsonGulerce,
  COMMON_ARGUMENTS,
  optionsFrom,
  requirements,
  TABLE,
  VALIDITY,
} from './abrahamson-gulerce-2020.js';
import type { ModelDeclaration, ModelModule } from '../model.js';
import { regionAliases } from '../terms/subduction-regions.js';

/** The models of Abrahamson & Gülerce (2020) with the back-arc term of New Zealand for slab earthquakes. */
function declare(id: string, slab: boolean): ModelDeclaration {
  return {
    id,
    citation:
      'N. A. Abrahamson, Z. Gülerce (2020), PEER Report 2020/25; as used in B. A. Bradley et al. (2024), Bulletin of the Seismological Society of America 114(1)',
    tectonicRegionType: `Subduction ${slab ? 'IntraSlab' : 'Interface'}`,
    validity: VALIDITY,
    imts: TABLE.imts,
    component: 'Average Horizontal (RotD50)',
    standardDeviations: ['total', 'inter', 'intra'],
    requires: requirements(slab, 'GLO', slab),
    referenceVelocity: 1000,
    arguments: COMMON_ARGUMENTS,
    notes: 'The back-arc term of slab earthquakes also enters the rock PGA that drives nonlinear site response.',
    create: (args) =>
      abrahamsonGulerce(id, requirements(slab, String(args.region), slab), optionsFrom(id, args, slab, slab)),
  };
}

export const models: ModelModule['models'] = [
  declare('NZNSHM2022_AbrahamsonGulerce2020SInter', false),
  declare('NZNSHM2022_AbrahamsonGulerce2020SSlab', true),
  ...regionAliases('NZNSHM2022_AbrahamsonGulerce2020SInter'),
  ...regionAliases('NZNSHM2022_AbrahamsonGulerce2020SSlab'),
];
