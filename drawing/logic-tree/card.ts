import type { DescribedBranch, DescribedBranchSet } from './description.js';
import type { FoldedSet } from './fold.js';
import { filterTexts, restText } from './headings.js';
import { at, escaped, text } from './svg-text.js';
import { weightProfile } from './weight-profile.js';
import { counted, listText, shortened, textWidth, valueTexts, weightText } from './wording.js';

const FONT = 13;
const SMALL = 12;
const ROW = 20;
const PADDING = 12;
/** of the lines above the rows */
const LINE = 18;
/** from the trunk to the text of a row */
const TICK = 18;
const BAR = 44;
const GAP = 10;
const COLUMN_GAP = 22;
const WIDEST_ID = 190;
const WIDEST_VALUE = 380;
/** of a row in a set of several columns */
const WIDEST_VALUE_IN_COLUMNS = 190;
const WIDEST_HEADER = 340;
/** widths are multiples of this, so that boxes of a kind stand below one another */
const WIDTH_STEP = 64;
/** sets with more rows stand in several columns */
const ROWS_OF_ONE_COLUMN = 24;
/** weights by measure have columns of their own up to this many measures */
const MOST_MEASURES = 4;
/** of the area that shows all weights of a folded set */
const PROFILE = 36;
/** monospaced characters of codes at their size */
const CODE_CHARACTER = 7.4;

/** model: sets that name files; change: other sets of the source-model tree; motion: ground-motion models. */
export type CardKind = 'model' | 'change' | 'motion';

/** How the box of a branch set is laid out. */
export interface CardOptions {
  readonly kind: CardKind;
  readonly mostWidth: number;
  /** all rows below one another, so that lines can leave them */
  readonly oneColumn?: boolean;
  /** regions whose sets are one choice with this one */
  readonly oneChoiceWith?: readonly string[];
  /** ids of the sets below a branch, by id of the branch, where no lines show them */
  readonly setsBelow?: ReadonlyMap<string, readonly string[]>;
}

interface Row {
  readonly branch: DescribedBranch;
  readonly id: string;
  readonly value: string;
  readonly weight: string;
  readonly measures: readonly string[];
  readonly below: string;
}
/** Where the cells of a row begin (weights: end), from the trunk. */
interface Cells {
  readonly code: number;
  readonly id: number;
  readonly value: number;
  readonly bar: number;
  readonly weight: number;
  readonly measures: readonly number[];
  readonly below: number;
  readonly width: number;
}

/** A branch set as a box: name, type and filters above, a row per branch hanging on a trunk. */
export class Card {
  readonly width: number;
  readonly height: number;
  readonly set: DescribedBranchSet;
  private readonly rows: readonly Row[];
  private readonly measures: readonly string[];
  private readonly cells: Cells;
  private readonly heaviest: number;
  private readonly evenWeights: boolean;
  private readonly columns: number;
  private readonly rowsPerColumn: number;
  private readonly header: readonly string[];
  private readonly rowsTop: number;
  /** of the branches that are not drawn */
  private readonly rest: string | undefined;

  constructor(
    folded: FoldedSet,
    private readonly options: CardOptions,
  ) {
    this.set = folded.set;
    const { branches } = this.set;
    const measures = [...new Set(branches.flatMap(({ weightsByImt }) => Object.keys(weightsByImt)))];
    this.measures = measures.length <= MOST_MEASURES ? measures : [];
    const inColumns = !options.oneColumn && folded.shown.length > ROWS_OF_ONE_COLUMN;
    const widestValue = inColumns ? WIDEST_VALUE_IN_COLUMNS : WIDEST_VALUE;
    const values = valueTexts(
      folded.shown.map((number) => branches[number].value),
      FONT,
      widestValue,
    );
    this.rows = folded.shown.map((number, k) => this.row(branches[number], values[k]));
    this.heaviest = branches.reduce((most, { weight }) => Math.max(most, weight), 0);
    const cells = cellsOf(this.rows, this.measures);
    const room = options.mostWidth - 2 * PADDING + COLUMN_GAP;
    const most = Math.max(1, Math.floor(room / (cells.width + COLUMN_GAP)));
    const wanted = Math.min(most, Math.ceil(this.rows.length / ROWS_OF_ONE_COLUMN));
    this.rowsPerColumn = Math.ceil(this.rows.length / (inColumns ? wanted : 1));
    this.columns = Math.ceil(this.rows.length / this.rowsPerColumn);
    const rowsWidth = this.columns * (cells.width + COLUMN_GAP) - COLUMN_GAP;
    this.header = this.headerLines(measures, Math.max(WIDEST_HEADER, rowsWidth));
    const headerWidth = this.header.reduce((width, line) => Math.max(width, textWidth(line, SMALL)), this.nameWidth());
    const restWidth = folded.rest ? textWidth(restText(folded.rest), SMALL) : 0;
    const least = Math.max(rowsWidth, headerWidth, restWidth) + 2 * PADDING;
    const stepped = Math.ceil(least / WIDTH_STEP) * WIDTH_STEP;
    this.width = stepped <= options.mostWidth ? stepped : Math.ceil(least);
    this.cells = stretched(cells, (this.width - 2 * PADDING - rowsWidth) / this.columns);
    this.evenWeights = branches.every(({ weight }) => weight === branches[0].weight);
    this.rest = folded.rest && shortened(restText(folded.rest), SMALL, this.width - 2 * PADDING);
    this.rowsTop = PADDING + LINE * (1 + this.header.length) + (this.measures.length > 0 ? LINE : 0) + 14;
    this.height =
      this.rowsTop + this.rowsPerColumn * ROW + (this.rest === undefined ? 0 : LINE) + this.profileHeight + PADDING - 4;
  }

  private get profileHeight(): number {
    return this.evenWeights || this.rest === undefined ? 0 : PROFILE + LINE + 8;
  }

  /** Height of the middle of a branch's row below the top of the box; undefined for one that is not shown. */
  heightOf(id: string): number | undefined {
    const index = this.rows.findIndex(({ branch }) => branch.id === id);
    return index < 0 ? undefined : this.rowsTop + (index % this.rowsPerColumn) * ROW + ROW / 2;
  }

  draw(left: number, top: number): string {
    const { kind } = this.options;
    const x = left + PADDING;
    const parts = [
      `<rect x="${at(left)}" y="${at(top)}" width="${this.width}" height="${at(this.height)}" rx="8" class="card"/>`,
      `<path d="M${at(left)} ${at(top + 8)}a8 8 0 0 1 8-8h${this.width - 16}a8 8 0 0 1 8 8z" class="${kind}-fill"/>`,
      text(x, top + PADDING + 14, 'name', shortened(this.name, 14, this.width - 2 * PADDING - this.countWidth)),
      text(left + this.width - PADDING, top + PADDING + 14, 'small soft end', this.count),
      ...this.header.map((line, k) =>
        text(x, top + PADDING + 14 + LINE * (k + 1), `small ${k === 0 ? `${kind}-fill` : 'soft'}`, line),
      ),
    ];
    for (let column = 0; column < this.columns; column++)
      parts.push(this.drawColumn(column, x + column * (this.cells.width + COLUMN_GAP), top));
    const foot = top + this.rowsTop + this.rowsPerColumn * ROW;
    if (this.rest !== undefined) parts.push(text(x, foot + 14, 'small soft', this.rest));
    if (this.profileHeight > 0) {
      const area = weightProfile(this.set.branches, x, foot + LINE + 6, this.width - 2 * PADDING, PROFILE);
      parts.push(`<path d="${area}" class="bars ${kind}-fill"/>`);
      parts.push(text(x, foot + LINE + PROFILE + 20, 'small soft', 'weights of all branches, the heaviest first'));
    }
    return `<g>${parts.join('')}</g>\n`;
  }

  private drawColumn(column: number, trunk: number, top: number): string {
    const { kind } = this.options;
    const { cells } = this;
    const rows = this.rows.slice(column * this.rowsPerColumn, (column + 1) * this.rowsPerColumn);
    const first = top + this.rowsTop;
    const ticks = rows.map((_, k) => `M${at(trunk + 3)} ${at(first + k * ROW + ROW / 2)}h9`).join('');
    const last = first + (rows.length - 1) * ROW + ROW / 2;
    const bars = rows.map(({ branch }, k) => {
      const width = this.heaviest > 0 ? (Math.max(0, branch.weight) / this.heaviest) * BAR : 0;
      return `M${at(trunk + cells.bar)} ${at(first + k * ROW + 6)}h${at(width)}v8h${at(-width)}z`;
    });
    const texts = rows.map((row, k) => this.drawRow(row, trunk, first + k * ROW + 14.5));
    return [
      `<path d="M${at(trunk + 3)} ${at(first - 6)}V${at(last)}${ticks}" class="branches ${kind}-line"/>`,
      `<circle cx="${at(trunk + 3)}" cy="${at(first - 6)}" r="3" class="${kind}-fill"/>`,
      `<path d="${bars.join('')}" class="bars ${kind}-fill"/>`,
      ...this.measureHeader(trunk, first - 8),
      ...texts,
    ].join('');
  }

  private measureHeader(trunk: number, y: number): string[] {
    if (this.measures.length === 0) return [];
    const { weight, measures } = this.cells;
    return [
      text(trunk + weight, y, 'small soft end', 'weight'),
      ...this.measures.map((imt, k) => text(trunk + measures[k], y, 'small soft end', imt)),
    ];
  }

  private drawRow({ branch, id, value, weight, measures, below }: Row, trunk: number, y: number): string {
    const { cells } = this;
    const { kind } = this.options;
    const cell = (x: number, classes: string, content: string): string =>
      content === ''
        ? ''
        : `<tspan x="${at(trunk + x)}"${classes && ` class="${classes}"`}>${escaped(content)}</tspan>`;
    return [
      `<text y="${at(y)}"><title>${escaped(tooltip(branch))}</title>`,
      cell(cells.code, 'code', branch.code),
      cell(cells.id, '', id),
      cell(cells.value, 'soft', value),
      cell(cells.weight, 'end', weight),
      ...measures.map((share, k) => cell(cells.measures[k], 'end', share)),
      cell(cells.below, `${kind}-fill`, below),
      '</text>',
    ].join('');
  }

  private row(branch: DescribedBranch, value: string): Row {
    const sets = this.options.setsBelow?.get(branch.id) ?? [];
    return {
      branch,
      id: shortened(branch.id, FONT, WIDEST_ID),
      value,
      weight: weightText(branch.weight),
      measures: this.measures.map((imt) =>
        branch.weightsByImt[imt] === undefined ? '–' : weightText(branch.weightsByImt[imt]),
      ),
      below: sets.length > 0 ? `→ ${listText(sets, FONT, 120)}` : '',
    };
  }

  private get name(): string {
    return this.options.kind === 'motion' ? (this.set.filters.applyToTectonicRegionType ?? this.set.id) : this.set.id;
  }
  private get count(): string {
    return counted(this.set.branches.length, 'branch', 'branches');
  }
  private get countWidth(): number {
    return textWidth(this.count, SMALL) + 16;
  }
  private nameWidth(): number {
    return Math.min(WIDEST_HEADER, textWidth(this.name, 14) * 1.08 + this.countWidth);
  }

  /** Type and filters, one line each. */
  private headerLines(measures: readonly string[], width: number): string[] {
    const { id, uncertaintyType } = this.set;
    const line = (label: string, names: readonly string[]): string[] =>
      names.length > 0 ? [`${label} ${listText(names, SMALL, width - textWidth(label, SMALL) - 8)}`] : [];
    const many = measures.length > MOST_MEASURES ? [`weights for ${measures.length} measures`] : [];
    if (this.options.kind === 'motion') {
      const models = shortened(`ground-motion models, set ${id}`, SMALL, width);
      return [models, ...line('one choice with', this.options.oneChoiceWith ?? []), ...many];
    }
    const filters = filterTexts(this.set).flatMap(([label, names]) => line(label, names));
    return [shortened(uncertaintyType, SMALL, width), ...filters];
  }
}

function tooltip({ id, code, value, weight, weightsByImt }: DescribedBranch): string {
  const shares = Object.entries(weightsByImt).map(([imt, share]) => `${imt}: weight ${share}`);
  return [`${id}${code && ` (${code})`}, weight ${weight}`, value || 'no files', ...shares].join('\n');
}

/** Columns as wide as their widest cell; values that say no more than the id have none. */
function cellsOf(rows: readonly Row[], measureNames: readonly string[]): Cells {
  const widest = (cell: (row: Row) => string): number =>
    rows.reduce((width, row) => Math.max(width, textWidth(cell(row), FONT)), 0);
  const after = (start: number, width: number): number => (width > 0 ? start + width + GAP : start);
  const code = TICK;
  const id = after(code, rows.reduce((most, { branch }) => Math.max(most, branch.code.length), 0) * CODE_CHARACTER);
  const value = after(
    id,
    widest((row) => row.id),
  );
  const bar = after(
    value,
    widest((row) => row.value),
  );
  const weight =
    bar +
    BAR +
    GAP +
    Math.max(
      widest((row) => row.weight),
      measureNames.length > 0 ? 42 : 0,
    );
  const measures: number[] = [];
  let end = weight;
  for (const [k, name] of measureNames.entries()) {
    end +=
      GAP +
      Math.max(
        textWidth(name, FONT),
        widest((row) => row.measures[k]),
      );
    measures.push(end);
  }
  const below = widest((row) => row.below);
  return { code, id, value, bar, weight, measures, below: end + GAP, width: below > 0 ? end + GAP + below : end };
}

/** Weights moved to the right edge of a wider box. */
function stretched(cells: Cells, slack: number): Cells {
  return {
    ...cells,
    bar: cells.bar + slack,
    weight: cells.weight + slack,
    measures: cells.measures.map((end) => end + slack),
    below: cells.below + slack,
    width: cells.width + slack,
  };
}
