import assert from 'node:assert/strict';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Linter } from 'eslint';

const RULE = fileURLToPath(new URL('../../../scripts/lint/assertions.mjs', import.meta.url));

describe('the lint rule that tests assert something', () => {
  async function complaints(code: string): Promise<string[]> {
    const { assertions } = (await import(pathToFileURL(join(RULE)).href)) as { assertions: never };
    const config = {
      plugins: { terrane: { rules: { assertions } } },
      rules: { 'terrane/assertions': 'error' },
    } as const;
    return new Linter().verify(code, config).map(({ line, message }) => `${line}: ${message}`);
  }

  it('finds tests without an assertion, also where a helper has none', async () =>
    assert.deepEqual(
      await complaints(`
        function run() { return compute(); }
        it('runs', () => { run(); });
        it('is planned');
        it('loops', () => { loop(); });
        const loop = () => loop();`),
      ['3: this test asserts nothing', '4: this test asserts nothing', '5: this test asserts nothing'],
    ));

  it('sees assertions in helpers, callbacks and properties of random data', async () =>
    assert.deepEqual(
      await complaints(`
        const check = (value) => { assert.equal(value, 1); };
        const deep = (value) => check(value);
        it('by a helper', () => deep(run()));
        it('by name', () => assertClose(1, 1, {}));
        it('within', () => withFolder((folder) => { assert.ok(folder); }));
        it('random', () => { fc.assert(fc.property(any, () => true)); });`),
      [],
    ));

  it('finds tests that are left out or run alone', async () =>
    assert.deepEqual(await complaints("describe.only('a', () => {}); it.skip('b', () => { assert.ok(1); });"), [
      '1: no test is left out, and none runs alone',
      '1: no test is left out, and none runs alone',
    ]));
});
