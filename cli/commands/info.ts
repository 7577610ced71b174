import { findModel, modelNames } from '../../hazard/gmm/registry.js';
import { sourceKinds } from '../../hazard/sources/registry.js';
import { findParameter, parameterNames } from '../../inputs/parameters/parameter-table.js';
import { UsageError } from '../report-error.js';
import { formatTable } from '../table.js';

interface Listing {
  readonly value: unknown;
  readonly text: string;
}

const LISTINGS: Readonly<Record<string, () => Promise<Listing>>> = { models, parameters, sources };

/** Lists ground-motion models, parameters of a job, or kinds of sources. */
export async function info(what: string, options: { readonly json?: boolean }): Promise<void> {
  if (!Object.hasOwn(LISTINGS, what))
    throw new UsageError(`no list of '${what}' (there are: ${Object.keys(LISTINGS).join(', ')})`);
  const { value, text } = await LISTINGS[what]();
  process.stdout.write(options.json ? `${JSON.stringify(value)}\n` : text);
}

async function models(): Promise<Listing> {
  const found = await Promise.all(modelNames().map(async (name) => (await findModel(name))!));
  const value = found.map((model) =>
    'aliasOf' in model
      ? { id: model.id, alias_of: model.aliasOf, arguments: model.arguments }
      : {
          id: model.id,
          tectonic_region_type: model.tectonicRegionType,
          imts: model.imts,
          standard_deviations: model.standardDeviations,
          component: model.component,
          requires: model.requires,
          arguments: model.arguments,
          citation: model.citation,
          notes: model.notes ?? null,
        },
  );
  const rows = found.map((model) =>
    'aliasOf' in model
      ? [
          model.id,
          '',
          `= ${model.aliasOf}${Object.keys(model.arguments).length ? ` with ${JSON.stringify(model.arguments)}` : ''}`,
        ]
      : [model.id, model.tectonicRegionType, model.imts.map(imtText).join(' ')],
  );
  return { value, text: formatTable(['model', 'tectonic region type', 'intensity measure types'], rows) };
}

function imtText({ kind, minimum, maximum }: { kind: string; minimum?: number; maximum?: number }): string {
  return minimum === undefined ? kind : `${kind}(${minimum}-${maximum})`;
}

function parameters(): Promise<Listing> {
  const value = parameterNames().map((name) => findParameter(name)!);
  const rows = value.map(({ name, type, unit, default: standard, meaning }) => [
    name,
    type,
    unit ?? '',
    standard === undefined ? '' : JSON.stringify(standard),
    meaning,
  ]);
  return Promise.resolve({ value, text: formatTable(['parameter', 'type', 'unit', 'default', 'meaning'], rows) });
}

function sources(): Promise<Listing> {
  const value = sourceKinds().map(({ type, code }) => ({ type, code }));
  return Promise.resolve({
    value,
    text: formatTable(
      ['source', 'code'],
      value.map(({ type, code }) => [type, code]),
    ),
  });
}
