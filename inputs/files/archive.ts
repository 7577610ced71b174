import { createWriteStream } from 'node:fs';
import { mkdir, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { crc32 } from 'node:zlib';
import type { Entry, ZipFile } from 'yauzl';
import { Refusal, type RefusalCode } from '../../hazard/refusal.js';
import { isInside, isSystemFile } from './paths.js';

/** Bounds on what an archive may unpack to. */
interface ArchiveLimits {
  readonly entries: number;
  /** bytes, all entries together */
  readonly bytes: number;
  /** unpacked bytes per packed byte of an entry, looked at above `ratioFrom` bytes */
  readonly ratio: number;
  readonly ratioFrom: number;
  /** unpacked bytes per byte of the whole archive, looked at above `totalRatioFrom` bytes: many small entries are a bomb too */
  readonly totalRatio: number;
  readonly totalRatioFrom: number;
}

/** Seismic source models are repetitive XML: up to about 60 to 1. Deflate ends at 1032 to 1. */
const ARCHIVE_LIMITS: ArchiveLimits = {
  entries: 20_000,
  bytes: 4 * 2 ** 30,
  ratio: 200,
  ratioFrom: 2 ** 20,
  totalRatio: 100,
  totalRatioFrom: 2 ** 26,
};

const REGULAR = 0o100000;
const DIRECTORY = 0o040000;
const KIND_MASK = 0o170000;

/**
 * Unpacks a ZIP into a folder, which is made; on any fault the folder is removed with all in it. Names that leave the folder,
 * links, encrypted entries, names that stand twice, and archives beyond the limits are refused; what macOS adds is left out.
 * Errors: Refusal naming archive and entry.
 */
export async function unpackArchive(
  path: string,
  name: string,
  folder: string,
  limits = ARCHIVE_LIMITS,
): Promise<void> {
  const { openPromise } = await import('yauzl');
  let zip: ZipFile | undefined;
  try {
    await mkdir(folder, { recursive: true });
    zip = await openPromise(path, { autoClose: false, strictFileNames: false, validateEntrySizes: true });
    await unpackEntries(zip, folder, name, limits, (await stat(path)).size);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw asFault(error, name);
  } finally {
    zip?.close();
  }
}

type Refuse = (code: RefusalCode, message: string, value?: string) => Refusal;

async function unpackEntries(
  zip: ZipFile,
  folder: string,
  name: string,
  limits: ArchiveLimits,
  packed: number,
): Promise<void> {
  const refuse: Refuse = (code, message, value) =>
    new Refusal([{ code, file: name, message, ...(value !== undefined && { value }) }]);
  if (zip.entryCount > limits.entries) throw refuse('TOO_LARGE', `the archive has more than ${limits.entries} entries`);
  const seen = new Set<string>();
  let total = 0;
  let count = 0;
  for await (const entry of zip.eachEntry()) {
    if (++count > limits.entries) throw refuse('TOO_LARGE', `the archive has more than ${limits.entries} entries`);
    if (isSystemEntry(entry.fileName)) continue;
    checkEntry(entry, refuse);
    const target = join(folder, entry.fileName);
    if (!isInside(folder, target)) throw refuse('FILE_OUTSIDE_JOB', 'the path leaves the archive', entry.fileName);
    if (entry.fileName.endsWith('/')) {
      await mkdir(target, { recursive: true });
      continue;
    }
    const key = target.toLowerCase();
    if (seen.has(key)) throw refuse('BROKEN_FILE', 'the name stands twice in the archive', entry.fileName);
    seen.add(key);
    const allowed = Math.max(limits.ratioFrom, entry.compressedSize * limits.ratio);
    if (entry.uncompressedSize > allowed)
      throw refuse('TOO_LARGE', `the entry unpacks to more than ${limits.ratio} times its size`, entry.fileName);
    if (total + entry.uncompressedSize > Math.max(limits.totalRatioFrom, packed * limits.totalRatio))
      throw refuse('TOO_LARGE', `the archive unpacks to more than ${limits.totalRatio} times its size`);
    if (total + entry.uncompressedSize > limits.bytes)
      throw refuse('TOO_LARGE', `the archive unpacks to more than ${Math.round(limits.bytes / 2 ** 20)} MB`);
    await mkdir(dirname(target), { recursive: true });
    const bounded = new ByteBound(Math.min(allowed, limits.bytes - total), () =>
      refuse('TOO_LARGE', 'the entry is larger than it says', entry.fileName),
    );
    await pipeline(await zip.openReadStreamPromise(entry), bounded, createWriteStream(target, { flags: 'wx' }));
    if (bounded.checksum !== entry.crc32)
      throw refuse(
        'BROKEN_FILE',
        'the entry is damaged: its checksum is another one; send the archive again',
        entry.fileName,
      );
    total += bounded.bytes;
  }
  if (seen.size === 0) throw refuse('BROKEN_FILE', 'the archive is empty');
}

function isSystemEntry(name: string): boolean {
  return name.startsWith('__MACOSX/') || isSystemFile(name);
}

function checkEntry(entry: Entry, refuse: Refuse): void {
  const kind = (entry.externalFileAttributes >>> 16) & KIND_MASK;
  if (kind !== 0 && kind !== REGULAR && kind !== DIRECTORY)
    throw refuse('FILE_OUTSIDE_JOB', 'links and special files are not accepted in an archive', entry.fileName);
  if (entry.isEncrypted()) throw refuse('BROKEN_FILE', 'encrypted archives are not accepted', entry.fileName);
  if (!entry.canDecodeFileData())
    throw refuse('BROKEN_FILE', 'the entry is packed in an unknown way: use plain ZIP', entry.fileName);
}

/** Passes bytes on until there are more than allowed, and counts and sums them up. */
class ByteBound extends Transform {
  bytes = 0;
  /** CRC-32 of what passed, as ZIP archives note it for each entry */
  checksum = 0;

  constructor(
    private readonly most: number,
    private readonly fault: () => Refusal,
  ) {
    super();
  }

  override _transform(
    chunk: Buffer,
    _encoding: BufferEncoding,
    done: (error: Error | null, data?: Buffer) => void,
  ): void {
    this.bytes += chunk.length;
    this.checksum = crc32(chunk, this.checksum);
    if (this.bytes > this.most) done(this.fault());
    else done(null, chunk);
  }
}

/** Failures of the disk stay what they are; everything else that goes wrong is the archive's fault. */
function asFault(error: unknown, name: string): unknown {
  if (error instanceof Refusal || !(error instanceof Error)) return error;
  const operational = 'syscall' in error && 'code' in error && error.code !== 'ENAMETOOLONG' && error.code !== 'EISDIR';
  if (operational && error.code !== 'EEXIST' && error.code !== 'ENOTDIR') return error;
  const reason = error.message.replace(/\s+/g, ' ');
  return new Refusal([{ code: 'BROKEN_FILE', file: name, message: `the archive cannot be unpacked: ${reason}` }], {
    cause: error,
  });
}
