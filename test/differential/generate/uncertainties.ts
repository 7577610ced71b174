/** Random branch sets below the source models. */
import type { BranchSetSpec, GroupSpec, SourceSpec } from '../job-spec.js';
import type { Draft } from './draft.js';
import { complexFault, plane, simpleFault } from './surfaces.js';
import { polygon } from './sources.js';

interface Target {
  readonly draft: Draft;
  readonly source: SourceSpec;
  readonly region: string;
  /** lowest magnitude of the source */
  readonly low: number;
}
interface Uncertainty {
  readonly suits: (source: SourceSpec) => boolean;
  /** value of each branch, at most three */
  readonly value: (target: Target, branch: number) => string;
  /** applies to one source only */
  readonly single: boolean;
}

const truncated = ({ xml }: SourceSpec): boolean => xml.includes('<truncGutenbergRichterMFD aValue');
const list =
  (...values: readonly (string | number)[]) =>
  (_: Target, branch: number): string =>
    String(values[branch]);
const ofKind =
  (...kinds: readonly string[]) =>
  ({ kind }: SourceSpec): boolean =>
    kinds.includes(kind);
const meshSpacing = ({ ini }: Draft): number => Number(ini.rupture_mesh_spacing ?? 3);

const UNCERTAINTIES: Readonly<Record<string, Uncertainty>> = {
  maxMagGRRelative: { suits: truncated, value: list(0, 0.2, -0.15), single: true },
  maxMagGRRelativeNoMoBalance: { suits: truncated, value: list(0, 0.2, -0.15), single: true },
  bGRRelative: { suits: truncated, value: list(0, 0.1, -0.1), single: true },
  maxMagGRAbsolute: {
    suits: truncated,
    value: ({ low }, branch) => (low + [1, 1.3, 0.6][branch]).toFixed(2),
    single: true,
  },
  bGRAbsolute: { suits: truncated, value: list(0.9, 1, 1.1), single: true },
  abGRAbsolute: { suits: truncated, value: list('3.2 0.9', '3.5 1.0', '3.0 0.8'), single: true },
  incrementalMFDAbsolute: {
    suits: ({ xml }) => xml.includes('<incrementalMFD'),
    value: ({ low }, branch) =>
      `<incrementalMFD minMag="${(low + 0.1 * branch).toFixed(1)}" binWidth="0.2"><occurRates>0.00${branch + 1} 0.0005</occurRates></incrementalMFD>`,
    single: true,
  },
  simpleFaultDipRelative: { suits: ofKind('simpleFault'), value: list(-5, 0, -10), single: true },
  simpleFaultDipAbsolute: { suits: ofKind('simpleFault'), value: list(50, 65, 80), single: true },
  simpleFaultGeometryAbsolute: {
    suits: ofKind('simpleFault'),
    value: ({ draft, region }) => simpleFault(draft, region, meshSpacing(draft)),
    single: true,
  },
  complexFaultGeometryAbsolute: {
    suits: ofKind('complexFault'),
    value: ({ draft, region }) =>
      complexFault(draft, region, Number(draft.ini.complex_fault_mesh_spacing ?? meshSpacing(draft))),
    single: true,
  },
  characteristicFaultGeometryAbsolute: {
    suits: ofKind('characteristic'),
    value: ({ draft, region }) =>
      `<surface>${draft.random.chance(0.5) ? simpleFault(draft, region, 3) : plane(draft, region).xml}</surface>`,
    single: true,
  },
  areaSourceGeometryAbsolute: {
    suits: ofKind('area'),
    value: ({ draft }) =>
      `<areaGeometry>${polygon(draft, 25)}<upperSeismoDepth>0</upperSeismoDepth><lowerSeismoDepth>100</lowerSeismoDepth></areaGeometry>`,
    single: true,
  },
  setMSRAbsolute: { suits: ofKind('simpleFault'), value: list('WC1994', 'Leonard2014_SCR', 'PeerMSR'), single: true },
  recomputeMmax: { suits: ofKind('simpleFault'), value: list(-1, 0, 1), single: true },
  setLowerSeismDepthAbsolute: { suits: ofKind('simpleFault'), value: list(14, 18, 16), single: true },
  setUpperSeismDepthAbsolute: { suits: ofKind('simpleFault'), value: list(0, 1, 2), single: true },
  truncatedGRFromSlipAbsolute: {
    suits: (source) => truncated(source) && ofKind('simpleFault', 'complexFault', 'characteristic')(source),
    value: (_, branch) => `<faultActivityData slipRate="${[2, 1, 4][branch]}" rigidity="32"/>`,
    single: true,
  },
  dummy: { suits: () => true, value: list(1, 2, 3), single: false },
};

/** A set that changes one source, or all that it suits, of a model; `position` is its number below the source models. */
export function branchSet(
  draft: Draft,
  groups: readonly GroupSpec[],
  model: number,
  models: number,
  position: number,
): BranchSetSpec {
  const { random } = draft;
  const group = random.pick(groups);
  const source = random.pick(group.sources);
  const type = random.pick(Object.keys(UNCERTAINTIES).filter((name) => UNCERTAINTIES[name].suits(source)));
  const { value, single } = UNCERTAINTIES[type];
  const low = Number(/minMag="([\d.]+)"/.exec(source.xml)?.[1] ?? 5);
  const weights = random.weights(random.pick([2, 2, 3]));
  const attributes: Record<string, string> = {};
  if (single || random.chance(0.4)) attributes.applyToSources = source.id;
  else if (random.chance(0.4)) attributes.applyToTectonicRegionType = group.region;
  // only the first set may hang below the source models
  if (position === 0 && (random.chance(0.3) || (attributes.applyToSources && models > 1)))
    attributes.applyToBranches = `m${model}`;
  return {
    type,
    attributes,
    branches: weights.map((weight, k) => ({
      id: `u${position}_${k}`,
      value: value({ draft, source, region: group.region, low }, k),
      weight,
    })),
  };
}
