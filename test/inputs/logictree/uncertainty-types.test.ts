import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { known } from '../../../docs/generate/known-source.js';
import type { Source } from '../../../hazard/sources/source.js';
import { branch, branchSet, groundMotionTree, readTree, sourceModel, tree } from './tiny-trees.js';
import type { ReadLogicTree } from '../../../inputs/logictree/read.js';
import { SOURCE_TYPES } from '../../../inputs/logictree/source-index.js';

const RING =
  '<gml:Polygon><gml:exterior><gml:LinearRing><gml:posList>0 0 1 0 1 1</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon>';
const DEPTHS = '<upperSeismoDepth>0</upperSeismoDepth><lowerSeismoDepth>20</lowerSeismoDepth>';
const PROPERTIES = '<magScaleRel>WC1994</magScaleRel><ruptAspectRatio>1.5</ruptAspectRatio>';
const MFD = '<truncGutenbergRichterMFD aValue="4" bValue="1" minMag="5" maxMag="7"/>';
const DISTRIBUTIONS = `${MFD}<nodalPlaneDist><nodalPlane probability="1" strike="0" dip="90" rake="0"/></nodalPlaneDist>
  <hypoDepthDist><hypoDepth probability="1" depth="5"/></hypoDepthDist>`;
const line = (points: string): string => `<gml:LineString><gml:posList>${points}</gml:posList></gml:LineString>`;
const KITE = `<kiteSurface spacing="3"><profile>${line('0 0 0 0 0.05 10')}</profile><profile>${line('0.3 0 0 0.3 0.05 10')}</profile></kiteSurface>`;
const point = (id: string): string =>
  `<pointSource id="${id}" name=""><pointGeometry><gml:Point><gml:pos>10 45</gml:pos></gml:Point>${DEPTHS}</pointGeometry>${PROPERTIES}${DISTRIBUTIONS}</pointSource>`;
const SOURCES = `${point('p')}${point('q')}
  <areaSource id="a" name=""><areaGeometry>${RING}${DEPTHS}</areaGeometry>${PROPERTIES}${DISTRIBUTIONS}</areaSource>
  <simpleFaultSource id="s" name=""><simpleFaultGeometry>${line('0 0 0.3 0')}<dip>60</dip>${DEPTHS}</simpleFaultGeometry>
  ${PROPERTIES}${MFD}<rake>0</rake></simpleFaultSource>
  <kiteFaultSource id="k" name="">${KITE.replace(' spacing="3"', '')}${PROPERTIES}${MFD}<rake>0</rake></kiteFaultSource>`;
const MODEL = sourceModel('Volcanic', SOURCES);
const GROUND_MOTION = groundMotionTree(branch('x', 'BooreAtkinson2008', 1));

describe('types and filters of uncertainties in files', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'types-'));
    writeFileSync(join(folder, 'm.xml'), MODEL);
    writeFileSync(join(folder, 'gsim.xml'), GROUND_MOTION);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  async function run(
    ...sets: readonly string[]
  ): Promise<{ result: ReadLogicTree | undefined; faults: string[]; warnings: string[] }> {
    const models = branchSet('s0', 'sourceModel', [branch('b0', 'm.xml', 1)]);
    writeFileSync(join(folder, 'smlt.xml'), tree(models, ...sets));
    return readTree(folder);
  }
  /** Sources after the first branch of a set, by id without the number of the copy. */
  async function sourcesAfter(set: string): Promise<ReadonlyMap<string, Source>> {
    const { result: read, faults } = await run(set);
    assert.deepEqual(faults, []);
    assert.ok(read);
    const first = read.groups.filter(({ sourceModels }) => sourceModels?.includes(0));
    return new Map(first.flatMap(({ sources }) => sources.map((source) => [source.id.split(';')[0], source])));
  }
  async function literal(set: string): Promise<string | undefined> {
    const { result: read, faults } = await run(set);
    assert.deepEqual(faults, []);
    return read?.logicTree.sourceModelBranchSets[1].branches[0].value;
  }
  const single = (type: string, value: string, filters = ''): string =>
    branchSet('s1', type, [branch('u', value, 1)], filters);

  it('read the values of every type', async () => {
    assert.equal(await literal(single('setAspectRatioAbsolute', '2', 'applyToSourceType="point"')), '2.0');
    assert.equal(await literal(single('abMaxMagAbsolute', '4 0.9 6.8', 'applyToSources="p"')), '(4.0, 0.9, 6.8)');
    const depths =
      '<hypoDepthDist><hypoDepth probability="0.25" depth="4"/><hypoDepth probability="0.75" depth="9"/></hypoDepthDist>';
    const spread = await sourcesAfter(single('setHypoDepthDistribution', depths, 'applyToSourceType="point area"'));
    const area = known(spread.get('a')!);
    assert.ok(area.type === 'area');
    assert.deepEqual(area.hypocentralDepths, [
      { probability: 0.25, depth: 4 },
      { probability: 0.75, depth: 9 },
    ]);
    const after = await sourcesAfter(single('kiteFaultGeometryAbsolute', KITE, 'applyToSources="k"'));
    const kite = known(after.get('k')!);
    assert.ok(kite.type === 'kiteFault');
    assert.equal(kite.geometry.spacing, 3);
  });

  it('replace a polygon and tell that its depths are not used', async () => {
    const value = `<areaGeometry>${RING.replace('1 1', '2 2')}${DEPTHS}</areaGeometry>`;
    const set = single('areaSourceGeometryAbsolute', value, 'applyToSources="a"');
    const area = known((await sourcesAfter(set)).get('a')!);
    assert.ok(area.type === 'area');
    assert.deepEqual([...area.polygon], [0, 0, 1, 0, 2, 2]);
    const { warnings } = await run(set);
    assert.deepEqual(warnings, [
      "smlt.xml, line 3: branch 'u': the seismogenic depths here are not used: sources keep their own, as in the OpenQuake engine",
    ]);
    const { faults } = await run(single('areaSourceGeometryAbsolute', value));
    assert.match(faults[0], /applyToSources: .*is for one source \(allowed: exactly one id\)/);
  });

  it('reach the sources of some kinds only, with other filters or without', async () => {
    const ratios = async (filters: string): Promise<unknown[]> => {
      const sources = await sourcesAfter(single('setAspectRatioRelative', '1', filters));
      return ['a', 'k', 'p', 'q', 's'].map((id) => {
        const source = sources.get(id);
        return source && 'ruptureAspectRatio' in source ? source.ruptureAspectRatio : undefined;
      });
    };
    assert.deepEqual(await ratios('applyToSourceType="point"'), [1.5, 1.5, 2.5, 2.5, 1.5]);
    assert.deepEqual(await ratios('applyToSourceType="simpleFault area"'), [2.5, 1.5, 1.5, 1.5, 2.5]);
    assert.deepEqual(
      await ratios('applyToSourceType="point" applyToTectonicRegionType="Volcanic"'),
      [1.5, 1.5, 2.5, 2.5, 1.5],
    );
    assert.deepEqual(await ratios('applyToSourceType="point" applyToSources="q s"'), [1.5, 1.5, 1.5, 2.5, 1.5]);
  });

  it('name kinds of sources that exist and are there', async () => {
    const { faults } = await run(single('dummy', '1', 'applyToSourceType="points complexFault"'));
    assert.deepEqual(faults, [
      `smlt.xml, line 3: applyToSourceType = points: branch set 's1': unknown type of source (allowed: ${SOURCE_TYPES.join(', ')})`,
      "smlt.xml, line 3: applyToSourceType = complexFault: branch set 's1': no source is of this type (allowed: area, kiteFault, point, simpleFault)",
    ]);
    const both = await run(single('dummy', '1', 'applyToSources="p" applyToTectonicRegionType="Volcanic"'));
    assert.match(both.faults[0], /applyToSources and applyToTectonicRegionType = p and Volcanic: .*takes one of these/);
  });

  it('give each of several sources a value of its own, together', async () => {
    const set = branchSet(
      's1',
      'abGRAbsolute',
      [branch('u', 'p 4.1 0.9, s 3.5 1.1', 0.5), branch('v', 'p 3.9 1.0', 0.5)],
      'applyToSources="*"',
    );
    assert.equal(await literal(set), "{'p': (4.1, 0.9), 's': (3.5, 1.1)}");
    const { result: read } = await run(set);
    const values = read?.groups.flatMap(({ sourceModels, sources }) =>
      sources.flatMap((source) =>
        source.mfd?.kind === 'truncatedGutenbergRichter'
          ? [[source.id, source.mfd.aValue, [...(sourceModels ?? [])]]]
          : [],
      ),
    );
    assert.deepEqual(values?.sort(), [
      ['a', 4, [0, 1]],
      ['k', 4, [0, 1]],
      ['p;0', 4.1, [0]],
      ['p;1', 3.9, [1]],
      ['q', 4, [0, 1]],
      ['s;0', 3.5, [0]],
      ['s;1', 4, [1]],
    ]);
  });

  it('refuse values by source that are broken, repeated or of unknown sources', async () => {
    const correlated = (value: string): string => single('maxMagGRAbsolute', value, 'applyToSources="*"');
    const faults = async (value: string): Promise<string[]> => (await run(correlated(value))).faults;
    assert.match((await faults('p'))[0], /uncertaintyModel = p: .*a source and its value are needed/);
    assert.match((await faults('p 6.8,'))[0], /a source and its value are needed \(allowed: 'id value, id value'\)/);
    assert.match((await faults('p 6.8, p 6.9'))[0], /uncertaintyModel = p 6.9: .*two values for one source/);
    assert.match((await faults('p 6.8, z 6.9'))[0], /applyToSources = z: .*no such source/);
    assert.match((await faults('p six'))[0], /uncertaintyModel = six: .*one number is needed/);
  });

  it('refuse numbers that make no sense for any source where they stand', async () => {
    const { faults } = await run(
      single('setAspectRatioAbsolute', '-1'),
      branchSet('s2', 'setRuptureMeshSpacingAbsolute', [branch('w', '0', 1)]),
      branchSet('s3', 'setMSRAbsolute', [branch('y', 'WC1995', 1)], 'applyToSources="s"'),
      branchSet('s4', 'bGRRelative', [branch('z', '0.1 0.2', 1)]),
    );
    assert.deepEqual(
      faults.map((fault) => fault.replace(/ \(allowed: Allen.*/, '')),
      [
        "smlt.xml, line 3: uncertaintyModel = -1: branch 'u': out of range (allowed: a number above 0)",
        "smlt.xml, line 4: uncertaintyModel = 0: branch 'w': out of range (allowed: a number above 0)",
        "smlt.xml, line 5: uncertaintyModel = WC1995: branch 'y': unknown magnitude scaling relation",
        "smlt.xml, line 6: uncertaintyModel = 0.1 0.2: branch 'z': one number is needed (allowed: one finite number)",
      ],
    );
  });

  it('name what is missing for types of later versions', async () => {
    const { faults } = await run(single('bACRelative', '0.1'));
    assert.deepEqual(faults, [
      'smlt.xml, line 3: uncertaintyType = bACRelative: uncertainties of this type need alternative characteristic magnitude-frequency distributions, which are not supported [feature: alternative characteristic magnitude-frequency distributions]',
    ]);
    const fraction = '<hypoDepthDist><hypoDepth probability="1" depth="4" fixedDipFrac="0.6"/></hypoDepthDist>';
    const placed = await run(single('setHypoDepthDistribution', fraction, 'applyToSourceType="point"'));
    assert.match(
      placed.faults[0],
      /fixedDipFrac = 0.6: .*\[feature: hypocentres at a fraction of the width of ruptures\]/,
    );
  });
});
