import type { Request, Response } from 'express';
import { rm } from 'node:fs/promises';
import { currentOwner } from '../../engine/data-folder.js';
import { EngineError } from '../../engine/errors.js';
import { parentCalculation } from '../../engine/runner/parent.js';
import { tellJobError } from '../../engine/runner/failure.js';
import { HttpFault } from '../http-fault.js';
import { sendJson, type Route, type WebContext } from '../route.js';
import { visibleTo } from '../visible-job.js';
import { receiveUpload, type Upload } from '../upload.js';

/** bytes that a form may need beside its files */
const FORM_OVERHEAD = 2 ** 20;
/** s after which a client that has too many jobs may try again */
const RETRY_AFTER = 30;

/** What takes a job in. */
export const run: readonly Route[] = [
  {
    method: 'POST',
    path: '/v1/calc/run',
    access: 'user',
    summary: 'Starts a job.',
    parameters: {
      archive: 'a ZIP (form)',
      job_ini: 'which ini, if there are several (form)',
      hazard_job_id: 'a finished calculation whose rates are taken over (form)',
      'any other field': 'a file of the job, if it does not come as a ZIP (form)',
    },
    answer:
      '`{"status": "created", "job_id"}`; 500 with `{"traceback": [...], "job_id", "faults": [...]}`, one line per fault',
    async handle(request, response, context) {
      const { store, folder, dispatcher, uploadLimits, identity } = context;
      const owner = identity?.name ?? currentOwner();
      admit(request, response, context, owner);
      const id = store.create({ owner });
      try {
        const upload = await receiveUpload(request, folder.inputs(id), uploadLimits);
        checkUpload(upload);
        const parent = parentOfUpload(upload, context);
        if (parent !== undefined) store.setParent(id, parent);
        store.setInputs(id, {
          source: upload.archive ?? folder.inputs(id),
          jobIni: upload.fields.get('job_ini'),
          overrides: {},
        });
      } catch (error) {
        const { lines, faults } =
          error instanceof HttpFault ? { lines: [error.message], faults: [] } : tellJobError(error, id);
        refuse(context, id, lines);
        await rm(folder.inputs(id), { recursive: true, force: true });
        sendJson(response, { traceback: lines, job_id: id, faults }, error instanceof HttpFault ? error.status : 500);
        return;
      }
      if (await dispatcher.accept(id)) {
        sendJson(response, { status: 'created', job_id: id });
        return;
      }
      folder.removeInputs(id);
      const { reason, faults, status } = store.get(id);
      const lines = reason.length > 0 ? reason : [`the job was ${status}`];
      sendJson(response, { traceback: lines, job_id: id, faults }, 500);
    },
  },
];

/** Before any file is received. Errors: HttpFault 413, 429 or 507, after which the connection is closed. */
export function admit(
  request: Request,
  response: Response,
  { admission, uploadLimits }: WebContext,
  owner: string,
): void {
  const announced = Number(request.headers['content-length'] ?? 0);
  const refuse = (status: number, message: string): never => {
    // what is still on its way is not read
    response.setHeader('Connection', 'close');
    throw HttpFault.json(status, { traceback: [message], faults: [] });
  };
  if (announced > uploadLimits.totalSize + FORM_OVERHEAD)
    refuse(413, `the upload is larger than ${Math.round(uploadLimits.totalSize / 2 ** 20)} MB`);
  const refused = admission.refuse(owner, announced);
  if (refused?.kind === 'too many jobs') {
    response.setHeader('Retry-After', String(RETRY_AFTER));
    refuse(429, refused.message);
  } else if (refused) refuse(507, refused.message);
}

/** Errors: HttpFault 400 for a form without files. */
export function checkUpload({ archive, files }: Upload): void {
  if (archive === undefined && files.length === 0)
    throw HttpFault.text(400, 'no files: send a zip in the field archive, or the files of the job');
}

/** The finished calculation that the job is to start from, one that the user may see. Errors: HttpFault 400. */
export function parentOfUpload({ fields }: Upload, { store, folder, identity }: WebContext): number | undefined {
  const text = fields.get('hazard_job_id')?.trim() ?? '';
  if (text === '') return undefined;
  const job = /^[1-9]\d{0,15}$/.test(text) ? store.find(Number(text)) : undefined;
  const reader = visibleTo(identity);
  if (!job || (identity && reader !== undefined && job.owner !== reader && job.status !== 'shared'))
    throw HttpFault.text(400, `hazard_job_id = ${text}: there is no such calculation`);
  try {
    return parentCalculation(store, folder, job.id).id;
  } catch (error) {
    if (error instanceof EngineError) throw HttpFault.text(400, `hazard_job_id = ${text}: ${error.message}`);
    throw error;
  }
}

function refuse({ store }: WebContext, id: number, reason: readonly string[]): void {
  if (store.fail(id, reason)) store.log(id, 'CRITICAL', `web/${process.pid}`, reason.join('\n'));
}
