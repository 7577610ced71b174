import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

describe('npm run new-model', () => {
  let folder: string;
  const run = (...args: string[]) =>
    spawnSync(process.execPath, [join(ROOT, 'scripts', 'new-model.mjs'), ...args, '--root', folder], {
      encoding: 'utf8',
    });

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'new-model-'));
    mkdirSync(join(folder, 'hazard', 'gmm'), { recursive: true });
    copyFileSync(join(ROOT, 'hazard', 'gmm', 'registry.ts'), join(folder, 'hazard', 'gmm', 'registry.ts'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('writes model, table and test, and adds the line of the registry in the order of file names', () => {
    const { status } = run('SmithJones2025');
    assert.equal(status, 0);
    for (const path of ['hazard/gmm/models/smith-jones-2025.ts', 'test/hazard/gmm/models/smith-jones-2025.test.ts'])
      assert.ok(existsSync(join(folder, path)), path);
    const table = JSON.parse(readFileSync(join(folder, 'hazard/gmm/models/smith-jones-2025.json'), 'utf8')) as {
      tables: { main: { columns: string[]; rows: unknown[][] } };
    };
    const { columns, rows } = table.tables.main;
    assert.ok(rows.every((row) => row.length === columns.length));
    const registry = readFileSync(join(folder, 'hazard/gmm/registry.ts'), 'utf8');
    const files = [...registry.matchAll(/import\('\.\/models\/(.*)\.js'\)/g)].map((match) => match[1]);
    const at = files.indexOf('smith-jones-2025');
    assert.ok(files[at - 1] < 'smith-jones-2025' && 'smith-jones-2025' < files[at + 1]);
  });

  it('refuses a name that is taken, and a text that is no name', () => {
    assert.match(run('BooreEtAl2014').stderr, /in the registry already/);
    for (const text of ['smith2025', '../Smith', '']) {
      const { status, stderr } = run(text);
      assert.equal(status, 1);
      assert.match(stderr, /^usage/);
    }
    assert.ok(!existsSync(join(folder, 'test')));
  });
});
