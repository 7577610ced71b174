import express, { type Request, type Response } from 'express';
import { HttpFault } from '../http-fault.js';
import type { Route, WebContext } from '../route.js';
import { SESSION_COOKIE, sessionKey } from '../security/gate.js';

const form = express.urlencoded({ extended: false, limit: 8192 });

/** Log-in and log-out. */
export const accounts: readonly Route[] = [
  {
    method: 'POST',
    path: '/accounts/ajax_login/',
    access: 'public',
    summary: 'Logs in.',
    parameters: { username: '(form)', password: '(form)' },
    answer: 'text, and the cookie `sessionid`; 403 with the reason',
    before: ({ gate }) => [gate.logInLimit, form],
    async handle(request, response, context) {
      const outcome = await logIn(request, response, context);
      if (outcome === 'ok') response.type('text/plain').send('Successful login');
      else response.status(403).type('text/plain').send(outcome);
    },
  },
  {
    method: 'POST',
    path: '/accounts/ajax_logout/',
    access: 'public',
    summary: 'Ends the session.',
    answer: 'text',
    handle(request, response, { accounts: store }) {
      const key = sessionKey(request);
      if (key !== undefined) store.logOut(key);
      response.clearCookie(SESSION_COOKIE, { path: '/' });
      response.type('text/plain').send('Successful logout');
    },
  },
  {
    method: 'GET',
    path: '/accounts/me',
    access: 'public',
    summary: 'Whether log-in is required, and who is logged in.',
    answer: '`{"required", "user", "role"}`',
    handle(_request, response, { gate, identity }) {
      response.setHeader('Cache-Control', 'no-store');
      response.json({ required: gate.required, user: identity?.name ?? null, role: identity?.role ?? null });
    },
  },
  {
    method: 'GET',
    path: '/accounts/login/',
    access: 'public',
    summary: 'The page with the form to log in.',
    answer: 'HTML',
    handle: (_request, response) => sendLogInPage(response, 200, ''),
  },
  {
    method: 'POST',
    path: '/accounts/login/',
    access: 'public',
    summary: 'The form of that page: goes on to the jobs.',
    parameters: { username: '(form)', password: '(form)' },
    answer: '303 to `/engine/`',
    before: ({ gate }) => [gate.logInLimit, form],
    async handle(request, response, context) {
      const outcome = await logIn(request, response, context);
      if (outcome === 'ok') response.redirect(303, '/engine/');
      else sendLogInPage(response, 403, outcome);
    },
  },
];

async function logIn(request: Request, response: Response, context: WebContext): Promise<string> {
  const fields = (request.body ?? {}) as Record<string, unknown>;
  const { username, password } = fields;
  if (typeof username !== 'string' || typeof password !== 'string')
    throw HttpFault.text(400, 'the form fields username and password are needed');
  const session = await context.accounts.logIn(username, password.slice(0, 1024));
  const address = request.ip ?? '';
  if (session === undefined || session === 'disabled') {
    context.accounts.audit({ user: username, address, action: 'log-in refused', job: undefined, detail: '' });
    return session === undefined ? 'Invalid login' : 'This account is disabled';
  }
  response.cookie(SESSION_COOKIE, session.key, {
    httpOnly: true,
    sameSite: 'lax',
    secure: request.secure,
    path: '/',
  });
  context.accounts.audit({ user: username, address, action: 'log-in', job: undefined, detail: '' });
  return 'ok';
}

function sendLogInPage(response: Response, status: number, message: string): void {
  response.setHeader(
    'Content-Security-Policy',
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
  );
  response.setHeader('Cache-Control', 'no-store');
  response.status(status).type('html').send(`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Log in: Terrane</title>
    <link rel="icon" href="/assets/icon.svg" type="image/svg+xml" />
    <link rel="stylesheet" href="/assets/login.css" />
  </head>
  <body>
    <main class="card log-in">
      <h1>Terrane</h1>
      <form method="post" action="/accounts/login/">
        <p role="alert">${message}</p>
        <label class="field">User <input name="username" autocomplete="username" required autofocus /></label>
        <label class="field">Password
          <input name="password" type="password" autocomplete="current-password" required /></label>
        <button type="submit" class="primary">Log in</button>
      </form>
    </main>
  </body>
</html>
`);
}
