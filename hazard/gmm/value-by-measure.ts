import { CoefficientTable } from './coefficients.js';
import type { Imt } from './imt.js';
import type { Arguments, ArgumentValue } from './model.js';
import { refusedArgument } from './refusals.js';

/**
 * Numbers by measure given as an argument, interpolated between periods as coefficients are; undefined for none.
 * Errors: Refusal if the argument is something else; of the answer: Refusal for a measure outside the table.
 */
export function valueByMeasure(id: string, name: string, given: ArgumentValue): ((imt: Imt) => number) | undefined {
  if (given === null) return undefined;
  const entries = typeof given === 'object' && !Array.isArray(given) ? Object.entries(given as Arguments) : [];
  if (entries.length === 0 || entries.some(([, value]) => typeof value !== 'number'))
    throw refusedArgument(
      id,
      name,
      `: ${name} must be a table of numbers by measure`,
      given,
      'a table of numbers by measure',
    );
  const rows = entries.map(([imt, value]) => [imt, Number(value)]);
  const table = new CoefficientTable({ columns: ['imt', 'value'], rows });
  return (imt) => table.row(imt, id).value;
}
