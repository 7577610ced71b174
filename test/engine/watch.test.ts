import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeJob } from '../../engine/abort.js';
import { DataFolder } from '../../engine/data-folder.js';
import { JobStore } from '../../engine/store/job-store.js';
import { JobWatch } from '../../engine/watch.js';

describe('the watch over jobs', () => {
  let path: string;
  let folder: DataFolder;
  let store: JobStore;
  let watch: JobWatch;
  beforeEach(() => {
    path = mkdtempSync(join(tmpdir(), 'terrane-watch-'));
    folder = new DataFolder(path);
    store = new JobStore(folder.storeFile);
    watch = new JobWatch(folder.storeFile, 2);
  });
  afterEach(() => {
    watch.close();
    store.close();
    rmSync(path, { recursive: true, force: true });
  });

  /** Resolves with the ids that went, once a job with this number has been told of as changed or gone. */
  const goneUntil = (number: number): { readonly told: Promise<number[]> } => {
    const all: number[] = [];
    return {
      told: new Promise((resolve) => {
        watch.subscribe(({ changed, gone }) => {
          all.push(...gone);
          if (gone.includes(number) || changed.some(({ id }) => id === number)) resolve(all);
        });
      }),
    };
  };

  it('says of a job that newer ones push out of the list nothing, for it is still there', async () => {
    store.create({ owner: 'a' });
    store.create({ owner: 'a' });
    const { told } = goneUntil(3);
    store.create({ owner: 'a' });
    assert.deepEqual(await told, []);
  });

  it('says that a removed job is gone', async () => {
    const id = store.create({ owner: 'a' });
    store.fail(id, ['no']);
    const seen = goneUntil(id);
    await seen.told;
    const gone = new Promise<readonly number[]>((resolve) =>
      watch.subscribe((changes) => {
        if (changes.gone.length > 0) resolve(changes.gone);
      }),
    );
    await removeJob(store, folder, id);
    assert.deepEqual(await gone, [id]);
  });
});
