/**
 * Structural comparison of plain data (objects, arrays, typed arrays, numbers, texts). Long arrays met once are remembered, so
 * those shared among many variants of a source are walked once.
 */

const remembered = new WeakMap<object, number>();
/** items from which on the digest of an array is remembered */
const LONG = 8;
const bits = new DataView(new ArrayBuffer(8));

/** A 32-bit digest: equal content, equal digest. */
export function contentHash(value: unknown): number {
  switch (typeof value) {
    case 'number':
      bits.setFloat64(0, value);
      return mix(mix(1, bits.getInt32(0)), bits.getInt32(4));
    case 'string': {
      let hash = 2;
      for (let i = 0; i < value.length; i++) hash = mix(hash, value.charCodeAt(i));
      return hash;
    }
    case 'boolean':
      return value ? 3 : 4;
    case 'object':
      return value === null ? 5 : objectHash(value);
    default:
      return 6;
  }
}

function objectHash(value: object): number {
  // a small object is walked again sooner than it is looked up
  const long = ((value as ArrayLike<unknown>).length ?? 0) > LONG;
  const known = long ? remembered.get(value) : undefined;
  if (known !== undefined) return known;
  let hash = 7;
  if (value instanceof Float64Array || value instanceof Int32Array) {
    const words = new Int32Array(value.buffer, value.byteOffset, value.byteLength / 4);
    for (let i = 0; i < words.length; i++) hash = mix(hash, words[i]);
  } else if (Array.isArray(value)) for (const item of value) hash = mix(hash, contentHash(item));
  else {
    const parts = value as Readonly<Record<string, unknown>>;
    for (const key of Object.keys(parts).sort()) {
      const item = parts[key];
      if (item !== undefined) hash = mix(mix(hash, keyHash(key)), contentHash(item));
    }
  }
  if (long) remembered.set(value, hash);
  return hash;
}

/** Digests of names of properties, which are few and come again in every object. */
const ofKeys = new Map<string, number>();

function keyHash(key: string): number {
  let hash = ofKeys.get(key);
  if (hash === undefined) {
    hash = contentHash(key);
    // names that come from files are kept up to a limit
    if (ofKeys.size < MOST_KEYS) ofKeys.set(key, hash);
  }
  return hash;
}
const MOST_KEYS = 1000;

function mix(hash: number, value: number): number {
  const mixed = Math.imul(hash ^ value, 0x9e3779b1);
  return mixed ^ (mixed >>> 15);
}

/** True when two pieces of plain data say the same; properties that are undefined count as absent. */
export function sameContent(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (ArrayBuffer.isView(a) || ArrayBuffer.isView(b)) return sameNumbers(a, b);
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const left = a as Readonly<Record<string, unknown>>;
  const right = b as Readonly<Record<string, unknown>>;
  for (const key in left) if (!sameContent(left[key], right[key])) return false;
  for (const key in right) if (right[key] !== undefined && left[key] === undefined) return false;
  return true;
}

function sameNumbers(a: object, b: object): boolean {
  if (a.constructor !== b.constructor) return false;
  const left = a as unknown as ArrayLike<number>;
  const right = b as unknown as ArrayLike<number>;
  if (left.length !== right.length) return false;
  for (let i = 0; i < left.length; i++) if (!Object.is(left[i], right[i])) return false;
  return true;
}

/**
 * Keeps one object of each content: arrays and lists that come again in other sources or files are held once. What is given
 * away must not be changed any more.
 */
export class SharedParts {
  private readonly parts = new Map<number, object[]>();

  /** The object of this content that was seen first. */
  of<T extends object>(part: T): T {
    const hash = contentHash(part);
    const known = this.parts.get(hash);
    if (!known) {
      this.parts.set(hash, [part]);
      return part;
    }
    const same = known.find((other) => sameContent(other, part));
    if (same) return same as T;
    known.push(part);
    return part;
  }
}
