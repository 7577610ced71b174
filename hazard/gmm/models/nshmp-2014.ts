import type { ContextBatch } from '../../contexts/context-batch.js';
import type { Arguments, GroundMotionModel, ModelAlias, ModelDeclaration, ModelModule } from '../model.js';
import { PASSED_ON, unionOfRequirements, WRAPPED_NAME, wrappedSpecification } from '../wrappers/wrapped-model.js';

const ID = 'NSHMP2014';

const NSHMP2014: ModelDeclaration = {
  id: ID,
  citation:
    'M. D. Petersen et al. (2014), Documentation for the 2014 update of the United States national seismic hazard maps, U.S. Geological Survey Open-File Report 2014-1091, doi:10.3133/ofr20141091',
  tectonicRegionType: 'Active Shallow Crust',
  imts: [{ kind: 'PGA' }, { kind: 'PGV' }, { kind: 'SA' }],
  component: 'Average Horizontal (RotD50)',
  standardDeviations: ['total', 'inter', 'intra'],
  requires: { rupture: ['mag'], distances: ['rrup'], site: [] },
  arguments: [
    WRAPPED_NAME,
    {
      name: 'sgn',
      meaning: 'lower (-1) or upper (1) branch of the median; 0: mixture of the three branches',
      type: 'number',
      allowed: [-1, 0, 1],
    },
    PASSED_ON,
  ],
  notes:
    'With sgn = 0 hazard is computed from the weighted exceedance probabilities of the three branches; mean and standard deviations are then those of the wrapped model.',
  async create(args, resources) {
    const base = await resources.model(wrappedSpecification(args, ['sgn']));
    const sign = Number(args.sgn);
    if (sign !== 0) return shifted(base, sign);
    const requires = unionOfRequirements(base.requires, NSHMP2014.requires);
    const components = [-1, 0, 1].map((s, k) => ({ weight: [0.185, 0.63, 0.185][k], model: shifted(base, s) }));
    return { id: ID, requires, prepare: base.prepare.bind(base), components };
  },
};

function shifted(base: GroundMotionModel, sign: number): GroundMotionModel {
  return {
    id: ID,
    requires: unionOfRequirements(base.requires, NSHMP2014.requires),
    prepare(imts, sites, capacity) {
      const evaluate = base.prepare(imts, sites, capacity);
      return (batch, out) => {
        evaluate(batch, out);
        if (sign !== 0) for (let m = 0; m < imts.length; m++) addShift(sign, batch, out.mean[m]);
      };
    },
  };
}

function addShift(sign: number, batch: ContextBatch, mean: Float64Array): void {
  for (let r = 0; r < batch.ruptures; r++)
    for (let i = batch.start[r]; i < batch.start[r + 1]; i++)
      mean[i] += sign * epistemicShift(batch.mag[r], batch.rrup[i]);
}

/** Additional epistemic uncertainty of the median, ln: table 17. */
function epistemicShift(mag: number, rrup: number): number {
  if (mag < 6) return rrup < 10 ? 0.37 : 0.22;
  if (mag < 7) return rrup < 10 ? 0.25 : 0.23;
  if (rrup < 10) return 0.4;
  return rrup < 30 ? 0.36 : 0.33;
}

const BRANCHES: readonly (readonly [suffix: string, sign: number])[] = [
  ['Lower', -1],
  ['Mean', 0],
  ['Upper', 1],
];
const WRAPPED = ['AbrahamsonEtAl2014', 'BooreEtAl2014', 'CampbellBozorgnia2014', 'ChiouYoungs2014', 'Idriss2014'];

const aliases = WRAPPED.flatMap((name) =>
  BRANCHES.map(([suffix, sgn]): ModelAlias => {
    const args: Arguments = { gmpe_name: name, sgn };
    return { id: `${name}NSHMP${suffix}`, aliasOf: ID, arguments: args };
  }),
);

export const models: ModelModule['models'] = [NSHMP2014, ...aliases];
