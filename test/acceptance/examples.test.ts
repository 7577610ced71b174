import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readJob } from '../../inputs/read-job.js';

const EXAMPLES = fileURLToPath(new URL('../../../examples/', import.meta.url));

describe('examples', () => {
  const workFolder = mkdtempSync(join(tmpdir(), 'terrane-examples-'));
  after(() => rmSync(workFolder, { recursive: true, force: true }));

  for (const entry of readdirSync(EXAMPLES, { withFileTypes: true }).filter((one) => one.isDirectory()))
    it(`${entry.name} is a complete job without warnings`, async () => {
      const job = await readJob(join(EXAMPLES, entry.name), { workFolder });
      assert.ok(job.groups.length > 0);
      assert.deepEqual(job.warnings, []);
    });
});
