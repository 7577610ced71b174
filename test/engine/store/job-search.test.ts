import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JobSearch } from '../../../engine/store/job-search.js';
import { JobStore } from '../../../engine/store/job-store.js';

describe('looking for jobs', () => {
  let folder: string;
  let store: JobStore;
  const search = (changes: Partial<JobSearch>) =>
    store.search({ words: [], order: 'id', descending: true, first: 0, count: 50, ...changes });
  const ids = (changes: Partial<JobSearch>): number[] => search(changes).jobs.map(({ id }) => id);
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'terrane-search-'));
    store = new JobStore(join(folder, 'jobs.db'));
    for (const [owner, description] of [
      ['ann', 'Italy 100% rock'],
      ['bob', 'Chile'],
      ['ann', 'italy soil'],
      ['bob', 'removed'],
      ['bob', 'Japan_a'],
    ])
      store.create({ owner, description, calculationMode: 'classical' });
    store.delete(4);
    store.setTags(1, ['draft', 'europe']);
    store.setTags(3, ['europe']);
    store.fail(2, ['why']);
  });
  after(() => {
    store.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('finds all words in any of number, description, mode, owner and tags, whatever their case', () => {
    assert.deepEqual(ids({ words: ['ITALY', 'ann'] }), [3, 1]);
    assert.deepEqual(ids({ words: ['draft'] }), [1]);
    // % and _ are ordinary characters
    assert.deepEqual(ids({ words: ['0%'] }), [1]);
    assert.deepEqual(ids({ words: ['n_a'] }), [5]);
  });

  it('filters by status, owner and tag, and never shows removed ones', () => {
    assert.deepEqual(ids({ status: 'running' }), [5, 3, 1]);
    assert.deepEqual(ids({ status: 'failed' }), [2]);
    assert.deepEqual(ids({ owner: 'bob' }), [5, 2]);
    assert.deepEqual(ids({ tag: 'europe' }), [3, 1]);
    assert.deepEqual(ids({ tag: 'euro' }), []);
  });

  it('sorts and pages, and tells how many there are in all, and what there is to choose from', () => {
    assert.deepEqual(ids({ order: 'description', descending: false }), [2, 1, 3, 5]);
    const { total, jobs, owners, tags } = search({ first: 1, count: 2 });
    assert.equal(total, 4);
    assert.deepEqual(
      jobs.map(({ id }) => id),
      [3, 2],
    );
    assert.deepEqual(
      [owners, tags],
      [
        ['ann', 'bob'],
        ['draft', 'europe'],
      ],
    );
  });

  it('shows users their own jobs only', () => {
    const { total, owners, tags } = search({ visibleTo: 'bob' });
    assert.deepEqual([total, owners, tags], [2, ['bob'], []]);
  });
});
