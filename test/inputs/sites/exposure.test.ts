import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { SourceGroup } from '../../../hazard/logictree/logic-tree.js';
import type { PointSource } from '../../../hazard/sources/source.js';
import { collapseForEquivalentDistance } from '../../../inputs/sources/equivalent-distance.js';
import { readAssetPlaces } from '../../../inputs/sites/exposure.js';
import { geohash } from '../../../inputs/sites/geohash.js';
import { withFolder, writeFiles } from '../tiny-job.js';

describe('places of assets', () => {
  it('are read from XML and from the tables it names, each once, sorted', async () => {
    await withFolder(async (folder) => {
      await writeFiles(folder, {
        'a.xml':
          '<nrml><exposureModel><assets><asset id="1"><location lon="12" lat="45"/></asset></assets></exposureModel></nrml>',
        'b.xml': '<nrml><exposureModel><assets>\n t.csv \n</assets></exposureModel></nrml>',
        't.csv': 'id,lon,lat\n1,11,44\n2,11,44\n3,10.123456,44\n',
      });
      const file = (name: string) => ({ path: join(folder, name), name });
      const places = await readAssetPlaces([file('a.xml'), file('b.xml')], folder);
      assert.deepEqual([...places], [10.12346, 44, 11, 44, 12, 45]);
      await writeFiles(folder, { 'c.xml': '<nrml><exposureModel><assets>../t.csv</assets></exposureModel></nrml>' });
      await assert.rejects(readAssetPlaces([file('c.xml')], folder), /leaves the folder of the job/);
    });
  });
});

describe('geohash', () => {
  it('gives the values of its public description', () => {
    assert.equal(geohash(-5.6, 42.6, 5), 'ezs42');
    assert.equal(geohash(10.40744, 57.64911, 11), 'u4pruydqqvj');
    // the middle belongs to the upper half
    assert.equal(geohash(0, 0, 6), 's00000');
    assert.equal(geohash(-180, -90, 4), '0000');
  });
});

describe('equivalent distance', () => {
  const source: PointSource = {
    type: 'point',
    id: 'p',
    name: '',
    tectonicRegionType: 'A',
    magnitudeScalingRelation: 'WC1994',
    ruptureAspectRatio: 1,
    upperSeismogenicDepth: 0,
    lowerSeismogenicDepth: 20,
    nodalPlanes: [
      { probability: 0.25, strike: 0, dip: 90, rake: 0 },
      { probability: 0.75, strike: 100, dip: 50, rake: 80 },
    ],
    hypocentralDepths: [
      { probability: 0.5, depth: 5 },
      { probability: 0.5, depth: 15 },
    ],
    mfd: { kind: 'truncatedGutenbergRichter', aValue: 3, bValue: 1, minMag: 5, maxMag: 7 },
    lon: 0,
    lat: 0,
  };
  const group = (sources: readonly PointSource[]): SourceGroup => ({
    tectonicRegionType: 'A',
    name: '',
    where: [new Map()],
    sourceModels: [0],
    interdependence: { sources: 'independent', ruptures: 'independent', probability: 1 },
    sources,
  });

  it('makes point sources of the regions points with mean planes and depths', () => {
    const [{ sources }] = collapseForEquivalentDistance([group([source])], new Set(['A']), new Set());
    const collapsed = sources[0] as PointSource;
    assert.deepEqual(collapsed.nodalPlanes, [{ probability: 1, strike: 75, dip: 60, rake: 60 }]);
    assert.deepEqual(collapsed.hypocentralDepths, [{ probability: 1, depth: 10 }]);
    assert.equal(collapsed.magnitudeScalingRelation, 'PointMSR');
  });

  it('spares other regions and the sources that are named, and keeps shared sources shared', () => {
    const groups = [group([source, { ...source, id: 'q;0' }]), group([source])];
    const [first, second] = collapseForEquivalentDistance(groups, new Set(['A']), new Set(['q']));
    assert.equal(first.sources[0], second.sources[0]);
    assert.equal(first.sources[1], groups[0].sources[1]);
    const [other] = collapseForEquivalentDistance(groups, new Set(['B']), new Set());
    assert.equal(other.sources[0], source);
  });
});
