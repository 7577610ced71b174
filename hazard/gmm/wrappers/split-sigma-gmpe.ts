import type { ModelDeclaration, ModelModule } from '../model.js';
import { modifiedModel, NO_REQUIREMENTS, PASSED_ON, WRAPPED_NAME, wrappedSpecification } from './wrapped-model.js';
import { refusedArgument } from '../refusals.js';

const ID = 'SplitSigmaGMPE';

const SplitSigmaGMPE: ModelDeclaration = {
  id: ID,
  citation:
    'Splits the total standard deviation of a model by a fixed between-event or within-event part, as the OpenQuake engine defines it',
  tectonicRegionType: '',
  imts: [{ kind: 'PGA' }, { kind: 'PGV' }, { kind: 'SA' }],
  component: '',
  standardDeviations: ['total', 'inter', 'intra'],
  requires: NO_REQUIREMENTS,
  arguments: [
    WRAPPED_NAME,
    { name: 'within_absolute', meaning: 'within-event standard deviation, ln', type: 'number', default: null },
    { name: 'between_absolute', meaning: 'between-event standard deviation, ln', type: 'number', default: null },
    PASSED_ON,
  ],
  async create(args, resources) {
    const { within_absolute: within, between_absolute: between } = args;
    if ((within === null) === (between === null))
      throw refusedArgument(ID, 'within_absolute', ' needs one of within_absolute and between_absolute');
    const fixed = Number(within ?? between);
    const wrapped = await resources.model(wrappedSpecification(args, ['within_absolute', 'between_absolute']));
    return modifiedModel(ID, wrapped, [
      {
        requires: NO_REQUIREMENTS,
        prepare: (imts) => (batch, out) => {
          for (let m = 0; m < imts.length; m++) {
            const given = within === null ? out.inter[m] : out.intra[m];
            const rest = within === null ? out.intra[m] : out.inter[m];
            const total = out.total[m];
            for (let i = 0; i < batch.size; i++) {
              if (total[i] < fixed)
                throw refusedArgument(
                  ID,
                  within === undefined ? 'between_absolute' : 'within_absolute',
                  `: the part ${fixed} is larger than the total standard deviation ${total[i]}`,
                  fixed,
                  `up to ${total[i]}`,
                );
              rest[i] = Math.sqrt(total[i] * total[i] - fixed * fixed);
            }
            given.fill(fixed, 0, batch.size);
          }
        },
      },
    ]);
  },
};

export const models: ModelModule['models'] = [SplitSigmaGMPE];
