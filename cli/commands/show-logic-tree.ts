import type { Calculation } from '../../datastore/calculation.js';
import { findRealizations, type StoredRealization } from '../../datastore/stored-realizations.js';
import { hasLogicTree, readStoredLogicTree } from '../../datastore/stored-logic-tree.js';
import type { DescribedBranchSet, LogicTreeDescription } from '../../drawing/logic-tree/description.js';
import { drawTree } from '../../drawing/logic-tree/draw-tree.js';
import { textTree } from '../../drawing/logic-tree/text-tree.js';
import { countText, shortenedTo } from '../../drawing/logic-tree/wording.js';
import type { Sequence } from '../../hazard/logictree/sequence.js';
import { EngineError } from '../../engine/errors.js';
import { formatTable } from '../table.js';
import type { Page, View } from './view.js';

/** Realizations shown unless --count says otherwise. */
const REALIZATIONS_SHOWN = 100;
/** Longer cells of the table of branches are cut in the middle; --json has them whole. */
const LONGEST_CELL = 60;
/** Realizations read and written at a time. */
const SLICE = 1000;

/** `terrane show ID tree`: both trees as text. */
export function tree(calculation: Calculation): View {
  const described = treesOf(calculation);
  return { value: () => described, text: textTree(described) };
}

/** The same as SVG. */
export function treeDrawing(calculation: Calculation): string {
  return drawTree(treesOf(calculation));
}

function treesOf(calculation: Calculation): LogicTreeDescription {
  if (!hasLogicTree(calculation)) throw new EngineError('NOT_AVAILABLE', 'this calculation has no logic tree');
  return readStoredLogicTree(calculation);
}

/** Every branch of both trees. */
export function branches(calculation: Calculation, { first = 0, count = Infinity }: Page): View {
  const { sourceModel, groundMotion } = treesOf(calculation);
  const rows = [...sourceModel.flatMap(branchRows), ...groundMotion.flatMap(branchRows)];
  const shown = rows.slice(first, first + count);
  const byImt = shown.some(({ weights_by_imt: weights }) => Object.keys(weights).length > 0);
  const cells = shown.map((row) => [
    row.branch_set,
    row.branch,
    row.uncertainty_type,
    shortenedTo(row.value.replace(/\s*\n\s*/g, ', '), LONGEST_CELL),
    row.weight,
    row.code,
    shortenedTo(Object.values(row.filters).join('; '), LONGEST_CELL),
    ...(byImt ? [measureWeights(row.weights_by_imt)] : []),
  ]);
  const header = ['set', 'branch', 'type', 'value', 'weight', 'code', 'applies to', ...(byImt ? ['by measure'] : [])];
  const note = shown.length < rows.length ? `${countText(rows.length)} branches in all\n` : '';
  return { value: () => shown, text: formatTable(header, cells) + note };
}

function measureWeights(weights: Readonly<Record<string, number>>): string {
  return Object.entries(weights)
    .map(([imt, weight]) => `${imt} ${weight}`)
    .join(', ');
}

function branchRows({ id, uncertaintyType, filters, branches: members }: DescribedBranchSet) {
  return members.map((branch) => ({
    branch_set: id,
    branch: branch.id,
    uncertainty_type: uncertaintyType,
    filters,
    value: branch.value,
    weight: branch.weight,
    weights_by_imt: branch.weightsByImt,
    code: branch.code,
  }));
}

/** Realizations by number, read as they are written, or those with a code. */
export function realizations(calculation: Calculation, { first = 0, count = REALIZATIONS_SHOWN, path }: Page): View {
  if (path !== undefined) return realizationsWithCode(calculation, path);
  const all = calculation.realizations();
  const total = all.length;
  const last = Math.min(total, first + count);
  return {
    value: () => ({
      total,
      realizations: all.slice(first, Math.max(first, last)).map((row, k) => ({ number: first + k, ...row })),
    }),
    text: realizationLines(all, first, last),
  };
}

function realizationsWithCode({ hdf5 }: Calculation, code: string): View {
  const found = findRealizations(hdf5, code);
  const rows = found.map(({ number, path, weight, branches: ids }) => [number, path, weight, ids.join(' ')]);
  return { value: () => found, text: formatTable(['number', 'path', 'weight', 'branches'], rows) };
}

function* realizationLines(all: Sequence<StoredRealization>, first: number, last: number): Generator<string> {
  const total = all.length;
  const numberWidth = Math.max('number'.length, String(last).length);
  let pathWidth = 'path'.length;
  for (let from = first; from < last; from += SLICE) {
    const rows = all.slice(from, Math.min(last, from + SLICE));
    pathWidth = rows.reduce((width, { path }) => Math.max(width, path.length), pathWidth);
    const lines = rows.map(
      ({ path, weight }, k) =>
        `${String(from + k).padStart(numberWidth)}  ${path.padEnd(pathWidth)}  ${Number(weight.toPrecision(7))}\n`,
    );
    const header = from === first ? `${'number'.padStart(numberWidth)}  ${'path'.padEnd(pathWidth)}  weight\n` : '';
    yield header + lines.join('');
  }
  const more = last < total && first < total ? `; --first ${last} goes on` : '';
  yield first === 0 && last === total
    ? `${countText(total)} realizations\n`
    : `${countText(Math.max(0, last - first))} of ${countText(total)} realizations${more}\n`;
}
