import type { Route } from '../route.js';
import { accounts } from './accounts.js';
import { description } from './description.js';
import { drafts } from './drafts.js';
import { health } from './health.js';
import { inputs } from './inputs.js';
import { jobList } from './job-list.js';
import { jobs } from './jobs.js';
import { models } from './models.js';
import { outputs } from './outputs.js';
import { run } from './run.js';
import { server } from './server.js';
import { views } from './views.js';

/** Every endpoint by subject. Fixed paths come before those with a parameter in the same place. */
export const ROUTE_SECTIONS: Readonly<Record<string, readonly Route[]>> = {
  'Logging in': accounts,
  Operation: health,
  'The server': [...server, ...description(() => ROUTE_SECTIONS)],
  'Ground-motion models': models,
  'Running a job': run,
  'Before a job runs, and again': drafts,
  Results: outputs,
  'What the page draws': views,
  'What a job was made of': inputs,
  Jobs: [...jobs, ...jobList],
};

/** The same in one list. */
export const ROUTES: readonly Route[] = Object.values(ROUTE_SECTIONS).flat();
