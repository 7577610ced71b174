import { CoefficientTable, readTables } from '../coefficients.js';
import type { ArgumentDeclaration, ModelDeclaration, ModelModule } from '../model.js';
import { COMMON_ARGUMENTS } from './parker-2020-arguments.js';
import { declareParker, TABLE } from './parker-2020.js';
import { parkerAliases } from './parker-2020-aliases.js';
import { MODIFIED_SIGMA } from '../shared-arguments.js';

const { tables } = readTables(import.meta.url, 'nz-nshm-2022-parker');
const REVISED = new CoefficientTable(tables.revised);

const ARGUMENTS: readonly ArgumentDeclaration[] = [...COMMON_ARGUMENTS, MODIFIED_SIGMA];

/** The models of Parker et al. (2020) with revised coefficients and the back-arc term of New Zealand; B: with basin terms. */
function declare(id: string, slab: boolean, withBasin: boolean): ModelDeclaration {
  const kind = {
    slab,
    withBasin,
    newZealand: true,
    coefficients: (imt: Parameters<typeof TABLE.row>[0]) => ({ ...TABLE.row(imt, id), ...REVISED.row(imt, id) }),
  };
  return declareParker(id, kind, {
    citation:
      'G. A. Parker, J. P. Stewart, D. M. Boore, G. M. Atkinson, B. Hassani (2020), PEER Report 2020/03; as used in B. A. Bradley et al. (2024), Bulletin of the Seismological Society of America 114(1)',
    arguments: ARGUMENTS,
    notes:
      'Site response is nonlinear at all periods. sigma_mu_epsilon shifts the global model only; PGA and PGV count as 0 s.',
  });
}

export const models: ModelModule['models'] = [
  declare('NZNSHM2022_ParkerEtAl2020SInter', false, false),
  declare('NZNSHM2022_ParkerEtAl2020SInterB', false, true),
  declare('NZNSHM2022_ParkerEtAl2020SSlab', true, false),
  declare('NZNSHM2022_ParkerEtAl2020SSlabB', true, true),
  ...parkerAliases('NZNSHM2022_ParkerEtAl2020SInter'),
  ...parkerAliases('NZNSHM2022_ParkerEtAl2020SSlab'),
];
