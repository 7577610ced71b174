import assert from 'node:assert/strict';
import { TaskQueue, type WaitingTask } from '../../../engine/distribution/task-queue.js';

describe('tasks that wait', () => {
  const task = (number: number, reject: (error: unknown) => void = () => undefined): WaitingTask =>
    ({ name: 'classical', payload: number, resolve: () => undefined, reject }) as unknown as WaitingTask;

  it('leave in the order in which they came, however many they are and while others come', () => {
    const queue = new TaskQueue();
    const left: unknown[] = [];
    let next = 0;
    for (let round = 0; round < 50; round++) {
      for (let k = 0; k < 100; k++) queue.push(task(next++));
      for (let k = 0; k < 90; k++) left.push(queue.shift()?.payload);
    }
    assert.equal(queue.size, 500);
    for (let one = queue.shift(); one; one = queue.shift()) left.push(one.payload);
    assert.deepEqual(
      left,
      Array.from({ length: 5000 }, (_, k) => k),
    );
    assert.deepEqual([queue.size, queue.shift()], [0, undefined]);
  });

  it('are all told when nobody will take them any more', () => {
    const queue = new TaskQueue();
    const told: unknown[] = [];
    for (let k = 0; k < 3; k++) queue.push(task(k, (error) => told.push(error)));
    queue.rejectAll(new Error('closed'));
    assert.deepEqual([told.length, queue.size], [3, 0]);
  });
});
