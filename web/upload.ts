import busboy from 'busboy';
import type { Request } from 'express';
import { createWriteStream, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { HttpFault } from './http-fault.js';

/** How much one upload may bring. */
export interface UploadLimits {
  /** bytes of all files together */
  readonly totalSize: number;
  readonly files: number;
}
/** Limits unless the operator says otherwise. */
export const DEFAULT_LIMITS: UploadLimits = { totalSize: 2 * 2 ** 30, files: 5000 };

const FIELDS = 100;
/** folders within folders */
const DEEPEST = 12;
const FIELD_SIZE = 64 * 1024;

/** What a form has brought, its files in the work folder. */
export interface Upload {
  /** ordinary fields by name */
  readonly fields: ReadonlyMap<string, string>;
  /** the file sent as `archive`, if any */
  readonly archive: string | undefined;
  /** all other files: absolute paths below the folder, under their own names and in their own sub-folders */
  readonly files: readonly string[];
}

/**
 * Receives a multipart form, streaming every file to `folder`, and never more than the limits allow.
 * Errors: HttpFault 400 for a broken form, 413 beyond a limit.
 */
export async function receiveUpload(request: Request, folder: string, limits: UploadLimits): Promise<Upload> {
  const parser = formParser(request, limits);
  mkdirSync(folder, { recursive: true });
  const fields = new Map<string, string>();
  const files: string[] = [];
  const names = new Set<string>();
  const writes: Promise<void>[] = [];
  let archive: string | undefined;
  let received = 0;
  await new Promise<void>((resolve, reject) => {
    const refuse = (fault: HttpFault): void => {
      request.unpipe(parser);
      request.resume();
      reject(fault);
    };
    parser.on('field', (name, value, { valueTruncated }) => {
      if (valueTruncated) refuse(HttpFault.text(413, `the field '${name}' is longer than ${FIELD_SIZE} bytes`));
      fields.set(name, value);
    });
    parser.on('file', (field, stream, { filename }) => {
      if (!filename) {
        // an empty file control of a browser
        stream.resume();
        return;
      }
      const isArchive = field === 'archive' && archive === undefined;
      const name = isArchive ? 'archive.zip' : placeOf(filename);
      if (!isArchive && (!name.split('/').every(isPlainName) || names.has(name))) {
        stream.resume();
        const why = names.has(name) ? 'was sent twice' : 'is not a usable file name';
        refuse(HttpFault.text(400, `'${name}' ${why}`));
        return;
      }
      names.add(name);
      const path = join(folder, name);
      if (isArchive) archive = path;
      else {
        files.push(path);
        try {
          mkdirSync(dirname(path), { recursive: true });
        } catch {
          stream.resume();
          refuse(HttpFault.text(400, `'${name}' lies in what is a file itself`));
          return;
        }
      }
      stream.on('data', (chunk: Buffer) => {
        received += chunk.length;
        if (received > limits.totalSize)
          refuse(HttpFault.text(413, `the upload is larger than ${Math.floor(limits.totalSize / 2 ** 20)} MB`));
      });
      const written = pipeline(stream, createWriteStream(path));
      written.catch(reject);
      writes.push(written);
    });
    parser.on('filesLimit', () => refuse(HttpFault.text(413, `more than ${limits.files} files`)));
    parser.on('fieldsLimit', () => refuse(HttpFault.text(413, `more than ${FIELDS} fields`)));
    parser.on('error', (error) => reject(HttpFault.text(400, `broken form: ${(error as Error).message}`)));
    parser.on('close', () => resolve());
    request.on('aborted', () => reject(HttpFault.text(400, 'the upload was broken off')));
    request.pipe(parser);
  }).catch((error: unknown) => {
    parser.destroy();
    throw error;
  });
  await Promise.all(writes);
  return { fields, archive, files };
}

function formParser(request: Request, limits: UploadLimits): busboy.Busboy {
  if (!request.is('multipart/form-data'))
    throw HttpFault.text(400, 'the files of the job are expected as multipart/form-data');
  try {
    return busboy({
      headers: request.headers,
      defParamCharset: 'utf8',
      preservePath: true,
      limits: { files: limits.files, fields: FIELDS, fieldSize: FIELD_SIZE, headerPairs: 200 },
    });
  } catch (error) {
    throw HttpFault.text(400, `broken form: ${(error as Error).message}`);
  }
}

/** Path below the folder of the job; of one that leads elsewhere, as some browsers and programs send them, the last part. */
function placeOf(filename: string): string {
  const parts = filename.split('/');
  const below = parts.every((part) => part !== '' && part !== '.' && part !== '..') && parts.length <= DEEPEST;
  return below && !filename.includes('\\') ? filename : filename.replace(/^.*[/\\]/s, '');
}

/** What is left of a name must still be an ordinary one. */
function isPlainName(name: string): boolean {
  return name !== '' && name !== '.' && name !== '..' && name.length <= 255 && !/[/\\\p{Cc}]/u.test(name);
}
