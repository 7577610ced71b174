import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Hdf5File } from '../../hdf5/hdf5.js';

describe('arrays and attributes of HDF5 files', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'terrane-hdf5-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** Writes a file and reads it back. */
  async function written<T>(write: (file: Hdf5File) => void, read: (file: Hdf5File) => T): Promise<T> {
    const path = join(folder, 'a.hdf5');
    const writer = await Hdf5File.create(path);
    write(writer);
    writer.close();
    const reader = await Hdf5File.open(path);
    try {
      return read(reader);
    } finally {
      reader.close();
    }
  }

  it('keep whole numbers as such up to 2^53, and others as fractions', async () => {
    const values = { small: 7, large: 2 ** 40 + 1, negative: -(2 ** 45), tooLarge: 2 ** 53, fraction: 0.25 };
    const got = await written(
      (file) => Object.entries(values).forEach(([name, value]) => file.setAttribute('/', name, value)),
      (file) => file.attributes('/'),
    );
    for (const name of ['small', 'large', 'negative'] as const) {
      assert.equal(typeof got[name], 'bigint', name);
      assert.equal(got[name], BigInt(values[name]));
    }
    for (const name of ['tooLarge', 'fraction'] as const) assert.equal(got[name], values[name]);
  });

  it('may have no rows, and may be longer than a chunk', async () => {
    const last = 600_000;
    const got = await written(
      (file) => {
        file.createFloats('empty', [0, 3]);
        file.createFloats('long', [2, last]);
        file.writeRows(
          'long',
          1,
          2,
          Float32Array.from({ length: last }, (_, k) => k),
        );
      },
      (file) => ({
        empty: file.shape('empty'),
        long: file.shape('long'),
        ends: [
          ...file.readFloats('long', [
            [1, 2],
            [last - 2, last],
          ]),
          ...file.readFloats('long', [
            [0, 1],
            [0, 1],
          ]),
        ],
      }),
    );
    assert.deepEqual(got, { empty: [0, 3], long: [2, last], ends: [last - 2, last - 1, 0] });
  });
});
