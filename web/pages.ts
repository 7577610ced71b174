import type { Express, Request, Response } from 'express';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sirv from 'sirv';
import type { Gate } from './security/gate.js';

const CLIENT = fileURLToPath(new URL('./client/', import.meta.url));

/** What the page may do: scripts and pictures from this server only. Styles of bars and plots are set on their elements. */
const POLICY = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'self'",
].join('; ');

/** Names with a hash of the content, as the build gives them: they never change. */
const HASHED = /-[\w-]{8}\.(js|css|json)$/;

/** Every address of the page. */
const PAGES = [
  '/engine',
  '/engine/',
  '/engine/models',
  '/engine/compare',
  '/engine/api',
  '/engine/:id/outputs',
  '/engine/:id/inputs',
  '/engine/:id/datastore',
];

/** The page at /engine/, its files at /assets/. The same page shows all views; the client reads the address. */
export function pages(app: Express, gate: Gate): void {
  const html = readFileSync(join(CLIENT, 'index.html'), 'utf8');
  const sendPage = (request: Request, response: Response): void => {
    if (!gate.identify(request)) {
      response.redirect(302, '/accounts/login/');
      return;
    }
    response.setHeader('Content-Security-Policy', POLICY);
    response.setHeader('Cache-Control', 'no-cache');
    response.type('html').send(html);
  };
  app.get('/', (_request, response) => response.redirect(301, '/engine/'));
  app.get(PAGES, sendPage);
  app.use(
    '/assets',
    sirv(CLIENT, {
      brotli: true,
      gzip: true,
      etag: true,
      setHeaders: (response, path) =>
        response.setHeader('Cache-Control', HASHED.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache'),
    }),
  );
}
