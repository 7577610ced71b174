import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InputReport, warningText } from '../../../inputs/report.js';
import { readGroundMotionTree } from '../../../inputs/logictree/ground-motion-tree.js';

const set = (id: string, region: string, weights: readonly string[]): string => {
  const branches = weights.map(
    (inside, i) =>
      `<logicTreeBranch branchID="${id}${i}"><uncertaintyModel>${['SadighEtAl1997', 'ChiouYoungs2008'][i]}</uncertaintyModel>${inside}</logicTreeBranch>`,
  );
  return `<logicTreeBranchSet uncertaintyType="gmpeModel" branchSetID="${id}" applyToTectonicRegionType="${region}">${branches.join('')}</logicTreeBranchSet>`;
};
const plain = (weight: number): string => `<uncertaintyWeight>${weight}</uncertaintyWeight>`;
const forPga = (weight: number): string => `<uncertaintyWeight imt="PGA">${weight}</uncertaintyWeight>`;

describe('weights of ground-motion models that are easily mistaken', () => {
  async function warnings(sets: readonly string[]): Promise<string[]> {
    const folder = mkdtempSync(join(tmpdir(), 'weights-'));
    try {
      const path = join(folder, 'gsim.xml');
      writeFileSync(path, `<nrml><logicTree logicTreeID="t">${sets.join('')}</logicTree></nrml>`);
      const report = new InputReport();
      await readGroundMotionTree({ path, folder, report, regions: ['A', 'B'], collapse: new Set() });
      assert.deepEqual(report.faults, []);
      return report.warnings.map(warningText);
    } finally {
      rmSync(folder, { recursive: true });
    }
  }
  const stated = set('a', 'A', [plain(0.6) + forPga(0.3), plain(0.4) + forPga(0.7)]);

  it('are told where one region states weights for a measure and another does not', async () => {
    const [warning, ...others] = await warnings([stated, set('b', 'B', [plain(0.2), plain(0.8)])]);
    assert.match(warning, /'b' states no weights for PGA/);
    assert.deepEqual(others, []);
  });

  it('are told where a measure has no weight at all', async () => {
    const [warning, ...others] = await warnings([
      stated,
      set('b', 'B', [plain(0.2) + forPga(0), plain(0.8) + forPga(0)]),
    ]);
    assert.match(warning, /'b' gives PGA no weight at all/);
    assert.deepEqual(others, []);
  });

  it('are told where one is negative', async () => {
    const found = await warnings([set('a', 'A', [plain(1.5), plain(-0.5)]), set('b', 'B', [plain(1)])]);
    assert.equal(found.length, 1);
    assert.match(found[0], /weight -0.5 is negative/);
  });

  it('are not told where all regions state them, or have one model only', async () => {
    assert.deepEqual(await warnings([stated, set('b', 'B', [plain(1)])]), []);
  });
});
