import { dirname, relative } from 'node:path';
import { branchCode } from '../../hazard/logictree/branch-code.js';
import { statedMeasures } from '../../hazard/logictree/expansion.js';
import type { GroundMotionBranch, GroundMotionBranchSet } from '../../hazard/logictree/logic-tree.js';
import { findModel } from '../../hazard/gmm/registry.js';
import { parseModelSpecification } from '../../hazard/gmm/specification.js';
import type { InputReport } from '../report.js';
import { shownPath } from '../files/paths.js';
import { type BranchElement, type BranchSetElement, readBranchSets } from './branch-sets.js';
import { ANY_REGION } from '../sources/source-model.js';
import { correlatedChoices } from './correlated-sets.js';
import { refusal } from '../../hazard/refusal.js';

/** What the ground-motion tree is read with. */
export interface GroundMotionTreeOptions {
  readonly path: string;
  readonly folder: string;
  readonly report: InputReport;
  /** of the sources, sorted */
  readonly regions: readonly string[];
  /** ids of branch sets whose models become one mixture */
  readonly collapse: ReadonlySet<string>;
}

/** The sets for the regions of the sources, in the order of these. All sets are checked. Faults are reported. */
export async function readGroundMotionTree(
  options: GroundMotionTreeOptions,
): Promise<GroundMotionBranchSet[] | undefined> {
  const { path, folder, report, regions, collapse } = options;
  const file = shownPath(folder, path);
  return report.collect({ file }, async () => {
    const { sets: elements, finish } = await readBranchSets(path, file, report);
    const sets: GroundMotionBranchSet[] = [];
    for (const [number, element] of elements.entries()) {
      const set = await report.collect({ file, line: element.element.line }, () =>
        readSet(element, number, dirname(path), folder),
      );
      if (set) sets.push(set);
    }
    checkRegions(elements);
    const missing = regions.filter((region) => !elements.some((set) => regionOf(set) === region));
    for (const region of missing)
      report.fault({
        code: 'TREE_REFERENCE',
        file,
        key: 'applyToTectonicRegionType',
        message:
          region === ANY_REGION
            ? 'there are sources of NRML 0.4 without the attribute tectonicRegion, but no ground-motion models for any region'
            : `there are sources of region '${region}', but no ground-motion models for it`,
      });
    for (const id of collapse)
      if (!elements.some((set) => set.id === id))
        report.warn({ file, message: `collapse_gsim_logic_tree names the branch set '${id}', which does not exist` });
    const choices = correlatedChoices(elements, collapse);
    finish();
    const used = regions.flatMap((region) => sets.filter((set) => set.tectonicRegionType === region).slice(0, 1));
    warnOfMeasures(used, file, report);
    return used.map((set) => {
      const choice = choices.get(set.id);
      const shared = choice !== undefined && used.some(({ id }) => id !== set.id && choices.get(id) === choice);
      return shared ? { ...set, choice } : collapse.has(set.id) ? collapsed(set) : set;
    });
  });
}

/** One model for every region, as a job states it by gsim: a set for each, all alike. */
export async function singleModel(
  text: string,
  regions: readonly string[],
  report: InputReport,
): Promise<GroundMotionBranchSet[] | undefined> {
  const found = await report.collect({ file: '', key: 'gsim', value: text }, async () => {
    const model = parseModelSpecification(text, {}, '');
    await checkName(model.specification.name);
    return model;
  });
  if (!found) return undefined;
  const branch: GroundMotionBranch = { id: 'gA0', ...found, weight: 1, weightsByImt: {} };
  return regions.map((tectonicRegionType) => ({ id: 'bs1', tectonicRegionType, branches: [branch], choice: 'gsim' }));
}

/** Weights by measure that have effects which are easily missed. */
function warnOfMeasures(sets: readonly GroundMotionBranchSet[], file: string, report: InputReport): void {
  for (const imt of statedMeasures(sets))
    for (const { id, branches } of sets) {
      const stated = branches.filter(({ weightsByImt }) => Object.hasOwn(weightsByImt, imt));
      if (stated.length === 0 && branches.length > 1)
        report.warn({
          file,
          message: `branch set '${id}' states no weights for ${imt}, as others do: its branches count alike for this measure, as in the OpenQuake engine`,
        });
      else if (stated.length === branches.length && stated.every(({ weightsByImt }) => weightsByImt[imt] === 0))
        report.warn({
          file,
          message: `branch set '${id}' gives ${imt} no weight at all: all statistics for this measure are 0`,
        });
    }
}

function regionOf({ filters }: BranchSetElement): string | undefined {
  return filters.applyToTectonicRegionType;
}

function checkRegions(sets: readonly BranchSetElement[]): void {
  const seen = new Set<string>();
  for (const set of sets) {
    const region = set.scope.word(set.element, 'applyToTectonicRegionType');
    if (region === undefined) {
      set.scope.fault(set.element, 'the region of the models is needed', {
        code: 'MISSING_ATTRIBUTE',
        key: 'applyToTectonicRegionType',
      });
      continue;
    }
    if (seen.has(region))
      set.scope.fault(set.element, 'two branch sets are for this region', {
        code: 'TREE_STRUCTURE',
        key: 'applyToTectonicRegionType',
        value: region,
      });
    seen.add(region);
  }
}

async function readSet(
  set: BranchSetElement,
  number: number,
  treeFolder: string,
  folder: string,
): Promise<GroundMotionBranchSet> {
  const { id, scope, element, uncertaintyType: type } = set;
  if (type !== 'gmpeModel')
    scope.fault(element, 'a ground-motion logic tree holds models only', {
      code: 'TREE_STRUCTURE',
      key: 'uncertaintyType',
      value: type,
      allowed: 'gmpeModel',
    });
  const branches: GroundMotionBranch[] = [];
  for (const [position, branch] of set.branches.entries()) {
    const { model } = branch;
    const where = { file: scope.file, line: model.line, key: 'uncertaintyModel', value: model.text.trim() };
    const read = await scope.report.collect(where, async () => {
      const [text, attributes] = [scope.text(model), scope.allWords(model)];
      const found = parseModelSpecification(text, attributes, relative(folder, treeFolder));
      await checkName(found.specification.name);
      return found;
    });
    if (!read) continue;
    if (branches.some(({ text }) => text === read.text))
      scope.fault(model, 'the same model twice in a set', {
        code: 'TREE_STRUCTURE',
        key: 'uncertaintyModel',
        value: read.text,
      });
    branches.push(branchOf(branch, position, number, read));
  }
  return { id, tectonicRegionType: regionOf(set) ?? '', branches };
}

function branchOf(
  { weight, weightsByImt }: BranchElement,
  position: number,
  set: number,
  read: ReturnType<typeof parseModelSpecification>,
): GroundMotionBranch {
  return { id: `g${branchCode(position)}${set}`, ...read, weight, weightsByImt };
}

async function checkName(name: string): Promise<void> {
  if (await findModel(name)) return;
  throw refusal('UNKNOWN_MODEL', `'${name}' is not a ground-motion model of this engine`);
}

/** The models of a set as one, whose probabilities of exceedance are their weighted means. */
function collapsed(set: GroundMotionBranchSet): GroundMotionBranchSet {
  if (set.branches.length < 2) return set;
  const args = set.branches.map(({ id, specification, weight }): [string, object] => [
    id,
    { [specification.name]: { ...specification.arguments, weight } },
  ]);
  const text = set.branches
    .map(({ id, text: own, weight }) => {
      const [header, ...lines] = own.split('\n');
      return [`[AvgPoeGMPE.${id}.${header.slice(1)}`, ...lines, `weight = ${weight}`, ''].join('\n');
    })
    .join('\n');
  const specification = {
    name: 'AvgPoeGMPE',
    arguments: Object.fromEntries(args) as GroundMotionBranch['specification']['arguments'],
  };
  const branch: GroundMotionBranch = { id: set.branches[0].id, specification, text, weight: 1, weightsByImt: {} };
  return { ...set, branches: [branch] };
}
