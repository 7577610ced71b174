import type { NonParametricRupture, NonParametricSource } from '../../hazard/sources/source.js';
import { parseNumbers } from '../nrml/numbers.js';
import { readProbabilities } from './elements/probabilities.js';
import { readRake } from './elements/fault-properties.js';
import { MAGNITUDE } from '../nrml/scope.js';
import type { ReadingContext, SourceBuilder } from './source-reader.js';
import { readPosition, readSurfaces } from './elements/surface-geometry.js';
import type { Element } from '../nrml/xml.js';

const RUPTURES = new Set([
  'singlePlaneRupture',
  'multiPlanesRupture',
  'simpleFaultRupture',
  'complexFaultRupture',
  'griddedRupture',
]);
const WEIGHT_TOLERANCE = 1e-6;

/** Ruptures with explicit probabilities, in the XML file or, if that gives none, in the HDF5 file beside it. */
export function buildNonParametricSource(source: Element, context: ReadingContext): SourceBuilder {
  const { scope } = context;
  const weights = readWeights(source, context);
  const ruptures: NonParametricRupture[] = [];
  return {
    child(element) {
      if (!RUPTURES.has(element.name)) {
        scope.skip(element);
        scope.fault(element, `unknown rupture <${element.name}>`, {
          code: 'UNKNOWN_SOURCE_TYPE',
          allowed: [...RUPTURES].join(', '),
        });
        return;
      }
      const weight = weights?.[ruptures.length];
      ruptures.push({
        magnitude: scope.number(scope.need(element, 'magnitude'), MAGNITUDE),
        rake: readRake(element, scope),
        hypocentre: readPosition(scope.need(element, 'hypocenter'), scope),
        surfaces: readSurfaces(element, scope),
        probabilities: readProbabilities(element, scope, ruptures[0]?.probabilities.length),
        ...(weight !== undefined && { weight }),
      });
    },
    async finish() {
      const all = ruptures.length > 0 ? ruptures : await readGridded(context, weights);
      if (weights && weights.length !== all.length)
        scope.fault(source, `${weights.length} weights for ${all.length} ruptures`, {
          code: 'INVALID_WEIGHTS',
          key: 'rup_weights',
        });
      return {
        type: 'nonParametric',
        ...context.base,
        ruptures: all,
        ...(context.investigationTime !== undefined && { investigationTime: context.investigationTime }),
      } satisfies NonParametricSource;
    },
  };
}

function readWeights(source: Element, { scope, mutexRuptures }: ReadingContext): Float64Array | undefined {
  const text = scope.word(source, 'rup_weights');
  if (text === undefined) {
    if (mutexRuptures)
      scope.fault(source, 'ruptures that exclude one another need weights', {
        code: 'INVALID_WEIGHTS',
        key: 'rup_weights',
      });
    return undefined;
  }
  const { values, bad } = parseNumbers(text);
  if (bad !== undefined)
    scope.fault(source, 'not a finite number', { code: 'INVALID_VALUE', key: 'rup_weights', value: bad });
  const sum = values.reduce((total, value) => total + value, 0);
  if (bad === undefined && Math.abs(sum - 1) > WEIGHT_TOLERANCE)
    scope.fault(source, `the weights of the ruptures sum to ${sum}`, {
      code: 'INVALID_WEIGHTS',
      key: 'rup_weights',
      allowed: 'a sum of 1',
    });
  return values;
}

/** Gridded ruptures: slice[i] cuts the points of rupture i out of mesh3d. */
async function readGridded(
  { companion, base }: ReadingContext,
  weights: Float64Array | undefined,
): Promise<NonParametricRupture[]> {
  const group = await companion.group(base.id);
  const magnitudes = group.numbers('magnitude').values;
  const rakes = group.numbers('rake').values;
  const hypocentres = group.numbers('hypocenter').values;
  const slices = group.numbers('slice').values;
  const mesh = group.numbers('mesh3d').values;
  const { values: probabilities, columns: terms } = group.numbers('probs_occur');
  const count = magnitudes.length;
  if (rakes.length !== count) throw group.mismatch('rake', rakes.length, count);
  if (hypocentres.length !== 3 * count) throw group.mismatch('hypocenter', hypocentres.length / 3, count);
  if (slices.length !== 2 * count) throw group.mismatch('slice', slices.length / 2, count);
  if (probabilities.length !== terms * count) throw group.mismatch('probs_occur', probabilities.length / terms, count);
  return Array.from(magnitudes, (magnitude, i) => {
    const end = slices[2 * i + 1];
    if (3 * end > mesh.length) throw group.mismatch('mesh3d', mesh.length / 3, end);
    return {
      magnitude,
      rake: rakes[i],
      hypocentre: [hypocentres[3 * i], hypocentres[3 * i + 1], hypocentres[3 * i + 2]],
      surfaces: [{ kind: 'gridded', points: mesh.subarray(3 * slices[2 * i], 3 * end), singlePrecision: true }],
      probabilities: probabilities.subarray(terms * i, terms * (i + 1)),
      ...(weights?.[i] !== undefined && { weight: weights[i] }),
    };
  });
}
