import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Refusal } from '../../hazard/refusal.js';
import { readJob } from '../../inputs/read-job.js';
import { MALFORMED_JOBS } from './malformed.js';
import { withFolder } from './tiny-job.js';

describe('malformed jobs', () => {
  it('are many and have names of their own', () => {
    assert.ok(MALFORMED_JOBS.length >= 60);
    assert.equal(new Set(MALFORMED_JOBS.map(({ name }) => name)).size, MALFORMED_JOBS.length);
  });

  for (const { name, expected, build, jobIni } of MALFORMED_JOBS)
    it(`end in a clear message and leave nothing behind: ${name}`, async () => {
      await withFolder(async (folder) => {
        const source = await build(folder);
        const workFolder = join(folder, 'work');
        await mkdir(workFolder);
        const before = readdirSync(folder).sort();
        const escaped = existsSync(join(tmpdir(), 'evil.txt'));
        const error = await readJob(source, { workFolder, ...(jobIni !== undefined && { jobIni }) }).then(
          () => assert.fail('the job was accepted'),
          (reason: unknown) => reason,
        );
        assert.ok(error instanceof Refusal, String((error as Error).stack));
        assert.match(error.message, expected);
        assert.doesNotMatch(error.message, /\n\s+at |undefined|\[object|TypeError|terrane-test-/);
        assert.ok(error.faults.length <= 3, `one fault gives many messages:\n${error.message}`);
        assert.deepEqual(readdirSync(workFolder), []);
        assert.deepEqual(readdirSync(folder).sort(), before);
        assert.equal(existsSync(join(tmpdir(), 'evil.txt')), escaped);
      });
    });
});
