import type { Request } from 'express';
import { findModel, modelNames } from '../../hazard/gmm/registry.js';
import { modelResources } from '../../inputs/logictree/model-resources.js';
import { HttpFault } from '../http-fault.js';
import { trellis, type TrellisRequest } from '../models/trellis.js';
import { queryText, sendJson, type Route } from '../route.js';

const MODELS_AT_ONCE = 12;

/** Numbers of a scenario: name in the query, default, allowed range. */
const NUMBERS = {
  magnitude: [6.5, 3, 9.5],
  distance: [30, 0, 1000],
  vs30: [760, 100, 3000],
  rake: [0, -180, 180],
  dip: [90, 1, 90],
  ztor: [5, 0, 200],
} as const satisfies Readonly<Record<string, readonly [standard: number, least: number, most: number]>>;

/** Ground-motion models and their motions. */
export const models: readonly Route[] = [
  {
    method: 'GET',
    path: '/v1/models',
    access: 'user',
    summary: 'Ground-motion models: names, tectonic region types, measures, arguments and citations.',
    answer: '`[{"id", "tectonic_region_type", "imts", "arguments", "citation"} or {"id", "alias_of"}]`',
    async handle(_request, response) {
      const found = await Promise.all(modelNames().map(async (name) => (await findModel(name))!));
      sendJson(
        response,
        found.map((model) =>
          'aliasOf' in model
            ? { id: model.id, alias_of: model.aliasOf }
            : {
                id: model.id,
                tectonic_region_type: model.tectonicRegionType,
                imts: model.imts,
                arguments: model.arguments,
                citation: model.citation,
              },
        ),
      );
    },
  },
  {
    method: 'GET',
    path: '/v1/models/evaluate',
    access: 'user',
    summary: 'Medians and total standard deviations of models along distance, magnitude, period and vs30.',
    parameters: {
      model: 'a name, or `[Name]` with arguments in TOML; several times',
      imt: 'measure, default SA(0.2)',
      'magnitude, distance, vs30, rake, dip, ztor': 'the scenario around which one quantity at a time varies',
    },
    answer: '`{"panels", "faults"}`: curves by panel, and models that could not be drawn',
    async handle(request, response) {
      sendJson(response, await trellis(trellisRequest(request), modelResources([])));
    },
  },
];

function trellisRequest(request: Request): TrellisRequest {
  const named = [request.query.model].flat().filter((name) => typeof name === 'string' && name !== '') as string[];
  if (named.length === 0) throw HttpFault.text(400, 'model is missing: name at least one model');
  if (named.length > MODELS_AT_ONCE) throw HttpFault.text(400, `at most ${MODELS_AT_ONCE} models at once`);
  const numbers = Object.entries(NUMBERS).map(([name, [standard, least, most]]): [string, number] => {
    const text = queryText(request, name);
    const value = text === undefined ? standard : Number(text);
    if (!(value >= least && value <= most))
      throw HttpFault.text(400, `${name}=${text} must lie between ${least} and ${most}`);
    return [name, value];
  });
  const scenario = Object.fromEntries(numbers) as Record<keyof typeof NUMBERS, number>;
  return { ...scenario, models: named, imt: queryText(request, 'imt') ?? 'PGA' };
}
