import { basename } from 'node:path';
import { EngineError } from '../../engine/errors.js';
import { isLive, type JobFilter } from '../../engine/store/job-record.js';
import { HttpFault } from '../http-fault.js';
import { baseUrl, jobView, logView, pythonTime } from '../job-view.js';
import { integerParameter, queryText, sendJson, type Route } from '../route.js';
import { visibleJob, visibleTo } from '../visible-job.js';

/** Lists of jobs, and what is done to one. */
export const jobs: readonly Route[] = [
  {
    method: 'GET',
    path: '/v1/calc/list',
    access: 'user',
    summary: 'Jobs, newest first.',
    parameters: {
      is_running: 'true or false',
      calculation_mode: 'jobs of this mode',
      limit: 'at most so many',
      start_time: 'jobs started at this date or time (UTC) or later',
    },
    answer: '`[{"id", "owner", "status", "is_running", "calculation_mode", "description", ...}]`',
    handle(request, response, { store, identity }) {
      const filter: JobFilter = {
        visibleTo: visibleTo(identity),
        live: booleanOf('is_running', queryText(request, 'is_running')),
        calculationMode: queryText(request, 'calculation_mode'),
        limit: limitOf(queryText(request, 'limit')),
        startedFrom: timeOf(queryText(request, 'start_time')),
      };
      const base = baseUrl(request);
      sendJson(
        response,
        store.list(filter).map((job) => jobView(job, base)),
      );
    },
  },
  {
    method: 'GET',
    path: '/v1/calc/:id',
    access: 'job',
    summary: 'Owner, status and times of a job; a removed one still answers.',
    answer: '`{"user_name", "status", "start_time", "stop_time", "is_running"}`',
    handle(request, response, { store }) {
      const job = store.find(integerParameter(request, 'id'));
      if (!job) throw HttpFault.notFound();
      sendJson(response, {
        user_name: job.owner,
        status: job.status,
        start_time: pythonTime(job.startTime),
        stop_time: job.stopTime === undefined ? 'None' : pythonTime(job.stopTime),
        is_running: isLive(job.status),
      });
    },
  },
  {
    method: 'GET',
    path: '/v1/calc/:id/status',
    access: 'job',
    summary: 'One job as in the list.',
    answer: 'an entry of the list',
    handle(request, response, context) {
      sendJson(response, jobView(visibleJob(context.store, integerParameter(request, 'id')), baseUrl(request)));
    },
  },
  {
    method: 'GET',
    path: '/v1/calc/:id/log/size',
    access: 'job',
    summary: 'Number of rows of the log.',
    answer: 'a number',
    handle(request, response, { store }) {
      sendJson(response, store.logSize(integerParameter(request, 'id')));
    },
  },
  {
    method: 'GET',
    path: '/v1/calc/:id/log/:range',
    access: 'job',
    summary: 'Rows START (inclusive) to STOP (exclusive) of the log, as START:STOP; either may be empty.',
    answer: '`[[time, level, process, message]]`; `log/:` is all',
    handle(request, response, { store }) {
      const range = /^(\d*):(\d*)$/.exec(String(request.params.range));
      if (!range) throw HttpFault.notFound();
      const [, start, stop] = range;
      const rows = store.logRows(
        integerParameter(request, 'id'),
        start === '' ? 0 : Number(start),
        stop === '' ? undefined : Number(stop),
      );
      sendJson(response, rows.map(logView));
    },
  },
  {
    method: 'GET',
    path: '/v1/calc/:id/traceback',
    access: 'job',
    summary: 'Why a job failed, line by line; empty for one that did not.',
    answer: '`["line", ...]`',
    handle(request, response, { store }) {
      sendJson(response, store.find(integerParameter(request, 'id'))?.reason ?? []);
    },
  },
  {
    method: 'GET',
    path: '/v1/calc/:id/faults',
    access: 'job',
    summary: 'The faults of an input that was refused, as data; empty for other jobs.',
    answer: '`[{"code", "file", "line", "key", "value", "message", "allowed"}, ...]`',
    handle(request, response, { store }) {
      sendJson(response, store.find(integerParameter(request, 'id'))?.faults ?? []);
    },
  },
  {
    method: 'POST',
    path: '/v1/calc/:id/abort',
    access: 'owner',
    summary: 'Ends a job that is not finished, at once.',
    answer: '`{"success"}` or `{"error"}`',
    async handle(request, response, { store, dispatcher }) {
      const id = integerParameter(request, 'id');
      const job = store.find(id);
      if (!job || job.status === 'deleted') sendJson(response, { error: `Unknown job ${id}` });
      else if (!isLive(job.status)) sendJson(response, { error: `Job ${id} is not running` });
      else {
        await dispatcher.abort(id);
        sendJson(response, { success: `Killing job ${id}` });
      }
    },
  },
  {
    method: 'POST',
    path: '/v1/calc/:id/resume',
    access: 'owner',
    summary: 'Goes on with a job that failed or was aborted: what was computed is not computed again.',
    answer: '`{"success"}`; 403 with `{"error"}` from another status; 429 or 507 as `run`',
    handle(request, response, { store, dispatcher, admission }) {
      const id = integerParameter(request, 'id');
      const refused = admission.refuse(visibleJob(store, id).owner, 0);
      if (refused) throw HttpFault.json(refused.kind === 'too many jobs' ? 429 : 507, { error: refused.message });
      try {
        dispatcher.resume(id);
      } catch (error) {
        if (error instanceof EngineError) throw HttpFault.json(403, { error: error.message });
        throw error;
      }
      sendJson(response, { success: `Job ${id} goes on` });
    },
  },
  {
    method: 'POST',
    path: '/v1/calc/:id/remove',
    access: 'owner',
    summary: 'Removes a job with all its files; a running one is aborted first.',
    answer: '`{"success", "hdf5path"}`',
    async handle(request, response, { store, folder, dispatcher }) {
      const id = integerParameter(request, 'id');
      if (!store.find(id)) throw HttpFault.json(403, { error: `Cannot delete calculation ${id}: ID does not exist` });
      const children = store.children(id);
      if (children.length > 0)
        throw HttpFault.json(403, {
          error: `Cannot delete calculation ${id}: there are calculations depending from it: ${children.join(', ')}`,
        });
      await dispatcher.remove(id);
      sendJson(response, { success: String(id), hdf5path: basename(folder.datastore(id)) });
    },
  },
  ...(['share', 'unshare'] as const).map((verb): Route => ({
    method: 'POST',
    path: `/v1/calc/:id/${verb}`,
    access: 'owner',
    summary: verb === 'share' ? 'Makes a complete job visible to everyone.' : 'Takes back that a job is shared.',
    answer: '`{"success"}`; 403 with `{"error"}` from another status',
    handle(request, response, context) {
      const id = integerParameter(request, 'id');
      const { status } = visibleJob(context.store, id);
      const [from, to] = verb === 'share' ? (['complete', 'shared'] as const) : (['shared', 'complete'] as const);
      if (status === to) sendJson(response, { success: `Calculation ${id} was already ${to}` });
      else if (context.store.changeStatus(id, from, to))
        sendJson(response, {
          success: `The status of calculation ${id} was changed from "${from}" to "${to}"`,
        });
      else throw HttpFault.json(403, { error: `Can not ${verb} calculation ${id} from status "${status}"` });
    },
  })),
];

function booleanOf(name: string, text: string | undefined): boolean | undefined {
  if (text === undefined) return undefined;
  if (/^(true|1)$/i.test(text)) return true;
  if (/^(false|0)$/i.test(text)) return false;
  throw HttpFault.text(400, `${name}=${text} must be true or false`);
}

function limitOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,9}$/.test(text)) throw HttpFault.text(400, `limit=${text} must be a whole number`);
  return Number(text);
}

function timeOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const zoned =
    /T.*(Z|[+-]\d\d:?\d\d)$/.test(text) || /^\d{4}-\d\d-\d\d$/.test(text) ? text : `${text.replace(' ', 'T')}Z`;
  const time = Date.parse(zoned);
  if (!/^\d{4}-\d\d-\d\d/.test(text) || Number.isNaN(time))
    throw HttpFault.text(400, `start_time=${text} must be a date or time like 2026-11-21 or 2026-11-21T10:00:00`);
  return time;
}
