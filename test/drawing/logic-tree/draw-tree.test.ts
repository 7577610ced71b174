import fc from 'fast-check';
import assert from 'node:assert/strict';
import { SaxesParser } from 'saxes';
import { LogicTreeGraph } from '../../../hazard/logictree/tree.js';
import { drawTree } from '../../../drawing/logic-tree/draw-tree.js';
import { textTree } from '../../../drawing/logic-tree/text-tree.js';
import { sampleRegion, sampleSet, sampleTree } from './tree-samples.js';

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
interface Drawing {
  readonly size: Box;
  /** of branch sets */
  readonly boxes: readonly Box[];
  /** of lines from branches to restricted sets */
  readonly lines: readonly string[];
  /** texts as they are read, cells of a row together; tooltips are left out */
  readonly texts: readonly string[];
  readonly tooltips: readonly string[];
}

/** Reads a drawing as XML. */
function read(svg: string): Drawing {
  const parser = new SaxesParser();
  const [boxes, lines, texts, tooltips]: [Box[], string[], string[], string[]] = [[], [], [], []];
  let size: Box | undefined;
  const open: { name: string; text: string }[] = [];
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    open.push({ name, text: '' });
    const [x, y, width, height] = ['x', 'y', 'width', 'height'].map((key) => Number(attributes[key] ?? 0));
    if (name === 'svg') size = { x: 0, y: 0, width, height };
    if (attributes.class === 'card') boxes.push({ x, y, width, height });
    if (attributes.class?.startsWith('hang')) lines.push(...attributes.d.split('M').slice(1));
  });
  parser.on('text', (text) => {
    if (open.length > 0) open[open.length - 1].text += text;
  });
  parser.on('closetag', () => {
    const { name, text } = open.pop()!;
    if (name === 'tspan') open[open.length - 1].text += ` ${text}`;
    if (name === 'text') texts.push(text.trim());
    if (name === 'title') tooltips.push(text);
  });
  parser.write(svg).close();
  return { size: size!, boxes, lines, texts, tooltips };
}

function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

function assertLaidOut({ size, boxes }: Drawing): void {
  for (const [k, box] of boxes.entries()) {
    assert.ok(box.x >= 0 && box.y >= 0, `box ${k} begins inside`);
    assert.ok(box.x + box.width <= size.width && box.y + box.height <= size.height, `box ${k} ends inside`);
    for (const other of boxes.slice(k + 1)) assert.ok(!overlap(box, other), `box ${k} stands free`);
  }
}

describe('the drawing of logic trees', () => {
  it('shows name, value, weight and code of every branch, and how many paths there are', () => {
    const tree = sampleTree([
      sampleSet(1, 'sourceModel', 2, {}, [0.75, 0.25]),
      sampleSet(2, 'bGRRelative', 3, { applyToTectonicRegionType: 'Active Shallow Crust' }),
    ]);
    const drawing = read(drawTree(tree));
    const shown = new Set(drawing.texts);
    for (const text of [
      '12 paths',
      'AB b1_2 source_model_2.xml 0.25',
      'B b2_2 0.1 0.3333',
      'sources of Active Shallow Crust',
      'A g0 ChiouYoungs2014 0.6',
      'B g1 AbrahamsonEtAl2015SInter ergodic = true 0.4',
    ])
      assert.ok(shown.has(text), `${text} in ${drawing.texts.join(' | ')}`);
    assert.ok(drawing.tooltips.includes("b1_2 (AB), weight 0.25\n'models/source_model_2.xml'"));
    assertLaidOut(drawing);
  });

  it('is an image with a title and a description, in light and in dark', () => {
    const svg = drawTree(sampleTree([sampleSet(1, 'sourceModel', 2)]));
    assert.match(svg, /<svg [^>]*role="img" aria-labelledby="logic-tree-title logic-tree-summary"/);
    assert.match(svg, /<title id="logic-tree-title">Logic tree: A job<\/title>/);
    assert.match(svg, /<desc id="logic-tree-summary">4 paths\. Source-model logic tree: 1 branch set/);
    assert.match(svg, /@media \(prefers-color-scheme:dark\)/);
    assert.doesNotMatch(svg, /href|url\(|@import|<script/);
  });

  it('writes characters that mean something to XML as text', () => {
    const set = sampleSet(1, 'sourceModel', 1);
    const odd = { ...set, branches: [{ id: 'a<b>&"c"', value: "'<x>.xml'", weight: 1 }] };
    const { texts } = read(drawTree(sampleTree([odd], undefined, { title: '</svg>\u0007 & more' })));
    assert.ok(texts.includes('A a<b>&"c" <x>.xml 1'));
    assert.ok(texts.includes('</svg> & more'));
  });

  it('leads a line from every named branch to the set below it', () => {
    const tree = sampleTree([
      sampleSet(1, 'sourceModel', 3),
      sampleSet(2, 'maxMagGRAbsolute', 2, { applyToBranches: 'b1_1', applyToSources: 'f1' }),
      sampleSet(3, 'bGRRelative', 2, { applyToBranches: 'b1_2 b1_3' }),
      sampleSet(4, 'abGRAbsolute', 2, { applyToBranches: 'b2_2' }),
      sampleSet(5, 'dummy', 2),
    ]);
    const drawing = read(drawTree(tree));
    assert.equal(drawing.lines.length, 4);
    assertLaidOut(drawing);
    const [models, first, second, third] = drawing.boxes;
    assert.ok(first.x > models.x + models.width && second.x === first.x && third.x > first.x + first.width);
  });

  it('says which sources a set changes', () => {
    const filters: [Record<string, string>, string][] = [
      [{ applyToSources: 'f1' }, 'source f1'],
      [{ applyToSources: 'f1 f2' }, 'sources f1, f2'],
      [{ applyToSources: '*' }, 'values by source'],
      [{ applyToSourceType: 'point area' }, 'sources of type point, area'],
      [{ applyToTectonicRegionType: 'Volcanic' }, 'sources of Volcanic'],
    ];
    const sets = filters.map(([filter], k) => sampleSet(k + 2, 'bGRRelative', 2, filter));
    const tree = sampleTree([sampleSet(1, 'sourceModel', 1), ...sets]);
    const { texts } = read(drawTree(tree));
    for (const [k, [, said]] of filters.entries()) {
      assert.ok(texts.includes(said), said);
      assert.ok(textTree(tree).includes(`× bs${k + 2}: bGRRelative; ${said}; 2 branches\n`), said);
    }
    // a text names six, and says how many more there are
    const many = sampleSet(2, 'bGRRelative', 2, { applyToSources: 'f1 f2 f3 f4 f5 f6 f7 f8' });
    const text = textTree(sampleTree([sampleSet(1, 'sourceModel', 1), many]));
    assert.ok(text.includes('bGRRelative; sources f1, f2, f3, f4, f5, f6 and 2 more; 2 branches\n'), text);
  });

  it('leads lines to sets further on below all boxes', () => {
    const tree = sampleTree([
      sampleSet(1, 'sourceModel', 2),
      sampleSet(2, 'bGRRelative', 2, { applyToBranches: 'b1_1' }),
      sampleSet(3, 'dummy', 2, { applyToBranches: 'b2_1 b1_2' }),
      sampleSet(4, 'dummy', 2),
    ]);
    const { lines, boxes } = read(drawTree(tree));
    const lowest = Math.max(...boxes.slice(0, 3).map(({ y, height }) => y + height));
    const depths = lines.map((line) => Math.max(...[...line.matchAll(/V([\d.]+)/g)].map(([, y]) => Number(y))));
    assert.equal(depths.filter((depth) => depth > lowest).length, 1);
  });

  it('names the sets below a branch in its row when there are too many for lines', () => {
    const sets = Array.from({ length: 100 }, (_, k) =>
      sampleSet(k + 2, 'maxMagGRAbsolute', 2, { applyToBranches: `b1_${k + 1}` }),
    );
    const drawing = read(drawTree(sampleTree([sampleSet(1, 'sourceModel', 100), ...sets])));
    assert.equal(drawing.lines.length, 0);
    assert.ok(drawing.texts.some((text) => text.startsWith('AC b1_3 ') && text.endsWith('→ bs4')));
    assert.equal(drawing.boxes.length, 102);
    assertLaidOut(drawing);
  });

  it('shows every branch of a set of 1,000', () => {
    const svg = drawTree(sampleTree([sampleSet(1, 'sourceModel', 1000), sampleSet(2, 'bGRRelative', 3)]));
    const drawing = read(svg);
    const shown = new Set(drawing.texts.flatMap((text) => text.split(' ')));
    for (let k = 1; k <= 1000; k++) assert.ok(shown.has(`b1_${k}`), `b1_${k}`);
    assert.ok(drawing.size.width <= 1450);
    assert.ok(svg.length < 500_000);
    assertLaidOut(drawing);
  });

  it('folds a set of 23,000 branches to the heaviest and those with sets below them', () => {
    const weights = Array.from({ length: 23_000 }, (_, k) => (k % 1000 === 999 ? 2 : 1) / 23_023);
    const svg = drawTree(
      sampleTree([
        sampleSet(1, 'sourceModel', 23_000, {}, weights),
        sampleSet(2, 'bGRRelative', 2, { applyToBranches: 'b1_12345' }),
      ]),
    );
    const { texts, lines } = read(svg);
    const rows = texts.filter((text) => text.includes(' b1_'));
    assert.ok(rows.some((text) => text.includes('b1_23000 ')));
    assert.ok(rows.some((text) => text.includes('b1_12345 ')));
    const rest = texts.find((text) => text.startsWith('…'))!;
    const heavy = 23;
    const hidden = 23_000 - 60;
    const sum = (hidden / 23_023).toPrecision(4);
    assert.equal(rest, `… 22,940 more branches, weight 4.343 × 10⁻⁵ each, sum ${Number(sum)}`);
    assert.equal(rows.filter((text) => text.endsWith('8.687 × 10⁻⁵')).length, heavy);
    assert.equal(lines.length, 1);
    assert.ok(svg.length < 60_000);
  });

  it('bounds the rows of all sets together', () => {
    const sets = Array.from({ length: 40 }, (_, k) => sampleSet(k + 1, k === 0 ? 'sourceModel' : 'bGRRelative', 1000));
    const svg = drawTree(sampleTree(sets));
    assert.ok(svg.length < 2_000_000);
    assert.equal(read(svg).texts.filter((text) => text.startsWith('…') && text.includes('more branches')).length, 40);
  });

  it('draws the weights of all branches of a folded set when they differ', () => {
    const profile = /weights of all branches, the heaviest first/;
    const weights = Array.from({ length: 2000 }, (_, k) => (2 * (k + 1)) / (2000 * 2001));
    assert.match(drawTree(sampleTree([sampleSet(1, 'sourceModel', 2000, {}, weights)])), profile);
    assert.doesNotMatch(drawTree(sampleTree([sampleSet(1, 'sourceModel', 2000)])), profile);
  });

  it('bounds the number of sets, and tells of the others', () => {
    const sets = Array.from({ length: 5000 }, (_, k) => sampleSet(k + 1, k === 0 ? 'sourceModel' : 'dummy', 3));
    const svg = drawTree(sampleTree(sets));
    assert.ok(svg.length < 1_000_000);
    const { texts, boxes } = read(svg);
    assert.equal(boxes.length, 401);
    assert.ok(texts.includes('… 4,600 more branch sets with 13,800 branches'));
    assert.ok(texts.some((text) => text.startsWith('Source-model logic tree: 5,000 branch sets, 15,000 branches')));
    assert.match(textTree(sampleTree(sets)), /\n… 4,800 more branch sets with 14,400 branches\n/);
  });

  it('shows weights by measure in columns of their own', () => {
    const region = sampleRegion('Volcanic', [
      ['[A]', 0.5, { PGA: 0.25, 'SA(1.0)': 0.125 }],
      ['[B]', 0.5],
    ]);
    const { texts } = read(drawTree(sampleTree([sampleSet(1, 'sourceModel', 1)], [region])));
    for (const text of ['PGA', 'SA(1.0)', 'A g0 A 0.5 0.25 0.125', 'B g1 B 0.5 – –'])
      assert.ok(texts.includes(text), text);
  });

  it('tells which regions are one choice, and counts them once', () => {
    const regions = ['Active', 'Stable', 'Volcanic'].map((name, k) => ({
      ...sampleRegion(name),
      ...(k < 2 && { choice: 'crust' }),
    }));
    const tree = sampleTree([sampleSet(1, 'sourceModel', 1)], regions);
    assert.equal(tree.pathCount, 4);
    const { texts } = read(drawTree(tree));
    assert.ok(texts.includes('one choice with Stable') && texts.includes('one choice with Active'));
    assert.match(textTree(tree), /× Stable, set set of Stable; one choice with Active; 2 branches\n/);
  });

  it('tells samples from paths', () => {
    const sets = [
      sampleSet(1, 'sourceModel', 1),
      ...Array.from({ length: 12 }, (_, k) => sampleSet(k + 2, 'dummy', 10)),
    ];
    const { texts } = read(drawTree(sampleTree(sets, undefined, { samples: 1000 })));
    assert.ok(texts.includes('1,000 samples of 2 × 10¹² paths, early_weights'));
  });

  it('lays out any tree without overlaps, inside its bounds', () => {
    const sets = fc.array(fc.tuple(fc.integer({ min: 1, max: 70 }), fc.array(fc.nat(), { maxLength: 4 })), {
      minLength: 1,
      maxLength: 12,
    });
    fc.assert(
      fc.property(sets, fc.integer({ min: 600, max: 1800 }), (shapes, width) => {
        const built = shapes.map(([size, picks], k) => {
          const parents = shapes
            .slice(0, k)
            .flatMap(([count], set) => Array.from({ length: count }, (_, b) => `b${set + 1}_${b + 1}`));
          const below = picks
            .map((pick) => parents[pick % Math.max(1, parents.length)])
            .filter(Boolean)
            .join(' ');
          return sampleSet(
            k + 1,
            k === 0 ? 'sourceModel' : 'bGRRelative',
            size,
            below && k > 0 ? { applyToBranches: below } : {},
          );
        });
        const described = { ...sampleTree([sampleSet(1, 'sourceModel', 1)]), sourceModel: sampleTreeSets(built) };
        assertLaidOut(read(drawTree(described, { width })));
      }),
      { numRuns: 60 },
    );
  });
});

/** Sets as described, whether or not they could be hung together. */
function sampleTreeSets(sets: readonly ReturnType<typeof sampleSet>[]) {
  return sets.map((set) => ({
    ...set,
    branches: set.branches.map((branch) => ({ ...branch, code: '', weightsByImt: {} })),
  }));
}

describe('the number of paths of a logic tree', () => {
  it('is that of the tree which calculations walk through', () => {
    const shapes = fc.array(fc.tuple(fc.integer({ min: 1, max: 4 }), fc.array(fc.nat(), { maxLength: 3 })), {
      minLength: 1,
      maxLength: 6,
    });
    fc.assert(
      fc.property(shapes, (list) => {
        const sets: ReturnType<typeof sampleSet>[] = [];
        // branches that a restricted set may name: nothing, or only a dummy, hangs below them
        let open: string[] = [];
        for (const [k, [size, picks]] of list.entries()) {
          const names = [...new Set(picks.map((pick) => open[pick % open.length]))];
          const below = k === 0 ? [] : names;
          const filters = below.length > 0 ? { applyToBranches: below.join(' ') } : undefined;
          const set = sampleSet(k + 1, k === 0 ? 'sourceModel' : 'dummy', size, filters);
          sets.push(set);
          const left = below.length > 0 ? open.filter((id) => !below.includes(id)) : [];
          open = [...left, ...set.branches.map(({ id }) => id)];
        }
        const graph = new LogicTreeGraph(
          sets.map(({ id, branches, filters }) => ({
            id,
            branches: branches.map((branch, position) => ({ ...branch, position })),
            applyToBranches: filters.applyToBranches?.split(' ') ?? [],
          })),
        );
        assert.equal(sampleTree(sets, []).pathCount, graph.pathCount);
      }),
    );
  });
});
