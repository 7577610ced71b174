import assert from 'node:assert/strict';
import { Refusal } from '../../../hazard/refusal.js';
import { readCsv } from '../../../inputs/files/csv.js';

const read = (text: string) => readCsv(new TextEncoder().encode(text), 'a.csv');

describe('comma-separated values', () => {
  it('may be quoted, with commas, line breaks and doubled quotes inside, and may be empty (RFC 4180)', () => {
    const { rows, lines } = read('a,"b, c",""\r\n"say ""yes""","two\nlines",x\n"",,""""\n');
    assert.deepEqual(rows, [
      ['a', 'b, c', ''],
      ['say "yes"', 'two\nlines', 'x'],
      ['', '', '"'],
    ]);
    assert.deepEqual(lines, [1, 2, 4]);
  });

  it('stand in rows between empty lines and comments, each with its line', () =>
    assert.deepEqual(read('# made by hand\nlon,lat#1\n\n10,45\r  \r11,46\n'), {
      rows: [
        ['lon', 'lat#1'],
        ['10', '45'],
        ['11', '46'],
      ],
      lines: [2, 4, 6],
    }));

  it('are refused with open quotes, bytes that are no text, and zeros', () => {
    assert.throws(
      () => read('a\n"b'),
      (error) => error instanceof Refusal && error.faults[0].line === 2,
    );
    assert.throws(() => read('a\0b'), /zero bytes/);
    assert.throws(() => readCsv(Uint8Array.of(0x61, 0xff), 'a.csv'), /not UTF-8/);
  });
});
