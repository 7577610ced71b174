import { rm } from 'node:fs/promises';
import { currentOwner } from '../../engine/data-folder.js';
import { tellJobError } from '../../engine/runner/failure.js';
import { HttpFault } from '../http-fault.js';
import { sendJson, type Route, type WebContext } from '../route.js';
import { receiveUpload, type Upload } from '../upload.js';

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
      'any other field': 'a file of the job, if it does not come as a ZIP (form)',
    },
    answer:
      '`{"status": "created", "job_id"}`; 500 with `{"traceback": [...], "job_id", "faults": [...]}`, one line per fault',
    async handle(request, response, context) {
      const { store, folder, dispatcher, uploadLimits, identity } = context;
      const id = store.create({ owner: identity?.name ?? currentOwner() });
      try {
        const upload = await receiveUpload(request, folder.inputs(id), uploadLimits);
        checkUpload(upload);
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

function checkUpload({ archive, files, fields }: Upload): void {
  if (archive === undefined && files.length === 0)
    throw HttpFault.text(400, 'no files: send a zip in the field archive, or the files of the job');
  if (fields.get('hazard_job_id'))
    throw HttpFault.text(400, 'hazard_job_id: starting from a previous job is not supported');
}

function refuse({ store }: WebContext, id: number, reason: readonly string[]): void {
  if (store.fail(id, reason)) store.log(id, 'CRITICAL', `web/${process.pid}`, reason.join('\n'));
}
