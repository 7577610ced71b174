import assert from 'node:assert/strict';
import { planBlocks } from '../../../calculators/preclassical/source-blocks.js';
import type { Interdependence, SourceGroup } from '../../../hazard/logictree/logic-tree.js';
import type { SingleMfd } from '../../../hazard/mfd/mfd.js';
import type { PointSource } from '../../../hazard/sources/source.js';

const INDEPENDENT: Interdependence = { sources: 'independent', ruptures: 'independent', probability: 1 };

function point(id: string, lon: number, bValue = 1, maxMag = 7): PointSource {
  const mfd: SingleMfd = { kind: 'truncatedGutenbergRichter', aValue: 3, bValue, minMag: 5, maxMag };
  return {
    type: 'point',
    id,
    name: id,
    tectonicRegionType: 'Active Shallow Crust',
    mfd,
    lon,
    lat: 40,
    magnitudeScalingRelation: 'WC1994',
    ruptureAspectRatio: 1,
    upperSeismogenicDepth: 0,
    lowerSeismogenicDepth: 10,
    nodalPlanes: [{ probability: 1, strike: 0, dip: 90, rake: 0 }],
    hypocentralDepths: [{ probability: 1, depth: 5 }],
  };
}

function group(sources: PointSource[], sourceModels: number[], interdependence = INDEPENDENT): SourceGroup {
  return { tectonicRegionType: 'Active Shallow Crust', name: '', where: [], sourceModels, interdependence, sources };
}

describe('plan of the work', () => {
  it('gives versions of a source that differ only in their rates one geometry with a rate column each', () => {
    const blocks = planBlocks(
      [
        group([point('1;0', 10), point('2', 11)], [0]),
        group([point('1;1', 10, 1.1)], [1]),
        group([point('1;2', 10, 1, 6.5)], [2]),
      ],
      ['Active Shallow Crust'],
    );
    const sources = blocks.flatMap((block) => block.sources);
    assert.deepEqual(
      sources.map(({ source, groups }) => [source.id, groups]),
      [
        ['1;0', [0, 1, 2]],
        ['2', [0]],
      ],
    );
    assert.deepEqual(
      sources[0].columns?.map((mfd) => 'bValue' in mfd && mfd.bValue),
      [1, 1.1, 1],
    );
  });

  it('keeps versions apart whose geometry differs, and sources of different ids', () => {
    const blocks = planBlocks(
      [group([point('1;0', 10)], [0]), group([point('1;1', 10.5), point('3', 10)], [1])],
      ['Active Shallow Crust'],
    );
    assert.equal(blocks.flatMap((block) => block.sources).length, 3);
  });

  it('leaves groups with exclusive sources whole', () => {
    const exclusive: Interdependence = { ...INDEPENDENT, sources: 'mutex' };
    const blocks = planBlocks([group([point('a:1', 10), point('a:2', 10)], [0], exclusive)], ['Active Shallow Crust']);
    assert.equal(blocks.length, 1);
    assert.equal(blocks[0].sources.length, 2);
    assert.equal(blocks[0].interdependence, exclusive);
  });

  it('refuses a group whose region has no ground-motion models', () => {
    assert.throws(() => planBlocks([group([point('1', 10)], [0])], ['Volcanic']), /Active Shallow Crust/);
  });

  it('cuts long lists of sources into blocks', () => {
    const many = Array.from({ length: 450 }, (_, k) => point(String(k), 10 + k / 100));
    const blocks = planBlocks([group(many, [0])], ['Active Shallow Crust']);
    assert.deepEqual(
      blocks.map((block) => block.sources.length),
      [200, 200, 50],
    );
  });
});
