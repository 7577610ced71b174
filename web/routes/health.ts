import { accessSync, constants, statfsSync } from 'node:fs';
import type { Route } from '../route.js';

/** Bytes that must be free for the server to take jobs. */
const LEAST_FREE = 100 * 2 ** 20;

/** What operators and their tools ask: does it live, does it take jobs, how does it fare. */
export const health: readonly Route[] = [
  {
    method: 'GET',
    path: '/healthz',
    access: 'public',
    summary: 'Whether the server answers at all.',
    answer: 'text `ok`',
    handle: (_request, response) => void response.type('text/plain').send('ok'),
  },
  {
    method: 'GET',
    path: '/readyz',
    access: 'public',
    summary: 'Whether the server takes jobs: the store can be read, the data folder written, and the disk has room.',
    answer: '`{"store", "folder", "disk"}`, each true; 503 when one is not',
    handle(_request, response, { store, folder }) {
      const checks = {
        store: attempt(() => store.dataVersion() >= 0),
        folder: attempt(() => {
          accessSync(folder.path, constants.W_OK);
          return true;
        }),
        disk: attempt(() => {
          const { bavail, bsize } = statfsSync(folder.path);
          return bavail * bsize >= LEAST_FREE;
        }),
      };
      response.setHeader('Cache-Control', 'no-store');
      response.status(Object.values(checks).every(Boolean) ? 200 : 503).json(checks);
    },
  },
  {
    method: 'GET',
    path: '/metrics',
    access: 'operator',
    summary: 'Figures for Prometheus: process, answers, jobs.',
    answer: 'the text format of Prometheus',
    async handle(_request, response, { metrics }) {
      const { type, body } = await metrics.text();
      response.setHeader('Cache-Control', 'no-store');
      response.type(type).send(body);
    },
  },
];

function attempt(check: () => boolean): boolean {
  try {
    return check();
  } catch {
    return false;
  }
}
