import type { ArgumentDeclaration, ImtRange, ModelAlias, ModelDeclaration } from '../../hazard/gmm/model.js';
import { findModel, modelNames } from '../../hazard/gmm/registry.js';
import { validityText } from '../../hazard/gmm/validity.js';

/** The page of all ground-motion models, from their declarations. */
export async function groundMotionModels(): Promise<string> {
  const declarations: ModelDeclaration[] = [];
  const aliases = new Map<string, ModelAlias[]>();
  for (const name of modelNames()) {
    const found = await findModel(name);
    if (!found) throw new Error(`the registry names '${name}', but its file does not define it`);
    if ('aliasOf' in found) aliases.set(found.aliasOf, [...(aliases.get(found.aliasOf) ?? []), found]);
    else declarations.push(found);
  }
  const count = declarations.length + [...aliases.values()].flat().length;
  return [
    '# Ground-motion models',
    '',
    `${count} names: ${declarations.length} models and names that stand for one of them with some arguments fixed. This page is made by`,
    '`npm run docs` from the declarations of the models; `terrane info models --json` gives the same for programs.',
    '',
    'A logic tree names a model as `BooreEtAl2014`, or as a TOML table with arguments:',
    '',
    '    [BooreEtAl2014]',
    '    region = "CAL"',
    '',
    'Periods between those of a table are interpolated, periods outside it are refused. Medians are in g (PGV cm/s, PGD cm, IA m/s,',
    'CAV g s), standard deviations in natural logarithms; MMI is linear. Distances and depths are in km (z1pt0 m), vs30 in m/s.',
    '',
    'Many models say where they are valid, with the place where their authors state it. A job that leaves that range is told how much of its',
    'hazard comes from outside ([manual](manual.md#outside-the-range-of-a-model)); it is computed all the same.',
    '',
    ...contents(declarations),
    ...declarations.flatMap((declaration) => section(declaration, aliases.get(declaration.id) ?? [])),
  ].join('\n');
}

function contents(declarations: readonly ModelDeclaration[]): string[] {
  const byRegion = new Map<string, string[]>();
  for (const { id, tectonicRegionType } of declarations) {
    const region = tectonicRegionType || 'Models that wrap others, and for any region';
    byRegion.set(region, [...(byRegion.get(region) ?? []), `[${id}](#${id.toLowerCase()})`]);
  }
  return [...byRegion.keys()].sort().flatMap((region) => [`**${region}**: ${byRegion.get(region)!.join(', ')}`, '']);
}

function section(declaration: ModelDeclaration, aliases: readonly ModelAlias[]): string[] {
  const { requires } = declaration;
  const facts: (readonly [string, string])[] = [
    ['tectonic region', declaration.tectonicRegionType],
    ['measures', declaration.imts.map(rangeText).join(', ')],
    ['component', declaration.component],
    ['standard deviations', declaration.standardDeviations.join(', ')],
    ['rupture', requires.rupture.join(', ')],
    ['distances', requires.distances.join(', ')],
    ['site', requires.site.join(', ')],
    ['valid for', validityOf(declaration)],
    ['reference velocity', declaration.referenceVelocity ? `${declaration.referenceVelocity} m/s` : ''],
  ];
  const lines = [`## ${declaration.id}`, '', `${declaration.citation}.`, ''];
  lines.push(facts.flatMap(([name, value]) => (value ? [`${name}: ${value}`] : [])).join('; '), '');
  if (declaration.notes) lines.push(declaration.notes, '');
  if (declaration.arguments.length) lines.push(...argumentTable(declaration.arguments), '');
  if (aliases.length) lines.push(...aliases.map(aliasText), '');
  return lines;
}

function validityOf({ validity, tectonicRegionType }: ModelDeclaration): string {
  if (validity) return `${validityText(validity)} (${validity.source})`;
  return tectonicRegionType ? 'not stated here' : '';
}

function rangeText({ kind, minimum, maximum }: ImtRange): string {
  return minimum === undefined || maximum === undefined ? kind : `${kind} ${minimum} to ${maximum}`;
}

const LONGEST = 80;
const json = (value: unknown): string => {
  const text = JSON.stringify(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}...` : text;
};

function argumentTable(args: readonly ArgumentDeclaration[]): string[] {
  return [
    '| argument | type | default | allowed | meaning |',
    '| --- | --- | --- | --- | --- |',
    ...args.map((argument) => {
      const allowed = argument.allowed?.map(json).join(', ') ?? argument.range?.join(' to ') ?? '';
      const value =
        argument.default === undefined ? (argument.name === '*' ? '' : 'must be given') : json(argument.default);
      return `| ${argument.name} | ${argument.type} | ${value} | ${allowed} | ${argument.meaning} |`;
    }),
  ];
}

const aliasText = (alias: ModelAlias): string => `- ${alias.id}: \`${json(alias.arguments)}\``;
