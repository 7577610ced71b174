/**
 * Compact binary form of plain data with typed arrays: sources travel and are stored in it. Layout: magic 'TRB1', uint32
 * length of the JSON text, the JSON text padded to 8 bytes, then the arrays, each padded to 8 bytes. In the JSON a typed
 * array stands as {"$array": [kind, byte offset, length]}; undefined fields are left out.
 */
import { gzipSync } from 'node:zlib';
import { inflate } from 'pako';

const MAGIC = 0x31425254;
const KINDS = {
  f8: Float64Array,
  f4: Float32Array,
  i4: Int32Array,
  u4: Uint32Array,
  u1: Uint8Array,
} as const;
type Kind = keyof typeof KINDS;
type Packed = InstanceType<(typeof KINDS)[Kind]>;

/** Plain data to bytes. Functions and class instances other than typed arrays are not allowed. */
export function packBlob(value: unknown): Uint8Array<ArrayBuffer> {
  const arrays: Packed[] = [];
  let offset = 0;
  const text = JSON.stringify(value, (_key, item: unknown) => {
    if (!ArrayBuffer.isView(item)) return item;
    const kind = (Object.keys(KINDS) as Kind[]).find((name) => item instanceof KINDS[name]);
    if (!kind) throw new TypeError('packBlob: unsupported kind of typed array');
    const array = item as Packed;
    const place = { $array: [kind, offset, array.length] };
    arrays.push(array);
    offset += padded(array.byteLength);
    return place;
  });
  const json = new TextEncoder().encode(text);
  const start = 8 + padded(json.length);
  const bytes = new Uint8Array(start + offset);
  const header = new DataView(bytes.buffer);
  header.setUint32(0, MAGIC, true);
  header.setUint32(4, json.length, true);
  bytes.set(json, 8);
  let at = start;
  for (const array of arrays) {
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), at);
    at += padded(array.byteLength);
  }
  return bytes;
}

/** The inverse of packBlob; arrays are views of the given bytes. Errors: RangeError when the bytes are not a blob. */
export function unpackBlob(bytes: Uint8Array): unknown {
  const aligned = bytes.byteOffset % 8 === 0 ? bytes : bytes.slice();
  const header = new DataView(aligned.buffer, aligned.byteOffset, aligned.byteLength);
  if (aligned.length < 8 || header.getUint32(0, true) !== MAGIC) throw new RangeError('unpackBlob: not a blob');
  const length = header.getUint32(4, true);
  const start = aligned.byteOffset + 8 + padded(length);
  const text = new TextDecoder().decode(aligned.subarray(8, 8 + length));
  return JSON.parse(text, (_key, item: unknown) => {
    if (typeof item !== 'object' || item === null || !('$array' in item)) return item;
    const [kind, offset, size] = item.$array as [Kind, number, number];
    return new KINDS[kind](aligned.buffer as ArrayBuffer, start + offset, size);
  });
}

/** Level 1: sources are mostly numbers, and higher levels cost more time than they save space. */
export function compressBlob(bytes: Uint8Array): Uint8Array {
  return gzipSync(bytes, { level: 1 });
}

/** One code path in Node and in browsers. */
export function decompressBlob(bytes: Uint8Array): Uint8Array {
  return inflate(bytes);
}

function padded(length: number): number {
  return (length + 7) & ~7;
}
