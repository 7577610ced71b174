import assert from 'node:assert/strict';
import { known } from '../../../docs/generate/known-source.js';
import type { SourceGroup } from '../../../hazard/logictree/logic-tree.js';
import type { FileGroup } from '../../../hazard/logictree/model-file.js';
import { composeSourceGroups, type SourceChange } from '../../../hazard/logictree/source-groups.js';
import { type ModelPath, SampleSplitter } from '../../../hazard/logictree/sample-splitter.js';
import { bySource } from '../../../hazard/logictree/uncertainties/by-source.js';
import { UNCERTAINTIES } from '../../../hazard/logictree/uncertainties/registry.js';
import type { UncertaintyValue } from '../../../hazard/logictree/uncertainties/uncertainty.js';
import type { MultiPointSource, PointSource, Source } from '../../../hazard/sources/source.js';
import { DISCRETIZATION } from '../sources/contexts.js';

const SEISMICITY = {
  name: '',
  tectonicRegionType: 'A',
  magnitudeScalingRelation: 'WC1994',
  ruptureAspectRatio: 1,
  upperSeismogenicDepth: 0,
  lowerSeismogenicDepth: 10,
  nodalPlanes: [{ probability: 1, strike: 0, dip: 90, rake: 0 }],
  hypocentralDepths: [{ probability: 1, depth: 5 }],
};

function point(id: string, maxMag = 7, tectonicRegionType = 'A'): PointSource {
  const mfd = { kind: 'truncatedGutenbergRichter' as const, aValue: 4, bValue: 1, minMag: 5, maxMag };
  return { ...SEISMICITY, type: 'point', id, tectonicRegionType, mfd, lon: 10, lat: 45 };
}

function group(sources: readonly Source[], special = false): FileGroup {
  return {
    name: 'g',
    tectonicRegionType: sources[0].tectonicRegionType,
    interdependence: { sources: special ? 'mutex' : 'independent', ruptures: 'independent', probability: 1 },
    sources,
    special,
  };
}

function change(type: string, set: number, values: readonly number[], ids: readonly string[] = []): SourceChange {
  const uncertainty = UNCERTAINTIES.get(type);
  assert.ok(uncertainty);
  return {
    uncertainty,
    set,
    values: values.map((number): UncertaintyValue => ({ kind: 'number', number })),
    concerns: ({ id }) => ids.length === 0 || ids.includes(id),
  };
}

const path = (files: readonly number[], ...choices: number[]): ModelPath => ({
  files,
  choices: Int32Array.from(choices),
});
const shown = (groups: readonly SourceGroup[]): unknown[] =>
  groups.map(({ tectonicRegionType, sourceModels, sources }) => [
    tectonicRegionType,
    sourceModels,
    sources.map(({ id }) => id),
  ]);

describe('sources of many branches', () => {
  const paths = [path([0], 0, 0), path([0], 0, 1), path([1], 1, -1)];

  it('stay one object where nothing changes them, and are numbered where something does', () => {
    const changes = [change('maxMagGRAbsolute', 1, [6.5, 7.5], ['2'])];
    const files = [{ branch: 'b0', groups: [group([point('1'), point('2')])] }];
    const groups = composeSourceGroups(new SampleSplitter(paths.slice(0, 2)), files, changes, DISCRETIZATION);
    assert.deepEqual(shown(groups), [
      ['A', [0], ['2;0']],
      ['A', [0, 1], ['1']],
      ['A', [1], ['2;1']],
    ]);
    assert.equal(groups[1].sources[0], files[0].groups[0].sources[0]);
    const changed = known(groups[0].sources[0]);
    assert.ok(changed.type === 'point' && changed.mfd.kind === 'truncatedGutenbergRichter');
    assert.equal(changed.mfd.maxMag, 6.5);
    const original = known(files[0].groups[0].sources[1]);
    assert.ok(original.type === 'point');
    assert.equal(changed.nodalPlanes, original.nodalPlanes);
  });

  it('are one when equal in two files, and told apart by their branch when not', () => {
    const two = (a: PointSource, b: PointSource): SourceGroup[] =>
      composeSourceGroups(
        new SampleSplitter(paths),
        [
          { branch: 'b0', groups: [group([a])] },
          { branch: 'b1', groups: [group([b])] },
        ],
        [],
        DISCRETIZATION,
      );
    assert.deepEqual(shown(two(point('s'), point('s'))), [['A', [0, 1, 2], ['s']]]);
    assert.deepEqual(shown(two(point('s'), point('s', 6))), [
      ['A', [0, 1], ['s!b0']],
      ['A', [2], ['s!b1']],
    ]);
    assert.deepEqual(shown(two(point('s:1'), point('s:2')))[0], ['A', [0, 1], ['s:1!b0']]);
  });

  it('count twice when the same source stands twice in a branch', () => {
    const files = [
      { branch: 'b0', groups: [group([point('s')])] },
      { branch: 'b0', groups: [group([point('s')])] },
    ];
    const groups = composeSourceGroups(new SampleSplitter([path([0, 1], 0)]), files, [], DISCRETIZATION);
    assert.deepEqual(shown(groups), [['A', [0, 0], ['s']]]);
  });

  it('stand by region in order of first appearance, exclusive groups last and whole', () => {
    const files = [
      {
        branch: 'b0',
        groups: [
          group([point('x:1'), point('x:2')], true),
          group([point('1', 7, 'B')]),
          group([point('3'), point('2')]),
        ],
      },
    ];
    const groups = composeSourceGroups(new SampleSplitter([path([0], 0)]), files, [], DISCRETIZATION);
    assert.deepEqual(shown(groups), [
      ['B', [0], ['1']],
      ['A', [0], ['2', '3']],
      ['A', [0], ['x:1', 'x:2']],
    ]);
    assert.equal(groups[2].interdependence.sources, 'mutex');
  });

  it('take several changes one after the other, but multi-point sources only the last of their distributions', () => {
    const one = (value: number): Float64Array => Float64Array.of(value);
    const fields = { min_mag: one(5), max_mag: one(7), a_val: one(4), b_val: one(1) };
    const multi: MultiPointSource = {
      ...SEISMICITY,
      type: 'multiPoint',
      id: 'm',
      mfd: { kind: 'multi', memberKind: 'truncGutenbergRichterMFD', size: 2, fields },
      points: Float64Array.of(10, 45, 11, 45),
    };
    const nothing = bySource(change('maxMagGRAbsolute', 3, [6]).uncertainty);
    const changes = [
      change('maxMagGRAbsolute', 0, [6]),
      change('setAspectRatioAbsolute', 1, [2]),
      change('bGRAbsolute', 2, [0.8]),
      { ...change('dummy', 3, [0]), uncertainty: nothing, values: [{ kind: 'bySource' as const, values: new Map() }] },
    ];
    const files = [{ branch: 'b0', groups: [group([point('p'), multi])] }];
    const splitter = new SampleSplitter([path([0], 0, 0, 0, 0)]);
    const [group0] = composeSourceGroups(splitter, files, changes, DISCRETIZATION);
    const sources = group0.sources.map(known);
    assert.ok(sources[0].type === 'multiPoint' && sources[1].type === 'point');
    assert.equal(sources[0].ruptureAspectRatio, 2);
    assert.equal(sources[0].mfd.fields.max_mag[0], 7);
    assert.equal(sources[0].mfd.fields.b_val[0], 0.8);
    assert.ok(sources[1].mfd.kind === 'truncatedGutenbergRichter');
    assert.deepEqual([sources[1].mfd.maxMag, sources[1].mfd.bValue], [6, 0.8]);
  });

  it('refuse a change that does not fit, naming source and type', () => {
    const compose = (type: string, value: number) => () =>
      composeSourceGroups(
        new SampleSplitter([path([0], 0)]),
        [{ branch: 'b', groups: [group([point('p')])] }],
        [change(type, 0, [value])],
        DISCRETIZATION,
      );
    assert.throws(
      compose('simpleFaultDipRelative', 5),
      /source 'p': simpleFaultDipRelative cannot be applied: a source of type simpleFault/,
    );
    assert.throws(compose('maxMagGRAbsolute', 5.05), /the largest magnitude becomes 5.05, less than a bin above/);
    assert.throws(compose('bGRAbsolute', -1), /the b-value becomes -1/);
  });

  it('are made once for thousands of realizations', () => {
    const sets = 12;
    const many = Array.from({ length: 2 ** sets }, (_, number) =>
      path([0], ...Array.from({ length: sets }, (_, bit) => (number >> bit) & 1)),
    );
    const sources = Array.from({ length: sets }, (_, k) => point(`s${k}`));
    const changes = sources.map(({ id }, set) => change('maxMagGRAbsolute', set, [6, 6.5], [id]));
    const groups = composeSourceGroups(
      new SampleSplitter(many),
      [{ branch: 'b', groups: [group(sources)] }],
      changes,
      DISCRETIZATION,
    );
    assert.equal(groups.length, 2 * sets);
    assert.equal(groups[0].sourceModels?.length, 2 ** (sets - 1));
  });
});
