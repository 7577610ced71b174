import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { known } from '../../../docs/generate/known-source.js';
import { Refusal } from '../../../hazard/refusal.js';
import { readSourceModel, type ReadingOptions } from '../../../inputs/sources/source-model.js';
import type { SourceModel } from '../../../inputs/sources/source-model-data.js';

const PLANES = '<nodalPlaneDist><nodalPlane probability="1" strike="30" dip="60" rake="-90"/></nodalPlaneDist>';
const DEPTHS = '<hypoDepthDist><hypoDepth probability="1" depth="8"/></hypoDepthDist>';
const LAYER = '<upperSeismoDepth>0</upperSeismoDepth><lowerSeismoDepth>15</lowerSeismoDepth>';
const TRUNCATED = '<truncGutenbergRichterMFD aValue="3.2" bValue="0.9" minMag="5" maxMag="6.5"/>';
const COMMON = '<magScaleRel>WC1994</magScaleRel><ruptAspectRatio>1.5</ruptAspectRatio>';

function point(id: string, { pos = '7.1234567 45', attributes = '', planes = PLANES, mfd = TRUNCATED } = {}): string {
  return `<pointSource id="${id}" name="p" ${attributes}>
    <pointGeometry><gml:Point><gml:pos>${pos}</gml:pos></gml:Point>${LAYER}</pointGeometry>
    ${COMMON}${mfd}${planes}${DEPTHS}</pointSource>`;
}
const group = (body: string, attributes = ''): string =>
  `<sourceGroup name="g" tectonicRegion="Volcanic" ${attributes}>${body}</sourceGroup>`;
const nrml = (body: string, version = '0.5'): string =>
  `<?xml version="1.0" encoding="utf-8"?>
<nrml xmlns="http://openquake.org/xmlns/nrml/${version}" xmlns:gml="http://www.opengis.net/gml">${body}</nrml>`;
const model = (body: string, attributes = ''): string =>
  nrml(`<sourceModel name="m" ${attributes}>${body}</sourceModel>`);

describe('reading NRML source models', () => {
  const folder = mkdtempSync(join(tmpdir(), 'nrml-'));
  after(() => rmSync(folder, { recursive: true }));

  function write(name: string, text: string): string {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  }
  const read = (text: string, options?: ReadingOptions): Promise<SourceModel> =>
    readSourceModel(write('model.xml', text), { file: 'model.xml', ...options });
  async function faults(text: string, options?: ReadingOptions): Promise<string> {
    try {
      await read(text, options);
    } catch (error) {
      assert.ok(error instanceof Refusal, String(error));
      return error.message;
    }
    assert.fail('the model was accepted');
  }

  it('reads a point source, rounding its coordinates to five decimals', async () => {
    const { name, groups } = await read(model(group(point('s1'))));
    assert.equal(name, 'm');
    assert.deepEqual(groups[0].sources[0], {
      type: 'point',
      id: 's1',
      name: 'p',
      tectonicRegionType: 'Volcanic',
      magnitudeScalingRelation: 'WC1994',
      ruptureAspectRatio: 1.5,
      upperSeismogenicDepth: 0,
      lowerSeismogenicDepth: 15,
      nodalPlanes: [{ probability: 1, strike: 30, dip: 60, rake: -90 }],
      hypocentralDepths: [{ probability: 1, depth: 8 }],
      mfd: { kind: 'truncatedGutenbergRichter', aValue: 3.2, bValue: 0.9, minMag: 5, maxMag: 6.5 },
      lon: 7.12346,
      lat: 45,
    });
  });

  it('merges equal nodal planes and then sorts by probability', async () => {
    const plane = (probability: number, strike: number): string =>
      `<nodalPlane probability="${probability}" strike="${strike}" dip="90" rake="0"/>`;
    const planes = `<nodalPlaneDist>${plane(0.4, 10)}${plane(0.25, 20)}${plane(0.1, 10)}${plane(0.25, 5)}</nodalPlaneDist>`;
    const [source] = (await read(model(group(point('s', { planes }))))).groups[0].sources.map(known);
    assert.ok(source.type === 'point');
    assert.deepEqual(
      source.nodalPlanes.map(({ strike }) => strike),
      [5, 20, 10],
    );
  });

  it('groups the sources of NRML 0.4 by region, smaller groups first', async () => {
    const body = ['A', 'B', 'A'].map((region, i) => point(`s${i}`, { attributes: `tectonicRegion="${region}"` }));
    const { groups } = await read(nrml(`<sourceModel name="old">${body.join('')}</sourceModel>`, '0.4'));
    assert.deepEqual(
      groups.map(({ tectonicRegionType, sources }) => [tectonicRegionType, sources.map(({ id }) => id)]),
      [
        ['B', ['s1']],
        ['A', ['s0', 's2']],
      ],
    );
  });

  it('gives mutually exclusive sources their weights and the group its probability', async () => {
    const attributes = 'src_interdep="mutex" srcs_weights="0.25 0.75" grp_probability="0.4"';
    const { groups } = await read(model(group(point('a:1') + point('a:2'), attributes)));
    assert.deepEqual(groups[0].interdependence, { sources: 'mutex', ruptures: 'independent', probability: 0.4 });
    assert.deepEqual(
      groups[0].sources.map(({ mutexWeight }) => mutexWeight),
      [0.25, 0.75],
    );
  });

  it('reads ruptures with probabilities and their weights', async () => {
    const corner = (name: string, lon: number, lat: number, depth: number): string =>
      `<${name} lon="${lon}" lat="${lat}" depth="${depth}"/>`;
    const plane = `<planarSurface>${corner('topLeft', 1, 2, 3)}${corner('topRight', 1, 2.1, 3)}${corner('bottomLeft', 1.1, 2, 9)}${corner('bottomRight', 1.1, 2.1, 9)}</planarSurface>`;
    const rupture = `<singlePlaneRupture probs_occur="0.9 0.1"><magnitude>6</magnitude><rake>0</rake>
      <hypocenter lon="1.05" lat="2.05" depth="6"/>${plane}</singlePlaneRupture>`;
    const source = `<nonParametricSeismicSource id="n" name="n" rup_weights="0.3 0.7">${rupture}${rupture}</nonParametricSeismicSource>`;
    const text = model(group(source, 'rup_interdep="mutex"'), 'investigation_time="50"');
    const { groups, investigationTime } = await read(text, { investigationTime: 50 });
    assert.equal(investigationTime, 50);
    const [read0] = groups[0].sources.map(known);
    assert.ok(read0.type === 'nonParametric');
    assert.deepEqual(read0.ruptures[1].weight, 0.7);
    assert.deepEqual(read0.ruptures[0].hypocentre, [1.05, 2.05, 6]);
    assert.deepEqual([...read0.ruptures[0].probabilities], [0.9, 0.1]);
    for (const [probabilities, sum] of [
      ['0.9 0.10001', 'sum to 1.00001'],
      ['0.9 0.09999', 'sum to 0.99999'],
    ])
      assert.ok((await faults(text.replaceAll('0.9 0.1', probabilities))).includes(sum), probabilities);
    await read(text.replaceAll('0.9 0.1', '0.9 0.1000000001'), { investigationTime: 50 });
    assert.match(
      await faults(text, { investigationTime: 10 }),
      /another time than the job asks for \(allowed: 10 years\)/,
    );
  });

  it('reads a slip rate with the constant of log10 M0 = 1.5 m + 9.1, unless another one is given', async () => {
    const slip = (more: string): string =>
      `<truncGutenbergRichterMFD slipRate="2" rigidity="32" bValue="0.9" minMag="5" maxMag="6.5"${more}/>`;
    for (const [more, constantTerm] of [
      ['', 9.1],
      [' constant_term="9.05"', 9.05],
    ] as const) {
      const { groups } = await read(model(group(point('s', { mfd: slip(more) }))));
      const [source] = groups[0].sources;
      assert.ok(source.type === 'point');
      assert.deepEqual(source.mfd, {
        kind: 'slipRateGutenbergRichter',
        slipRate: 2,
        rigidity: 32,
        constantTerm,
        bValue: 0.9,
        minMag: 5,
        maxMag: 6.5,
      });
    }
  });

  it('resolves the sections of a multi-fault source in the geometry model', async () => {
    const profile = (lon: number): string =>
      `<profile><gml:LineString><gml:posList>${lon} 34 0 ${lon} 34.1 10</gml:posList></gml:LineString></profile>`;
    const section = (id: string): string =>
      `<section id="${id}"><kiteSurface>${profile(10)}${profile(10.2)}</kiteSurface></section>`;
    const geometry = write(
      'sections.xml',
      nrml(`<geometryModel name="g">${section('a')}${section('b')}${section('c')}</geometryModel>`),
    );
    const rupture = (ids: string): string =>
      `<multiPlanesRupture probs_occur="0.9 0.1"><magnitude>7.126</magnitude><sectionIndexes indexes="${ids}"/><rake>90</rake></multiPlanesRupture>`;
    const text = (ids: string): string =>
      model(group(`<multiFaultSource id="f" name="f">${rupture(ids)}${rupture('b')}</multiFaultSource>`));
    const { groups } = await read(text('c, b'), { geometryModels: [geometry] });
    const [source] = groups[0].sources.map(known);
    assert.ok(source.type === 'multiFault');
    assert.deepEqual([...source.sectionIndices], [2, 1, 1]);
    assert.deepEqual([...source.sectionStart], [0, 2, 3]);
    assert.deepEqual(source.sections.ids, ['a', 'b', 'c']);
    assert.equal(source.sections.surfaces[2][0].kind, 'kite');
    assert.equal(source.magnitudes[0], Math.fround(7.13));
    assert.match(await faults(text('c,x'), { geometryModels: [geometry] }), /no geometry model has the sections x/);
  });

  it('reports every fault of a file with its line, value and what is allowed', async () => {
    const text = await faults(
      model(
        group(
          point('bad id') +
            point('s2', { pos: '190 45' }) +
            point('s3', { planes: PLANES.replace('dip="60"', 'dip="steep"') }) +
            point('s4', {
              mfd: '<incrementalMFD minMag="5" binWidth="0.1"><occurRates>0 0</occurRates></incrementalMFD>',
            }),
        ),
      ),
    );
    assert.match(text, /model\.xml, line 2: id = bad id: source 'bad id'/);
    assert.match(text, /line 5: longitude = 190: source 's2': out of range \(allowed: -180 to 180 degrees\)/);
    assert.match(text, /dip = steep: source 's3': not a finite number/);
    assert.match(text, /source 's4': all rates are zero/);
    assert.equal(text.split('\n').length, 4);
  });

  it('checks the span of magnitudes against the width of a bin', async () => {
    const mfd = '<truncGutenbergRichterMFD aValue="3" bValue="1" minMag="5" maxMag="5.1"/>';
    const text = model(group(point('s', { mfd })));
    await read(text, { widthOfMfdBin: 0.1 });
    assert.match(
      await faults(text, { widthOfMfdBin: 0.2 }),
      /maxMag = 5\.1: source 's': the largest magnitude is too small/,
    );
  });

  it('refuses broken XML, entities, deep nesting and bytes of another encoding, each in one line', async () => {
    assert.match(await faults('<nrml'), /^model\.xml, line 1: the XML is broken/);
    assert.match(await faults(`<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>`), /declarations of entities are not accepted/);
    assert.match(await faults(model('<a>'.repeat(200))), /unknown source <a>|nested more than 100 deep/);
    assert.match(
      await faults(model(group(`${point('s')}<pointSource>${'<a>'.repeat(200)}`))),
      /nested more than 100 deep/,
    );
    writeFileSync(join(folder, 'latin.xml'), Buffer.from([0x3c, 0xe9, 0xe8, 0x3e]));
    await assert.rejects(readSourceModel(join(folder, 'latin.xml')), /not utf-8 text/);
    await assert.rejects(readSourceModel(join(folder, 'none.xml')), /No such file/);
  });

  it('refuses files that are not source models', async () => {
    assert.match(await faults('<html/>'), /is not the root of an NRML file/);
    assert.match(await faults(nrml('<siteModel/>')), /<siteModel> is not a source model/);
    assert.match(await faults(model(point('s'))), /sources of NRML 0\.5 stand in groups/);
  });
});
