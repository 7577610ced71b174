import { COMMON_ARGUMENTS, kuehn, optionsFrom, requirements, TABLE, VALIDITY } from './kuehn-2020.js';
import type { ArgumentDeclaration, ModelDeclaration, ModelModule } from '../model.js';
import { MODIFIED_SIGMA } from '../shared-arguments.js';

const ARGUMENTS: readonly ArgumentDeclaration[] = [...COMMON_ARGUMENTS, MODIFIED_SIGMA];

/** The models of Kuehn et al. (2020) with the back-arc term and the standard deviations of New Zealand. */
function declare(id: string, slab: boolean): ModelDeclaration {
  return {
    id,
    citation:
      'N. Kuehn, Y. Bozorgnia, K. Campbell, N. Gregor (2020), PEER Report 2020/04; as used in B. A. Bradley et al. (2024), Bulletin of the Seismological Society of America 114(1)',
    tectonicRegionType: `Subduction ${slab ? 'IntraSlab' : 'Interface'}`,
    validity: VALIDITY,
    imts: TABLE.imts,
    component: 'Average Horizontal (RotD50)',
    standardDeviations: ['total', 'inter', 'intra'],
    requires: requirements(slab, 'GLO', true),
    referenceVelocity: 1100,
    arguments: ARGUMENTS,
    notes:
      'The region NZL has no basin term here, as the reference figures show. The back-arc term of slab earthquakes also enters the rock PGA that drives nonlinear site response.',
    create: (args) => kuehn(id, requirements(slab, String(args.region), true), optionsFrom(id, args, slab, true)),
  };
}

export const models: ModelModule['models'] = [
  declare('NZNSHM2022_KuehnEtAl2020SInter', false),
  declare('NZNSHM2022_KuehnEtAl2020SSlab', true),
];
