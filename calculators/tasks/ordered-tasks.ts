/**
 * Runs tasks 0 .. count - 1 and takes their results in this order, whoever finishes first, so that sums are the same to the
 * last bit. At most 4 x workers results are under way or wait for their turn.
 */
export async function runInOrder<R>(
  count: number,
  workers: number,
  run: (number: number) => Promise<R>,
  take: (result: R) => void,
): Promise<void> {
  const early = new Map<number, { readonly result: R }>();
  let next = 0;
  const finish = async (number: number): Promise<void> => {
    early.set(number, { result: await run(number) });
    for (let entry = early.get(next); entry; entry = early.get(next)) {
      take(entry.result);
      early.delete(next++);
    }
  };
  const running = new Set<Promise<void>>();
  for (let number = 0; number < count; number++) {
    const task: Promise<void> = finish(number);
    running.add(task);
    void task.then(
      () => running.delete(task),
      () => undefined,
    );
    while (running.size >= 2 * workers || number - next >= 4 * workers) await Promise.race(running);
  }
  await Promise.all(running);
}
