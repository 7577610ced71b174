/** Values that no measurement gives are refused by documented limits, unusual ones are warnings. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { readJob } from '../../inputs/read-job.js';
import { Refusal } from '../../hazard/refusal.js';
import { POINT_SOURCE, sourceModel, tinyIni, tinyJob, withFolder, writeFiles } from './tiny-job.js';

async function told(changes: Readonly<Record<string, string>>): Promise<string> {
  return withFolder(async (folder) => {
    await writeFiles(join(folder, 'job'), tinyJob(changes));
    try {
      return (await readJob(join(folder, 'job'), { workFolder: folder })).warnings.join('\n');
    } catch (error) {
      if (error instanceof Refusal) return `refused: ${error.message}`;
      throw error;
    }
  });
}

function source(from: string, to: string): Readonly<Record<string, string>> {
  assert.ok(POINT_SOURCE.includes(from));
  return { 'sm.xml': sourceModel(POINT_SOURCE.replace(from, to)) };
}

describe('absurd values', () => {
  it('of sources are refused with line, value and limit', async () => {
    const depth = source('<lowerSeismoDepth>20<', '<lowerSeismoDepth>6000<');
    assert.match(
      await told(depth),
      /^refused: sm\.xml, line 5: lowerSeismoDepth = 6000: .*out of range .*up to 1000 km/,
    );
    assert.match(
      await told(source('aValue="3.5"', 'aValue="40"')),
      /^refused: sm\.xml, line 7: aValue = 40: .*1\.0e\+35 earthquakes a year are beyond all that occurs/,
    );
    const slip = source('aValue="3.5"', 'slipRate="1" rigidity="3.2e10"');
    assert.match(await told(slip), /^refused: sm\.xml, line 7: rigidity = 3\.2e10: .*up to 1000 GPa/);
  });

  it('of sites and of the job file are refused', async () => {
    const ini = (changes: Readonly<Record<string, string | null>>) => ({ 'job.ini': tinyIni(changes) });
    assert.match(
      await told(ini({ reference_vs30_value: '1e6' })),
      /^refused: .*reference_vs30_value = 1e6: .*up to 10000 m\/s/,
    );
    assert.match(
      await told(ini({ intensity_measure_types_and_levels: '{"PGA": [0.1, 1e300]}' })),
      /^refused: .*the level of PGA 1e\+300 is beyond all that occurs/,
    );
    assert.match(
      await told({
        ...ini({ sites: null, site_model_file: 's.csv' }),
        's.csv': 'lon,lat,vs30\n10,45,760\n10.1,45,1e6\n',
      }),
      /^refused: s\.csv, line 3: vs30 = 1e6: beyond all that occurs \(allowed: up to 10000 m\/s\)/,
    );
  });

  it('are warnings where they are only unusual', async () => {
    assert.match(
      await told(source('<lowerSeismoDepth>20<', '<lowerSeismoDepth>900<')),
      /lowerSeismoDepth = 900 is unusually large/,
    );
    assert.match(
      await told(source('aValue="3.5"', 'aValue="9.5"')),
      /aValue = 9\.5: 3\.2e\+4 earthquakes a year are unusually many/,
    );
    assert.match(
      await told({ 'job.ini': tinyIni({ reference_vs30_value: '5000' }) }),
      /reference_vs30_value: 5000 is unusually large \(m\/s\)/,
    );
  });

  it('tell of neighbouring points of a fault that lie too far from each other, where a sign or a digit must be wrong', async () => {
    const fault = (trace: string): string =>
      `<simpleFaultSource id="1" name="f"><simpleFaultGeometry><gml:LineString><gml:posList>${trace}</gml:posList></gml:LineString><dip>45</dip><upperSeismoDepth>0</upperSeismoDepth><lowerSeismoDepth>10</lowerSeismoDepth></simpleFaultGeometry><magScaleRel>WC1994</magScaleRel><ruptAspectRatio>1.5</ruptAspectRatio><truncGutenbergRichterMFD aValue="3.5" bValue="1.0" minMag="6.5" maxMag="7.0"/><rake>0</rake></simpleFaultSource>`;
    const model = (trace: string) => ({
      'sm.xml': sourceModel(fault(trace)),
      'job.ini': tinyIni({ rupture_mesh_spacing: '50' }),
    });
    assert.match(
      await told(model('10 45 10.5 45.2 10.5 34.4')),
      /points 10\.5 45\.2 and 10\.5 34\.4 are 1201 km from each/,
    );
    assert.match(
      await told(model('10 45 10.5 45.2 10.5 -45.4')),
      /points 10\.5 45\.2 and 10\.5 -45\.4 are 10074 km from each other \(allowed: up to 2500 km\)/,
    );
    assert.doesNotMatch(await told(model('10 45 10.5 45.2 10.5 45.4')), /from each other/);
  });

  it('lengths and widths of 0 are refused, each by its name', async () => {
    const names = [
      'rupture_mesh_spacing',
      'complex_fault_mesh_spacing',
      'area_source_discretization',
      'width_of_mfd_bin',
      'region_grid_spacing',
      'investigation_time',
    ];
    for (const name of names)
      assert.match(
        await told({ 'job.ini': tinyIni({ [name]: '0' }) }),
        new RegExp(
          `^refused: job\\.ini, line \\d+: ${name} = 0: must be above 0 \\(allowed: a number > 0(, or nothing)?\\)`,
        ),
        name,
      );
  });
});
