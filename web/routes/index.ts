import type { Route } from '../route.js';
import { accounts } from './accounts.js';
import { jobs } from './jobs.js';
import { models } from './models.js';
import { outputs } from './outputs.js';
import { run } from './run.js';
import { server } from './server.js';

/** Every endpoint. Fixed paths come before those with a parameter in the same place. */
export const ROUTES: readonly Route[] = [...accounts, ...server, ...models, ...run, ...outputs, ...jobs];
