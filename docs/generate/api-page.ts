import { EXTRACTIONS } from '../../web/extract/registry.js';
import type { Route } from '../../web/route.js';
import { ROUTE_SECTIONS } from '../../web/routes/index.js';
import type { Access } from '../../web/security/gate.js';

const CALLERS: Readonly<Record<Access, string>> = {
  public: 'everybody',
  user: 'users',
  job: 'who sees the job',
  owner: 'its owner',
  operator: 'operators',
};

/** The page of the HTTP API, from the routes and extractions. */
export function apiPage(): string {
  return [
    '# HTTP API',
    '',
    "The API of the OpenQuake engine's server, version 1, and what Terrane adds to it. This page is made by `npm run docs` from the routes",
    '(`web/routes/`).',
    '',
    'Success is 200 unless a row says otherwise. What does not exist is 404; a wrong method is 405 with `Allow`; a query that makes no sense',
    'is 400 with the reason as text. Texts and JSON are UTF-8.',
    '',
    '*Who* says who may call an address on a server with log-in ([security](security.md)); without log-in everybody who reaches the server is its',
    'operator. *Who sees the job* are its owner, operators, and everybody once it is shared.',
    '',
    ...Object.entries(ROUTE_SECTIONS).flatMap(([title, routes]) => [`## ${title}`, '', ...tableOf(routes), '']),
    '## Statuses of a job',
    '',
    '`created`, `submitted` (waits in line), `executing`, `complete`, `failed`, `aborted`, `shared`; `deleted` jobs leave the list.',
    '',
    '## Extractions',
    '',
    '`GET /v1/calc/:id/extract/WHAT` answers with an NPZ file, as `numpy.load` reads it.',
    '',
    '| WHAT | holds |',
    '| --- | --- |',
    ...Object.entries(EXTRACTIONS).map(([name, { summary }]) => `| \`${name}\` | ${cell(summary)} |`),
    '| any other path | the dataset of that path in the HDF5 file, or the names of what a group holds |',
    '',
  ].join('\n');
}

function tableOf(routes: readonly Route[]): string[] {
  return [
    '| address | who | what it does | parameters | answer |',
    '| --- | --- | --- | --- | --- |',
    ...routes.map(({ method, path, access, summary, parameters = {}, answer }) => {
      const named = Object.entries(parameters).map(([name, meaning]) => `${code(name)}: ${meaning}`);
      return `| \`${method} ${path}\` | ${CALLERS[access]} | ${cell(summary)} | ${cell(named.join('<br>'))} | ${cell(answer)} |`;
    }),
  ];
}

/** Names as code, descriptions as they are. */
const code = (name: string): string => (/^[a-z_]+$/.test(name) ? `\`${name}\`` : name);

const cell = (text: string): string => text.replaceAll('|', '\\|');
