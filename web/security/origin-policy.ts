import { hostname, networkInterfaces } from 'node:os';
import { isIP } from 'node:net';
import type { IncomingHttpHeaders } from 'node:http';

/** Which names the server answers to, and which other sites may use it from a browser. */
export interface OriginOptions {
  /** address that the server listens on */
  readonly address: string;
  /** further names under which it may be called, without port; `*` for any */
  readonly hosts?: readonly string[];
  /** origins such as https://portal.example.org whose pages may use the API; `*` for any */
  readonly origins?: readonly string[];
}

/** Why a request is not answered. */
export interface Rejection {
  readonly status: 403 | 421;
  readonly message: string;
}

const LOOPBACK = /^(localhost|.+\.localhost|127(\.\d{1,3}){3}|\[::1\])$/;
const EVERY_ADDRESS = new Set(['0.0.0.0', '::', '']);

/**
 * Decides from the headers of a request whether it comes from this server's own page, from a program, or from a foreign page in
 * somebody's browser. Foreign pages neither read nor change anything: a page that makes its name resolve to this machine (DNS
 * rebinding) is caught by Host, every other one by Origin and Sec-Fetch-Site. Programs send neither of the last two.
 */
export class OriginPolicy {
  private readonly hosts: ReadonlySet<string>;
  private readonly origins: ReadonlySet<string>;

  constructor(options: OriginOptions) {
    const names = EVERY_ADDRESS.has(options.address) ? ownNames() : [options.address];
    this.hosts = new Set([...names, ...(options.hosts ?? [])].map(hostName));
    this.origins = new Set(options.origins ?? []);
  }

  /** Undefined when the request may be answered. */
  reject(method: string, headers: IncomingHttpHeaders): Rejection | undefined {
    const host = headers.host ?? '';
    if (!this.knowsHost(host))
      return { status: 421, message: 'this server does not answer to that name: start it with --allow-host NAME' };
    const { origin } = headers;
    if (origin !== undefined) {
      if (isSameOrigin(origin, host) || this.allowsOrigin(origin)) return undefined;
      return { status: 403, message: 'pages of other sites may not use this server' };
    }
    const site = headers['sec-fetch-site'];
    if (site === undefined || site === 'same-origin' || site === 'none') return undefined;
    // a link on another page that a person follows: it shows something, but changes nothing and the other page sees nothing of it
    const followed = headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document';
    if ((method === 'GET' || method === 'HEAD') && followed) return undefined;
    return { status: 403, message: 'pages of other sites may not use this server' };
  }

  /** What Access-Control-Allow-Origin says for an origin; undefined for none. */
  allowedOrigin(origin: string | undefined): string | undefined {
    if (this.origins.has('*')) return '*';
    return origin !== undefined && this.origins.has(origin) ? origin : undefined;
  }

  private allowsOrigin(origin: string): boolean {
    return this.origins.has('*') || this.origins.has(origin);
  }

  private knowsHost(host: string): boolean {
    if (this.hosts.has('*')) return true;
    const name = hostName(host.replace(/:\d+$/, ''));
    return LOOPBACK.test(name) || this.hosts.has(name);
  }
}

/** The scheme may differ: a proxy in front may speak TLS. */
function isSameOrigin(origin: string, host: string): boolean {
  const match = /^https?:\/\/([^/]+)$/.exec(origin.toLowerCase());
  return match !== null && match[1] === host.toLowerCase();
}

/** Lower case, without a closing dot; IPv6 addresses in brackets, as they stand in Host. */
function hostName(name: string): string {
  const bare = name.toLowerCase().replace(/\.$/, '');
  return isIP(bare) === 6 ? `[${bare}]` : bare;
}

/** Names and addresses of this machine. */
function ownNames(): string[] {
  const addresses = Object.values(networkInterfaces()).flatMap((list) => (list ?? []).map(({ address }) => address));
  return [hostname(), ...addresses];
}
