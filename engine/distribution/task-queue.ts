import type { TaskName, TaskTypes } from '../../calculators/tasks/distributor.js';

/** A task that waits for a worker. */
export interface WaitingTask<N extends TaskName = TaskName> {
  readonly name: N;
  readonly payload: TaskTypes[N]['payload'];
  readonly resolve: (result: TaskTypes[N]['result']) => void;
  readonly reject: (error: unknown) => void;
}

/** First in, first out; constant time at both ends. */
export class TaskQueue {
  private items: WaitingTask[] = [];
  private head = 0;

  get size(): number {
    return this.items.length - this.head;
  }

  push<N extends TaskName>(task: WaitingTask<N>): void {
    this.items.push(task as unknown as WaitingTask);
  }

  shift(): WaitingTask | undefined {
    if (this.size === 0) return undefined;
    const task = this.items[this.head++];
    if (this.head > 1024 && this.head * 2 > this.items.length) {
      this.items = this.items.slice(this.head);
      this.head = 0;
    }
    return task;
  }

  rejectAll(error: Error): void {
    for (let task = this.shift(); task; task = this.shift()) task.reject(error);
  }
}
