import type { Arguments, GroundMotionModel, ModelDeclaration, ModelModule, ModelResources } from '../model.js';
import { groundMotionBuffers, NO_REQUIREMENTS, specificationIn, unionOfRequirements } from './wrapped-model.js';
import { refusedArgument } from '../refusals.js';

const WEIGHTS_TOLERANCE = 1e-7;

interface WeightedModel {
  readonly weight: number;
  readonly model: GroundMotionModel;
}

/**
 * Models of a table { branch: { Name: { weight, arguments } } } with their weights.
 * Errors: Refusal for a weight that is no number or weights whose sum is not 1.
 */
export async function weightedModels(id: string, args: Arguments, resources: ModelResources): Promise<WeightedModel[]> {
  const members: WeightedModel[] = [];
  for (const [branch, table] of Object.entries(args)) {
    const { name, arguments: given } = specificationIn(table, branch);
    const { weight, ...rest } = given;
    if (typeof weight !== 'number' || !(weight >= 0))
      throw refusedArgument(
        id,
        `${branch}.${name}.weight`,
        `: ${branch}.${name}.weight = ${JSON.stringify(weight)} must be a number of at least 0`,
        weight,
        'a number of at least 0',
      );
    members.push({ weight, model: await resources.model({ name, arguments: rest }) });
  }
  const sum = members.reduce((total, { weight }) => total + weight, 0);
  if (Math.abs(sum - 1) > WEIGHTS_TOLERANCE)
    throw refusedArgument(id, 'weight', `: the weights add up to ${sum}, not to 1`);
  return members;
}

/** Weighted mean of the means; the root of the weighted mean of the variances, without the spread of the means. */
function averageModel(id: string, members: readonly WeightedModel[]): GroundMotionModel {
  return {
    id,
    requires: unionOfRequirements(...members.map(({ model }) => model.requires)),
    prepare(imts, sites, capacity) {
      const evaluators = members.map(({ model }) => model.prepare(imts, sites, capacity));
      const own = groundMotionBuffers(imts.length, capacity);
      return (batch, out) => {
        const { size } = batch;
        for (let m = 0; m < imts.length; m++)
          for (const rows of [out.mean, out.total, out.inter, out.intra]) rows[m].fill(0, 0, size);
        for (let k = 0; k < members.length; k++) {
          evaluators[k](batch, own);
          const w = members[k].weight;
          for (let m = 0; m < imts.length; m++) {
            addScaled(out.mean[m], own.mean[m], w, size);
            addSquares(out.total[m], own.total[m], w, size);
            addSquares(out.inter[m], own.inter[m], w, size);
            addSquares(out.intra[m], own.intra[m], w, size);
          }
        }
        for (let m = 0; m < imts.length; m++) {
          squareRoots(out.total[m], size);
          squareRoots(out.inter[m], size);
          squareRoots(out.intra[m], size);
        }
      };
    },
  };
}

function addScaled(sum: Float64Array, values: Float64Array, weight: number, size: number): void {
  for (let i = 0; i < size; i++) sum[i] += weight * values[i];
}

function addSquares(sum: Float64Array, values: Float64Array, weight: number, size: number): void {
  for (let i = 0; i < size; i++) sum[i] += weight * values[i] * values[i];
}

function squareRoots(values: Float64Array, size: number): void {
  for (let i = 0; i < size; i++) values[i] = Math.sqrt(values[i]);
}

const common = {
  tectonicRegionType: '',
  imts: [{ kind: 'PGA' }, { kind: 'PGV' }, { kind: 'SA' }],
  component: 'Horizontal',
  standardDeviations: ['total', 'inter', 'intra'],
  requires: NO_REQUIREMENTS,
  arguments: [{ name: '*', meaning: 'branch.Name.weight and branch.Name.argument, for each model', type: 'table' }],
} as const;

const AvgGMPE: ModelDeclaration = {
  ...common,
  id: 'AvgGMPE',
  citation: 'Weighted average of the moments of several models, as the OpenQuake engine defines it',
  notes:
    'Hazard is computed from the weighted exceedance probabilities of the models, as in the reference engine. Where moments are asked for, the spread of the means of the models is not part of the standard deviation.',
  async create(args, resources) {
    const components = await weightedModels('AvgGMPE', args, resources);
    return { ...averageModel('AvgGMPE', components), components };
  },
};

const AvgPoeGMPE: ModelDeclaration = {
  ...common,
  id: 'AvgPoeGMPE',
  citation: 'Weighted average of the exceedance probabilities of several models, as the OpenQuake engine defines it',
  notes:
    'Hazard is computed from the weighted exceedance probabilities of the models. Where a single mean is asked for, it is the average of the means.',
  async create(args, resources) {
    const components = await weightedModels('AvgPoeGMPE', args, resources);
    return { ...mixtureModel('AvgPoeGMPE', components), components };
  },
};

/** The moments of the mixture: mean of the means; variance within the models plus variance of their means. */
function mixtureModel(id: string, members: readonly WeightedModel[]): GroundMotionModel {
  return {
    id,
    requires: unionOfRequirements(...members.map(({ model }) => model.requires)),
    prepare(imts, sites, capacity) {
      const evaluators = members.map(({ model }) => model.prepare(imts, sites, capacity));
      const own = members.map(() => groundMotionBuffers(imts.length, capacity));
      return (batch, out) => {
        const { size } = batch;
        for (let k = 0; k < members.length; k++) evaluators[k](batch, own[k]);
        for (let m = 0; m < imts.length; m++) {
          for (const rows of [out.mean, out.total, out.inter, out.intra]) rows[m].fill(0, 0, size);
          for (let k = 0; k < members.length; k++) addScaled(out.mean[m], own[k].mean[m], members[k].weight, size);
          for (let k = 0; k < members.length; k++) {
            const w = members[k].weight;
            addSpread(out.total[m], own[k].mean[m], out.mean[m], w, size);
            addSquares(out.total[m], own[k].total[m], w, size);
            addSpread(out.inter[m], own[k].mean[m], out.mean[m], w, size);
            addSquares(out.inter[m], own[k].inter[m], w, size);
            addSquares(out.intra[m], own[k].intra[m], w, size);
          }
          squareRoots(out.total[m], size);
          squareRoots(out.inter[m], size);
          squareRoots(out.intra[m], size);
        }
      };
    },
  };
}

function addSpread(sum: Float64Array, mean: Float64Array, average: Float64Array, weight: number, size: number): void {
  for (let i = 0; i < size; i++) sum[i] += weight * (mean[i] - average[i]) * (mean[i] - average[i]);
}

export const models: ModelModule['models'] = [AvgGMPE, AvgPoeGMPE];
