import type { Request, Response } from 'express';
import { createReadStream, existsSync } from 'node:fs';
import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { currentOwner } from '../../engine/data-folder.js';
import { previewOfJob } from '../../engine/runner/check-job.js';
import { tellJobError } from '../../engine/runner/failure.js';
import { PARAMETER_GROUPS } from '../../inputs/parameters/parameter-table.js';
import { allowedText } from '../../inputs/parameters/parameter-values.js';
import type { JobInputs } from '../../engine/store/job-record.js';
import { HttpFault } from '../http-fault.js';
import { integerParameter, sendJson, type Route, type WebContext } from '../route.js';
import { receiveUpload, type Upload } from '../upload.js';
import { visibleJob } from '../visible-job.js';
import { admit, checkUpload, parentOfUpload } from './run.js';

/** The examples of the program, whether it runs from dist/ or is installed. */
const EXAMPLES = fileURLToPath(new URL('../../../examples/', import.meta.url));
/** previews made at the same time; more wait for their turn */
const PREVIEWS_AT_ONCE = 2;

const FORM = {
  archive: 'a ZIP (form)',
  job_ini: 'which ini, if there are several (form)',
  overrides: 'JSON {"parameter": "value"}: values that replace those of the ini (form)',
  'any other field': 'a file of the job, with its path below the folder of the job as name (form)',
};

/** What is asked of a job before it is one, and jobs made from others. */
export const drafts: readonly Route[] = [
  {
    method: 'POST',
    path: '/v2/check',
    access: 'user',
    summary: 'Reads a job without running it: its faults, or what it is and will take.',
    parameters: FORM,
    answer:
      '`{"size", "estimate": {"contexts", "seconds", "tasks", "memory", "disk"}, "warnings", "ini", "tree", "sites", "points", "lines", "rings", "leftOut", "sources"}`; 422 with `{"traceback", "faults"}`',
    handle: preview,
  },
  {
    method: 'POST',
    path: '/v2/jobs',
    access: 'user',
    summary: 'Starts a job. One that is refused leaves no trace in the list.',
    parameters: { ...FORM, hazard_job_id: 'a finished calculation whose rates are taken over (form)' },
    answer: '`{"job_id"}`; 422 with `{"traceback", "faults"}`; 413, 429 or 507 as `run`',
    handle: (request, response, context) =>
      start(request, response, context, async (id) => {
        const folder = context.folder.inputs(id);
        const upload = await receiveUpload(request, folder, context.uploadLimits);
        checkUpload(upload);
        return {
          source: upload.archive ?? folder,
          jobIni: upload.fields.get('job_ini'),
          overrides: overridesOf(upload),
          parent: parentOfUpload(upload, context),
        };
      }),
  },
  {
    method: 'POST',
    path: '/v2/calc/:id/rerun',
    access: 'job',
    summary:
      'Starts a new job with the inputs of another one, and with other values of parameters where they are given.',
    parameters: { overrides: FORM.overrides },
    answer: '`{"job_id"}`; 409 where the inputs are not kept here; 422 with `{"traceback", "faults"}`',
    async handle(request, response, context) {
      const { folder, store } = context;
      const earlier = visibleJob(store, integerParameter(request, 'id'));
      const { source, jobIni, overrides } = earlier.inputs;
      const from = folder.inputs(earlier.id);
      if (source === '' || !source.startsWith(from) || !existsSync(source))
        throw HttpFault.json(409, {
          error: `the inputs of calculation ${earlier.id} are not kept on the server: send its files again`,
        });
      await start(request, response, context, async (id) => {
        const changed = overridesOf(await receiveUpload(request, join(folder.work(id), 'form'), context.uploadLimits));
        await cp(from, folder.inputs(id), { recursive: true });
        return {
          source: folder.inputs(id) + source.slice(from.length),
          jobIni,
          overrides: { ...overrides, ...changed },
          parent: earlier.parentId,
        };
      });
    },
  },
  {
    method: 'GET',
    path: '/v2/parameters',
    access: 'user',
    summary: 'Parameters of a job by subject, as they are declared.',
    answer: '`{subject: [{"name", "type", "unit", "default", "choices", "use", "meaning", "allowed"}, ...]}`',
    handle: (_request, response) => sendJson(response, declarations()),
  },
  {
    method: 'GET',
    path: '/v2/examples',
    access: 'user',
    summary: 'Jobs to try, with all their files.',
    answer: '`[{"name", "files": {name: text}}, ...]`',
    async handle(_request, response) {
      sendJson(response, await examples());
    },
  },
];

let previewing = 0;
const waiting: (() => void)[] = [];

async function preview(request: Request, response: Response, { uploadLimits }: WebContext): Promise<void> {
  const gone = new AbortController();
  response.on('close', () => gone.abort());
  const work = await mkdtemp(join(tmpdir(), 'terrane-preview-'));
  if (previewing >= PREVIEWS_AT_ONCE) await new Promise<void>((free) => waiting.push(free));
  previewing++;
  try {
    const files = join(work, 'files');
    const upload = await receiveUpload(request, files, uploadLimits);
    checkUpload(upload);
    if (gone.signal.aborted) return;
    const inputs = {
      source: upload.archive ?? files,
      jobIni: upload.fields.get('job_ini'),
      overrides: overridesOf(upload),
    };
    const checked = await previewOfJob(inputs, work, gone.signal);
    if (gone.signal.aborted) return;
    if (checked.preview === undefined) sendJson(response, { traceback: checked.lines, faults: checked.faults }, 422);
    else {
      response.type('application/json');
      await pipeline(createReadStream(checked.preview), response);
    }
  } finally {
    previewing--;
    waiting.shift()?.();
    await rm(work, { recursive: true, force: true });
  }
}

/** A job whose inputs `receive` puts in place; refused ones are removed with all that came. */
async function start(
  request: Request,
  response: Response,
  context: WebContext,
  receive: (id: number) => Promise<JobInputs & { readonly parent?: number }>,
): Promise<void> {
  const { store, dispatcher, identity } = context;
  const owner = identity?.name ?? currentOwner();
  admit(request, response, context, owner);
  const id = store.create({ owner });
  const refuse = async (lines: readonly string[], faults: readonly unknown[], status: number): Promise<void> => {
    store.fail(id, lines);
    await dispatcher.remove(id);
    sendJson(response, { traceback: lines, faults }, status);
  };
  try {
    const { parent, ...inputs } = await receive(id);
    if (parent !== undefined) store.setParent(id, parent);
    store.setInputs(id, inputs);
  } catch (error) {
    if (error instanceof HttpFault) await refuse([error.message], [], error.status);
    else {
      const { lines, faults } = tellJobError(error, id);
      await refuse(lines, faults, 500);
    }
    return;
  }
  if (await dispatcher.accept(id)) {
    sendJson(response, { job_id: id });
    return;
  }
  const { reason, faults, status } = store.get(id);
  await refuse(reason.length > 0 ? reason : [`the job was ${status}`], faults, 422);
}

/** Errors: HttpFault 400 unless the field holds texts by name. */
function overridesOf({ fields }: Upload): Record<string, string> {
  const text = fields.get('overrides') ?? '{}';
  let values: unknown;
  try {
    values = JSON.parse(text);
  } catch {
    values = undefined;
  }
  if (typeof values !== 'object' || values === null || Array.isArray(values) || !Object.values(values).every(isText))
    throw HttpFault.text(400, 'overrides must be JSON: {"parameter": "value", ...}');
  return values as Record<string, string>;
}

const isText = (value: unknown): boolean => typeof value === 'string';

function declarations(): Record<string, unknown[]> {
  return Object.fromEntries(
    Object.entries(PARAMETER_GROUPS).map(([subject, group]) => [
      subject,
      group.map((declaration) => ({ ...declaration, allowed: allowedText(declaration) })),
    ]),
  );
}

async function examples(): Promise<{ name: string; files: Record<string, string> }[]> {
  if (!existsSync(EXAMPLES)) return [];
  const folders = (await readdir(EXAMPLES, { withFileTypes: true })).filter((entry) => entry.isDirectory());
  return Promise.all(
    folders.map(async ({ name }) => {
      const files = (await readdir(join(EXAMPLES, name))).sort();
      const texts = files.map(async (file) => [file, await readFile(join(EXAMPLES, name, file), 'utf8')] as const);
      return { name, files: Object.fromEntries(await Promise.all(texts)) };
    }),
  ).then((all) => all.sort((a, b) => (a.name < b.name ? -1 : 1)));
}
