import type { Fault, Refused } from './types';

/** What the server said when it did not do what was asked. */
export class ServerFault extends Error {
  constructor(
    message: string,
    readonly faults: readonly Fault[] = [],
    readonly job?: number,
  ) {
    super(message);
  }
}

/** The JSON at an address. Errors: ServerFault with what the server says. */
export async function getJson<T>(path: string, signal?: AbortSignal): Promise<T> {
  return (await (await ask(path, { signal })).json()) as T;
}

/** The text at an address. Errors: ServerFault with what the server says. */
export async function getText(path: string, signal?: AbortSignal): Promise<string> {
  return (await ask(path, { signal })).text();
}

/** Numbers as the server has them in memory. Errors: ServerFault with what the server says. */
export async function getNumbers(path: string, signal?: AbortSignal): Promise<Float32Array> {
  return new Float32Array(await (await ask(path, { signal })).arrayBuffer());
}

/** Asks for an action. Errors: ServerFault with what the server says. */
export async function post(path: string): Promise<void> {
  const response = await ask(path, { method: 'POST' });
  const text = await response.text();
  const answer = text.startsWith('{') ? (JSON.parse(text) as { error?: string }) : {};
  if (answer.error !== undefined) throw new ServerFault(answer.error);
}

async function ask(path: string, options: RequestInit): Promise<Response> {
  const response = await fetch(path, options).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ServerFault('The server cannot be reached.');
  });
  if (response.ok) return response;
  if (response.status === 403 && (await isStranger())) location.assign('/accounts/login/');
  const text = await response.text();
  const told = text.startsWith('{') ? ((JSON.parse(text) as { error?: string }).error ?? text) : text;
  throw new ServerFault(told || `The server answered ${response.status} ${response.statusText}.`);
}

/** Whether the server asks for a log-in and the session has ended. */
async function isStranger(): Promise<boolean> {
  const me = (await (await fetch('/accounts/me')).json()) as { required: boolean; user: string | null };
  return me.required && me.user === null;
}

/** A file of a job with its place among the others. */
export interface JobFile {
  /** below the folder that was dropped: `models/faults.xml` */
  readonly path: string;
  readonly file: File;
}

/** Sends the files of a job; a single ZIP goes as archive. Resolves with the answer. Errors: ServerFault with all faults. */
export function sendFiles<T>(
  address: string,
  files: readonly JobFile[],
  fields: Readonly<Record<string, string>>,
  onProgress: (fraction: number) => void,
  signal?: AbortSignal,
): Promise<T> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) if (value !== '') form.append(name, value);
  if (files.length === 1 && /\.zip$/i.test(files[0].path)) form.append('archive', files[0].file);
  else for (const [k, { path, file }] of files.entries()) form.append(`file_${k + 1}`, file, path);
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', address);
    request.responseType = 'json';
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    request.onload = () => {
      const answer = request.response as (T & Partial<Refused>) | null;
      if (request.status === 200 && answer) resolve(answer);
      else
        reject(
          new ServerFault(
            answer?.traceback?.join('\n') ??
              (answer as { error?: string } | null)?.error ??
              `The server answered ${request.status} ${request.statusText}.`,
            answer?.faults ?? [],
            answer?.job_id,
          ),
        );
    };
    request.onerror = () => {
      // the browser breaks off what it can no longer read: a file that was changed after it was chosen
      void Promise.all(files.map(({ file }) => file.slice(0, 1).arrayBuffer())).then(
        () => reject(new ServerFault('The server cannot be reached.')),
        () => reject(new ServerFault('A file has changed on the disk since it was chosen: drop it again.')),
      );
    };
    signal?.addEventListener('abort', () => {
      request.abort();
      reject(new ServerFault('broken off'));
    });
    request.send(form);
  });
}
