/** The sources that docs/sources.md shows, with the ruptures picked for the picture. */
import type { Discretization, KiteGeometry, PlanarGeometry } from '../../hazard/sources/source.js';
import type { KnownSource } from './known-source.js';

/** A source of docs/sources.md, and which of its ruptures the picture shows. */
export interface PicturedSource {
  readonly file: string;
  readonly source: KnownSource;
  readonly discretization: Discretization;
  /** numbers of the ruptures shown */
  readonly show: readonly number[];
  /** number of a rupture whose surface is the whole fault, drawn as a mesh behind the others */
  readonly mesh?: number;
  /** of the view, degrees */
  readonly turn?: number;
  readonly tilt?: number;
}

const DISCRETIZATION: Discretization = {
  ruptureMeshSpacing: 2,
  complexFaultMeshSpacing: 10,
  widthOfMfdBin: 0.5,
  areaSourceDiscretization: 10,
  floatingXStep: 0,
  floatingYStep: 0,
  investigationTime: 1,
  inferOccurRates: false,
  shiftHypo: false,
  splitSources: true,
};

const COMMON = { name: '', tectonicRegionType: 'Active Shallow Crust', magnitudeScalingRelation: 'WC1994' };
const DISTRIBUTED = {
  ...COMMON,
  ruptureAspectRatio: 1.5,
  upperSeismogenicDepth: 0,
  lowerSeismogenicDepth: 15,
  nodalPlanes: [
    { probability: 0.6, strike: 30, dip: 45, rake: 90 },
    { probability: 0.4, strike: 120, dip: 75, rake: 0 },
  ],
  hypocentralDepths: [{ probability: 1, depth: 8 }],
};
const arbitrary = (
  ...magnitudes: number[]
): { kind: 'arbitrary'; magnitudes: Float64Array; occurRates: Float64Array } => ({
  kind: 'arbitrary',
  magnitudes: Float64Array.from(magnitudes),
  occurRates: Float64Array.from(magnitudes, (m) => 10 ** (3 - m)),
});
const kite = (...profiles: number[][]): KiteGeometry => ({
  kind: 'kite',
  profiles: profiles.map((profile) => Float64Array.from(profile)),
});
const plane = (...corners: number[]): PlanarGeometry => ({ kind: 'planar', corners: Float64Array.from(corners) });

/** One source of each type. */
export const PICTURED_SOURCES: readonly PicturedSource[] = [
  {
    file: 'point',
    source: { ...DISTRIBUTED, type: 'point', id: 'point', mfd: arbitrary(5.5, 6.5), lon: 10, lat: 45 },
    discretization: DISCRETIZATION,
    show: [2, 3, 0],
  },
  {
    file: 'multi-point',
    source: {
      ...DISTRIBUTED,
      type: 'multiPoint',
      id: 'multi-point',
      mfd: {
        kind: 'multi',
        memberKind: 'arbitraryMFD',
        size: 6,
        fields: {
          magnitudes: Float64Array.of(5.8, 5.8, 5.8, 5.8, 5.8, 5.8),
          occurRates: Float64Array.of(0.01, 0.02, 0.01, 0.03, 0.01, 0.02),
          lengths: Float64Array.of(1, 1, 1, 1, 1, 1),
        },
      },
      points: Float64Array.of(10, 45, 10.2, 45, 10.4, 45, 10, 45.15, 10.2, 45.15, 10.4, 45.15),
    },
    discretization: DISCRETIZATION,
    show: [0, 5, 8],
  },
  {
    file: 'area',
    source: {
      ...DISTRIBUTED,
      type: 'area',
      id: 'area',
      mfd: arbitrary(6),
      polygon: Float64Array.of(10, 45, 10.5, 45.05, 10.6, 45.35, 10.2, 45.45, 9.95, 45.25),
    },
    discretization: DISCRETIZATION,
    show: [0, 13, 28],
  },
  {
    file: 'simple-fault',
    source: {
      ...COMMON,
      type: 'simpleFault',
      id: 'simple',
      mfd: arbitrary(6, 6.6, 9),
      ruptureAspectRatio: 1.5,
      rake: 90,
      geometry: {
        kind: 'simpleFault',
        trace: Float64Array.of(10, 45, 0, 10.25, 45.1, 0, 10.6, 45.12, 0),
        dip: 45,
        upperSeismogenicDepth: 1,
        lowerSeismogenicDepth: 15,
      },
    },
    discretization: DISCRETIZATION,
    show: [0, 108, 178],
    mesh: -1,
  },
  {
    file: 'complex-fault',
    source: {
      ...COMMON,
      type: 'complexFault',
      id: 'complex',
      mfd: arbitrary(7, 7.6, 9.5),
      magnitudeScalingRelation: 'StrasserInterface',
      ruptureAspectRatio: 1.5,
      rake: 90,
      geometry: {
        kind: 'complexFault',
        edges: [
          Float64Array.of(-72, -32, 6, -72.1, -31, 5, -71.9, -30, 5),
          Float64Array.of(-71.4, -32.05, 20, -71.5, -31, 22, -71.3, -30, 20),
          Float64Array.of(-71, -32, 42, -71.05, -31, 44, -70.9, -29.95, 40),
        ],
      },
    },
    discretization: DISCRETIZATION,
    show: [0, 96, 214],
    mesh: -1,
    turn: 55,
  },
  {
    file: 'kite-fault',
    source: {
      ...COMMON,
      type: 'kiteFault',
      id: 'kite',
      mfd: arbitrary(6.2, 6.5),
      ruptureAspectRatio: 1.5,
      rake: 90,
      geometry: kite(
        [5, 50, 1, 4.98, 50.03, 6, 4.9, 50.1, 11],
        [5.3, 49.95, 1, 5.31, 50, 6, 5.3, 50.1, 13],
        [5.7, 50.05, 1, 5.73, 50.1, 6.5, 5.75, 50.2, 12],
      ),
    },
    discretization: DISCRETIZATION,
    show: [3, 90, 240],
    turn: 155,
  },
  {
    file: 'characteristic-fault',
    source: {
      ...COMMON,
      type: 'characteristicFault',
      id: 'characteristic',
      mfd: arbitrary(7.2),
      rake: 0,
      surfaces: [
        plane(10, 45, 2, 10.24614, 45.20641, 2, 10.07509, 44.95539, 11.19253, 10.3215, 45.1618, 11.19253),
        plane(10.24614, 45.20641, 0, 10.51763, 45.2573, 0, 10.25474, 45.18378, 14.77212, 10.52624, 45.23467, 14.77212),
        plane(9.9609, 44.92394, 1, 9.88291, 44.7718, 1, 9.90121, 44.9393, 9.66025, 9.82337, 44.78716, 9.66025),
      ],
    },
    discretization: DISCRETIZATION,
    show: [0],
  },
  {
    file: 'non-parametric',
    source: {
      type: 'nonParametric',
      id: 'slab',
      name: '',
      tectonicRegionType: 'Subduction IntraSlab',
      ruptures: [0, 12].map((start) => ({
        magnitude: 7 + start / 24,
        rake: 90,
        hypocentre: [142.2 + start / 100, 38.3 + start / 50, 20] as const,
        probabilities: Float64Array.of(0.9, 0.1),
        surfaces: [
          {
            kind: 'gridded' as const,
            points: Float64Array.from(
              Array.from({ length: 40 }, (_, i) => {
                const [row, column] = [Math.floor(i / 8), i % 8];
                return [142 + 0.08 * row + 0.01 * column, 38 + start / 20 + 0.07 * column, 12 + 4 * row];
              }).flat(),
            ),
          },
        ],
      })),
    },
    discretization: DISCRETIZATION,
    show: [0, 1],
    turn: 55,
  },
  {
    file: 'multi-fault',
    source: {
      type: 'multiFault',
      id: 'system',
      name: '',
      tectonicRegionType: 'Active Shallow Crust',
      sections: {
        ids: ['a', 'b', 'c'],
        surfaces: [
          [kite([20, 40, 0, 20, 39.95, 10], [19.8, 40.05, 0, 19.79, 40, 10], [19.6, 40, 0, 19.59, 39.95, 10])],
          [kite([20.05, 40, 0, 20.05, 40.08, 10], [20.6, 40.05, 0, 20.6, 40.13, 10])],
          [kite([20.3, 40.2, 0, 20.36, 40.16, 12], [20.6, 40.4, 0, 20.66, 40.36, 12])],
        ],
      },
      magnitudes: Float64Array.of(7.3, 6.8),
      rakes: Float64Array.of(90, 90),
      sectionStart: Int32Array.of(0, 2, 3),
      sectionIndices: Int32Array.of(0, 1, 2),
      probabilities: Float64Array.of(0.99, 0.01, 0.98, 0.02),
      terms: 2,
    },
    discretization: DISCRETIZATION,
    show: [0, 1],
    turn: -20,
  },
];
