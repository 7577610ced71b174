import { createHash } from 'node:crypto';
import express, { type Express, type Request, type Response } from 'express';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Gate } from './security/gate.js';

const CLIENT = fileURLToPath(new URL('./client/', import.meta.url));

/** The page at /engine/, its files at /assets/. The same page shows all views; the client reads the address. */
export function pages(app: Express, gate: Gate): void {
  const html = readFileSync(join(CLIENT, 'index.html'), 'utf8');
  const policy = contentPolicy(html);
  const sendPage = (request: Request, response: Response): void => {
    if (!gate.identify(request)) {
      response.redirect(302, '/accounts/login/');
      return;
    }
    response.setHeader('Content-Security-Policy', policy);
    response.setHeader('Cache-Control', 'no-cache');
    response.type('html').send(html);
  };
  app.get('/', (_request, response) => response.redirect(301, '/engine/'));
  app.get(['/engine', '/engine/', '/engine/models', '/engine/:id/outputs'], sendPage);
  app.use('/assets', express.static(CLIENT, { index: false, redirect: false }));
}

/** Scripts and styles from this server only; the one inline script, the import map, is named by its hash. */
function contentPolicy(html: string): string {
  const inline = [...html.matchAll(/<script type="importmap">([^]*?)<\/script>/g)].map(
    ([, text]) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`,
  );
  return [
    "default-src 'self'",
    `script-src 'self' ${inline.join(' ')}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'self'",
  ].join('; ');
}
