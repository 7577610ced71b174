import assert from 'node:assert/strict';
import {
  TaskFailed,
  WorkerLost,
  type Distributor,
  type TaskName,
  type TaskTypes,
} from '../../../calculators/tasks/distributor.js';
import { refusal } from '../../../hazard/refusal.js';
import { compressBlob, packBlob } from '../../../hdf5/blob.js';
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
/** Packed sources a, b, c, d. */
const BLOB = compressBlob(packBlob({ region: 0, sources: ['a', 'b', 'c', 'd'].map((id) => ({ source: { id } })) }));
const noop = (): void => undefined;
const tasks = (count: number): TaskTypes['preclassical']['payload'][] =>
  Array.from({ length: count }, (_, block) => ({ block, blob: BLOB }));
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

  it('are run again when their worker is lost or they throw, which is told', async () => {
    for (const fault of [
      new WorkerLost('preclassical', 'out of memory'),
      new TaskFailed('preclassical', 'no length'),
    ]) {
      const taken: number[] = [];
      let failures = 0;
      const run = fakeRun((block) => (block === 3 && failures++ < 2 ? Promise.reject(fault) : Promise.resolve()));
      await start(run, { take: (_, number) => taken.push(number) });
      assert.deepEqual(taken, counted);
      const told = `preclassical task 3 is run again: ${fault.message}`;
      assert.deepEqual(run.logged, [told, told]);
    }
  });

  it('are halved when they fail and can be, and go on with halves', async () => {
    const tried: number[] = [];
    const taken: number[] = [];
    // tasks of 8 and more cannot be done; the rest of a half is what is left
    const run = fakeRun((block) => {
      tried.push(block);
      return block >= 8 ? Promise.reject(new WorkerLost('preclassical', 'out of memory')) : Promise.resolve();
    });
    const use = {
      take: (_: unknown, number: number) => void taken.push(number),
      half: (payload: { block: number; blob: Uint8Array }) => ({ ...payload, block: payload.block >> 1 }),
      rest: (payload: { block: number; blob: Uint8Array }) =>
        payload.block === 4 ? { ...payload, block: 1 } : undefined,
    };
    await runInOrder(run, 'preclassical', [{ block: 16, blob: new Uint8Array() }], use);
    assert.deepEqual(tried, [16, 8, 4, 1]);
    assert.deepEqual(taken, [0]);
    assert.match(run.logged[0], /^preclassical task 0 is run again with half of its work: out of memory$/);
  });

  it('fail the calculation when they fail three times, and are kept; what is refused fails at once', async () => {
    let attempts = 0;
    const kept: unknown[] = [];
    const records = {
      sequence: () => undefined as never,
      open: noop,
      keepFailed: (...task: unknown[]) => {
        kept.push(task);
        return 'preclassical-3';
      },
    };
    const fails = async (fault: Error): Promise<unknown> => {
      attempts = 0;
      const run = fakeRun((block) => (block === 3 && ++attempts > 0 ? Promise.reject(fault) : Promise.resolve()));
      return start({ ...run, records } as typeof run, {}).catch((error: unknown) => error);
    };
    for (const Fault of [WorkerLost, TaskFailed]) {
      const error = await fails(new Fault('preclassical', 'its thread died'));
      assert.ok(error instanceof Fault);
      assert.match(
        error.message,
        /^preclassical task 3 failed 3 times: its thread died \(source a, source b, source c, 1 more\)/,
      );
      assert.equal(/if memory ran out/.test(error.message), Fault === WorkerLost);
      assert.deepEqual([attempts, error.label], [3, 'preclassical-3']);
    }
    assert.deepEqual(kept[0], ['preclassical', 3, tasks(4)[3]]);
    const refused = refusal('UNSUPPORTED', 'no such source');
    assert.equal(await fails(refused), refused);
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
