import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { DataFolder } from '../../engine/data-folder.js';
import { Dispatcher } from '../../engine/dispatcher.js';
import { JobStore } from '../../engine/store/job-store.js';
import { EXAMPLES } from '../web/api-client.js';

describe('the line of jobs', () => {
  let data: string;
  let folder: DataFolder;
  let store: JobStore;
  let dispatcher: Dispatcher;
  beforeEach(() => {
    data = mkdtempSync(join(tmpdir(), 'terrane-line-'));
    folder = new DataFolder(data);
    store = new JobStore(folder.storeFile);
    // nothing runs: what is read waits
    dispatcher = new Dispatcher(store, folder, { atOnce: 0, workers: 1 });
  });
  afterEach(async () => {
    await dispatcher.close();
    store.close();
    rmSync(data, { recursive: true, force: true });
  });

  /** A job whose files have been uploaded. */
  function uploaded(): number {
    const id = store.create({ owner: 'test' });
    cpSync(join(EXAMPLES, '03-logic-tree'), folder.inputs(id), { recursive: true });
    store.setInputs(id, { source: folder.inputs(id), overrides: {} });
    return id;
  }

  it('has two uploads read at a time; a third begins when one of them is done', async () => {
    const ids = [uploaded(), uploaded(), uploaded()];
    const verdicts = ids.map((id) => dispatcher.accept(id));
    // a process is started with a work folder of its own
    assert.deepEqual(
      ids.map((id) => existsSync(folder.work(id))),
      [true, true, false],
    );
    assert.deepEqual(await Promise.all(verdicts), [true, true, true]);
    // on a busy machine uploads are answered before they have been read
    while (ids.some((id) => store.get(id).status === 'created')) await setImmediate();
    assert.deepEqual(
      ids.map((id) => store.get(id).status),
      ['submitted', 'submitted', 'submitted'],
    );
  });

  it('takes uploads that were whole when a server ended back in line, and fails the others', async () => {
    const whole = uploaded();
    const broken = store.create({ owner: 'test' });
    cpSync(join(EXAMPLES, '03-logic-tree'), folder.inputs(broken), { recursive: true });
    await dispatcher.recover();
    assert.deepEqual(
      [whole, broken].map((id) => store.get(id).status),
      ['submitted', 'failed'],
    );
    assert.deepEqual(store.get(broken).reason, ['the upload was broken off']);
    assert.deepEqual([existsSync(folder.inputs(whole)), existsSync(folder.inputs(broken))], [true, false]);
  });
});
