/** A job as the server's events tell it. */
export interface JobView {
  readonly id: number;
  readonly description: string;
  readonly calculation_mode: string;
  readonly status: string;
  readonly is_running: boolean;
  readonly start_time: string;
  readonly owner: string;
  readonly size_mb: number | null;
  readonly progress: number;
  readonly phase: string;
  readonly seconds: number;
  readonly reason: readonly string[];
}

/** An output in the list of a job's results. */
export interface OutputView {
  readonly id: number;
  readonly type: string;
  readonly name: string;
  readonly outtypes: readonly string[];
}

/** What the curves and maps of a site are drawn from. */
export interface PlotView {
  readonly siteCount: number;
  readonly site: { readonly number: number; readonly lon: number; readonly lat: number; readonly name: string };
  readonly investigationTime: number;
  readonly poes: readonly number[];
  readonly measures: readonly MeasureView[];
}
/** Curves and map values of one measure by statistic. */
export interface MeasureView {
  readonly imt: string;
  readonly levels: readonly number[];
  readonly curves: Readonly<Record<string, readonly number[]>>;
  readonly maps?: Readonly<Record<string, readonly number[]>>;
}

/** A line of a job's log. */
export type LogRow = readonly [time: string, level: string, process: string, message: string];

/** What the server said when it did not do what was asked. */
export class ServerFault extends Error {}

/** The JSON at an address. Errors: ServerFault with what the server says. */
export async function getJson<T>(path: string): Promise<T> {
  return JSON.parse(await getText(path)) as T;
}

/** The text at an address. Errors: ServerFault with what the server says. */
export async function getText(path: string): Promise<string> {
  const response = await fetch(path);
  const text = await response.text();
  if (!response.ok) throw new ServerFault(text || `${response.status} ${response.statusText}`);
  return text;
}

/** Asks for an action. Errors: ServerFault with what the server says. */
export async function post(path: string): Promise<void> {
  const response = await fetch(path, { method: 'POST' });
  const answer = (await response.json()) as { error?: string };
  if (answer.error !== undefined) throw new ServerFault(answer.error);
}

/** Sends the files of a job; a single ZIP goes as archive. Resolves with the number of the job. */
export function sendJob(
  files: readonly File[],
  jobIni: string,
  onProgress: (fraction: number) => void,
): Promise<number> {
  const form = new FormData();
  if (jobIni !== '') form.append('job_ini', jobIni);
  if (files.length === 1 && /\.zip$/i.test(files[0].name)) form.append('archive', files[0]);
  else for (const [k, file] of files.entries()) form.append(`file_${k + 1}`, file, file.name);
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', '/v1/calc/run');
    request.responseType = 'json';
    request.upload.onprogress = (event) => onProgress(event.total > 0 ? event.loaded / event.total : 0);
    request.onload = () => {
      const answer = request.response as { job_id?: number; traceback?: string[] } | null;
      if (request.status === 200 && answer?.job_id !== undefined) resolve(answer.job_id);
      else reject(new ServerFault(answer?.traceback?.join('\n') ?? `the server answered ${request.status}`));
    };
    request.onerror = () => reject(new ServerFault('the server cannot be reached'));
    request.send(form);
  });
}
