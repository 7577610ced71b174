/** Both logic trees of a job as lines of text. */
import { blocksOf } from './blocks.js';
import {
  regionsOfChoice,
  type DescribedBranch,
  type DescribedBranchSet,
  type LogicTreeDescription,
} from './description.js';
import { firstSets, foldTree, type FoldedSet } from './fold.js';
import { filterTexts, groundMotionHeading, laterSetsText, restText, sourceModelHeading, summary } from './headings.js';
import { counted, countText, shortenedTo, shortValue, weightText } from './wording.js';

/** Sets of more than 30 branches are folded to their 10 heaviest; 2,000 rows and 200 sets of each tree at most. */
const LIMITS = { complete: 30, folded: 10, total: 2000, sets: 200 };
const LONGEST_VALUE = 60;
const LONGEST_ID = 40;
const NAMES = 6;
const INDENT = '    ';

/** The trees set by set: × before a set that hangs below everything above it, restricted sets indented. */
export function textTree(tree: LogicTreeDescription): string {
  const drawn = firstSets(tree, LIMITS);
  const folded = foldTree(drawn, LIMITS);
  const lines = [tree.title, summary(tree), '', sourceModelHeading(tree)];
  for (const [number, { root, attachments }] of blocksOf(drawn.sourceModel).entries()) {
    lines.push('', ...setLines(folded.get(root)!, sourceModelName(root), number > 0 ? '× ' : ''));
    for (const { set, depth } of attachments)
      lines.push('', ...setLines(folded.get(set)!, sourceModelName(set), INDENT.repeat(depth)));
  }
  lines.push(...laterSets(tree.sourceModel), '', groundMotionHeading(tree));
  for (const set of drawn.groundMotion)
    lines.push('', ...setLines(folded.get(set)!, groundMotionName(tree, set), '× '));
  lines.push(...laterSets(tree.groundMotion));
  return lines.map((line) => `${line}\n`).join('');
}

function laterSets(sets: readonly DescribedBranchSet[]): string[] {
  const text = laterSetsText(sets, LIMITS.sets);
  return text === undefined ? [] : ['', text];
}

function sourceModelName(set: DescribedBranchSet): string {
  const filters = filterTexts(set).map(([label, list]) => `${label} ${names(list)}`);
  return [`${set.id}: ${set.uncertaintyType}`, ...filters].join('; ');
}

function groundMotionName(tree: LogicTreeDescription, set: DescribedBranchSet): string {
  const others = regionsOfChoice(tree, set);
  const name = `${set.filters.applyToTectonicRegionType}, set ${set.id}`;
  return others.length > 0 ? `${name}; one choice with ${names(others)}` : name;
}

function names(list: readonly string[]): string {
  if (list.length <= NAMES) return list.join(', ');
  return `${list.slice(0, NAMES).join(', ')} and ${countText(list.length - NAMES)} more`;
}

/** Name of a set, then its branches with cells in line. */
function setLines({ set, shown, rest }: FoldedSet, name: string, lead: string): string[] {
  const margin = ' '.repeat(lead.length);
  const rows = shown.map((number) => cells(set.branches[number]));
  const widths = [0, 1, 2].map((cell) => rows.reduce((width, row) => Math.max(width, row[cell].length), 0));
  const branches = rows.map(([code, id, value, weight], k) => {
    const twig = k === rows.length - 1 && rest === undefined ? '└─' : '├─';
    const columns = [code.padEnd(widths[0]), id.padEnd(widths[1]), value.padEnd(widths[2]), weight];
    return `${margin}${twig} ${columns.filter((column) => column !== '').join('  ')}`;
  });
  return [
    `${lead}${name}; ${counted(set.branches.length, 'branch', 'branches')}`,
    ...branches,
    ...(rest ? [`${margin}└─ ${restText(rest)}`] : []),
  ];
}

function cells({ code, id, value, weight, weightsByImt }: DescribedBranch): [string, string, string, string] {
  const shares = Object.entries(weightsByImt).map(([imt, share]) => `${imt} ${weightText(share)}`);
  const weights = [weightText(weight), ...shares].join(', ');
  return [code, shortenedTo(id, LONGEST_ID), shortenedTo(shortValue(value), LONGEST_VALUE), weights];
}
