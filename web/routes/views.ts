import { baseUrl, jobDetails } from '../job-view.js';
import { sendJson, integerParameter, type Route } from '../route.js';
import { VIEWS } from '../views/registry.js';
import type { View } from '../views/view.js';
import { finishedJob, visibleJob } from '../visible-job.js';

/** What the page draws: one address for each view of the registry. */
export const views: readonly Route[] = [
  {
    method: 'GET',
    path: '/v2/calc/:id',
    access: 'job',
    summary: 'A job as the events tell it.',
    answer: 'an entry of `changed` of the events',
    handle(request, response, { store }) {
      sendJson(response, jobDetails(visibleJob(store, integerParameter(request, 'id')), baseUrl(request)));
    },
  },
  ...Object.entries(VIEWS).map(viewRoute),
];

function viewRoute([name, view]: [string, View]): Route {
  return {
    method: 'GET',
    path: `/v2/calc/:id/${name}`,
    access: 'job',
    summary: view.summary,
    ...(view.parameters && { parameters: view.parameters }),
    answer: view.answer,
    async handle(request, response, { reader, store }) {
      const { id } = finishedJob(store, integerParameter(request, 'id'));
      const [, query = ''] = /\?(.*)$/.exec(request.originalUrl) ?? [];
      const answer = await reader.view(id, name, query);
      if ('json' in answer) {
        sendJson(response, answer.json);
        return;
      }
      const { buffer, byteOffset, byteLength } = answer.numbers;
      response.type('application/octet-stream');
      response.send(Buffer.from(buffer, byteOffset, byteLength));
    },
  };
}
