import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ENGINE_VERSION } from '../../datastore/version.js';
import { checkJob, type CheckedJob } from '../../engine/runner/check-job.js';
import { modelNames } from '../../hazard/gmm/registry.js';
import { findParameter, parameterNames } from '../../inputs/parameters/parameter-table.js';
import { jobDetails, baseUrl } from '../job-view.js';
import { sendJson, type Route } from '../route.js';
import { receiveUpload } from '../upload.js';
import { visibleTo } from '../visible-job.js';

/** ms between two signs of life on a stream of events, so that proxies keep it open */
const HEARTBEAT = 15_000;

/** The server itself. */
export const server: readonly Route[] = [
  {
    method: 'GET',
    path: '/v1/engine_version',
    access: 'user',
    summary: 'Version of the engine as bare text.',
    answer: 'text',
    handle: (_request, response) => void response.type('text/html').send(ENGINE_VERSION),
  },
  {
    method: 'GET',
    path: '/v1/engine_latest_version',
    access: 'user',
    summary: 'None: no newer version is looked for.',
    answer: 'text',
    handle: (_request, response) => void response.type('text/html').send('None'),
  },
  {
    method: 'GET',
    path: '/v1/available_gsims',
    access: 'user',
    summary: 'Names of all ground-motion models.',
    answer: '`["name", ...]`',
    handle: (_request, response) => sendJson(response, modelNames()),
  },
  {
    method: 'GET',
    path: '/v1/ini_defaults',
    access: 'user',
    summary: 'Parameters of a job with a default, and the default.',
    answer: '`{"parameter": default, ...}`',
    handle: (_request, response) => sendJson(response, parameterDefaults()),
  },
  {
    method: 'POST',
    path: '/v1/calc/validate_zip',
    access: 'user',
    summary: 'Reads and checks a job without running it.',
    parameters: { archive: 'the ZIP (form)' },
    answer: '`{"valid", "error_msg", "error_line"}`, and `faults` where it is not valid',
    async handle(request, response, { uploadLimits }) {
      const work = await mkdtemp(join(tmpdir(), 'terrane-validate-'));
      try {
        const { archive } = await receiveUpload(request, work, uploadLimits);
        if (archive === undefined) {
          response.status(400).type('text/plain').send('Missing archive file');
          return;
        }
        const { lines, faults } = (await isZip(archive))
          ? await checkJob({ source: archive, overrides: {} }, work)
          : NOT_A_ZIP;
        const valid = lines.length === 0;
        sendJson(response, {
          valid,
          error_msg: valid ? null : lines.join('\n'),
          error_line: null,
          ...(!valid && { faults }),
        });
      } finally {
        await rm(work, { recursive: true, force: true });
      }
    },
  },
  {
    method: 'GET',
    path: '/v1/events',
    access: 'user',
    summary: 'Server-sent events: every change of a job, as it happens.',
    answer:
      'events `jobs` with `{"changed": [...], "gone": [...]}`; `changed` are jobs as in the list, with `progress`, `phase`, `seconds`, `reason`, `faults`',
    handle(request, response, { watch, identity }) {
      response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
      const base = baseUrl(request);
      const unsubscribe = watch.subscribe(({ changed, gone }) => {
        const owner = visibleTo(identity);
        const seen = changed.filter((job) => owner === undefined || job.owner === owner || job.status === 'shared');
        const data = { changed: seen.map((job) => jobDetails(job, base)), gone };
        response.write(`event: jobs\ndata: ${JSON.stringify(data)}\n\n`);
      });
      const heartbeat = setInterval(() => response.write(':\n\n'), HEARTBEAT);
      request.on('close', () => {
        clearInterval(heartbeat);
        unsubscribe();
      });
    },
  },
];

const NOT_A_ZIP: CheckedJob = {
  lines: ['File is not a zip file'],
  faults: [{ code: 'BROKEN_FILE', file: '', message: 'File is not a zip file' }],
};

/** Every zip begins with PK. */
async function isZip(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && buffer.toString('latin1') === 'PK';
  } finally {
    await file.close();
  }
}

function parameterDefaults(): Record<string, unknown> {
  const entries = parameterNames().map((name): [string, unknown] => [name, findParameter(name)?.default]);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}
