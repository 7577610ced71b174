import assert from 'node:assert/strict';
import { SoilConvolution } from '../../../hazard/amplification/convolution.js';
import {
  classOfRupture,
  interpolateAtLevel,
  soilExceedance,
  type AmplificationClass,
  type AmplificationCurve,
} from '../../../hazard/amplification/functions.js';
import { assertClose } from '../../tolerance.js';

/** Points of level, median, sigma. */
function curveOf(...points: readonly (readonly [level: number, median: number, sigma: number])[]): AmplificationCurve {
  const column = (k: 0 | 1 | 2): Float64Array => Float64Array.from(points, (point) => point[k]);
  return { levels: column(0), medians: column(1), sigmas: column(2) };
}

const ROCK = {
  levels: Float64Array.of(0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2),
  poes: [0.95, 0.9, 0.8, 0.55, 0.3, 0.12, 0.02, 0.003, 0.0002],
};
const SOIL = Float64Array.of(0.01, 0.02, 0.05, 0.1, 0.2, 0.4, 0.8, 1.6);

/** OpenQuake engine 3.24-dev reference figures: soil curves of one curve on rock. */
const CONVOLUTIONS: readonly { name: string; curve: AmplificationCurve; poes: readonly number[] }[] = [
  {
    name: 'a constant factor with a standard deviation',
    curve: curveOf([0, 1.5, 0.3]),
    poes: [
      0.925972928274, 0.853465766264, 0.650310404195, 0.433183694266, 0.216278185006, 0.0777665608404, 0.0196871231321,
      0.00307994355085,
    ],
  },
  {
    name: 'a constant factor without a standard deviation',
    curve: curveOf([0, 2, 0]),
    poes: [
      0.949724222533, 0.901549639673, 0.72672836683, 0.553140072797, 0.310707070276, 0.113282226751, 0.0305297649903,
      0.00562042464798,
    ],
  },
  {
    name: 'a factor that falls with the level on rock',
    curve: curveOf([0.01, 2, 0.3], [0.1, 1.6, 0.3], [0.4, 1.1, 0.2], [1, 0.8, 0.2]),
    poes: [
      0.940971353502, 0.88976476061, 0.716351804786, 0.490597428435, 0.230729119428, 0.0593262988701, 0.0046065185843,
      8.21447500924e-5,
    ],
  },
  {
    name: 'a factor with two points',
    curve: curveOf([0.01, 1.2, 0.1], [1, 1, 0.1]),
    poes: [
      0.912600511914, 0.824656634024, 0.591415862125, 0.349203844495, 0.148367718647, 0.0400357435631, 0.0063461850042,
      0.000248296869037,
    ],
  },
];
const RTOL = 1e-10;

function amplified(poes: readonly number[], curve: AmplificationCurve): Float64Array {
  const soil = new Float64Array(SOIL.length + 2).fill(7);
  new SoilConvolution(ROCK.levels, SOIL, curve).apply([7, ...poes], 1, soil, 1);
  assert.deepEqual([soil[0], soil[SOIL.length + 1]], [7, 7], 'nothing beside the curve is touched');
  return soil.slice(1, -1);
}

describe('amplification of curves', () => {
  for (const { name, curve, poes } of CONVOLUTIONS)
    it(`gives the reference figures for ${name}`, () => {
      const soil = amplified(ROCK.poes, curve);
      poes.forEach((poe, l) => assertClose(soil[l], poe, { rtol: RTOL }));
    });

  it('leaves a curve of zeros at zero, and one that ends early without its end', () => {
    const { curve } = CONVOLUTIONS[1];
    assert.deepEqual([...amplified(new Array<number>(9).fill(0), curve)], new Array<number>(8).fill(0));
    const early = amplified([0.5, 0.2, 0.1, 0, 0, 0, 0, 0, 0], curve);
    // twice the motion on rock, which is known up to 0.02 g
    assert.ok(early[0] > 0.3 && early[2] === 0, String(early));
  });
});

describe('amplification functions', () => {
  const curve = curveOf([0.01, 0.99, 0.1], [0.5, 0.5, 0.2]);

  it('are linear between their points and constant outside', () => {
    assert.equal(interpolateAtLevel(curve.levels, curve.medians, 0.001), 0.99);
    assert.equal(interpolateAtLevel(curve.levels, curve.medians, 2), 0.5);
    // OpenQuake engine 3.24-dev reference figure
    assertClose(interpolateAtLevel(curve.levels, curve.medians, 0.1), 0.9, { atol: 1e-15 });
    assertClose(interpolateAtLevel(curve.levels, curve.sigmas, 0.255), 0.15, { atol: 1e-15 });
  });

  it('hold for the magnitude and the distance nearest below', () => {
    const classes = [
      [4, 0],
      [4, 50],
      [6, 0],
      [6, 20],
      [6, 50],
    ].map(([fromMagnitude, fromDistance]): AmplificationClass => ({ fromMagnitude, fromDistance, curves: [] }));
    const found = (magnitude: number, distance: number): number => classOfRupture(classes, magnitude, distance);
    assert.deepEqual([found(3, 10), found(5, 10), found(5.99, 50), found(5, 500)], [0, 0, 1, 1]);
    assert.deepEqual([found(6, 10), found(6.5, 20), found(7, 49.9), found(8, 50)], [2, 3, 3, 4]);
    assert.equal(classOfRupture(classes.slice(1), 4, 10), 0);
  });

  it('are steps where they have no standard deviation, half at the level itself', () => {
    const step = soilExceedance(curveOf([0, 2, 0]), Float64Array.of(0.1), Float64Array.of(0.1, 0.2, 0.3));
    assert.deepEqual([...step], [1, 0.5, 0]);
  });
});
