import {
  describeTree,
  type DescribableTree,
  type LogicTreeDescription,
} from '../../../drawing/logic-tree/description.js';
import type { SourceModelBranchSet } from '../../../hazard/logictree/logic-tree.js';

/** A set whose branches are named after it, `bs1` having `b1_1`, `b1_2` ..., with equal weights unless they are given. */
export function sampleSet(
  number: number,
  uncertaintyType: string,
  size: number,
  filters: Readonly<Record<string, string>> = {},
  weights: readonly number[] = [],
): SourceModelBranchSet {
  const valueOf = (k: number): string =>
    uncertaintyType === 'sourceModel' ? `'models/source_model_${k + 1}.xml'` : `${k / 10}`;
  return {
    id: `bs${number}`,
    uncertaintyType,
    filters,
    branches: Array.from({ length: size }, (_, k) => ({
      id: `b${number}_${k + 1}`,
      value: valueOf(k),
      weight: weights[k] ?? 1 / size,
    })),
  };
}

type Models = readonly (readonly [text: string, weight: number, weightsByImt?: Readonly<Record<string, number>>])[];
const MODELS: Models = [
  ['[ChiouYoungs2014]', 0.6],
  ['[AbrahamsonEtAl2015SInter]\nergodic = true', 0.4],
];

export function sampleRegion(tectonicRegionType: string, models = MODELS): DescribableTree['groundMotion'][number] {
  return {
    id: `set of ${tectonicRegionType}`,
    tectonicRegionType,
    branches: models.map(([text, weight, weightsByImt = {}], k) => ({ id: `g${k}`, text, weight, weightsByImt })),
  };
}

export function sampleTree(
  sets: readonly SourceModelBranchSet[],
  groundMotion: DescribableTree['groundMotion'] = [sampleRegion('Active Shallow Crust')],
  { samples = 0, title = 'A job' } = {},
): LogicTreeDescription {
  return describeTree({ sourceModelBranchSets: sets, groundMotion, samples, samplingMethod: 'early_weights' }, title);
}
