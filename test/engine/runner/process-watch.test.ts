import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { ProcessWatch } from '../../../engine/runner/process-watch.js';

describe('the watch over a process', () => {
  let now = 0;
  let look: () => void;
  beforeEach(() => {
    now = 0;
    mock.method(performance, 'now', () => now);
    mock.method(globalThis, 'setInterval', (each: () => void) => {
      look = each;
      return { unref: () => undefined };
    });
  });
  afterEach(() => mock.restoreAll());
  const told: string[] = [];
  const watch = (limits: { seconds?: number; memory?: number }): ProcessWatch => {
    told.length = 0;
    return new ProcessWatch(process.pid, limits, (reason) => told.push(reason));
  };
  /** Looks at a moment, s after the start. */
  const lookAt = (seconds: number): void => {
    now = 1000 * seconds;
    look();
  };

  it('tells once when it takes longer than allowed', () => {
    watch({ seconds: 10 });
    lookAt(10);
    assert.deepEqual(told, []);
    lookAt(10.1);
    lookAt(20);
    assert.deepEqual(told, ['it took longer than 10 s']);
  });

  it('counts the time anew for the next part of the work', () => {
    const one = watch({ seconds: 10 });
    lookAt(9);
    one.change({ seconds: 5 });
    lookAt(13);
    assert.deepEqual(told, []);
    lookAt(14.5);
    assert.deepEqual(told, ['it took longer than 5 s']);
  });

  it('tells of memory beyond the limit where the system shows it, and nothing once it is stopped', function () {
    if (process.platform !== 'linux') this.skip();
    watch({ memory: 2 ** 20 });
    lookAt(1);
    assert.deepEqual(told, ['it needed more than 1 MB of memory']);
    const stopped = watch({ memory: 2 ** 20, seconds: 1 });
    stopped.stop();
    lookAt(5);
    assert.deepEqual(told, []);
  });
});
