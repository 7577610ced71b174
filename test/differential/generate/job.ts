/** Whole random jobs. */
import type { GroupSpec, JobSpec } from '../job-spec.js';
import { Draft } from './draft.js';
import { modelText, pickModel, type KnownModel } from './models.js';
import { amplification, commonParameters, disaggregation, levels, postProcessing } from './parameters.js';
import { sites } from './sites.js';
import { source, specialGroup, type SourceKind } from './sources.js';
import { branchSet } from './uncertainties.js';

const REGIONS = [
  'Active Shallow Crust',
  'Stable Shallow Crust',
  'Subduction Interface',
  'Subduction IntraSlab',
  'Volcanic',
];
const POINTS: readonly SourceKind[] = ['point', 'multiPoint', 'area'];
const FAULTS: readonly SourceKind[] = ['simpleFault', 'complexFault', 'kiteFault', 'characteristic'];
const LISTED: readonly SourceKind[] = ['nonParametric', 'multiFault'];

/** Kinds of jobs: what they try most. The weight is how often a run without --kind takes one. */
const KINDS: Readonly<Record<string, { readonly weight: number; readonly sources: readonly SourceKind[] }>> = {
  plain: { weight: 4, sources: [...POINTS, ...FAULTS, ...LISTED] },
  points: { weight: 3, sources: POINTS },
  faults: { weight: 4, sources: FAULTS },
  listed: { weight: 2, sources: LISTED },
  trees: { weight: 5, sources: [...POINTS, ...FAULTS] },
  special: { weight: 2, sources: [...POINTS, ...FAULTS] },
  parameters: { weight: 3, sources: [...POINTS, ...FAULTS] },
  places: { weight: 3, sources: [...POINTS, ...FAULTS, ...LISTED] },
  disaggregation: { weight: 4, sources: [...POINTS, ...FAULTS, ...LISTED] },
  postprocessing: { weight: 1, sources: [...POINTS, ...FAULTS] },
  amplification: { weight: 1, sources: [...POINTS, 'simpleFault', 'characteristic'] },
  preclassical: { weight: 1, sources: [...POINTS, ...FAULTS] },
};
export const JOB_KINDS: readonly string[] = Object.keys(KINDS);

/** The job of a seed; the same seed, kind and models give the same job. */
export function randomJob(seed: number, wanted: string | undefined, models: readonly KnownModel[]): JobSpec {
  const kind = wanted ?? kindOf(seed);
  const draft = new Draft(seed, kind === 'places');
  const { random, ini } = draft;
  const regions = random.some(REGIONS, random.pick([1, 1, 2]));
  const many = kind === 'trees' || kind === 'disaggregation' || kind === 'plain';
  const modelWeights = random.weights(many ? random.pick([1, 1, 2]) : 1);
  const sourceModels = modelWeights.map((weight) => ({
    weight,
    groups: regions.map((region): GroupSpec => {
      if (kind === 'special' && random.chance(0.7)) return specialGroup(draft, region);
      const sources = Array.from({ length: random.pick([1, 1, 2, 3]) }, () =>
        source(draft, region, random.pick(KINDS[kind].sources)),
      );
      return { region, attributes: {}, sources };
    }),
  }));

  const spectra = kind === 'postprocessing' || kind === 'amplification';
  const measure = spectra ? 'SA' : random.pick(['PGA', 'SA', 'SA', 'PGA', 'PGV']);
  const chosen: KnownModel[] = [];
  const groundMotion = regions.map((region, r) => {
    const texts = new Set<string>();
    const count = random.pick(many ? [1, 1, 2, 3] : [1, 1, 2]);
    for (let k = 0; k < count; k++) {
      const model = pickModel(draft, models, region, measure);
      const before = texts.size;
      texts.add(modelText(draft, model, measure === 'SA'));
      if (texts.size > before) chosen.push(model);
    }
    const weights = random.weights(texts.size);
    return {
      region,
      branches: [...texts].map((value, k) => ({ id: `g${r}${k}`, value, weight: weights[k] })),
    };
  });
  const needed = new Set(chosen.flatMap(({ declaration }) => declaration.requires.site as readonly string[]));
  const measures = commonMeasures(draft, chosen, spectra);

  ini.calculation_mode = kind === 'preclassical' ? 'preclassical' : 'classical';
  commonParameters(draft, regions, kind === 'parameters' || kind === 'points' ? 0.6 : 0.2);
  const count = random.pick([3, 5, 8, 12]);
  const shared = levels(draft, 'SA', count);
  const ownLevels = (name: string): number[] => levels(draft, name.replace(/\(.*/, ''), count);
  ini.intensity_measure_types_and_levels = JSON.stringify(
    Object.fromEntries(
      measures.map((name) => [
        name,
        spectra || (/^(SA|PGA)/.test(name) && random.chance(0.5)) ? shared : ownLevels(name),
      ]),
    ),
  );
  sites(draft, needed);
  const sets =
    kind === 'trees' || random.chance(0.15)
      ? Array.from({ length: random.pick([1, 1, 2, 3]) }, (_, position) => {
          const m = random.integer(0, sourceModels.length - 1);
          return branchSet(draft, sourceModels[m].groups, m, sourceModels.length, position);
        })
      : [];
  if (kind === 'disaggregation') disaggregation(draft, measures);
  if (kind === 'postprocessing') postProcessing(draft, measures);
  if (kind === 'amplification') amplification(draft, measures, needed);
  const { files, sections, stateTime } = draft;
  return { seed, kind, ini, files, models: sourceModels, sections, sets, groundMotion, stateTime };
}

function kindOf(seed: number): string {
  const names = JOB_KINDS.flatMap((name) => Array.from({ length: KINDS[name].weight }, () => name));
  return new Draft(seed, false).random.pick(names);
}

/** Measures that all chosen models give. */
function commonMeasures({ random }: Draft, chosen: readonly KnownModel[], spectra: boolean): string[] {
  const shared = (kind: string): boolean =>
    chosen.every(({ declaration }) => declaration.imts.some((range) => range.kind === kind));
  const measures: string[] = [];
  if (shared('PGA') && random.chance(0.7)) measures.push('PGA');
  if (!spectra && shared('PGV') && random.chance(0.3)) measures.push('PGV');
  if (shared('SA')) {
    const ranges = chosen.map(({ declaration }) => declaration.imts.find(({ kind }) => kind === 'SA')!);
    const low = Math.max(...ranges.map(({ minimum }) => minimum ?? 0));
    const high = Math.min(...ranges.map(({ maximum }) => maximum ?? 10));
    const periods = [0.05, 0.1, 0.123, 0.2, 0.3, 0.5, 0.75, 1, 1.5, 2, 3].filter((t) => t >= low && t <= high);
    for (const period of random.some(periods, spectra ? 3 : random.pick([1, 1, 2, 3]))) measures.push(`SA(${period})`);
  }
  if (measures.length === 0) for (const kind of ['PGA', 'PGV', 'MMI']) if (shared(kind)) measures.push(kind);
  return measures.length > 0 ? measures : ['PGA'];
}
