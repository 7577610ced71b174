import { refusal, type Refusal } from '../refusal.js';
import type { Imt } from './imt.js';

/** What a model says to a measure that it does not give; `given` names what narrows its measures, with a blank in front. */
export function unsupportedMeasure(model: string, imt: Imt, allowed: string, given = ''): Refusal {
  const message = `${model} does not support ${imt.name}${given}: it is defined for ${allowed}`;
  return refusal('MODEL_MEASURE', message, { key: 'imt', value: imt.name, allowed });
}

/** What a model says to a velocity (vs30, m/s) that it has no site term for. */
export function unsupportedVelocity(model: string, vs30: number, allowed: string): Refusal {
  const message = `${model} does not support vs30 = ${vs30} m/s: ${allowed}`;
  return refusal('MODEL_SITE_PARAMETER', message, { key: 'vs30', value: String(vs30), allowed });
}

/** What a model says to an argument: `message` follows its name and says all; `value` is undefined for a missing argument. */
export function refusedArgument(
  model: string,
  argument: string,
  message: string,
  value?: unknown,
  allowed?: string,
): Refusal {
  const shown = value === undefined ? undefined : (JSON.stringify(value) as string | undefined);
  return refusal('MODEL_ARGUMENT', `${model}${message}`, {
    key: argument,
    ...(shown !== undefined && { value: shown }),
    ...(allowed !== undefined && { allowed }),
  });
}
