import { mock } from 'node:test';

/** What is written to one of the streams of this process while `action` runs. */
export async function written(stream: 'stdout' | 'stderr', action: () => void | Promise<void>): Promise<string> {
  let text = '';
  const write = mock.method(process[stream], 'write', (part: string) => {
    text += part;
    return true;
  });
  try {
    await action();
  } finally {
    write.mock.restore();
  }
  return text;
}
