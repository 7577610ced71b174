import type { Arguments, ArgumentValue, ModelDeclaration } from './model.js';
import { refusedArgument } from './refusals.js';
import type { Refusal } from '../refusal.js';

/** Fills in defaults and checks types, ranges and allowed values. */
export function checkArguments(declaration: ModelDeclaration, given: Arguments): Arguments {
  const known = new Map(declaration.arguments.map((argument) => [argument.name, argument]));
  const open = declaration.arguments.some((argument) => argument.name === '*');
  for (const name of Object.keys(given)) {
    if (known.has(name) || open) continue;
    const allowed = [...known.keys()].join(', ') || 'none';
    throw refusedArgument(
      declaration.id,
      name,
      ` has no argument '${name}' (its arguments: ${allowed})`,
      given[name],
      allowed,
    );
  }
  const args: Record<string, ArgumentValue> = { ...given };
  for (const argument of declaration.arguments) {
    if (argument.name === '*') continue;
    const written = given[argument.name];
    // a text that looks like a number, such as the name '10' of a submodel, comes from logic trees as one
    const value = argument.type === 'text' && typeof written === 'number' ? String(written) : written;
    if (value === undefined) {
      if (argument.default === undefined)
        throw refusedArgument(declaration.id, argument.name, ` needs the argument '${argument.name}'`);
      args[argument.name] = argument.default;
      continue;
    }
    if (value !== written) args[argument.name] = value;
    if (value === argument.default) continue;
    if (argument.type === 'boolean' && (value === 0 || value === 1 || value === 'true')) {
      args[argument.name] = value !== 0; // logic trees write flags in several ways
      continue;
    }
    const refused = (allowed: string): Refusal =>
      refusedArgument(
        declaration.id,
        argument.name,
        `: ${argument.name} = ${JSON.stringify(value)} must ${allowed}`,
        value,
        allowed.replace(/^be (one of )?/, ''),
      );
    if (argument.type === 'number' && typeof value !== 'number') throw refused('be a number');
    if (argument.type === 'boolean' && typeof value !== 'boolean') throw refused('be true or false');
    if (argument.allowed && !argument.allowed.includes(value))
      throw refused(`be one of ${argument.allowed.map((a) => JSON.stringify(a)).join(', ')}`);
    if (argument.range && !(Number(value) >= argument.range[0] && Number(value) <= argument.range[1]))
      throw refused(`lie between ${argument.range[0]} and ${argument.range[1]}`);
  }
  return args;
}
