import assert from 'node:assert/strict';
import { cutWork, type MeasuredBlock } from '../../../calculators/preclassical/work-items.js';
import type { SourceFacts } from '../../../calculators/preclassical/preclassical-task.js';

/** A block whose sources have so many units and weigh so much; sources of weight 0 are far from all sites. */
function block(sources: readonly (readonly [units: number, weight: number])[], special = false): MeasuredBlock {
  const facts = sources.map(([units, weight]) => ({ units, weight, closeSites: weight > 0 ? 1 : 0, seconds: weight }));
  return {
    number: 0,
    block: { interdependence: special ? {} : undefined },
    blob: new Uint8Array(0),
    facts: facts as unknown as SourceFacts[],
  } as unknown as MeasuredBlock;
}

/** Ranges by item as [source, first unit, last unit]. */
const cut = (...blocks: MeasuredBlock[]): number[][][] =>
  cutWork(blocks).map(({ ranges }) => ranges.map(({ source, first, last }) => [source, first, last]));

describe('the cut of sources into tasks', () => {
  // 400,000 pairs of rupture and site make a task
  const TASK = 400_000;

  it('gathers light sources until they make a task, and leaves out those far from all sites', () =>
    assert.deepEqual(
      cut(
        block([
          [1, TASK / 2],
          [3, 0],
          [2, TASK / 2],
          [1, 10],
        ]),
      ),
      [
        [
          [0, 0, 1],
          [2, 0, 2],
        ],
        [[3, 0, 1]],
      ],
    ));

  it('cuts a heavy source into ranges of its units, no unit twice and none left out', () =>
    assert.deepEqual(cut(block([[10, 3 * TASK]])), [[[0, 0, 3]], [[0, 3, 6]], [[0, 6, 10]]]));

  it('keeps sources that depend on one another in one piece, the far ones too, unless all are far', () => {
    assert.deepEqual(
      cut(
        block(
          [
            [4, 0],
            [10, 5 * TASK],
          ],
          true,
        ),
      ),
      [
        [
          [0, 0, 4],
          [1, 0, 10],
        ],
      ],
    );
    assert.deepEqual(
      cut(
        block(
          [
            [4, 0],
            [2, 0],
          ],
          true,
        ),
      ),
      [],
    );
  });

  it('adds up what the sources are estimated to take', () => {
    const [first, second] = cutWork([
      block([
        [2, TASK / 4],
        [2, TASK / 4],
      ]),
      block(
        [
          [1, 7],
          [1, 0],
        ],
        true,
      ),
    ]);
    assert.deepEqual([first.seconds, second.seconds], [TASK / 2, 7]);
  });
});
