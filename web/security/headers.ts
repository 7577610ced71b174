import type { Express } from 'express';
import helmet from 'helmet';
import type { OriginPolicy } from './origin-policy.js';

/**
 * Headers of every answer, and the one place where requests of foreign pages end. Answers to allowed origins say so; preflights
 * of these are answered by the routes.
 */
export function secure(app: Express, policy: OriginPolicy): void {
  app.use(
    helmet({
      // pages send their own, with the hash of the import map; everything else may load nothing at all
      contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } },
      referrerPolicy: { policy: 'same-origin' },
      frameguard: { action: 'deny' },
      // whether the site is to be had by TLS only is known to the proxy in front
      strictTransportSecurity: false,
    }),
  );
  app.use((request, response, next) => {
    const { origin } = request.headers;
    const allowed = policy.allowedOrigin(origin);
    if (origin !== undefined) response.setHeader('Vary', 'Origin');
    if (allowed !== undefined) {
      response.setHeader('Access-Control-Allow-Origin', allowed);
      response.setHeader('Access-Control-Allow-Methods', 'GET, POST, OPTIONS');
      response.setHeader('Access-Control-Allow-Headers', 'Authorization, Content-Type');
      response.setHeader('Access-Control-Max-Age', '1000');
      response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
    }
    const rejection = policy.reject(request.method, request.headers);
    if (!rejection) {
      next();
      return;
    }
    response.status(rejection.status).type('text/plain').send(rejection.message);
  });
}
