import { ENGINE_VERSION } from '../datastore/version.js';
import type { Route } from './route.js';
import type { Access } from './security/gate.js';

/** Who may call, as docs/api.md says it. */
const CALLERS: Readonly<Record<Access, string>> = {
  public: 'Everybody may call it.',
  user: 'Users may call it.',
  job: 'Who sees the job may call it.',
  owner: 'The owner of the job and operators may call it.',
  operator: 'Operators may call it.',
};

/** What a body is made of, by the words that the answer of a route is described with. */
const MEDIA: readonly (readonly [pattern: RegExp, type: string])[] = [
  [/^`?[[{`]|^an entry|^a number|^the list/, 'application/json'],
  [/^events/, 'text/event-stream'],
  [/^SVG/, 'image/svg+xml'],
  [/^NPZ|^the file|^`calc_/, 'application/octet-stream'],
  [/^float32/, 'application/octet-stream'],
  [/^HTML/, 'text/html'],
];

/** The OpenAPI 3.1 document of the routes by subject: what the server answers, from the same list that it answers by. */
export function openApi(sections: Readonly<Record<string, readonly Route[]>>): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const [subject, routes] of Object.entries(sections))
    for (const route of routes) (paths[pathOf(route)] ??= {})[route.method.toLowerCase()] = operation(subject, route);
  return {
    openapi: '3.1.0',
    info: {
      title: 'Terrane',
      version: ENGINE_VERSION,
      description:
        "The API of the OpenQuake engine's server, version 1 (/v1), and what Terrane adds to it (/v2). What does not exist is 404, a query that makes no sense 400.",
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    tags: Object.keys(sections).map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'sessionid' },
        token: { type: 'http', scheme: 'bearer' },
      },
    },
  };
}

/** Express writes :id and *what, OpenAPI {id} and {what}. */
function pathOf({ path }: Route): string {
  return path.replace(/[:*](\w+)/g, '{$1}');
}

function operation(subject: string, route: Route): object {
  const { method, path, access, summary, answer } = route;
  const named = Object.entries(route.parameters ?? {}).flatMap(([names, meaning]) =>
    // several that belong together are described in one entry
    (/^\w+(, \w+)*$/.test(names) ? names.split(', ') : [names]).map((name) => ({ name, meaning })),
  );
  const fields = named.filter(({ meaning }) => meaning.endsWith('(form)'));
  const query = named.filter(({ meaning }) => !meaning.endsWith('(form)'));
  const inPath = [...path.matchAll(/[:*](\w+)/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: name === 'id' || name === 'result' ? { type: 'integer', minimum: 0 } : { type: 'string' },
  }));
  const inQuery = query.map(({ name, meaning }) => ({
    name,
    in: 'query',
    required: false,
    description: meaning,
    schema: { type: 'string' },
  }));
  const media = MEDIA.find(([pattern]) => pattern.test(answer))?.[1] ?? 'text/plain';
  return {
    operationId: `${method.toLowerCase()}${path.replace(/[/_:*.]+(\w)/g, (_match, letter: string) => letter.toUpperCase()).replace(/\W/g, '')}`,
    tags: [subject],
    summary,
    description: CALLERS[access],
    ...(access === 'public' ? { security: [] } : { security: [{ session: [] }, { token: [] }] }),
    ...(inPath.length + inQuery.length > 0 && { parameters: [...inPath, ...inQuery] }),
    ...(fields.length > 0 && { requestBody: form(path, fields) }),
    responses: {
      [/^303/.test(answer) ? '303' : '200']: { description: answer, content: { [media]: {} } },
      default: { description: 'Not done: the reason as text, or as JSON where the answer of a success is JSON.' },
    },
  };
}

function form(path: string, fields: readonly { readonly name: string; readonly meaning: string }[]): object {
  const properties = fields
    .filter(({ name }) => /^\w+$/.test(name))
    .map(({ name, meaning }) => {
      const file = name === 'archive' ? { contentMediaType: 'application/zip' } : {};
      return [name, { type: 'string', ...file, description: meaning.replace(/ ?\(form\)$/, '') }] as const;
    });
  const others = fields.find(({ name }) => !/^\w+$/.test(name));
  const media = path.startsWith('/accounts') ? 'application/x-www-form-urlencoded' : 'multipart/form-data';
  return {
    content: {
      [media]: {
        schema: {
          type: 'object',
          properties: Object.fromEntries(properties),
          ...(others && { additionalProperties: { type: 'string', description: others.meaning } }),
        },
      },
    },
  };
}
