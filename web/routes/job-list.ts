import type { Request } from 'express';
import { JOB_ORDERS } from '../../engine/store/job-search.js';
import { HttpFault } from '../http-fault.js';
import { baseUrl, jobDetails } from '../job-view.js';
import { integerParameter, queryText, sendJson, type Route } from '../route.js';
import { visibleJob, visibleTo } from '../visible-job.js';

/** jobs of a page, unless asked otherwise, and at most */
const PAGE = 50;
const LARGEST_PAGE = 1000;
const MOST_TAGS = 20;

/** Thousands of jobs, a page at a time. */
export const jobList: readonly Route[] = [
  {
    method: 'GET',
    path: '/v2/jobs',
    access: 'user',
    summary: 'Jobs that are looked for, a page at a time.',
    parameters: {
      search: 'words that number, description, mode, owner or tags hold, all of them',
      status: 'complete, failed ...; running stands for all that wait or run',
      owner: 'jobs of this user',
      tag: 'jobs with this tag',
      mode: 'jobs of this calculation mode',
      sort: `${Object.keys(JOB_ORDERS).join(', ')}; with - in front the other way round; default -id`,
      first: 'number of the first one, default 0',
      count: `at most so many, default ${PAGE}, up to ${LARGEST_PAGE}`,
    },
    answer: '`{"total", "jobs", "owners", "tags"}`; `jobs` as in `changed` of the events',
    handle(request, response, { store, identity }) {
      const sort = queryText(request, 'sort') ?? '-id';
      const order = sort.replace(/^-/, '');
      if (!Object.hasOwn(JOB_ORDERS, order))
        throw HttpFault.text(400, `sort=${sort} must be one of ${Object.keys(JOB_ORDERS).join(', ')}`);
      const found = store.search({
        words: (queryText(request, 'search') ?? '').split(/\s+/).filter(Boolean),
        status: queryText(request, 'status'),
        owner: queryText(request, 'owner'),
        tag: queryText(request, 'tag'),
        calculationMode: queryText(request, 'mode'),
        visibleTo: visibleTo(identity),
        order: order as keyof typeof JOB_ORDERS,
        descending: sort.startsWith('-'),
        first: wholeNumber(request, 'first', 0, Number.MAX_SAFE_INTEGER),
        count: wholeNumber(request, 'count', PAGE, LARGEST_PAGE),
      });
      const base = baseUrl(request);
      sendJson(response, { ...found, jobs: found.jobs.map((job) => jobDetails(job, base)) });
    },
  },
  {
    method: 'POST',
    path: '/v2/calc/:id/tags',
    access: 'owner',
    summary: 'Words by which a job is found, in place of those that it had.',
    parameters: { tags: 'words separated by blanks or commas; none: no tags' },
    answer: '`{"tags"}`',
    handle(request, response, { store }) {
      const { id } = visibleJob(store, integerParameter(request, 'id'));
      const words = (queryText(request, 'tags') ?? '')
        .toLowerCase()
        .split(/[\s,]+/)
        .filter(Boolean);
      const tags = [...new Set(words)].sort();
      if (tags.length > MOST_TAGS || tags.some((tag) => tag.length > 40))
        throw HttpFault.text(400, `tags: at most ${MOST_TAGS} words of at most 40 characters`);
      store.setTags(id, tags);
      sendJson(response, { tags });
    },
  },
];

/** Errors: HttpFault 400 unless it is a whole number up to the largest. */
function wholeNumber(request: Request, name: string, standard: number, largest: number): number {
  const text = queryText(request, name);
  if (text === undefined) return standard;
  const value = Number(text);
  if (!/^\d{1,15}$/.test(text) || value > largest)
    throw HttpFault.text(400, `${name}=${text} must be a whole number up to ${largest}`);
  return value;
}
