import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Dataset } from 'h5wasm/node';
import { DatastoreError } from '../../hdf5/errors.js';
import { Hdf5File } from '../../hdf5/hdf5.js';
import { openHdf5 } from '../../hdf5/library.js';

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

  it('hold arrays filled by slices, tables, texts and attributes', async () => {
    const path = join(folder, 'a.hdf5');
    const writer = await Hdf5File.create(path);
    writer.createFloats('curves/all', [5, 2, 3]);
    writer.writeRows(
      'curves/all',
      1,
      3,
      Float32Array.from({ length: 12 }, (_, k) => k),
    );
    writer.writeTable('info', [
      ['source_id', 'S', ['a', 'long id']],
      ['n', '<u4', Uint32Array.of(7, 4_000_000_000)],
    ]);
    writer.writeText('oqparam', '{"a": "é"}');
    writer.setAttribute('curves/all', 'json', '{}');
    writer.setAttribute('/', 'checksum32', 3_653_520_064);
    writer.close();
    const reader = await Hdf5File.open(path);
    assert.deepEqual(reader.shape('curves/all'), [5, 2, 3]);
    assert.deepEqual(
      [
        ...reader.readFloats('curves/all', [
          [2, 3],
          [1, 2],
        ]),
      ],
      [9, 10, 11],
    );
    assert.deepEqual([...reader.readFloats('curves/all', [[0, 1]])], [0, 0, 0, 0, 0, 0]);
    assert.deepEqual(reader.readTable('info'), [
      { source_id: 'a', n: 7 },
      { source_id: 'long id', n: 4_000_000_000 },
    ]);
    assert.equal(reader.readText('oqparam'), '{"a": "é"}');
    assert.equal(reader.attributes('curves/all').json, '{}');
    assert.equal(Number(reader.attributes('/').checksum32), 3_653_520_064);
    assert.ok(reader.has('curves/all') && !reader.has('curves/none') && !reader.has('none/none'));
    reader.close();
  });

  it('say which file and dataset when something is missing', async () => {
    const path = join(folder, 'b.hdf5');
    (await Hdf5File.create(path)).close();
    const reader = await Hdf5File.open(path);
    assert.throws(
      () => reader.readFloats('nothing/here'),
      (error) => error instanceof DatastoreError && /b\.hdf5, nothing\/here/.test(error.message),
    );
    reader.close();
    await assert.rejects(Hdf5File.open(join(folder, 'missing.hdf5')), DatastoreError);
  });

  it('keep numbers of every kind and texts of several bytes a letter as they are', async () => {
    const arrays = {
      i1: Int8Array.of(-128, 127),
      u1: Uint8Array.of(0, 255),
      i2: Int16Array.of(-32_768, 32_767),
      u2: Uint16Array.of(0, 65_535),
      i4: Int32Array.of(-(2 ** 31), 2 ** 31 - 1),
      u4: Uint32Array.of(0, 2 ** 32 - 1),
      f4: Float32Array.of(0.1, -Infinity),
      f8: Float64Array.of(0.1, 1e-300),
      i8: BigInt64Array.of(-(2n ** 63n), 2n ** 63n - 1n),
      u8: BigUint64Array.of(0n, 2n ** 64n - 1n),
    };
    const texts = ['Übergangsstörung', '断層', 'a'];
    const got = await written(
      (file) => {
        for (const [name, values] of Object.entries(arrays)) file.writeArray(name, values);
        file.writeTexts('texts', texts);
      },
      (file) => ({
        arrays: Object.fromEntries(Object.keys(arrays).map((name) => [name, file.readNumbers(name)])),
        texts: file.readTexts('texts'),
      }),
    );
    assert.deepEqual(got, { arrays, texts });
  });

  it('are read row by row from tables, as far as there are rows', async () => {
    const got = await written(
      (file) => file.writeTable('table', [['n', '<u4', Uint32Array.of(10, 11, 12)]]),
      (file) => [file.readTable('table', 1, 2), file.readTable('table', 1), file.readTable('table', 2, 99)],
    );
    assert.deepEqual(got, [[{ n: 11 }], [{ n: 11 }, { n: 12 }], [{ n: 12 }]]);
  });

  it('are stored in chunks of a megabyte at most: whole rows, or parts of a row that is longer', async () => {
    const path = join(folder, 'chunks.hdf5');
    const writer = await Hdf5File.create(path);
    writer.createFloats('many', [500_000, 4, 5]);
    writer.createFloats('wide', [3, 300_000, 2]);
    writer.createFloats('small', [2, 3]);
    writer.close();
    const file = await openHdf5(path, 'r');
    const chunks = ['many', 'wide', 'small'].map((name) => (file.get(name) as Dataset).metadata.chunks);
    file.close();
    // 2^18 numbers of 4 bytes
    assert.deepEqual(chunks, [
      [13_107, 4, 5],
      [1, 131_072, 2],
      [2, 3],
    ]);
  });
});
