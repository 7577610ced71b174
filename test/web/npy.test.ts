import assert from 'node:assert/strict';
import { decimal } from '../../web/extract/curves.js';
import { booleanValue, bytesArray, npyFile, numbersArray, recordArray, textArray } from '../../web/extract/npy.js';

/** Header and data of an NPY file, as the format's description says. */
function parse(bytes: Uint8Array): { header: string; data: Uint8Array } {
  assert.deepEqual([...bytes.subarray(0, 8)], [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0]);
  const length = bytes[8] + 256 * bytes[9];
  assert.equal((10 + length) % 64, 0);
  const header = Buffer.from(bytes.subarray(10, 10 + length)).toString('latin1');
  assert.ok(header.endsWith('\n'));
  return { header: header.trim(), data: bytes.subarray(10 + length) };
}

describe('NPY files', () => {
  it('carry numbers in little-endian C order', () => {
    const { header, data } = parse(npyFile(numbersArray(Float32Array.of(1, 2, 3, 4, 5, 6), [2, 3])));
    assert.equal(header, "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }");
    assert.equal(data.length, 24);
    assert.equal(new DataView(data.buffer, data.byteOffset).getFloat32(20, true), 6);
  });

  it('write one axis with a comma and a single value without axes', () => {
    assert.match(parse(npyFile(numbersArray(Uint32Array.of(1)))).header, /'shape': \(1,\)/);
    assert.match(parse(npyFile(booleanValue(true))).header, /'descr': '\|b1'.*'shape': \(\)/);
  });

  it('pad texts to the longest', () => {
    assert.deepEqual([...parse(npyFile(bytesArray(['ab', 'c']))).data], [97, 98, 99, 0]);
    const { header, data } = parse(npyFile(textArray('é')));
    assert.match(header, /'<U1'/);
    assert.deepEqual([...data], [0xe9, 0, 0, 0]);
  });

  it('pack records, nested fields included', () => {
    const nested = {
      type: [['PGA', [['0.1', '<f4']]]] as const,
      shape: [2],
      data: numbersArray(Float32Array.of(7, 8)).data,
    };
    const file = recordArray(
      [
        ['sids', numbersArray(Uint8Array.of(1, 2))],
        ['mean', nested],
      ],
      2,
    );
    const { header, data } = parse(npyFile(file));
    assert.match(header, /\[\('sids', '\|u1'\), \('mean', \[\('PGA', \[\('0.1', '<f4'\)\]\)\]\)\]/);
    assert.equal(data.length, 10);
    assert.equal(data[5], 2);
    // each record after the other, a field after the other
    const view = new DataView(data.buffer, data.byteOffset);
    assert.deepEqual([data[0], view.getFloat32(1, true), data[5], view.getFloat32(6, true)], [1, 7, 2, 8]);
  });

  it('name levels without exponents, whole numbers with .0', () => {
    assert.deepEqual([0.005, 2, 1e-7, 1.5e-7, 0.0068536280318835935].map(decimal), [
      '0.005',
      '2.0',
      '0.0000001',
      '0.00000015',
      '0.0068536280318835935',
    ]);
  });
});
