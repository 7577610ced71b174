import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import { toFault } from './http-fault.js';
import { pages } from './pages.js';
import type { Route, WebContext } from './route.js';
import { ROUTES } from './routes/index.js';

const CORS_HEADERS = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Allow-Methods': 'GET, POST, OPTIONS',
  'Access-Control-Max-Age': '1000',
  'Access-Control-Allow-Headers': '*',
} as const;

/** The Express app: every route, then wrong methods, unknown paths and errors, each answered in one place. */
export function createApp(context: WebContext): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.enable('strict routing');
  app.enable('case sensitive routing');
  app.use((_request, response, next) => {
    response.setHeader('X-Content-Type-Options', 'nosniff');
    next();
  });
  app.use('/v1', (_request, response, next) => {
    for (const [name, value] of Object.entries(CORS_HEADERS)) response.setHeader(name, value);
    response.setHeader('Cache-Control', 'no-store');
    next();
  });
  for (const [path, routes] of routesByPath(ROUTES)) {
    for (const route of routes) register(app, route, context);
    app.all(path, (request, response) => wrongMethod(request, response, routes));
  }
  pages(app);
  app.use((_request, response) => void response.status(404).end());
  app.use((error: unknown, _request: Request, response: Response, next: NextFunction) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const { status, body } = toFault(error);
    response.status(status);
    if (body === undefined) response.end();
    else if (typeof body === 'string') response.type('text/plain').send(body);
    else response.json(body);
  });
  return app;
}

function register(app: Express, route: Route, context: WebContext): void {
  const handler = async (request: Request, response: Response): Promise<void> => {
    await route.handle(request, response, context);
  };
  if (route.method === 'GET') app.get(route.path, handler);
  else app.post(route.path, handler);
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
