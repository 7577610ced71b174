import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { applySettings, shownSettings, variableOf } from '../../cli/settings.js';
import { withFolder } from '../inputs/tiny-job.js';

/** A command with a flag of each kind, called with some words. */
function called(...words: readonly string[]): Command {
  const whole = (text: string): number => {
    if (!/^\d+$/.test(text)) throw new InvalidArgumentError('must be a whole number.');
    return Number(text);
  };
  const command = new Command('serve')
    .option('--port <n>', 'port', whole, 8800)
    .option('--max-upload <mb>', 'largest upload', whole, 2048)
    .option('--allow-host <name...>', 'names')
    .option('--auth', 'users log in')
    .option('--host <address>', 'address', '127.0.0.1')
    .option('--if-needed', 'of a call')
    .option('--config <file>', 'settings')
    .exitOverride();
  command.parse([...words], { from: 'user' });
  return command;
}

const FILE = 'port = 9000\nmax-upload = 100\nauth = true\nallow-host = ["a.org", "b.org"]\nhost = "0.0.0.0"\n';

describe('settings of a server', () => {
  it('come from flags, else variables, else the file, else their defaults', () =>
    withFolder(async (folder) => {
      const config = join(folder, 'terrane.toml');
      writeFileSync(config, FILE);
      const command = called('--port', '7000', '--config', config);
      await applySettings(command, { TERRANE_PORT: '7500', TERRANE_MAX_UPLOAD: '300', TERRANE_HOST: '' });
      const { port, maxUpload, auth, allowHost, host } = command.opts();
      assert.deepEqual([port, maxUpload, auth, allowHost, host], [7000, 300, true, ['a.org', 'b.org'], '0.0.0.0']);
      const bare = called();
      await applySettings(bare, { TERRANE_CONFIG: config, TERRANE_ALLOW_HOST: 'c.org, d.org', TERRANE_AUTH: 'no' });
      assert.deepEqual([bare.opts().port, bare.opts().allowHost, bare.opts().auth], [9000, ['c.org', 'd.org'], false]);
      const plain = called();
      await applySettings(plain, {});
      assert.equal(plain.opts().maxUpload, 2048);
    }));

  it('are refused all at once, each with its place, what is allowed, and the name that was meant', () =>
    withFolder(async (folder) => {
      const config = join(folder, 'terrane.toml');
      writeFileSync(config, 'max-uploads = 5\nport = "x"\nhost = ["a", "b"]\nif-needed = true\nauth = { a = 1 }\n');
      await assert.rejects(applySettings(called('--config', config), { TERRANE_MAX_UPLOAD: '-1' }), (error: Error) => {
        for (const line of [
          /^terrane\.toml: max-uploads is no setting: did you mean max-upload\?$/m,
          /^terrane\.toml: port = "x": must be a whole number\.$/m,
          /^terrane\.toml: host = \["a","b"\]: must be one value\.$/m,
          /^terrane\.toml: if-needed is no setting \(settings: port, max-upload, /m,
          /^terrane\.toml: auth must be a text, a number/m,
          /^TERRANE_MAX_UPLOAD = "-1": must be a whole number\.$/m,
        ])
          assert.match(error.message, line);
        return true;
      });
    }));

  it('are refused when the file is not there or is no TOML, without its folder', () =>
    withFolder(async (folder) => {
      const config = join(folder, 'terrane.toml');
      const wrong = (error: Error): boolean => {
        assert.match(error.message, /^the settings in terrane\.toml cannot be read: /);
        return true;
      };
      await assert.rejects(applySettings(called('--config', config), {}), wrong);
      writeFileSync(config, 'port = = 1\n');
      await assert.rejects(applySettings(called('--config', config), {}), wrong);
    }));

  it('are shown with where they come from', async () => {
    const command = called('--port', '7000');
    await applySettings(command, { TERRANE_AUTH: 'on' });
    assert.match(shownSettings(command), /^port +7000 +flag +TERRANE_PORT$/m);
    assert.match(shownSettings(command), /^auth +true +variable +TERRANE_AUTH$/m);
    assert.match(shownSettings(command), /^max-upload +2048 +default +TERRANE_MAX_UPLOAD$/m);
    assert.equal(variableOf('keep-free'), 'TERRANE_KEEP_FREE');
  });

  it('are shown without the passwords of addresses', () => {
    for (const password of ['secret', 'se/cret', 's@cret'])
      assert.match(
        shownSettings(called('--host', `redis://user:${password}@redis.example.org:6379`)),
        /^host +redis:\/\/redis\.example\.org:6379 +flag/m,
      );
  });
});
