import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AccountStore } from '../../../engine/accounts/account-store.js';
import { hashPassword, matchesPassword } from '../../../engine/accounts/password.js';

const PASSWORD = 'ten characters';
const NEW_PASSWORD = 'ten more characters';

describe('accounts', () => {
  let folder: string;
  let accounts: AccountStore;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'terrane-accounts-'));
    accounts = new AccountStore(join(folder, 'jobs.db'));
    await accounts.addUser('ann', PASSWORD, 'user');
  });
  afterEach(() => {
    accounts.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const session = async (password = PASSWORD): Promise<string> => {
    const answer = await accounts.logIn('ann', password);
    assert.ok(typeof answer === 'object');
    return answer.key;
  };

  it('lose their sessions with a new password, not their tokens', async () => {
    const key = await session();
    const token = accounts.createToken('ann', 'script');
    assert.deepEqual(accounts.ofSession(key), { name: 'ann', role: 'user' });
    await accounts.setPassword('ann', NEW_PASSWORD);
    assert.equal(accounts.ofSession(key), undefined);
    assert.deepEqual(accounts.ofToken(token), { name: 'ann', role: 'user' });
    assert.equal(await accounts.logIn('ann', PASSWORD), undefined);
    assert.ok(accounts.ofSession(await session(NEW_PASSWORD)));
  });

  it('do not get sessions and tokens back when they are no longer disabled', async () => {
    const key = await session();
    const token = accounts.createToken('ann', 'script');
    accounts.setDisabled('ann', true);
    assert.deepEqual([accounts.ofSession(key), accounts.ofToken(token)], [undefined, undefined]);
    assert.throws(() => accounts.createToken('ann', 'again'), /'ann' is disabled/);
    accounts.setDisabled('ann', false);
    assert.deepEqual([accounts.ofSession(key), accounts.ofToken(token)], [undefined, undefined]);
    assert.ok(accounts.ofSession(await session()));
  });

  it('end a session when it logs out, and tokens by their label', async () => {
    const [one, other] = [await session(), await session()];
    accounts.logOut(one);
    assert.deepEqual([accounts.ofSession(one), accounts.ofSession(other)?.name], [undefined, 'ann']);
    const [script, notebook] = ['script', 'notebook'].map((label) => accounts.createToken('ann', label));
    assert.equal(accounts.revokeTokens('ann', 'script'), 1);
    assert.deepEqual([accounts.ofToken(script), accounts.ofToken(notebook)?.name], [undefined, 'ann']);
  });

  it('have names and passwords of some length, each name once', async () => {
    await assert.rejects(accounts.addUser('ann', PASSWORD, 'user'), /there is a user 'ann' already/);
    await assert.rejects(accounts.addUser('../ann', PASSWORD, 'user'), /no user name/);
    await assert.rejects(accounts.addUser('bob', 'nine char', 'user'), /at least 10 characters/);
  });
});

describe('hashes of passwords', () => {
  it('differ for the same password, and match it in any form of Unicode and nothing else', async () => {
    const composed = 'pässword of ann';
    const hashes = [await hashPassword(composed), await hashPassword(composed)];
    assert.notEqual(hashes[0], hashes[1]);
    assert.ok(await matchesPassword(composed.normalize('NFD'), hashes[0]));
    assert.ok(!(await matchesPassword('password of ann', hashes[0])));
    assert.ok(!(await matchesPassword('', undefined)));
  });
});
