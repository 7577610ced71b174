import { parseImt } from '../imt.js';
import type { GroundMotion, GroundMotionModel, ModelDeclaration, ModelModule } from '../model.js';
import { NO_REQUIREMENTS, specificationIn, unionOfRequirements } from './wrapped-model.js';
import { refusedArgument } from '../refusals.js';
import { refusal } from '../../refusal.js';

const ID = 'MultiGMPE';

const MultiGMPE: ModelDeclaration = {
  id: ID,
  citation: 'One model for each intensity measure type, as the OpenQuake engine defines it',
  tectonicRegionType: '',
  imts: [{ kind: 'PGA' }, { kind: 'PGV' }, { kind: 'SA' }],
  component: 'Horizontal',
  standardDeviations: ['total', 'inter', 'intra'],
  requires: NO_REQUIREMENTS,
  arguments: [{ name: '*', meaning: 'measure.Name.argument: the model of each measure', type: 'table' }],
  notes: 'Measures must be named exactly; a standard deviation that a member lacks is 0.',
  async create(args, resources): Promise<GroundMotionModel> {
    const members = new Map<string, GroundMotionModel>();
    if (Object.keys(args).length === 0)
      throw refusedArgument(ID, 'measure.Name', ' needs the argument measure.Name, a model for each measure');
    for (const [measure, table] of Object.entries(args))
      members.set(parseImt(measure).name, await resources.model(specificationIn(table, measure)));
    return {
      id: ID,
      requires: unionOfRequirements(...[...members.values()].map((model) => model.requires)),
      prepare(imts, sites, capacity) {
        const parts = imts.map((imt) => {
          const model = members.get(imt.name);
          if (!model)
            throw refusal(
              'MODEL_MEASURE',
              `${ID} does not support ${imt.name}: it has models for ${[...members.keys()].join(', ')}`,
              { key: 'imt', value: imt.name, allowed: [...members.keys()].join(', ') },
            );
          return model.prepare([imt], sites, capacity);
        });
        // one-row views of the output, made when a new output is seen
        let seen: GroundMotion | undefined;
        let views: GroundMotion[] = [];
        return (batch, out) => {
          if (seen !== out) {
            seen = out;
            views = imts.map((_, m) => ({
              mean: [out.mean[m]],
              total: [out.total[m]],
              inter: [out.inter[m]],
              intra: [out.intra[m]],
            }));
          }
          for (let m = 0; m < parts.length; m++) parts[m](batch, views[m]);
        };
      },
    };
  },
};

export const models: ModelModule['models'] = [MultiGMPE];
