import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { list } from '../../cli/commands/list.js';
import { ProgressBar } from '../../cli/progress-bar.js';
import { DataFolder } from '../../engine/data-folder.js';
import { JobStore } from '../../engine/store/job-store.js';
import { markProcess } from '../../engine/store/process-mark.js';
import { written } from './terminal.js';

describe('the bar of progress', () => {
  const onTerminal = (isTTY: boolean, action: (bar: ProgressBar) => void): Promise<string> => {
    const before = process.stderr.isTTY;
    process.stderr.isTTY = isTTY;
    try {
      const bar = new ProgressBar();
      return written('stderr', () => action(bar));
    } finally {
      process.stderr.isTTY = before;
    }
  };

  it('shows the share that is done in thirty steps and in percent, rounded down', async () => {
    const text = await onTerminal(true, (bar) => {
      bar.update(0.5, 'classical');
      bar.update(0.999, 'classical');
    });
    const [, half, most] = text.split('\r\x1b[K');
    assert.equal(half, `[${'='.repeat(15)}${' '.repeat(15)}]  50 %  classical`);
    assert.equal(most, `[${'='.repeat(30)}]  99 %  classical`);
  });

  it('stays below messages, and goes', async () => {
    const text = await onTerminal(true, (bar) => {
      bar.update(0, 'a');
      bar.message('INFO said');
      bar.clear();
      bar.message('plain');
    });
    const bar = `[${' '.repeat(30)}]   0 %  a`;
    assert.equal(text, `\r\x1b[K${bar}\r\x1b[KINFO said\n${bar}\r\x1b[Kplain\n`);
  });

  it('is not drawn where nobody looks', async () =>
    assert.equal(await onTerminal(false, (bar) => bar.update(0.5, 'a')), ''));
});

describe('the list of calculations', () => {
  it('shows how far one is', async () => {
    const data = mkdtempSync(join(tmpdir(), 'terrane-list-'));
    const store = new JobStore(new DataFolder(data).storeFile);
    try {
      assert.equal(await written('stdout', () => list({ data, limit: 10 })), 'no jobs yet\n');
      const id = store.create({ owner: 'test' });
      store.start(id, markProcess(process.pid));
      store.progress(id, 0.429, 'classical');
      const text = await written('stdout', () => list({ data, limit: 10 }));
      assert.match(text, /^ *id +status +started \(UTC\) +took +description\n +1 +executing 42 % /);
    } finally {
      store.close();
      rmSync(data, { recursive: true, force: true });
    }
  });
});
