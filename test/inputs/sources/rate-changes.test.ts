import assert from 'node:assert/strict';
import { join } from 'node:path';
import { Refusal } from '../../../hazard/refusal.js';
import type { Job } from '../../../job/job.js';
import { readJob } from '../../../inputs/read-job.js';
import { tinyIni, tinyJob, withFolder, writeFiles } from '../tiny-job.js';

function read(table: string, parameters: Readonly<Record<string, string>> = {}): Promise<Job> {
  return withFolder(async (folder) => {
    const place = join(folder, 'job');
    const ini = tinyIni({ delta_rates_file: 'delta.csv', ...parameters });
    await writeFiles(place, tinyJob({ 'job.ini': ini, 'delta.csv': table }));
    return readJob(place, { workFolder: join(folder, 'work') });
  });
}

describe('rate changes of a job', () => {
  it('belong to their sources by rupture; names without a source warn', async () => {
    const { groups, warnings } = await read('source_id,rup_id,delta\n1,2,1e-5\n1,0,-2e-6\nx,0,1\n');
    assert.deepEqual([...(groups[0].sources[0].rateChanges ?? [])], [-2e-6, 0, 1e-5]);
    assert.match(warnings.join('\n'), /delta\.csv: there is no source x: its rate changes are left out/);
  });

  it('are refused with every fault of the file', async () => {
    const fails = async (table: string, expected: RegExp[], parameters = {}): Promise<void> => {
      await assert.rejects(read(table, parameters), (error) => {
        assert.ok(error instanceof Refusal);
        for (const pattern of expected) assert.match(error.message, pattern);
        return true;
      });
    };
    await fails('source_id,rupture\n1,0\n', [
      /line 1: rup_id: the column is missing/,
      /line 1: delta: the column is missing/,
    ]);
    await fails('source_id,rup_id,delta\n1,-1,0\n1,0,x\n1,0,1\n', [
      /line 2: rup_id = -1: not the number of a rupture/,
      /line 3: delta = x: 'x' is not a number/,
      /line 4: rupture 0 of source 1 stands twice/,
    ]);
    const grid = { ps_grid_spacing: '20' };
    await fails('source_id,rup_id,delta\n1,0,0\n', [/ps_grid_spacing = 20: must be 0 with delta_rates_file/], grid);
  });
});
