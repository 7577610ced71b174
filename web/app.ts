import compression from 'compression';
import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import type { Identity } from '../engine/accounts/account-store.js';
import { toFault } from './http-fault.js';
import { pages } from './pages.js';
import type { Route, ServerContext } from './route.js';
import { ROUTES } from './routes/index.js';
import { secure } from './security/headers.js';
import type { OriginPolicy } from './security/origin-policy.js';

/** The Express app: every route of a list, then wrong methods, unknown paths and errors, each answered in one place. */
export function createApp(
  context: ServerContext,
  policy: OriginPolicy,
  trustedProxies: readonly string[] = [],
  routes: readonly Route[] = ROUTES,
): Express {
  const app = express();
  app.set('trust proxy', trustedProxies.length > 0 ? [...trustedProxies] : false);
  app.disable('x-powered-by');
  app.disable('etag');
  app.enable('strict routing');
  app.enable('case sensitive routing');
  app.use(context.metrics.observe);
  secure(app, policy);
  app.use(compression({ filter: compressed }));
  app.use(['/v1', '/v2'], (_request, response, next) => {
    response.setHeader('Cache-Control', 'no-store');
    next();
  });
  for (const [path, atPath] of routesByPath(routes)) {
    for (const route of atPath) register(app, route, context);
    app.all(path, (request, response) => wrongMethod(request, response, atPath));
  }
  pages(app, context.gate);
  app.use((_request, response) => void response.status(404).end());
  app.use((error: unknown, request: Request, response: Response, next: NextFunction) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const { status, body } = toFault(error, `${request.method} ${request.path}`);
    response.status(status);
    if (body === undefined) response.end();
    else if (typeof body === 'string') response.type('text/plain').send(body);
    else response.json(body);
  });
  return app;
}

/** Streams of events are not compressed, as they would wait for more; nor what has its size told: files of any size go as they are. */
function compressed(request: Request, response: Response): boolean {
  const type = String(response.getHeader('Content-Type') ?? '');
  if (type.startsWith('text/event-stream') || response.hasHeader('Content-Disposition')) return false;
  return type.startsWith('application/octet-stream') || compression.filter(request, response);
}

function register(app: Express, route: Route, context: ServerContext): void {
  const handler = async (request: Request, response: Response): Promise<void> => {
    const identity = context.gate.identify(request);
    context.gate.check(route.access, identity, request);
    if (route.method === 'POST' && route.access !== 'public') record(route, identity, request, response, context);
    await route.handle(request, response, { ...context, identity });
  };
  const handlers = [...(route.before?.(context) ?? []), handler];
  if (route.method === 'GET') app.get(route.path, ...handlers);
  else app.post(route.path, ...handlers);
}

/** Writes to the audit log how a request that changes something ended. */
function record(
  route: Route,
  identity: Identity | undefined,
  request: Request,
  response: Response,
  { accounts, gate }: ServerContext,
): void {
  const job = gate.jobOf(request)?.id;
  const address = request.ip ?? '';
  response.once('close', () =>
    accounts.audit({
      user: identity?.name ?? '',
      address,
      action: `${route.method} ${route.path}`,
      job,
      detail: response.writableFinished ? `status ${response.statusCode}` : 'broken off',
    }),
  );
}

/** In the order of the list, so that fixed paths answer before those with a parameter in the same place. */
function routesByPath(routes: readonly Route[]): Map<string, Route[]> {
  const byPath = new Map<string, Route[]>();
  for (const route of routes) byPath.set(route.path, [...(byPath.get(route.path) ?? []), route]);
  return byPath;
}

function wrongMethod(request: Request, response: Response, routes: readonly Route[]): void {
  const methods = routes.flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method]));
  response.setHeader('Allow', [...methods, 'OPTIONS'].join(', '));
  response.status(request.method === 'OPTIONS' ? 200 : 405).end();
}
