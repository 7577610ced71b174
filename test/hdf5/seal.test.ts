import assert from 'node:assert/strict';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { DatastoreError } from '../../hdf5/errors.js';
import { Hdf5File } from '../../hdf5/hdf5.js';
import { readSeal, sealFile, verifySeal } from '../../hdf5/seal.js';

/** numbers of a dataset that fills several blocks of 65,536 bytes */
const SIZE = 40_000;

describe('the checksums of a finished file', () => {
  let folder: string;
  let path: string;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'terrane-seal-'));
    path = join(folder, 'a.hdf5');
    const file = await Hdf5File.create(path);
    file.writeArray(
      'numbers',
      Float64Array.from({ length: SIZE }, (_, k) => k / 7),
    );
    file.writeText('title', 'two blocks and more');
    file.close();
    sealFile(path);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const flip = (byte: number): void => {
    const bytes = readFileSync(path);
    bytes[byte] ^= 4;
    writeFileSync(path, bytes);
  };

  it('are CRC-32 of its blocks, and change nothing that readers see', async () => {
    const { size, sums } = readSeal(path)!;
    const bytes = readFileSync(path).subarray(0, size);
    assert.equal(sums.length, Math.ceil(size / 65_536));
    sums.forEach((sum, k) => assert.equal(sum, crc32(bytes.subarray(k * 65_536, (k + 1) * 65_536))));
    // the published check value of CRC-32 (ISO-HDLC)
    assert.equal(crc32('123456789'), 0xcbf43926);
    const file = await Hdf5File.open(path);
    assert.equal(file.readFloats('numbers', [[SIZE - 1, SIZE]])[0], (SIZE - 1) / 7);
    assert.equal(file.readText('title'), 'two blocks and more');
    file.close();
    assert.deepEqual(verifySeal(path), { blocks: sums.length, damaged: [] });
  });

  it('are replaced when a file is sealed again', () => {
    const before = readFileSync(path);
    sealFile(path);
    assert.ok(before.equals(readFileSync(path)));
  });

  it('show any changed bit, when the file is read and when all of it is verified', async () => {
    const { size } = readSeal(path)!;
    const original = readFileSync(path);
    // every part of the file: headers, numbers, the last byte
    for (const byte of [9, 100, 5000, 70_000, 200_000, size - 1]) {
      flip(byte);
      const damaged = verifySeal(path)!.damaged.map(({ first, last }) => first <= byte && byte < last);
      assert.deepEqual(damaged, [true], `byte ${byte}`);
      await assert.rejects(
        async () => {
          const file = await Hdf5File.open(path);
          try {
            file.readFloats('numbers');
            file.readText('title');
          } finally {
            file.close();
          }
        },
        (error) =>
          error instanceof DatastoreError && /damaged: bytes \d+ to \d+ are not what was written/.test(error.message),
        `byte ${byte}`,
      );
      writeFileSync(path, original);
    }
  });

  it('are read a block at a time: what is not used is not looked at', async () => {
    flip(200_000);
    const file = await Hdf5File.open(path);
    assert.equal(file.readFloats('numbers', [[0, 1]])[0], 0);
    assert.throws(() => file.readFloats('numbers', [[24_000, 26_000]]), /damaged/);
    file.close();
  });

  it('tell of damage to themselves', async () => {
    const { size } = readSeal(path)!;
    flip(size + 1);
    assert.equal(verifySeal(path)!.damaged.length, 1);
    await assert.rejects(Hdf5File.open(path), /damaged/);
  });

  it('are missing where a file was cut off, or is of another program', async () => {
    truncateSync(path, statSync(path).size - 10);
    assert.equal(verifySeal(path), undefined);
    const other = join(folder, 'other.hdf5');
    const file = await Hdf5File.create(other);
    file.writeText('title', 'not sealed');
    file.close();
    assert.equal(readSeal(other), undefined);
    appendFileSync(other, 'TERRSEAL');
    // the magic alone is no seal: what stands before it does not add up
    assert.equal(verifySeal(other)!.damaged.length, 1);
  });
});
