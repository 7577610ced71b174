/**
 * A file of records that is only ever appended to. Each record has its length and a checksum in front, so that a record that was
 * being written when its process died is told from a whole one, and dropped. Layout: the magic, then records of uint32 length of
 * the head, uint32 length of the body, uint32 CRC-32 of both lengths, head and body; the head is JSON, the body what is kept.
 */
import { closeSync, fstatSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs';
import { crc32 } from 'node:zlib';

const MAGIC = Buffer.from('TERRJRN1', 'latin1');
/** bytes before the head */
const FRAME = 12;
/** bytes that are checked at a time */
const BLOCK = 1 << 20;

/** Where a record lies. */
export interface JournalRecord<Head> {
  readonly head: Head;
  /** of the body, bytes */
  readonly offset: number;
  readonly length: number;
}

/** One file of records, open for appending. Errors: those of the system. */
export class Journal<Head> {
  private constructor(
    private readonly descriptor: number,
    private end: number,
    /** whole records that the file had when it was opened */
    readonly records: readonly JournalRecord<Head>[],
    /** bytes of a torn record that were dropped */
    readonly dropped: number,
  ) {}

  /** Opens a file, made if it is not there. A torn tail, or a file that is no journal, is cut off. */
  static open<Head>(path: string): Journal<Head> {
    const descriptor = openSync(path, 'a+', 0o600);
    try {
      const { size } = fstatSync(descriptor);
      const records: JournalRecord<Head>[] = [];
      let end = isJournal(descriptor) ? MAGIC.length : 0;
      for (let next = end > 0 ? readRecord<Head>(descriptor, end, size) : undefined; next;) {
        records.push(next);
        end = next.offset + next.length;
        next = readRecord<Head>(descriptor, end, size);
      }
      if (end < size) ftruncateSync(descriptor, end);
      if (end === 0) writeAll(descriptor, MAGIC);
      return new Journal(descriptor, Math.max(end, MAGIC.length), records, size - end);
    } catch (error) {
      closeSync(descriptor);
      throw error;
    }
  }

  /** bytes */
  get size(): number {
    return this.end;
  }

  append(head: Head, body: Uint8Array): JournalRecord<Head> {
    const text = Buffer.from(JSON.stringify(head));
    const front = Buffer.alloc(FRAME + text.length);
    front.writeUInt32LE(text.length, 0);
    front.writeUInt32LE(body.length, 4);
    text.copy(front, FRAME);
    front.writeUInt32LE(crc32(body, crc32(text, crc32(front.subarray(0, 8)))), 8);
    writeAll(this.descriptor, front);
    writeAll(this.descriptor, body);
    const offset = this.end + front.length;
    this.end = offset + body.length;
    return { head, offset, length: body.length };
  }

  read({ offset, length }: JournalRecord<Head>): Buffer {
    const body = Buffer.allocUnsafe(length);
    if (!readFully(this.descriptor, body, offset)) throw new RangeError('the record has gone from the journal');
    return body;
  }

  close(): void {
    closeSync(this.descriptor);
  }
}

function isJournal(descriptor: number): boolean {
  const start = Buffer.alloc(MAGIC.length);
  return readFully(descriptor, start, 0) && start.equals(MAGIC);
}

/** undefined where no whole record stands. */
function readRecord<Head>(descriptor: number, at: number, size: number): JournalRecord<Head> | undefined {
  const frame = Buffer.alloc(FRAME);
  if (!readFully(descriptor, frame, at)) return undefined;
  const headLength = frame.readUInt32LE(0);
  const length = frame.readUInt32LE(4);
  const offset = at + FRAME + headLength;
  if (offset + length > size) return undefined;
  const text = Buffer.alloc(headLength);
  if (!readFully(descriptor, text, at + FRAME)) return undefined;
  let sum = crc32(text, crc32(frame.subarray(0, 8)));
  const block = Buffer.alloc(Math.min(BLOCK, length));
  for (let done = 0; done < length; done += block.length) {
    const part = block.subarray(0, Math.min(block.length, length - done));
    if (!readFully(descriptor, part, offset + done)) return undefined;
    sum = crc32(part, sum);
  }
  if (sum !== frame.readUInt32LE(8)) return undefined;
  return { head: JSON.parse(text.toString()) as Head, offset, length };
}

function readFully(descriptor: number, into: Buffer, position: number): boolean {
  let done = 0;
  while (done < into.length) {
    const read = readSync(descriptor, into, done, into.length - done, position + done);
    if (read === 0) return false;
    done += read;
  }
  return true;
}

function writeAll(descriptor: number, bytes: Uint8Array): void {
  let done = 0;
  while (done < bytes.length) done += writeSync(descriptor, bytes, done, bytes.length - done);
}
