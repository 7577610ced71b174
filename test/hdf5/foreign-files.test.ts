import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import type { File } from 'h5wasm/node';
import { DatastoreError } from '../../hdf5/errors.js';
import { Hdf5File } from '../../hdf5/hdf5.js';
import { hdf5Reason, openHdf5 } from '../../hdf5/library.js';

// made with h5py 3: f.create_dataset('1/rupture_idxs', shape=(3,), dtype='S30', external=[('/etc/passwd', 0, 90)])
const EXTERNAL_STORAGE =
  'eNrr9HBx4+WS4mLm4GCAgf9QUMUE4RtAxW8sYgzz93AJYmKoYBJCVggDXEwMjAwMbDwMQIrRcDPMPA8GqoFH8SElxDhBHOQEnqLSgpLSotT4zJSKYjNGqBG2FDrBcsp+V7ATgH5kFGFgYGJkZGSGysFpDgZGYaCFckA2K9BFzFzsGkDVDOCAYXCChisHmslRUJoD6DNmRpiPYKIMExgGHbi7Yp2ih6tjAIgtARWDhXMSE6pa/dSSZP2CxOLi8hQwHwDBPk4N';
// made with h5py 3: a virtual dataset 'v' of 3 floats out of /tmp/other.hdf5
const VIRTUAL_DATASET =
  'eNrr9HBx4+WS4mLm4GCAgf9QwCAB4RtAxR07O9n9PVyCmBgqmISQFcIAFxMDIwMDGw8DkGIs2wwzz4OBaqCtRO0O2AmKk034spExAyOjCAMDEyMjIzNULZwWYWAUVLBngHjQgcGEm8HkP1CSFehaZm4OPgYGFmaoJMj5DAxbGIYkSFyz1ZNhFIyCUTAKRsEoIAa4O/v7gCs9AaQKEAhcYQpgAvoluQX6+SUZqUV6GSlppgwV4PqVEckoJmidy8jECNXJCOQ3BEh2IymawT8a5qNgFIyCUTAKRsEoGAWjYBSMglEwCkYBvQEA5/M1tg==';

describe('HDF5 files that point to other files', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'terrane-foreign-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const written = (base64: string): string => {
    const path = join(folder, 'a.hdf5');
    writeFileSync(path, inflateSync(Buffer.from(base64, 'base64')));
    return path;
  };

  it('do not get at external storage, and the message shows neither bytes nor paths', async () => {
    const file = await Hdf5File.open(written(EXTERNAL_STORAGE));
    assert.throws(
      () => file.readTexts('1/rupture_idxs'),
      (error) =>
        error instanceof DatastoreError &&
        /points to another file/.test(error.message) &&
        !/root:|passwd|\//.test(error.message.replace('1/rupture_idxs', '')),
    );
  });

  it('do not get at the files behind virtual datasets: no value of them is read', async () => {
    const other = join(tmpdir(), 'other.hdf5');
    const writer = await Hdf5File.create(other);
    writer.writeArray('x', Float64Array.of(1, 2, 3));
    writer.close();
    try {
      const file = await Hdf5File.open(written(VIRTUAL_DATASET));
      assert.throws(() => file.readNumbers('v'), /points to another file/);
    } finally {
      rmSync(other);
    }
  });

  it('do not follow external links', async () => {
    const secret = join(folder, 'secret.hdf5');
    const secretFile = await Hdf5File.create(secret);
    secretFile.writeArray('x', Float64Array.of(42));
    secretFile.close();
    const path = join(folder, 'link.hdf5');
    const writer = (await openHdf5(path, 'w')) as File & {
      create_external_link(file: string, target: string, name: string): void;
    };
    writer.create_external_link(secret, '/x', 'borrowed');
    writer.close();
    const reader = await Hdf5File.open(path);
    assert.throws(() => reader.readNumbers('borrowed'), /points to another file|is not a dataset/);
    reader.close();
  });

  it('are read as ever where they hold their own data, after a refusal too', async () => {
    const path = join(folder, 'own.hdf5');
    const writer = await Hdf5File.create(path);
    writer.writeArray('x', Float64Array.of(1, 2));
    writer.close();
    const reader = await Hdf5File.open(path);
    assert.deepEqual(reader.readNumbers('x'), Float64Array.of(1, 2));
    reader.close();
  });

  it('tell errors of the C library in one sentence without its trace', () => {
    const trace =
      'HDF5-DIAG: Error detected in HDF5\n  #000: /src/H5D.c line 1 in H5Dread(): x\n    major: Dataset\n    minor: Read failed\n';
    assert.equal(hdf5Reason(new Error(trace)), 'is damaged or cannot be read (read failed)');
  });
});
