import type { Choice, Condition, Conditional } from './choices.js';
import { narrowed } from './conditions.js';
import { type GroundMotionChoice, groundMotionChoices, statedMeasures } from './expansion.js';
import type { FullLogicTree, SourceGroup } from './logic-tree.js';

/** A source group with one model of its region. */
export interface RateColumn {
  readonly group: number;
  /** position of the region in the ground-motion tree */
  readonly region: number;
  readonly model: number;
}

/** Both logic trees as independent choices, with the paths on which each column of rates counts. */
export interface ChoiceModel {
  readonly choices: readonly Choice[];
  /** other weights of the choices [choices][branches], by intensity measure type, where the ground-motion tree states any */
  readonly weightsByMeasure: ReadonlyMap<string, readonly Float64Array[]>;
  /** one per column */
  readonly rows: readonly Conditional[];
}

/** Every source group with every model of its region. */
export function rateColumns(tree: FullLogicTree, groups: readonly SourceGroup[]): RateColumn[] {
  const { groundMotion } = tree;
  return groups.flatMap((group, number) => {
    const region = groundMotion.findIndex((set) => set.tectonicRegionType === group.tectonicRegionType);
    return groundMotion[region].branches.map((_, model) => ({ group: number, region, model }));
  });
}

/**
 * The choices are the sets of the source-model tree and then those of the ground-motion tree; in samples there is one choice
 * only, among the sampled realizations.
 */
export function choiceModel(
  tree: FullLogicTree,
  groups: readonly SourceGroup[],
  columns: readonly RateColumn[],
): ChoiceModel {
  return tree.samples > 0 ? sampledModel(tree, groups, columns) : enumeratedModel(tree, groups, columns);
}

function enumeratedModel(
  tree: FullLogicTree,
  groups: readonly SourceGroup[],
  columns: readonly RateColumn[],
): ChoiceModel {
  const before = tree.sourceModelChoices;
  const groundMotion = groundMotionChoices(tree.groundMotion);
  const choiceOfRegion = tree.groundMotion.map(
    (_, region) => before.length + groundMotion.findIndex(({ regions }) => regions.includes(region)),
  );
  const weightsOf = (imt: string | undefined): Float64Array[] => [
    ...before.map(({ weights }) => weights),
    ...groundMotion.map((choice) => modelWeights(choice, imt)),
  ];
  return {
    choices: [...before, ...groundMotion.map((choice) => ({ weights: modelWeights(choice, undefined) }))],
    weightsByMeasure: new Map(statedMeasures(tree.groundMotion).map((imt) => [imt, weightsOf(imt)])),
    rows: columns.map(({ group, region, model }) => ({
      conditions: groups[group].where.map((condition) =>
        tree.groundMotion[region].branches.length === 1
          ? condition
          : narrowed(condition, choiceOfRegion[region], [model]),
      ),
    })),
  };
}

/** Weights of the models of a choice, of sum 1; all zero where a measure gives them no weight. */
function modelWeights({ set }: GroundMotionChoice, imt: string | undefined): Float64Array {
  return normalized(
    set.branches.map(({ weight, weightsByImt }) => (imt === undefined ? weight : (weightsByImt[imt] ?? 1))),
  );
}

/** Weights divided by their sum, if that is not 0. */
export function normalized(weights: readonly number[]): Float64Array {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return Float64Array.from(weights, (weight) => (total === 0 ? weight : weight / total));
}

function sampledModel(
  tree: FullLogicTree,
  groups: readonly SourceGroup[],
  columns: readonly RateColumn[],
): ChoiceModel {
  const realizationsOf = new Map<string, number[]>();
  const weights: number[] = [];
  let number = 0;
  for (const { sourceModel, models, weight } of tree.realizations) {
    weights.push(weight);
    models.forEach((model, region) => {
      const key = `${sourceModel} ${region} ${model}`;
      const known = realizationsOf.get(key);
      if (known) known.push(number);
      else realizationsOf.set(key, [number]);
    });
    number++;
  }
  const ofCondition = (condition: Condition, region: number, model: number): Condition => {
    const sourceModels = condition.get(0) ?? Array.from({ length: tree.sourceModels.length }, (_, i) => i);
    return new Map([[0, sourceModels.flatMap((one) => realizationsOf.get(`${one} ${region} ${model}`) ?? [])]]);
  };
  return {
    choices: [{ weights: normalized(weights) }],
    weightsByMeasure: new Map(),
    rows: columns.map(({ group, region, model }) => ({
      conditions: groups[group].where
        .map((condition) => ofCondition(condition, region, model))
        .filter((condition) => condition.get(0)!.length > 0),
    })),
  };
}

/** Share of all paths, by weight, on which each row counts; rows that count twice there count twice here. */
export function meanCounts({ choices, rows }: ChoiceModel): number[] {
  return rows.map(({ conditions }) =>
    conditions.reduce((sum, condition) => {
      let share = 1;
      for (const [choice, branches] of condition)
        share *= branches.reduce((total, branch) => total + choices[choice].weights[branch], 0);
      return sum + share;
    }, 0),
  );
}
