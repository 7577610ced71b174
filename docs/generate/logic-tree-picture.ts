/** The picture of docs/logic-trees.md: a tree with all that drawings show, made as the engine makes them. */
import { describeTree, type DescribableTree } from '../../drawing/logic-tree/description.js';
import { drawTree } from '../../drawing/logic-tree/draw-tree.js';
import type { SourceModelBranchSet } from '../../hazard/logictree/logic-tree.js';

const WIDTH = 1000;

function branchSet(
  id: string,
  uncertaintyType: string,
  filters: Readonly<Record<string, string>>,
  branches: readonly (readonly [id: string, value: string, weight: number])[],
): SourceModelBranchSet {
  return {
    id,
    uncertaintyType,
    filters,
    branches: branches.map(([branch, value, weight]) => ({ id: branch, value, weight })),
  };
}

function region(
  id: string,
  tectonicRegionType: string,
  models: readonly (readonly [id: string, text: string, weight: number])[],
): DescribableTree['groundMotion'][number] {
  return {
    id,
    tectonicRegionType,
    branches: models.map(([branch, text, weight]) => ({ id: branch, text, weight, weightsByImt: {} })),
  };
}

const TREE: DescribableTree = {
  samples: 0,
  samplingMethod: 'early_weights',
  sourceModelBranchSets: [
    branchSet('models', 'sourceModel', {}, [
      ['zones', "'area_zones.xml'", 0.5],
      ['faults', "'faults.xml'", 0.3],
      ['smoothed', "'smoothed_seismicity.xml'", 0.2],
    ]),
    branchSet('dip', 'simpleFaultDipRelative', { applyToBranches: 'faults', applyToSources: 'north south' }, [
      ['dip-', '-10.0', 0.25],
      ['dip0', '0.0', 0.5],
      ['dip+', '10.0', 0.25],
    ]),
    branchSet('b-value', 'bGRRelative', { applyToBranches: 'zones smoothed' }, [
      ['b-', '-0.05', 0.3],
      ['b0', '0.0', 0.4],
      ['b+', '0.05', 0.3],
    ]),
    branchSet('mmax', 'maxMagGRRelative', {}, [
      ['m0', '0.0', 0.6],
      ['m+', '0.2', 0.4],
    ]),
  ],
  groundMotion: [
    region('set-1', 'Active Shallow Crust', [
      ['gA0', '[AbrahamsonEtAl2014]', 0.4],
      ['gB0', '[BooreEtAl2014]', 0.3],
      ['gC0', '[ChiouYoungs2014]', 0.3],
    ]),
    region('set-2', 'Stable Shallow Crust', [
      ['gA1', '[AtkinsonBoore2006]', 0.5],
      ['gB1', '[PezeshkEtAl2011]', 0.5],
    ]),
  ],
};

/** The drawing in docs/logic-trees.md, as SVG. */
export function logicTreePicture(): string {
  return drawTree(describeTree(TREE, 'Three source models, two regions'), { width: WIDTH });
}
