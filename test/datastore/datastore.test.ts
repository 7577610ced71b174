import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compressBlob, decompressBlob, packBlob, unpackBlob } from '../../hdf5/blob.js';
import { DatastoreError } from '../../hdf5/errors.js';
import { Hdf5File } from '../../hdf5/hdf5.js';
import { coordinate, exponential } from '../../datastore/exports/csv.js';

describe('blobs of sources', () => {
  it('come back as they were packed, typed arrays included', () => {
    const source = {
      id: 'A;1',
      text: 'Übergang "quoted"',
      nested: [
        { points: Float64Array.of(1.5, -2.25, 1e300) },
        { index: Int32Array.of(1, -2, 3), bytes: Uint8Array.of(255) },
      ],
      empty: new Float64Array(0),
    };
    assert.deepEqual(unpackBlob(decompressBlob(compressBlob(packBlob(source)))), source);
  });

  it('are refused when the bytes are something else', () => {
    assert.throws(() => unpackBlob(new Uint8Array(16)), RangeError);
  });
});

describe('HDF5 files', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'terrane-hdf5-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

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
});

describe('numbers in CSV files', () => {
  it('are written in E notation with two digits of exponent', () => {
    assert.deepEqual(
      [0.9999998, 1.25e-12, 0, -0, 123456.789, 1e-100].map((value) => exponential(value, 6)),
      ['9.999998E-01', '1.250000E-12', '0.000000E+00', '0.000000E+00', '1.234568E+05', '1.000000E-100'],
    );
  });
  it('never show minus zero as a coordinate', () => assert.equal(coordinate(-1e-9), '0.00000'));
});
