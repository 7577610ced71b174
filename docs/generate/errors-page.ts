import { ENGINE_ERROR_CODES } from '../../engine/errors.js';
import { REFUSAL_CODES } from '../../hazard/refusal.js';

/** The page of all codes that faults and errors carry, from their declarations. */
export function errorsPage(): string {
  return [
    '# Errors and what to do',
    '',
    'Every fault carries a code that stays the same from version to version, for programs to tell faults apart. This page is made by',
    '`npm run docs` from the declarations. Where the codes stand: in the `faults` that `terrane check --json`, `terrane run --json`,',
    '`POST /v1/calc/run`, `POST /v1/calc/validate_zip` and `GET /v1/calc/:id/faults` give, each with',
    '`code`, `message` and, where they are known, `file`, `line`, `key`, `value`, `allowed` and `feature`.',
    '',
    '## Faults of the input',
    '',
    'The job is refused before anything is computed wherever the fault can be seen then, and all faults are told at once.',
    '`terrane` ends with exit code 2.',
    '',
    ...table('when it stands, and what to do', Object.entries(REFUSAL_CODES)),
    '',
    '## Errors of calls and of the machine',
    '',
    'Nothing is wrong with the input: what was asked for is not there, or the machine is in the way. `terrane` ends with exit code 1.',
    '',
    ...table('what to do', Object.entries(ENGINE_ERROR_CODES)),
    '',
    '## Faults of Terrane',
    '',
    'Any other error is a fault of the program, code `BUG`, and is told as one, never as yours. Please report it with the lines of the',
    'message: they name the version and what was done. Where it happened in the program stands in the log of the calculation at level',
    '`DEBUG` (`terrane show ID log`), or in what the same command writes with `TERRANE_DEBUG=1` in the environment.',
    '',
  ].join('\n');
}

function table(heading: string, rows: readonly (readonly [string, string])[]): string[] {
  return [`| code | ${heading} |`, '| --- | --- |', ...rows.map(([code, text]) => `| \`${code}\` | ${text} |`)];
}
