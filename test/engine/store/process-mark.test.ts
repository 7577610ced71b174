import assert from 'node:assert/strict';
import { isAlive, markProcess } from '../../../engine/store/process-mark.js';

describe('the mark of a process', () => {
  const own = markProcess(process.pid);
  const [host, boot, namespace] = (own.place ?? '').split(' ');

  it('is that of a process that runs, and of no later one with the same number', () => {
    assert.ok(isAlive(own));
    assert.ok(!isAlive({ ...own, started: '1' }));
    assert.ok(isAlive({ pid: process.pid, started: '' }));
  });

  it('counts as alive where nothing can be said: on other machines and in other containers', function () {
    if (!own.place) this.skip();
    for (const place of [`elsewhere ${boot} ${namespace}`, `${host} ${boot} pid:[1]`])
      assert.ok(isAlive({ pid: 1, started: '1', place }), place);
  });

  it('counts as gone once its machine has started anew', function () {
    if (!own.place) this.skip();
    assert.ok(!isAlive({ ...own, place: `${host} another-boot ${namespace}` }));
  });
});
