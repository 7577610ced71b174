import { hasLogicTree, readStoredLogicTree } from '../../datastore/stored-logic-tree.js';
import { refusal } from '../../hazard/refusal.js';
import type { View } from './view.js';

/** Paths that are told one by one. */
const MOST_PATHS = 20_000;

/** Branch sets, and which branches every realization takes. */
export const logicTree: View = {
  summary: 'Both logic trees: branch sets with branches and weights, and the path of every realization.',
  answer:
    '`{"sourceModel", "groundMotion", "pathCount", "samples", "paths", "weights"}`; `paths` are codes as in realizations.csv, none above 20,000',
  read(calculation) {
    if (!hasLogicTree(calculation)) throw refusal('INVALID_QUERY', 'the calculation holds no logic trees');
    const tree = readStoredLogicTree(calculation);
    const realizations = calculation.realizations();
    const told = realizations.length <= MOST_PATHS ? [...realizations] : [];
    return {
      json: { ...tree, paths: told.map(({ path }) => path), weights: told.map(({ weight }) => weight) },
    };
  },
};
