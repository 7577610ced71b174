/** One unknown of every kind is fed into every reader: nothing is ignored in silence. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { HARMLESS } from '../../inputs/nrml/harmless.js';
import { readJob } from '../../inputs/read-job.js';
import { Refusal } from '../../hazard/refusal.js';
import {
  AREA_SOURCE,
  branchSet,
  logicTree,
  MODEL_TREE,
  nrml,
  POINT_SOURCE,
  SOURCE_TREE,
  sourceModel,
  tinyIni,
  tinyJob,
  withFolder,
  writeFiles,
} from './tiny-job.js';

type Changes = Readonly<Record<string, string | Buffer | null>>;

/** What is told of a job: its faults when it is refused, else its warnings. */
async function told(changes: Changes): Promise<{ faults: string[]; warnings: string[] }> {
  return withFolder(async (folder) => {
    await writeFiles(join(folder, 'job'), tinyJob(changes));
    try {
      const job = await readJob(join(folder, 'job'), { workFolder: folder });
      return { faults: [], warnings: [...job.warnings] };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return { faults: error.message.split('\n'), warnings: [] };
    }
  });
}

async function isRefused(changes: Changes, expected: RegExp): Promise<void> {
  const { faults } = await told(changes);
  assert.ok(
    faults.some((fault) => expected.test(fault)),
    `${String(expected)} is not among: ${faults.join(' | ')}`,
  );
}

async function isWarnedOf(changes: Changes, expected: RegExp): Promise<void> {
  const { faults, warnings } = await told(changes);
  assert.deepEqual(faults, []);
  assert.ok(
    warnings.some((warning) => expected.test(warning)),
    `${String(expected)} is not among: ${warnings.join(' | ')}`,
  );
}

const LINE = '<gml:LineString><gml:posList>10 45 10.3 45.2</gml:posList></gml:LineString>';
const DEPTHS = '<upperSeismoDepth>0</upperSeismoDepth><lowerSeismoDepth>15</lowerSeismoDepth>';
const FLAT = '<dip>45</dip>';
const SIMPLE = `<simpleFaultGeometry>${LINE}${FLAT}${DEPTHS}</simpleFaultGeometry>`;
const EDGE = (depth: number, shift: number): string =>
  `<gml:LineString><gml:posList>${10 + shift} 45 ${depth} ${10 + shift} 45.4 ${depth}</gml:posList></gml:LineString>`;
const COMPLEX = `<complexFaultGeometry><faultTopEdge>${EDGE(0, 0)}</faultTopEdge><faultBottomEdge>${EDGE(15, 0.2)}</faultBottomEdge></complexFaultGeometry>`;
const PROFILE = (lat: number): string =>
  `<profile><gml:LineString><gml:posList>10 ${lat} 0 10.1 ${lat} 15</gml:posList></gml:LineString></profile>`;
const KITE = `<kiteSurface>${PROFILE(45)}${PROFILE(45.3)}</kiteSurface>`;
const CORNER = (name: string, lat: number, depth: number): string =>
  `<${name} lon="10.0" lat="${lat}" depth="${depth}"/>`;
const PLANE = `<planarSurface strike="0" dip="90">${CORNER('topLeft', 45, 0)}${CORNER('topRight', 45.2, 0)}${CORNER('bottomLeft', 45, 15)}${CORNER('bottomRight', 45.2, 15)}</planarSurface>`;
const FAULT =
  '<magScaleRel>WC1994</magScaleRel><ruptAspectRatio>2</ruptAspectRatio><incrementalMFD minMag="6" binWidth="0.2"><occurRates>0.01</occurRates></incrementalMFD><rake>0</rake>';
const RATE = '<incrementalMFD minMag="6" binWidth="0.2"><occurRates>0.01</occurRates></incrementalMFD><rake>0</rake>';
const HYPOCENTRE = '<hypocenter lon="10" lat="45.1" depth="5"/>';

/** A source of every type, and of every form of surface. */
const SOURCES: Readonly<Record<string, string>> = {
  point: POINT_SOURCE,
  area: AREA_SOURCE,
  multiPoint: POINT_SOURCE.replaceAll('pointSource', 'multiPointSource')
    .replaceAll('pointGeometry', 'multiPointGeometry')
    .replace('<gml:Point><gml:pos>10.0 45.0</gml:pos></gml:Point>', '<gml:posList>10 45 10.1 45.1</gml:posList>')
    .replace(
      /<truncGutenbergRichterMFD[^>]*>/,
      '<multiMFD kind="truncGutenbergRichterMFD" size="2"><min_mag>5</min_mag><max_mag>6</max_mag><a_val>3</a_val><b_val>1</b_val></multiMFD>',
    ),
  simpleFault: `<simpleFaultSource id="1" name="f">${SIMPLE}${FAULT}<hypoList><hypo alongStrike="0.5" downDip="0.5" weight="1"/></hypoList><slipList><slip weight="1">90</slip></slipList></simpleFaultSource>`,
  complexFault: `<complexFaultSource id="1" name="f">${COMPLEX}${FAULT}</complexFaultSource>`,
  kiteFault: `<kiteFaultSource id="1" name="f">${KITE}${FAULT}</kiteFaultSource>`,
  characteristicFault: `<characteristicFaultSource id="1" name="f">${RATE}<surface>${PLANE}</surface></characteristicFaultSource>`,
  gridded: `<characteristicFaultSource id="1" name="f">${RATE}<surface><griddedSurface><gml:posList>10 45 5 10 45.1 5 10.1 45.1 5</gml:posList></griddedSurface></surface></characteristicFaultSource>`,
  arbitrary: `<characteristicFaultSource id="1" name="f"><arbitraryMFD><occurRates>0.01</occurRates><magnitudes>6.1</magnitudes></arbitraryMFD><rake>0</rake><surface>${PLANE}</surface></characteristicFaultSource>`,
  youngsCoppersmith: `<complexFaultSource id="1" name="f">${COMPLEX}${FAULT.replace(/<incrementalMFD.*<\/incrementalMFD>/, '<YoungsCoppersmithMFD minMag="5" bValue="1" binWidth="0.1" characteristicMag="6.5" characteristicRate="0.01"/>')}</complexFaultSource>`,
  tapered: POINT_SOURCE.replace(
    /<truncGutenbergRichterMFD[^>]*>/,
    '<taperedGutenbergRichterMFD minMag="5" maxMag="7" aValue="3" bValue="1" cornerMag="6"/>',
  ),
};
const NON_PARAMETRIC = `<nonParametricSeismicSource id="1" name="n"><singlePlaneRupture probs_occur="0.9 0.1"><magnitude>6</magnitude><rake>0</rake>${HYPOCENTRE}${PLANE}</singlePlaneRupture></nonParametricSeismicSource>`;
const MULTI_FAULT =
  '<multiFaultSource id="1" name="m"><faults><fault tag="A" indexes="s1"/></faults><multiPlanesRupture probs_occur="0.9 0.1"><magnitude>6</magnitude><sectionIndexes indexes="s1"/><rake>0</rake></multiPlanesRupture></multiFaultSource>';

function modelWithTime(source: string): string {
  return sourceModel(source).replace('<sourceModel ', '<sourceModel investigation_time="50" ');
}
const GEOMETRY = nrml(`<geometryModel name="g"><section id="s1" name="s">${KITE}</section></geometryModel>`);
const TWO_FILES = logicTree(branchSet('sourceModel', [['b1', 'sm.xml geometry.xml', '1.0']]));

/** The files of a job for each reader of XML. */
const JOBS: Readonly<Record<string, Changes>> = {
  ...Object.fromEntries(Object.entries(SOURCES).map(([name, source]) => [name, { 'sm.xml': sourceModel(source) }])),
  nonParametric: { 'sm.xml': modelWithTime(NON_PARAMETRIC) },
  multiFault: {
    'sm.xml': modelWithTime(MULTI_FAULT),
    'geometry.xml': GEOMETRY,
    'smlt.xml': TWO_FILES,
  },
};

/** Elements of a text of XML: each opening tag with its place. */
function openings(text: string): { readonly tag: string; readonly at: number; readonly end: number }[] {
  return [...text.matchAll(/<([A-Za-z:]+)(\s[^>]*?)?(\/?)>/g)].map((match) => ({
    tag: match[1],
    at: match.index,
    end: match.index + match[0].length - match[3].length - 1,
  }));
}

describe('content that no reader knows', () => {
  for (const [name, changes] of Object.entries(JOBS))
    for (const file of Object.keys(changes).filter((path) => path !== 'smlt.xml'))
      it(`is refused as attribute and as element of every element of a ${name} source (${file})`, async () => {
        const text = String(changes[file]);
        for (const { tag, end } of openings(text)) {
          const local = tag.replace(/^.*:/, '');
          const attribute = `${text.slice(0, end)} unheard="1"${text.slice(end)}`;
          await isRefused(
            { ...changes, [file]: attribute },
            new RegExp(`unheard = 1: .*<${local}> has no such attribute`),
          );
        }
        for (const { tag, end } of openings(text)) {
          if (text[end] === '/') continue;
          const child = `${text.slice(0, end + 1)}<unheard/>${text.slice(end + 1)}`;
          const { faults } = await told({ ...changes, [file]: child });
          assert.ok(
            faults.some((fault) => /<?unheard>?/.test(fault) && fault.startsWith(`${file}, line`)),
            `<unheard> in <${tag}>: ${faults.join(' | ')}`,
          );
        }
      });

  it('is refused in both logic trees, as attribute and as element', async () => {
    for (const [file, text] of [
      ['smlt.xml', SOURCE_TREE],
      ['gmlt.xml', MODEL_TREE],
    ] as const)
      for (const { tag, end } of openings(text)) {
        // attributes of a ground-motion model are its arguments
        const expected =
          file === 'gmlt.xml' && tag === 'uncertaintyModel' ? /unheard/ : /unheard = 1: .*has no such attribute/;
        await isRefused({ [file]: `${text.slice(0, end)} unheard="1"${text.slice(end)}` }, expected);
        await isRefused({ [file]: `${text.slice(0, end + 1)}<unheard/>${text.slice(end + 1)}` }, /unheard/);
      }
  });

  it('is refused in the values of uncertainties', async () => {
    const slip = '<faultActivityData slipRate="1" rigidity="32" unheard="1"/>';
    const set = branchSet('abGRAbsolute', [['b2', '4 1<unheard/>', '1.0']], ' applyToSources="1"');
    await isRefused(
      { 'smlt.xml': logicTree(branchSet('sourceModel', [['b1', 'sm.xml', '1.0']]), set) },
      /2 numbers are needed/,
    );
    const slips = branchSet('truncatedGRFromSlipAbsolute', [['b2', slip, '1.0']], ' applyToSources="1"');
    await isRefused(
      { 'smlt.xml': logicTree(branchSet('sourceModel', [['b1', 'sm.xml', '1.0']]), slips) },
      /unheard = 1: .*<faultActivityData> has no such attribute/,
    );
  });

  it('is met with the name that was meant', async () => {
    const group = sourceModel(POINT_SOURCE).replace('<sourceGroup ', '<sourceGroup src_interdeps="mutex" ');
    await isRefused({ 'sm.xml': group }, /sm\.xml, line 3: src_interdeps = mutex: .*did you mean src_interdep\?/);
    const set = branchSet('bGRRelative', [['b2', '0.1', '1.0']], ' applyToBranch="b1"');
    const tree = logicTree(branchSet('sourceModel', [['b1', 'sm.xml', '1.0']]), set);
    await isRefused({ 'smlt.xml': tree }, /applyToBranch = b1: .*did you mean applyToBranches\?/);
    const region = nrml(
      `<sourceModel name="sm">${POINT_SOURCE.replace('<pointSource ', '<pointSource tectonicRegionType="x" ')}</sourceModel>`,
    );
    await isRefused(
      { 'sm.xml': region.replace('nrml/0.5', 'nrml/0.4') },
      /sm\.xml, line 3: tectonicRegionType = x: .*did you mean tectonicRegion\?/,
    );
    const misspelt = sourceModel(POINT_SOURCE.replaceAll('hypoDepthDist', 'hypoDepthDists'));
    await isRefused({ 'sm.xml': misspelt }, /needs a <hypoDepthDist>: <hypoDepthDists> is not known/);
  });

  it('is refused where an element stands twice that may stand once', async () => {
    for (const [name, element] of [
      ['simpleFault', SIMPLE],
      ['complexFault', COMPLEX],
      ['kiteFault', KITE],
    ] as const)
      await isRefused(
        { 'sm.xml': sourceModel(SOURCES[name].replace(element, element + element)) },
        /stands twice in </,
      );
    const point = '<gml:Point><gml:pos>10.0 45.0</gml:pos></gml:Point>';
    await isRefused(
      { 'sm.xml': sourceModel(POINT_SOURCE.replace(point, point + point)) },
      /<Point> stands twice in <pointGeometry>/,
    );
  });

  it('is refused where an attribute has no meaning beside others', async () => {
    const both = POINT_SOURCE.replace('aValue="3.5"', 'aValue="3.5" slipRate="1" rigidity="32"');
    await isRefused(
      { 'sm.xml': sourceModel(both) },
      /aValue = 3\.5: .*<truncGutenbergRichterMFD> has no such attribute|aValue = 3\.5: .*has no meaning here/,
    );
  });

  it('is told once, with how many more there are', async () => {
    const planes = POINT_SOURCE.replace(
      '<nodalPlane probability="1.0"',
      '<nodalPlane unheard="1" probability="0.5" strike="10" dip="90" rake="0"/><nodalPlane unheard="1" probability="0.5"',
    );
    await isRefused({ 'sm.xml': sourceModel(planes) }, /unheard = 1: .*has no such attribute \(and 1 more\)/);
  });

  it('is a warning where published models carry it and it changes no number', async () => {
    assert.ok(HARMLESS.has('simpleFaultGeometry @spacing'));
    const spacing = sourceModel(
      SOURCES.simpleFault.replace('<simpleFaultGeometry>', '<simpleFaultGeometry spacing="1">'),
    );
    await isWarnedOf(
      { 'sm.xml': spacing },
      /sm\.xml, line 4: source '1': spacing = 1: not used: the mesh spacing of the job/,
    );
    const text = sourceModel(POINT_SOURCE.replace('depth="10"/>', 'depth="10">1.0 10</hypoDepth>'));
    await isWarnedOf({ 'sm.xml': text }, /<hypoDepth> = 1\.0 10: not used: a text between elements means nothing/);
    await isWarnedOf({ 'sm.xml': sourceModel(`stray ${POINT_SOURCE}`) }, /<sourceGroup> = stray: not used/);
    const poisson = modelWithTime(POINT_SOURCE).replace('investigation_time="50"', 'investigation_time="1"');
    await isWarnedOf({ 'sm.xml': poisson }, /line 3: investigation_time = 1: not used/);
    const hole = AREA_SOURCE.replace(
      '</gml:exterior>',
      '</gml:exterior><gml:interior><gml:LinearRing/></gml:interior>',
    );
    await isWarnedOf(
      { 'job.ini': tinyIni({ area_source_discretization: '50' }), 'sm.xml': sourceModel(hole) },
      /a hole of the area is not used/,
    );
  });

  it('is refused in tables: of sites, of rate changes, of amplification', async () => {
    const sites = (text: string): Changes => ({
      'job.ini': tinyIni({ sites: null, site_model_file: 's.csv' }),
      's.csv': text,
    });
    await isRefused(sites('lon,lat,VS30\n10,45,250\n'), /s\.csv, line 1: VS30: unknown column \(did you mean vs30\?\)/);
    await isRefused(sites('lon,lat,vs30type\n10,45,measured\n'), /vs30type: unknown column \(did you mean vs30/);
    await isRefused(sites('lon,lat,\n10,45,250\n'), /s\.csv, line 1: '': column 3 has no name/);
    await isRefused(sites('lon,lat,a/b\n10,45,250\n'), /a\/b: column 3 has no usable name/);
    await isRefused(sites('lon,lat,..\n10,45,250\n'), /column 3 has no usable name/);
    const xml = nrml('<siteModel><site lon="10" lat="45" vs30="760" unheard="1"/></siteModel>');
    await isRefused(
      { 'job.ini': tinyIni({ sites: null, site_model_file: 's.xml' }), 's.xml': xml },
      /s\.xml, line 3: unheard: unknown column/,
    );
    await isRefused(
      {
        'job.ini': tinyIni({ sites: null, site_model_file: 's.xml' }),
        's.xml': xml.replace(' unheard="1"', '').replace('<siteModel>', '<siteModel unheard="1">'),
      },
      /unheard = 1: <siteModel> has no such attribute/,
    );
    const changes = (text: string): Changes => ({ 'job.ini': tinyIni({ delta_rates_file: 'd.csv' }), 'd.csv': text });
    await isRefused(changes('source_id,rup_id,delta,unheard\n1,0,0.1,1\n'), /d\.csv, line 1: unheard: unknown column/);
    await isRefused(
      changes('source_id,rup_id,delta\n1,0,0.1,1\n'),
      /d\.csv, line 2: the line has 4 values, the header 3/,
    );
    const amplification: Changes = {
      'job.ini': tinyIni({ amplification_csv: 'a.csv', soil_intensities: '0.1 0.2' }),
      'a.csv': '#vs30_ref=760\nampcode,PGA,SA(0.2),unheard\nA,1,1,1\n',
    };
    await isRefused(amplification, /a\.csv, line 2: unheard: unknown column/);
  });

  it('is refused among the words of a branch', async () => {
    const branch = (model: string): Changes => ({
      'smlt.xml': logicTree(branchSet('sourceModel', [['b1', model, '1.0']])),
    });
    for (const word of ['m.txt', 'sm.xml, sm.xml', 'sm.xml sm'])
      await isRefused(branch(word), /smlt\.xml, line 4: .*not the name of a source-model file/);
    await isRefused(branch('sm.xml other.hdf5'), /No such file: other\.hdf5/);
    await isRefused(
      { ...branch('sm.xml other.hdf5'), 'other.hdf5': 'x' },
      /no source model of the branch is read with this file \(allowed: the file beside a source model, such as sm\.hdf5\)/,
    );
  });

  it('is named among the parameters of the job', async () => {
    const ini = (changes: Readonly<Record<string, string>>): Changes => ({ 'job.ini': tinyIni(changes) });
    await isWarnedOf(ini({ unheard: '1' }), /job\.ini, line \d+: unknown parameter unheard is ignored/);
    await isWarnedOf(
      ini({ ses_seed: '1' }),
      /not read in this calculation, only by other calculations and engines: ses_seed \(line \d+\)/,
    );
    await isWarnedOf(
      ini({ mag_bin_width: '1', disagg_outputs: 'Mag' }),
      /only by calculation_mode = disaggregation: mag_bin_width .*disagg_outputs/,
    );
    await isWarnedOf(ini({ vs30_tolerance: '5' }), /only with amplification_csv: vs30_tolerance/);
    await isWarnedOf(
      ini({ exports: 'csv, xml, geojson' }),
      /exports = xml: not written: results are exported as csv, rst, geojson, svg/,
    );
    await isRefused(ini({ exports: 'cvs' }), /exports = cvs: 'cvs' is unknown/);
    await isRefused(ini({ unheard_file: 'x' }), /unheard_file = x: unknown kind of file/);
  });

  it('is told together with the other faults of a job', async () => {
    const { faults } = await told({
      'job.ini': tinyIni({
        source_model_logic_tree_file: 'Smlt.xml',
        gsim_logic_tree_file: 'gmlt.xm',
        truncation_level: '-1',
      }),
    });
    assert.match(faults.join('\n'), /No such file: Smlt\.xml \(did you mean smlt\.xml\?\)/);
    assert.match(faults.join('\n'), /No such file: gmlt\.xm \(did you mean gmlt\.xml\?\)/);
    assert.match(faults.join('\n'), /truncation_level = -1/);
  });
});
