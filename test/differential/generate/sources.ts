/** Random sources and groups of every type. */
import { SCALING_RELATION_NAMES } from '../../../hazard/scaling/registry.js';
import type { GroupSpec, SourceSpec } from '../job-spec.js';
import type { Draft } from './draft.js';
import {
  depths,
  distribution,
  multiDistribution,
  nodalPlanes,
  OF_AREAS,
  OF_CHARACTERISTIC,
  OF_FAULTS,
} from './distributions.js';
import { complexFault, kite, layer, simpleFault, surface, type SurfaceKind } from './surfaces.js';

export type SourceKind =
  | 'point'
  | 'multiPoint'
  | 'area'
  | 'simpleFault'
  | 'complexFault'
  | 'kiteFault'
  | 'characteristic'
  | 'nonParametric'
  | 'multiFault';

const COMMON_RELATIONS = ['WC1994', 'PeerMSR', 'Leonard2014_SCR'];

/** One random source. */
export function source(draft: Draft, region: string, kind: SourceKind): SourceSpec {
  const id = draft.newId();
  return { id, kind, xml: SOURCES[kind](draft, region, `id="${id}" name="${id}"`) };
}

type Writer = (draft: Draft, region: string, names: string) => string;

const SOURCES: Readonly<Record<SourceKind, Writer>> = {
  point: (draft, region, names) => {
    const [head, tail] = distributed(draft, region);
    const [lon, lat] = draft.near();
    return (
      `<pointSource ${names}><pointGeometry><gml:Point><gml:pos>${lon} ${lat}</gml:pos></gml:Point>${head}</pointGeometry>` +
      `${tail(distribution(draft, false))}</pointSource>`
    );
  },
  multiPoint: (draft, region, names) => {
    const [head, tail] = distributed(draft, region);
    const points = Array.from({ length: draft.random.integer(1, 6) }, () => draft.near().join(' '));
    return (
      `<multiPointSource ${names}><multiPointGeometry><gml:posList>${points.join(' ')}</gml:posList>${head}</multiPointGeometry>` +
      `${tail(multiDistribution(draft, points.length))}</multiPointSource>`
    );
  },
  area: (draft, region, names) => {
    const [head, tail] = distributed(draft, region);
    draft.offer('area_source_discretization', draft.random.pick([7, 8, 10, 12]));
    const own = draft.random.chance(0.2) ? ` discretization="${draft.random.pick([7, 10, 12])}"` : '';
    return (
      `<areaSource ${names}><areaGeometry${own}>${polygon(draft, draft.random.pick([12, 25, 35]))}${head}</areaGeometry>` +
      `${tail(distribution(draft, false, OF_AREAS))}</areaSource>`
    );
  },
  simpleFault: (draft, region, names) => {
    draft.offer('rupture_mesh_spacing', draft.random.pick([2, 2.5, 3, 4, 5]));
    const listed = draft.random.chance(0.1) ? HYPOCENTRES : '';
    return (
      `<simpleFaultSource ${names}>${simpleFault(draft, region)}${faultRelation(draft)}` +
      `${distribution(draft, true, OF_FAULTS)}${rake(draft)}${listed}</simpleFaultSource>`
    );
  },
  complexFault: (draft, region, names) => {
    draft.offer('rupture_mesh_spacing', draft.random.pick([2, 2.5, 3, 4, 5]));
    return (
      `<complexFaultSource ${names}>${complexFault(draft, region)}${faultRelation(draft)}` +
      `${distribution(draft, true)}${rake(draft)}</complexFaultSource>`
    );
  },
  kiteFault: (draft, region, names) => {
    draft.offer('rupture_mesh_spacing', draft.random.pick([2, 2.5, 3, 4, 5]));
    if (draft.random.chance(0.2)) {
      draft.offer('floating_x_step', draft.random.pick([0.25, 0.5]));
      draft.offer('floating_y_step', draft.random.pick([0.3, 0.5]));
    }
    return `<kiteFaultSource ${names}>${kite(draft, region)}${faultRelation(draft)}${distribution(draft, true)}${rake(draft)}</kiteFaultSource>`;
  },
  characteristic: (draft, region, names) => {
    const { xml } = surface(draft, region, ['simple', 'complex', 'plane', 'planes', 'kite', 'kites']);
    return `<characteristicFaultSource ${names}>${distribution(draft, true, OF_CHARACTERISTIC)}${rake(draft)}<surface>${xml}</surface></characteristicFaultSource>`;
  },
  nonParametric: (draft, region, names) => nonParametric(draft, region, names, false),
  multiFault: (draft, region, names) => {
    const { random } = draft;
    draft.stateTime = true;
    draft.offer('rupture_mesh_spacing', random.pick([2, 3, 4, 5]));
    const prefix = draft.newId();
    const sections = Array.from({ length: random.pick([2, 3, 4]) }, (_, k) => `${prefix}q${k}`);
    for (const section of sections) draft.sections.push(`<section id="${section}">${kite(draft, region)}</section>`);
    const ruptures = Array.from({ length: random.pick([1, 2, 4]) }, () => {
      const chosen = random.some(sections, random.integer(1, sections.length));
      const none = random.pick([0.9, 0.97, 0.99]);
      return (
        `<multiPlanesRupture probs_occur="${none} ${(1 - none).toFixed(2)}"><magnitude>${random.pick([6, 6.45, 7.2])}</magnitude>` +
        `<sectionIndexes indexes="${chosen.join(',')}"/>${rake(draft)}</multiPlanesRupture>`
      );
    });
    return `<multiFaultSource ${names}>${ruptures.join('')}</multiFaultSource>`;
  },
};

const HYPOCENTRES =
  '<hypoList><hypo alongStrike="0.25" downDip="0.25" weight="0.4"/><hypo alongStrike="0.75" downDip="0.5" weight="0.6"/></hypoList>' +
  '<slipList><slip weight="0.3">0</slip><slip weight="0.7">90</slip></slipList>';

const rake = ({ random }: Draft): string => `<rake>${random.pick([0, 90, -90, 180, 30])}</rake>`;

function relation({ random }: Draft, names: readonly string[], ratios: readonly number[]): string {
  const name = random.pick(random.chance(0.5) ? names : COMMON_RELATIONS);
  return `<magScaleRel>${name}</magScaleRel><ruptAspectRatio>${random.pick(ratios)}</ruptAspectRatio>`;
}

const faultRelation = (draft: Draft): string =>
  relation(
    draft,
    SCALING_RELATION_NAMES.filter((name) => name !== 'PointMSR'),
    [0.5, 1, 1.5, 2, 3],
  );

/** Layer, and what follows the geometry of point-like seismicity. */
function distributed(draft: Draft, region: string): [string, (mfd: string) => string] {
  const [upper, lower] = layer(draft, region);
  const names = SCALING_RELATION_NAMES.filter((name) => !name.startsWith('AllenHayes'));
  return [
    `<upperSeismoDepth>${upper}</upperSeismoDepth><lowerSeismoDepth>${lower}</lowerSeismoDepth>`,
    (mfd) => relation(draft, names, [0.5, 0.75, 1, 1.5, 2, 3]) + mfd + nodalPlanes(draft) + depths(draft, upper, lower),
  ];
}

/** A polygon round a place, in either sense. */
export function polygon(draft: Draft, radius: number): string {
  const { random } = draft;
  const centre = draft.near(30);
  const count = random.integer(3, 7);
  const turn = random.real(0, 360);
  const corners = Array.from({ length: count }, (_, k) =>
    draft.from(centre, turn + (k * 360) / count, radius * random.real(0.6, 1)).join(' '),
  );
  if (random.chance(0.5)) corners.reverse();
  return (
    '<gml:Polygon><gml:exterior><gml:LinearRing><gml:posList>' +
    `${corners.join(' ')}</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon>`
  );
}

const RUPTURES: Readonly<Partial<Record<SurfaceKind, string>>> = {
  simple: 'simpleFaultRupture',
  complex: 'complexFaultRupture',
  plane: 'singlePlaneRupture',
  planes: 'multiPlanesRupture',
  grid: 'griddedRupture',
};

function nonParametric(draft: Draft, region: string, names: string, exclusive: boolean): string {
  const { random } = draft;
  draft.stateTime = true;
  const count = exclusive ? 2 : random.pick([1, 2, 3]);
  const terms = exclusive ? 2 : random.pick([2, 2, 3]);
  const ruptures = Array.from({ length: count }, () => {
    const { kind, xml } = surface(draft, region, ['simple', 'complex', 'plane', 'planes', 'grid']);
    const none = random.pick([0.7, 0.9, 0.99]);
    const rest = 1 - none;
    const probabilities = terms === 2 ? [none, rest] : [none, rest * 0.9, rest * 0.1];
    const [lon, lat] = draft.near(30);
    const texts = probabilities.map((value) => String(Math.round(value * 1e6) / 1e6));
    return (
      `<${RUPTURES[kind]} probs_occur="${texts.join(' ')}"><magnitude>${random.pick([5.5, 6, 6.35, 7.1])}</magnitude>` +
      `${rake(draft)}<hypocenter lon="${lon}" lat="${lat}" depth="${random.pick([5, 12.5])}"/>${xml}</${RUPTURES[kind]}>`
    );
  });
  // the reference takes a source whose text does not begin with a new line for one in an HDF5 file
  return `<nonParametricSeismicSource ${names}${exclusive ? ' rup_weights="0.3 0.7"' : ''}>\n${ruptures.join('\n')}</nonParametricSeismicSource>`;
}

/** Groups whose sources or ruptures exclude one another, and clusters. */
export function specialGroup(draft: Draft, region: string): GroupSpec {
  const { random } = draft;
  const renamed = (one: SourceSpec, id: string): SourceSpec => ({
    ...one,
    id,
    xml: one.xml.replace(`id="${one.id}"`, `id="${id}"`),
  });
  switch (random.pick(['exclusiveSources', 'cluster', 'clusterOfFaults', 'exclusiveRuptures'])) {
    case 'exclusiveSources': {
      const base = draft.newId();
      const kinds = ['point', 'simpleFault', 'characteristic', 'nonParametric', 'area'] as const;
      const sources = [0, 1].map((k) => renamed(source(draft, region, random.pick(kinds)), `${base}:${k}`));
      return {
        region,
        attributes: {
          src_interdep: 'mutex',
          rup_interdep: 'indep',
          srcs_weights: '0.4 0.6',
          ...(random.chance(0.3) && { grp_probability: '0.5' }),
        },
        sources,
      };
    }
    case 'cluster': {
      const sources = Array.from({ length: random.integer(1, 3) }, (): SourceSpec => {
        const id = draft.newId();
        const xml = nonParametric(draft, region, `id="${id}" name="${id}"`, true);
        return { id, kind: 'nonParametric', xml: xml.replace(/probs_occur="[^"]*"/g, 'probs_occur="0.0 1.0"') };
      });
      return {
        region,
        attributes: {
          cluster: 'true',
          rup_interdep: 'mutex',
          src_interdep: 'indep',
          tom: 'PoissonTOM',
          occurrence_rate: random.pick(['0.002', '3.6e-05']),
        },
        sources,
      };
    }
    case 'clusterOfFaults':
      return {
        region,
        attributes: {
          cluster: 'true',
          rup_interdep: 'indep',
          src_interdep: 'indep',
          tom: 'PoissonTOM',
          occurrence_rate: '0.003',
        },
        sources: [0, 1].map(() => source(draft, region, 'characteristic')),
      };
    default: {
      const id = draft.newId();
      return {
        region,
        attributes: { rup_interdep: 'mutex', src_interdep: 'indep' },
        sources: [{ id, kind: 'nonParametric', xml: nonParametric(draft, region, `id="${id}" name="${id}"`, true) }],
      };
    }
  }
}
