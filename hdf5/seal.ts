/**
 * Checksums of a finished file, behind its last byte: HDF5 looks only as far as its own length, so every reader takes the file as
 * before, and the sums go wherever the file goes. Sums stand for blocks of the whole file, not for datasets: headers, texts and
 * indices are covered as well as numbers (docs/decisions/datastore.md, Checksums).
 */
import { closeSync, fstatSync, openSync, readSync, writeSync } from 'node:fs';
import { crc32 } from 'node:zlib';

/** bytes that one sum stands for */
const BLOCK = 65_536;
const MAGIC = 'TERRSEAL';
/** bytes: length of the content, bytes of a block, sum of the sums, magic */
const FOOTER = 24;

/** The sums of a sealed file. */
export interface Seal {
  /** bytes that are covered: the file without its seal */
  readonly size: number;
  readonly sums: Uint32Array;
}

/** A part of a file that is not what was written, [first, last) in bytes. */
export class DamagedBlock extends Error {
  override readonly name = 'DamagedBlock';
  constructor(
    readonly first: number,
    readonly last: number,
  ) {
    super(`bytes ${first} to ${last - 1} are not what was written`);
  }
}

/** Computes the sums of a finished file and writes them behind it, over an older seal, which is of the same length. Errors: those of the system. */
export function sealFile(path: string): void {
  const descriptor = openSync(path, 'r+');
  try {
    const size = readSealOf(descriptor)?.size ?? fstatSync(descriptor).size;
    const sums = new Uint32Array(Math.ceil(size / BLOCK));
    const block = Buffer.alloc(BLOCK);
    for (let k = 0; k < sums.length; k++) sums[k] = sumOfBlock(descriptor, k, size, block);
    const content = Buffer.from(sums.buffer);
    const footer = Buffer.alloc(FOOTER);
    footer.writeDoubleLE(size, 0);
    footer.writeUInt32LE(BLOCK, 8);
    footer.writeUInt32LE(crc32(content), 12);
    footer.write(MAGIC, 16, 'latin1');
    writeSync(descriptor, content, 0, content.length, size);
    writeSync(descriptor, footer, 0, FOOTER, size + content.length);
  } finally {
    closeSync(descriptor);
  }
}

/** The seal of a file; undefined for one that has none: of another program, or not finished. Errors: DamagedBlock for a broken seal. */
export function readSeal(path: string): Seal | undefined {
  const descriptor = openSync(path, 'r');
  try {
    return readSealOf(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function readSealOf(descriptor: number): Seal | undefined {
  const whole = fstatSync(descriptor).size;
  if (whole < FOOTER) return undefined;
  const footer = Buffer.alloc(FOOTER);
  readSync(descriptor, footer, 0, FOOTER, whole - FOOTER);
  if (footer.toString('latin1', 16) !== MAGIC) return undefined;
  const size = footer.readDoubleLE(0);
  const count = Math.ceil(size / BLOCK);
  const damaged = new DamagedBlock(Math.max(0, whole - FOOTER), whole);
  if (footer.readUInt32LE(8) !== BLOCK || size + 4 * count + FOOTER !== whole) throw damaged;
  const sums = new Uint32Array(count);
  const content = Buffer.from(sums.buffer);
  readSync(descriptor, content, 0, content.length, size);
  if (crc32(content) !== footer.readUInt32LE(12)) throw damaged;
  return { size, sums };
}

/** Looks at blocks of an open file before they are used, each once. */
export class SealedReads {
  private readonly seen: Uint8Array;
  private readonly block = Buffer.alloc(BLOCK);

  constructor(
    private readonly seal: Seal,
    private readonly descriptor: number,
  ) {
    this.seen = new Uint8Array(seal.sums.length);
  }

  /** Errors: DamagedBlock when any of the bytes first .. first + length - 1 lies in a block that is not as it was written. */
  check(first: number, length: number): void {
    const { size, sums } = this.seal;
    const last = Math.min(first + length, size);
    for (let k = Math.floor(first / BLOCK); k * BLOCK < last; k++) {
      if (this.seen[k] === 1) continue;
      if (sumOfBlock(this.descriptor, k, size, this.block) !== sums[k])
        throw new DamagedBlock(k * BLOCK, Math.min((k + 1) * BLOCK, size));
      this.seen[k] = 1;
    }
  }
}

/**
 * Looks at a whole file. Returns the number of its blocks and those that are damaged; undefined for a file without seal.
 * Errors: those of the system.
 */
export function verifySeal(
  path: string,
): { readonly blocks: number; readonly damaged: readonly DamagedBlock[] } | undefined {
  const descriptor = openSync(path, 'r');
  try {
    const seal = readSealOf(descriptor);
    if (!seal) return undefined;
    const reads = new SealedReads(seal, descriptor);
    const damaged: DamagedBlock[] = [];
    for (let k = 0; k < seal.sums.length; k++) {
      try {
        reads.check(k * BLOCK, 1);
      } catch (error) {
        if (!(error instanceof DamagedBlock)) throw error;
        damaged.push(error);
      }
    }
    return { blocks: seal.sums.length, damaged };
  } catch (error) {
    if (error instanceof DamagedBlock) return { blocks: 0, damaged: [error] };
    throw error;
  } finally {
    closeSync(descriptor);
  }
}

/** Sum of block k of a content of so many bytes; a block that is cut short counts as another one. */
function sumOfBlock(descriptor: number, k: number, size: number, block: Buffer): number {
  const length = Math.min(BLOCK, size - k * BLOCK);
  const read = readSync(descriptor, block, 0, length, k * BLOCK);
  return crc32(block.subarray(0, read));
}
