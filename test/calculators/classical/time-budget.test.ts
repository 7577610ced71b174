import assert from 'node:assert/strict';
import { InlineDistributor } from '../../../engine/distribution/inline-distributor.js';
import { ratesOfJob, type JobRates } from '../rates-of-job.js';
import {
  AREA_SOURCE,
  branchSet,
  logicTree,
  POINT_SOURCE,
  REGION,
  sourceModel,
  tinyIni,
  tinyJob,
  type JobFiles,
} from '../../inputs/tiny-job.js';

const withId = (source: string, id: string): string => source.replace('id="1"', `id="${id}"`);

/** Ruptures with probabilities of their own, which make batches add up in another way. */
const NON_PARAMETRIC = `<nonParametricSeismicSource id="n" name="n">
${[5.5, 6, 6.5, 7]
  .map(
    (magnitude, k) => `<singlePlaneRupture probs_occur="${0.9 + k / 100} ${(10 - k) / 100}">
<magnitude>${magnitude}</magnitude><rake>0</rake><hypocenter lon="10" lat="45" depth="5"/>
<planarSurface><topLeft lon="9.95" lat="45" depth="0"/><topRight lon="10.05" lat="45" depth="0"/>
<bottomLeft lon="9.95" lat="45" depth="10"/><bottomRight lon="10.05" lat="45" depth="10"/></planarSurface>
</singlePlaneRupture>`,
  )
  .join('\n')}
</nonParametricSeismicSource>`;

/** A mixture of models is added component by component: its sums show where batches are cut. */
const MIXTURE = `[AvgPoeGMPE]
[AvgPoeGMPE.b1.BooreAtkinson2008]
weight = 0.3
[AvgPoeGMPE.b2.BooreEtAl2014]
weight = 0.7`;

/** Many ruptures at two sites in sources of several kinds, with two models. */
function job(ini: Record<string, string>, sourceModelTree?: string): JobFiles {
  return tinyJob({
    'job.ini': tinyIni({
      sites: '10.1 45.2, 10.4 44.7',
      area_source_discretization: '10',
      ...ini,
    }),
    'gmlt.xml': logicTree(
      branchSet(
        'gmpeModel',
        [
          ['g1', 'BooreAtkinson2008', '0.4'],
          ['g2', MIXTURE, '0.6'],
        ],
        ` applyToTectonicRegionType="${REGION}"`,
      ),
    ),
    'sm.xml': sourceModel(
      withId(AREA_SOURCE, 'a'),
      withId(POINT_SOURCE, 'p'),
      NON_PARAMETRIC,
      withId(POINT_SOURCE, 'q').replace('10.0 45.0', '10.2 45.1'),
    ).replace('<sourceModel ', '<sourceModel investigation_time="50" '),
    ...(sourceModelTree && { 'smlt.xml': sourceModelTree }),
  });
}

/** A tree whose branches change the rates only: their ruptures share rows of rates. */
const RATE_BRANCHES = logicTree(
  branchSet('sourceModel', [['b1', 'sm.xml', '1.0']]),
  branchSet(
    'bGRRelative',
    [
      ['b2', '0.1', '0.5'],
      ['b3', '-0.1', '0.3'],
      ['b4', '0.0', '0.2'],
    ],
    ' applyToSources="a p q"',
  ),
);

function handedBack({ logged }: JobRates): number {
  return logged.filter((line) => line.includes('used up its 0 s')).length;
}

describe('the time of a task (time_per_task)', () => {
  const cases: Record<string, readonly [Record<string, string>, string?]> = {
    'of sources of several kinds and a mixture of models': [{}],
    'where sources are kept apart': [{ disagg_by_src: 'true' }],
    'where branches change the rates': [{}, RATE_BRANCHES],
    'where branches change the rates and sources are kept apart': [{ disagg_by_src: 'true' }, RATE_BRANCHES],
  };
  for (const [name, [ini, tree]] of Object.entries(cases))
    it(`changes no bit of the rates ${name}`, async () => {
      const whole = await ratesOfJob(job(ini, tree), new InlineDistributor());
      const cut = await ratesOfJob(job({ ...ini, time_per_task: '0' }, tree), new InlineDistributor());
      assert.equal(handedBack(whole), 0);
      // a task that may take no time stops after every step
      assert.ok(handedBack(cut) > 20, `handed back ${handedBack(cut)} times`);
      assert.deepEqual(cut.columns, whole.columns);
      assert.deepEqual(cut.bySource, whole.bySource);
      assert.ok(whole.columns.get(0)!.some((rate) => rate > 0));
      assert.equal(cut.bySource.size, ini.disagg_by_src ? 4 : 0);
      assert.equal(cut.contexts, whole.contexts);
    });

  it('ends between two sources as it does within one', async () => {
    const points = Array.from({ length: 12 }, (_, k) => withId(POINT_SOURCE, `p${k}`));
    const files = (ini: Record<string, string>): JobFiles =>
      tinyJob({ 'job.ini': tinyIni(ini), 'sm.xml': sourceModel(...points) });
    const whole = await ratesOfJob(files({}), new InlineDistributor());
    const cut = await ratesOfJob(files({ time_per_task: '0' }), new InlineDistributor());
    assert.equal(handedBack(cut), points.length - 1, 'sources of a single place are never cut themselves');
    assert.deepEqual(cut.columns, whole.columns);
  });
});
