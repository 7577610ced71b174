import { createWriteStream } from 'node:fs';
import { basename } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';

/** Packs files, without their folders, into a new zip file. */
export async function writeZipFile(path: string, files: readonly string[]): Promise<void> {
  const zip = new ZipFile();
  for (const file of files) zip.addFile(file, basename(file));
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(path));
}

/** Packs buffers into a zip in memory, stored without compression. */
export async function zipBuffers(
  members: readonly (readonly [name: string, bytes: Uint8Array])[],
): Promise<Uint8Array> {
  const zip = new ZipFile();
  for (const [name, bytes] of members)
    zip.addBuffer(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), name, { compress: false });
  zip.end();
  return buffer(zip.outputStream);
}
