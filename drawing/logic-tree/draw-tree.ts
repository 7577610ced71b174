/** The drawing of both logic trees of a job as SVG. */
import { blocksOf } from './blocks.js';
import { branchingItem } from './branching.js';
import { Card } from './card.js';
import { regionsOfChoice, type DescribedBranchSet, type LogicTreeDescription } from './description.js';
import { drawJoined, joinedFlow, type Flow, type Item } from './flow.js';
import { firstSets, foldTree, type FoldLimits } from './fold.js';
import { groundMotionHeading, laterSetsText, sourceModelHeading, summary } from './headings.js';
import { at, escaped, STYLE, text } from './svg-text.js';
import { counted, countText, shortened, textWidth } from './wording.js';

/** Size of a drawing, and from where on it folds. */
export interface DrawingOptions {
  /** pixels; wider only where a single box is */
  readonly width?: number;
  readonly limits?: FoldLimits;
}

const WIDTH = 1400;
/** A set is drawn whole up to 1,200 branches, else by its 60 heaviest; 4,000 rows and 400 sets of each tree at most. */
const LIMITS: FoldLimits = { complete: 1200, folded: 60, total: 4000, sets: 400 };
const MARGIN = 24;
const TITLE = 44;
const SUMMARY = 22;
const SECTION = 38;
const BETWEEN_SECTIONS = 20;
const LEGEND = 20;

/**
 * Draws the trees: branch sets as boxes in the order in which they hang below one another, lines where a set is restricted to
 * branches, large sets folded to their heaviest branches.
 */
export function drawTree(tree: LogicTreeDescription, { width = WIDTH, limits = LIMITS }: DrawingOptions = {}): string {
  const drawn = firstSets(tree, limits);
  const folded = foldTree(drawn, limits);
  const room = width - 2 * MARGIN;
  const boxRoom = room - 52;
  const blocks = blocksOf(drawn.sourceModel);
  const sections: readonly (readonly [heading: string, flow: Flow, later: string | undefined])[] = [
    [
      sourceModelHeading(tree),
      joinedFlow(
        blocks.map((block) => branchingItem(block, folded, boxRoom)),
        room,
        false,
      ),
      laterSetsText(tree.sourceModel, limits.sets),
    ],
    [
      groundMotionHeading(tree),
      joinedFlow(
        drawn.groundMotion.map(
          (set): Item =>
            new Card(folded.get(set)!, {
              kind: 'motion',
              mostWidth: boxRoom,
              oneChoiceWith: regionsOfChoice(tree, set),
            }),
        ),
        room,
        blocks.length > 0,
      ),
      laterSetsText(tree.groundMotion, limits.sets),
    ],
  ];
  const legend = legendLines(
    tree,
    [...folded.values()].some(({ rest }) => rest !== undefined),
  );
  const content = Math.max(
    480,
    ...sections.map(([, flow]) => flow.width),
    ...[
      textWidth(tree.title, 20),
      ...sections.map(([heading]) => textWidth(heading, 15)),
      ...legend.map((line) => textWidth(line, 12)),
    ].map((wanted) => Math.min(wanted, room)),
  );
  const parts: string[] = [];
  let y = MARGIN;
  parts.push(text(MARGIN, y + 20, 'title', shortened(tree.title, 20, content)));
  parts.push(text(MARGIN, y + TITLE, 'soft', summary(tree)));
  y += TITLE + SUMMARY;
  for (const [heading, flow, later] of sections) {
    if (flow.lines.length === 0) continue;
    parts.push(text(MARGIN, y + 16, 'section', shortened(heading, 15, content)));
    parts.push(drawJoined(flow, MARGIN, y + SECTION));
    y += SECTION + flow.height + BETWEEN_SECTIONS;
    if (later === undefined) continue;
    parts.push(text(MARGIN, y, 'soft', later));
    y += BETWEEN_SECTIONS;
  }
  parts.push(...legend.map((line, k) => text(MARGIN, y + LEGEND * (k + 0.8), 'small soft', line)));
  const size = [Math.ceil(content + 2 * MARGIN), Math.ceil(y + LEGEND * legend.length + MARGIN / 2)] as const;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${size[0]}" height="${size[1]}" viewBox="0 0 ${size[0]} ${size[1]}"`,
    ` class="logic-tree" role="img" aria-labelledby="logic-tree-title logic-tree-summary">\n`,
    `<title id="logic-tree-title">Logic tree: ${escaped(tree.title)}</title>\n`,
    `<desc id="logic-tree-summary">${escaped(spoken(tree))}</desc>\n`,
    `<style>${STYLE}</style>\n`,
    `<rect width="${at(size[0])}" height="${at(size[1])}" class="paper"/>\n`,
    ...parts,
    '</svg>\n',
  ].join('');
}

/** The drawing in words, for those who cannot see it. */
function spoken(tree: LogicTreeDescription): string {
  const list = (sets: readonly DescribedBranchSet[]): string =>
    sets
      .slice(0, 40)
      .map(({ id, uncertaintyType, filters, branches }) => {
        const name = filters.applyToTectonicRegionType ?? uncertaintyType;
        return `${id} (${name}, ${counted(branches.length, 'branch', 'branches')})`;
      })
      .join('; ') + (sets.length > 40 ? `; and ${countText(sets.length - 40)} more` : '');
  return [
    `${summary(tree)}.`,
    `${sourceModelHeading(tree)}: ${list(tree.sourceModel)}.`,
    `${groundMotionHeading(tree)}: ${list(tree.groundMotion)}.`,
  ].join(' ');
}

function legendLines({ sourceModel, groundMotion }: LogicTreeDescription, folded: boolean): string[] {
  const sets = sourceModel.length + groundMotion.length;
  const restricted = sourceModel.some(({ filters }) => (filters.applyToBranches ?? '').trim() !== '');
  return [
    ...(sets > 1
      ? ['× every path so far goes on with each branch of the set. Bars compare the weights within a set.']
      : []),
    ...(restricted ? ['Sets below named branches: paths through other branches pass them by.'] : []),
    ...(groundMotion.some(({ choice }) => choice !== undefined)
      ? ['Sets of one choice take the branch of the same place: they count once.']
      : []),
    ...(folded ? ['… of large sets the heaviest branches are drawn; the last line tells of the others.'] : []),
  ];
}
