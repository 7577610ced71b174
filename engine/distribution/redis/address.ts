import { EngineError } from '../../errors.js';

/** Errors: EngineError REDIS for an address that is none. */
export function checkAddress(address: string): void {
  if (!/^rediss?:\/\/\S+$/.test(address))
    throw new EngineError('REDIS', `${withoutPassword(address)} is no address of a Redis (redis://HOST:PORT)`);
}

/** An address as logs may show it. */
export function withoutPassword(address: string): string {
  return address.replace(/\/\/\S*@/, '//');
}
