/**
 * Basin depths that nobody knows: -999 as z1pt0 (m) or z2pt5 (km) of a site stands for the depth that the model itself expects at
 * the velocity of the site, as the OpenQuake engine has it since May 2025. A model without such a relation refuses those sites.
 */
import { refusal, type Refusal } from '../../refusal.js';
import type { SiteParameters } from '../../site/site-parameters.js';

/** The value that stands for an unknown depth. */
const UNKNOWN_DEPTH = -999;

/** Sites named in a refusal. */
const NAMED = 5;

/** The depths with unknown ones replaced by `expected(vs30)` (in the unit of the depths; vs30 m/s); the array itself where all are known. */
export function knownDepths(
  depths: Float64Array,
  vs30: Float64Array,
  expected: (vs30: number) => number,
): Float64Array {
  if (!depths.includes(UNKNOWN_DEPTH)) return depths;
  return depths.map((depth, s) => (depth === UNKNOWN_DEPTH ? expected(vs30[s]) : depth));
}

/** The depths of a model that has no relation of its own. Errors: Refusal naming model, parameter and sites. */
export function requireDepths(model: string, name: 'z1pt0' | 'z2pt5', sites: SiteParameters): Float64Array {
  const depths = sites.numeric[name];
  if (depths.includes(UNKNOWN_DEPTH)) throw unknownDepths(model, name, sites);
  return depths;
}

function unknownDepths(model: string, name: string, { numeric, size }: SiteParameters): Refusal {
  const unknown = Array.from({ length: size }, (_, s) => s).filter((s) => numeric[name][s] === UNKNOWN_DEPTH);
  const places = unknown.slice(0, NAMED).map((s) => siteName(numeric, s));
  const more = unknown.length > NAMED ? ` and ${unknown.length - NAMED} more` : '';
  const allowed = `the depth at every site: ${model} has no relation of its own to vs30`;
  const message = `${model}: ${name} is unknown (${UNKNOWN_DEPTH}) at ${places.join(', ')}${more}; it needs ${allowed}`;
  return refusal('MODEL_SITE_PARAMETER', message, { key: name, value: String(UNKNOWN_DEPTH), allowed });
}

function siteName({ lon, lat }: SiteParameters['numeric'], s: number): string {
  return lon && lat ? `site ${lon[s]} ${lat[s]}` : `site ${s}`;
}

/** z1.0 (m) expected at vs30 (m/s): Chiou & Youngs (2008), equation 1. */
export function chiouYoungs2008Z1(vs30: number): number {
  return Math.exp(28.5 - (3.82 / 8) * Math.log(vs30 ** 8 + 378.7 ** 8));
}

/** z2.5 (km) from the z1.0 expected at vs30 (m/s): Campbell & Bozorgnia (2007), PEER Report 2007/02, equation 6.4. */
export function campbellBozorgnia2007Z2(vs30: number): number {
  return 0.001 * (519 + 3.595 * chiouYoungs2008Z1(vs30));
}

/** z2.5 (km) expected at vs30 (m/s): Campbell & Bozorgnia (2014), equation 33 (California) and, for Japan, 34. */
export function campbellBozorgnia2014Z2(vs30: number, japan = false): number {
  return Math.exp(japan ? 5.359 - 1.102 * Math.log(vs30) : 7.089 - 1.144 * Math.log(vs30));
}
