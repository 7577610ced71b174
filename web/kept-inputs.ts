import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import type { JobInputs } from '../engine/store/job-record.js';
import { HttpFault } from './http-fault.js';

/** A file that a job was sent with. */
export interface InputFile {
  /** below the folder of the job */
  readonly path: string;
  /** bytes */
  readonly size: number;
}

/** Lines of a file. */
export interface FileLines {
  /** number of the first one, from 1 */
  readonly first: number;
  readonly lines: readonly string[];
  /** whether more follow */
  readonly more: boolean;
}

const MOST_FILES = 20_000;
const MOST_LINES = 2000;
/** characters of a line that are shown */
const LONGEST_LINE = 2000;

/**
 * The files of a job as they were sent, in a folder or a ZIP, without unpacking anything. Errors: HttpFault 404 for jobs whose inputs are
 * not kept here.
 */
export class KeptInputs {
  constructor(
    private readonly inputs: JobInputs,
    private readonly folder: string,
  ) {}

  private get archive(): string | undefined {
    return /\.zip$/i.test(this.inputs.source) ? this.inputs.source : undefined;
  }

  /** Every file, by path. */
  async files(): Promise<InputFile[]> {
    const { source } = this.inputs;
    if (source === '' || !source.startsWith(this.folder)) throw HttpFault.text(404, 'the inputs are not kept here');
    const files = this.archive === undefined ? await filesBelow(this.folder) : await entriesOf(this.archive);
    return files.sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  /** The job file: the one that was named, or the first by name, those nearest to the top first. */
  async ini(): Promise<string | undefined> {
    const depth = (path: string): number => path.split('/').length;
    const inis = (await this.files()).map(({ path }) => path).filter((path) => /\.ini$/i.test(path));
    const named = this.inputs.jobIni?.replaceAll('\\', '/');
    if (named) return inis.find((path) => path === named) ?? inis.find((path) => path.endsWith(named));
    return inis.sort((a, b) => depth(a) - depth(b) || (a < b ? -1 : 1))[0];
  }

  /** Some lines of a text. Errors: HttpFault 404 for a file that is not of the job, 415 for one that is no text. */
  async lines(path: string, first: number, count: number): Promise<FileLines> {
    if (!(await this.files()).some((file) => file.path === path)) throw HttpFault.text(404, `no file '${path}'`);
    const stream = await this.open(path);
    const wanted = Math.min(count, MOST_LINES);
    const lines: string[] = [];
    let number = 1;
    let rest = '';
    let more = false;
    try {
      for await (const chunk of stream) {
        const text = (chunk as Buffer).toString('utf8');
        if (text.includes('\0')) throw HttpFault.text(415, `${path} is no text`);
        const parts = (rest + text).split('\n');
        rest = parts.pop()!.slice(0, LONGEST_LINE);
        for (const part of parts) {
          if (number >= first && lines.length < wanted) lines.push(part.replace(/\r$/, '').slice(0, LONGEST_LINE));
          number++;
        }
        if (lines.length >= wanted) {
          more = true;
          break;
        }
      }
      if (rest !== '' && !more && number >= first && lines.length < wanted) lines.push(rest);
    } finally {
      stream.destroy();
    }
    return { first, lines, more };
  }

  private async open(path: string): Promise<Readable> {
    if (this.archive === undefined) return createReadStream(join(this.folder, path));
    const { openPromise } = await import('yauzl');
    const zip = await openPromise(this.archive, { autoClose: false });
    for await (const entry of zip.eachEntry())
      if (entry.fileName === path) {
        const stream = await zip.openReadStreamPromise(entry);
        return stream.once('close', () => zip.close());
      }
    zip.close();
    throw HttpFault.text(404, `no file '${path}'`);
  }
}

async function filesBelow(folder: string): Promise<InputFile[]> {
  const names = await readdir(folder, { withFileTypes: true, recursive: true });
  const found: InputFile[] = [];
  for (const entry of names.slice(0, MOST_FILES)) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    found.push({ path: path.slice(folder.length + 1).replaceAll('\\', '/'), size: (await stat(path)).size });
  }
  return found;
}

async function entriesOf(archive: string): Promise<InputFile[]> {
  const { openPromise } = await import('yauzl');
  const zip = await openPromise(archive, { autoClose: false });
  const found: InputFile[] = [];
  try {
    for await (const entry of zip.eachEntry()) {
      const { fileName: path, uncompressedSize: size } = entry;
      const system = dirname(path).startsWith('__MACOSX') || basename(path) === '.DS_Store';
      if (!path.endsWith('/') && !system && found.length < MOST_FILES) found.push({ path, size });
    }
  } finally {
    zip.close();
  }
  return found;
}
