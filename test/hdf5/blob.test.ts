import assert from 'node:assert/strict';
import { compressBlob, decompressBlob, packBlob, unpackBlob } from '../../hdf5/blob.js';

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

  it('come back from bytes that begin anywhere, with arrays of any length before arrays of wide numbers', () => {
    const data = { bytes: Uint8Array.of(1, 2, 3), single: Float32Array.of(0.5), wide: Float64Array.of(-1.5, 2 ** 60) };
    const bytes = packBlob(data);
    for (const shift of [0, 1, 5]) {
      const shifted = new Uint8Array(bytes.length + shift);
      shifted.set(bytes, shift);
      assert.deepEqual(unpackBlob(shifted.subarray(shift)), data, `${shift} bytes further`);
    }
  });

  it('are refused when the bytes are something else', () => {
    assert.throws(() => unpackBlob(new Uint8Array(16)), RangeError);
  });
});
