import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Journal } from '../../../engine/checkpoint/journal.js';

interface Head {
  readonly n: number;
}
const bodies = [Uint8Array.of(1, 2, 3), new Uint8Array(), Uint8Array.from({ length: 300 }, (_, k) => k)];

describe('a journal of records', () => {
  let folder: string;
  let path: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'terrane-journal-'));
    path = join(folder, 'a.journal');
    const journal = Journal.open<Head>(path);
    bodies.forEach((body, n) => journal.append({ n }, body));
    journal.close();
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function contents(): { records: [number, number[]][]; dropped: number } {
    const journal = Journal.open<Head>(path);
    try {
      return {
        records: journal.records.map((record) => [record.head.n, [...journal.read(record)]]),
        dropped: journal.dropped,
      };
    } finally {
      journal.close();
    }
  }
  const first = (count: number): [number, number[]][] => bodies.slice(0, count).map((body, n) => [n, [...body]]);

  it('gives back what was appended, and takes more', () => {
    assert.deepEqual(contents(), { records: first(3), dropped: 0 });
    const journal = Journal.open<Head>(path);
    const record = journal.append({ n: 3 }, Uint8Array.of(9));
    assert.deepEqual([...journal.read(record)], [9]);
    journal.close();
    assert.deepEqual(contents().records, [...first(3), [3, [9]]]);
    assert.equal(statSync(path).size, journal.size);
  });

  it('cut anywhere holds the records that are whole, and can be written on', () => {
    const whole = readFileSync(path);
    for (let size = 0; size < whole.length; size++) {
      writeFileSync(path, whole.subarray(0, size));
      const { records, dropped } = contents();
      assert.ok(records.length < 3);
      assert.deepEqual(records, first(records.length));
      assert.ok(dropped <= size);
      const journal = Journal.open<Head>(path);
      assert.equal(journal.dropped, 0, 'what was torn is gone from the file');
      journal.append({ n: 7 }, Uint8Array.of(7));
      journal.close();
      assert.deepEqual(contents().records, [...first(records.length), [7, [7]]]);
    }
  });

  it('ends before the first record in which a bit is wrong', () => {
    const whole = readFileSync(path);
    for (let at = 0; at < whole.length; at++) {
      const broken = Buffer.from(whole);
      broken[at] ^= 1;
      writeFileSync(path, broken);
      const { records, dropped } = contents();
      assert.ok(records.length < 3 && dropped > 0, `byte ${at}`);
      assert.deepEqual(records, first(records.length));
    }
  });

  it('takes zeros behind the last record, as a machine that lost power may leave them, for no records', () => {
    truncateSync(path, statSync(path).size + 5000);
    assert.deepEqual(contents(), { records: first(3), dropped: 5000 });
  });
});
