import { PARAMETER_GROUPS, type ParameterDeclaration } from '../../inputs/parameters/parameter-table.js';
import { allowedText } from '../../inputs/parameters/parameter-values.js';

/** The page of all parameters of a job, from their declarations. */
export function parametersPage(): string {
  return [
    '# Parameters of a job',
    '',
    'Every name that a `job.ini` may hold. This page is made by `npm run docs` from the table of parameters; `terrane info parameters` gives the',
    'same in the terminal, with `--json` for programs. How values are written: [reading a job](jobs.md).',
    '',
    ...Object.entries(PARAMETER_GROUPS).flatMap(([title, group]) => [`## ${title}`, '', ...tableOf(group), '']),
  ].join('\n');
}

function tableOf(group: readonly ParameterDeclaration[]): string[] {
  return [
    '| parameter | value | default | meaning |',
    '| --- | --- | --- | --- |',
    ...group.map((declaration) => {
      const { name, unit, aliases = [], meaning } = declaration;
      const value = [allowedText(declaration), unit && `(${unit})`].filter(Boolean).join(' ');
      const older = aliases.length ? ` Also: ${aliases.map((alias) => `\`${alias}\``).join(', ')}.` : '';
      const standard = declaration.default === undefined ? '' : `\`${JSON.stringify(declaration.default)}\``;
      return `| \`${name}\` | ${cell(value)} | ${cell(standard)} | ${cell(meaning + older)} |`;
    }),
  ];
}

const cell = (text: string): string => text.replaceAll('|', '\\|');
