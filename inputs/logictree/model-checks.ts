import type { Imt } from '../../hazard/gmm/imt.js';
import type { GroundMotionModel, ModelResources } from '../../hazard/gmm/model.js';
import { createModel, resolveModel } from '../../hazard/gmm/registry.js';
import { parseModelSpecification } from '../../hazard/gmm/specification.js';
import type { FullLogicTree } from '../../hazard/logictree/logic-tree.js';
import { siteTile, type SiteCollection } from '../../hazard/site/site-collection.js';
import type { InputReport, Place } from '../report.js';
import { Refusal } from '../../hazard/refusal.js';
import type { WrittenBranchSet } from './logic-tree-request.js';

/** A ground-motion model of the tree, made once, and where messages about it point. */
export interface CheckedModel {
  readonly model: GroundMotionModel;
  /** measures for which every branch with the model has weight 0: the model need not know them */
  readonly unused: Set<string>;
  /** m/s, of models that state one */
  readonly referenceVelocity?: number;
  readonly where: Place;
}

/** Makes every distinct model that the sources use; a model that cannot be made is a fault naming it. */
export async function makeModels(
  logicTree: FullLogicTree,
  file: string,
  resources: Omit<ModelResources, 'model'>,
  report: InputReport,
): Promise<CheckedModel[]> {
  const made = new Map<string, CheckedModel | undefined>();
  for (const { branches, tectonicRegionType } of logicTree.groundMotion)
    for (const { specification, text, weightsByImt } of branches) {
      const known = made.get(text);
      const unused = zeroWeights(weightsByImt);
      if (known) for (const imt of known.unused) if (!unused.has(imt)) known.unused.delete(imt);
      if (made.has(text)) continue;
      const where = { file, key: tectonicRegionType, value: text };
      const model = await report.collect(where, () => createModel(specification, resources));
      const referenceVelocity = model && (await resolveModel(specification)).declaration.referenceVelocity;
      made.set(text, model && { model, unused, referenceVelocity, where });
    }
  return [...made.values()].filter((model) => model !== undefined);
}

function zeroWeights(weightsByImt: Readonly<Record<string, number>>): Set<string> {
  return new Set(Object.keys(weightsByImt).filter((imt) => weightsByImt[imt] === 0));
}

/** Site parameters that any of the models needs. */
export function requiredSiteParameters(models: readonly CheckedModel[]): Set<string> {
  return new Set(models.flatMap(({ model }) => model.requires.site));
}

/**
 * Site parameters of the models of regions without sources: outputs show them where the job gives them, and nothing needs them.
 * A model that cannot be made asks for nothing.
 */
export async function shownSiteParameters(
  sets: readonly WrittenBranchSet[],
  usedRegions: readonly string[],
  folder: string,
  resources: Omit<ModelResources, 'model'>,
): Promise<Set<string>> {
  const shown = new Set<string>();
  const seen = new Set<string>();
  for (const { text, attributes } of sets
    .filter(({ region }) => !usedRegions.includes(region))
    .flatMap(({ models }) => models))
    try {
      const parsed = parseModelSpecification(text, attributes, folder);
      if (seen.has(parsed.text)) continue;
      seen.add(parsed.text);
      for (const name of (await createModel(parsed.specification, resources)).requires.site) shown.add(name);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  return shown;
}

/** Tries each model on the first site: a measure that a model does not support is a fault naming model, measure and range. */
export function checkMeasures(
  models: readonly CheckedModel[],
  imts: readonly Imt[],
  sites: SiteCollection,
  report: InputReport,
): void {
  const { parameters } = siteTile(sites, 0, 1);
  for (const { model, unused, where } of models)
    for (const imt of imts) {
      if (unused.has(imt.name)) continue;
      try {
        model.prepare([imt], parameters, 1);
      } catch (error) {
        report.absorb(error, where);
      }
    }
}
