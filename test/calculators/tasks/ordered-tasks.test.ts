import assert from 'node:assert/strict';
import {
  TaskFailed,
  WorkerLost,
  type Distributor,
  type TaskName,
  type TaskTypes,
} from '../../../calculators/tasks/distributor.js';
import { runInOrder, type ResultUse } from '../../../calculators/tasks/ordered-tasks.js';

/** A distributor that runs a function instead of tasks; tasks are told apart by the number of their block. */
function fakeRun(answer: (block: number) => Promise<void>) {
  const logged: string[] = [];
  const distributor: Distributor = {
    workers: 2,
    open: () => Promise.resolve(),
    close: () => Promise.resolve(),
    run: async <N extends TaskName>(_name: N, payload: TaskTypes[N]['payload']) => {
      await answer((payload as TaskTypes['preclassical']['payload']).block);
      return { facts: [] } as unknown as TaskTypes[N]['result'];
    },
  };
  return { distributor, monitor: { log: (_level: string, text: string) => logged.push(text), progress: noop }, logged };
}
const noop = (): void => undefined;
const tasks = (count: number): TaskTypes['preclassical']['payload'][] =>
  Array.from({ length: count }, (_, block) => ({ block, blob: new Uint8Array() }));
const counted = Array.from({ length: 20 }, (_, k) => k);

function start(run: ReturnType<typeof fakeRun>, use: Partial<ResultUse<'preclassical'>>, count = 20): Promise<void> {
  return runInOrder(run, 'preclassical', tasks(count), { take: noop, ...use });
}

describe('tasks whose results have an order', () => {
  it('are taken in it, whoever finishes first, with a bounded number under way and waiting', async () => {
    const release: (() => void)[] = [];
    const taken: number[] = [];
    let underWay = 0;
    let given = 0;
    const run = fakeRun(async () => {
      given++;
      assert.ok(++underWay <= 4, 'two for each worker');
      assert.ok(given - taken.length <= 8, 'results wait for the oldest task, four for each worker at most');
      await new Promise<void>((resolve) => release.push(resolve));
      underWay--;
    });
    const done = start(run, { take: (_, number) => taken.push(number) });
    let finished = false;
    void done.finally(() => (finished = true)).catch(noop);
    while (!finished) {
      release.pop()?.();
      await new Promise((resolve) => setImmediate(resolve));
    }
    assert.deepEqual(taken, counted);
  });

  it('go on with what they hand back, and are taken once they are done', async () => {
    const parts: number[] = [];
    const taken: number[] = [];
    const run = fakeRun((block) => Promise.resolve(void parts.push(block)));
    await start(run, {
      rest: (payload) => (payload.block < 100 ? { ...payload, block: payload.block + 100 } : undefined),
      take: (_, number) => taken.push(number),
    });
    assert.deepEqual(taken, counted);
    assert.deepEqual(
      parts.sort((a, b) => a - b),
      [...counted, ...counted.map((k) => k + 100)],
    );
  });

  it('are run once more when their worker is lost, which is told', async () => {
    const taken: number[] = [];
    let lost = false;
    const run = fakeRun((block) => {
      if (block !== 3 || lost) return Promise.resolve();
      lost = true;
      return Promise.reject(new WorkerLost('preclassical', 'its thread died (out of memory)'));
    });
    await start(run, { take: (_, number) => taken.push(number) });
    assert.deepEqual(taken, counted);
    assert.deepEqual(run.logged, ['preclassical task 3 is run again: its thread died (out of memory)']);
  });

  it('fail when their worker is lost twice, and at once when they fail themselves', async () => {
    let attempts = 0;
    const fails = async (fault: Error, message: RegExp): Promise<void> => {
      attempts = 0;
      const run = fakeRun((block) => (block === 3 && ++attempts > 0 ? Promise.reject(fault) : Promise.resolve()));
      await assert.rejects(start(run, {}), (error: unknown) => {
        assert.ok(error instanceof TaskFailed);
        assert.match(error.message, message);
        return true;
      });
    };
    await fails(
      new WorkerLost('preclassical', 'its thread died'),
      /^preclassical task 3 failed twice: its thread died; if memory ran out/,
    );
    assert.equal(attempts, 2);
    await fails(new TaskFailed('preclassical', 'no such source'), /^no such source$/);
    assert.equal(attempts, 1);
  });

  it('fail when a result cannot be taken', async () => {
    const run = fakeRun(() => Promise.resolve());
    const full = (): never => {
      throw new Error('no space left');
    };
    await assert.rejects(start(run, { take: full }), /no space left/);
  });
});
