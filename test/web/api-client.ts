import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';

export const EXAMPLES = fileURLToPath(new URL('../../../examples/', import.meta.url));

/** Files of an example by name; `change` edits its job.ini. */
export function exampleFiles(name: string, change: (ini: string) => string = (ini) => ini): Map<string, string> {
  const folder = join(EXAMPLES, name);
  const files = new Map(readdirSync(folder).map((file) => [file, readFileSync(join(folder, file), 'utf8')]));
  return files.set('job.ini', change(files.get('job.ini')!));
}

/** A job that takes minutes: a fine grid over a large area. */
export function longJob(): Map<string, string> {
  return exampleFiles('01-area-source', (ini) =>
    ini
      .replace(/area_source_discretization = .*/, 'area_source_discretization = 0.25')
      .replace(/width_of_mfd_bin = .*/, 'width_of_mfd_bin = 0.02'),
  );
}

export async function zipOf(files: ReadonlyMap<string, string>): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, text] of files) zip.addBuffer(Buffer.from(text), name);
  zip.end();
  return buffer(zip.outputStream);
}

/** What a job that is refused is answered with. */
export interface Refused {
  readonly traceback: string[];
  readonly job_id: number;
  readonly faults: readonly { readonly code: string; readonly file: string; readonly message: string }[];
}

export interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown> & Refused;
}

/** What tests ask a server. */
export class ApiClient {
  constructor(readonly url: string) {}

  async get(path: string): Promise<Response> {
    return fetch(`${this.url}${path}`);
  }

  async json<T>(path: string): Promise<T> {
    return (await (await this.get(path)).json()) as T;
  }

  async post(path: string): Promise<Answer> {
    return answerOf(await fetch(`${this.url}${path}`, { method: 'POST' }));
  }

  async sendFiles(files: ReadonlyMap<string, string>, fields: Readonly<Record<string, string>> = {}): Promise<Answer> {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    let number = 0;
    for (const [name, text] of files) form.append(`f${number++}`, new Blob([text]), name);
    return answerOf(await fetch(`${this.url}/v1/calc/run`, { method: 'POST', body: form }));
  }

  async sendArchive(bytes: Uint8Array, path = '/v1/calc/run'): Promise<Answer> {
    const form = new FormData();
    form.append('archive', new Blob([Uint8Array.from(bytes)]), 'job.zip');
    return answerOf(await fetch(`${this.url}${path}`, { method: 'POST', body: form }));
  }

  /** Follows the server's events until the job has one of the statuses; resolves with it. */
  async waitFor(id: number, ...statuses: readonly string[]): Promise<string> {
    const stop = new AbortController();
    const response = await fetch(`${this.url}/v1/events`, { signal: stop.signal });
    let text = '';
    try {
      for await (const chunk of response.body!) {
        text += Buffer.from(chunk as Uint8Array).toString('utf8');
        for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
          const [, data] = /^data: (.*)$/m.exec(text.slice(0, end)) ?? [];
          text = text.slice(end + 2);
          if (data === undefined) continue;
          const { changed } = JSON.parse(data) as { changed: { id: number; status: string }[] };
          const job = changed.find((one) => one.id === id);
          if (job && statuses.includes(job.status)) return job.status;
        }
      }
    } finally {
      stop.abort();
    }
    throw new Error('the stream of events ended');
  }

  async waitForEnd(id: number): Promise<string> {
    return this.waitFor(id, 'complete', 'failed', 'aborted');
  }
}

async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text();
  return { status: response.status, body: (text.startsWith('{') ? JSON.parse(text) : { text }) as Answer['body'] };
}
