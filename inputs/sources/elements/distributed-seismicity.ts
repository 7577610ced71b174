import type { DistributedSeismicity, HypocentralDepth, NodalPlane } from '../../../hazard/sources/source.js';
import { readAspectRatio, readScalingRelation } from './fault-properties.js';
import { readNegativeBinomial } from './occurrence.js';
import { ANY, DEPTH, DIP, POSITIVE_PROBABILITY, RAKE, STRIKE, type Range, type Scope } from '../../nrml/scope.js';
import type { ReadingContext } from '../source-reader.js';
import type { Element } from '../../nrml/xml.js';

const SUM_TOLERANCE = 1e-7;

/** What point, multi-point and area sources share; `geometry` is the element that holds the depths. */
export function readDistributedSeismicity(
  source: Element,
  geometry: Element,
  context: ReadingContext,
): DistributedSeismicity {
  const { scope } = context;
  const upperSeismogenicDepth = scope.number(scope.need(geometry, 'upperSeismoDepth'), DEPTH);
  const lower = scope.need(geometry, 'lowerSeismoDepth');
  const lowerSeismogenicDepth = scope.number(lower, DEPTH);
  if (lowerSeismogenicDepth <= upperSeismogenicDepth)
    scope.fault(lower, 'must be below the upper seismogenic depth', {
      code: 'INVALID_GEOMETRY',
      key: 'lowerSeismoDepth',
      value: String(lowerSeismogenicDepth),
      allowed: `more than ${upperSeismogenicDepth} km`,
    });
  const depths: Range = {
    test: (v) => !(v < upperSeismogenicDepth || v > lowerSeismogenicDepth),
    allowed: `the seismogenic depths, ${upperSeismogenicDepth} to ${lowerSeismogenicDepth} km`,
  };
  const negativeBinomial = readNegativeBinomial(source, context);
  return {
    magnitudeScalingRelation: readScalingRelation(source, scope),
    ruptureAspectRatio: readAspectRatio(source, scope),
    upperSeismogenicDepth,
    lowerSeismogenicDepth,
    nodalPlanes: scope.shared.of(readNodalPlanes(scope.need(source, 'nodalPlaneDist'), scope)),
    hypocentralDepths: readHypocentralDepths(scope.need(source, 'hypoDepthDist'), scope, depths),
    ...(negativeBinomial && { negativeBinomial }),
  };
}

function readNodalPlanes(element: Element, scope: Scope): NodalPlane[] {
  const planes = scope.childrenNamed(element, 'nodalPlane').map((plane) => ({
    probability: scope.attribute(plane, 'probability', POSITIVE_PROBABILITY),
    strike: scope.attribute(plane, 'strike', STRIKE),
    dip: scope.attribute(plane, 'dip', DIP),
    rake: scope.attribute(plane, 'rake', RAKE),
  }));
  checkSum(element, scope, planes);
  return merged(planes, ({ strike, dip, rake }) => [strike, dip, rake]);
}

/** The distribution in a <hypoDepthDist>; depths in the range. */
export function readHypocentralDepths(element: Element, scope: Scope, range: Range = ANY): readonly HypocentralDepth[] {
  const found = scope.childrenNamed(element, 'hypoDepth');
  for (const depth of found) {
    const value = scope.word(depth, 'fixedDipFrac');
    if (value !== undefined)
      scope.report.fault({
        code: 'INVALID_GEOMETRY',
        file: scope.file,
        line: depth.line,
        key: 'fixedDipFrac',
        value,
        message: 'places of hypocentres on ruptures are not supported',
        feature: 'hypocentres at a fraction of the width of ruptures',
      });
  }
  const depths = found.map((depth) => ({
    probability: scope.attribute(depth, 'probability', POSITIVE_PROBABILITY),
    depth: scope.attribute(depth, 'depth', range),
  }));
  checkSum(element, scope, depths);
  return scope.shared.of(merged(depths, ({ depth }) => [depth]));
}

function checkSum(element: Element, scope: Scope, parts: readonly { readonly probability: number }[]): void {
  const sum = parts.reduce((total, { probability }) => total + probability, 0);
  if (Math.abs(sum - 1) <= SUM_TOLERANCE || Number.isNaN(sum)) return;
  scope.fault(element, `the probabilities of <${element.name}> sum to ${sum}`, {
    code: 'INVALID_WEIGHTS',
    allowed: 'a sum of 1',
  });
}

/**
 * Equal values are merged, adding their probabilities; the list is then sorted by probability and value, as the reference
 * does. Without repetitions the order of the file is kept.
 */
function merged<T extends { readonly probability: number }>(parts: readonly T[], values: (part: T) => number[]): T[] {
  const byValue = new Map<string, T>();
  for (const part of parts) {
    const key = values(part).join(' ');
    const known = byValue.get(key);
    byValue.set(key, known ? { ...known, probability: known.probability + part.probability } : part);
  }
  if (byValue.size === parts.length) return [...parts];
  const sortKey = (part: T): number[] => [part.probability, ...values(part)];
  return [...byValue.values()].sort((a, b) => compareLists(sortKey(a), sortKey(b)));
}

function compareLists(a: readonly number[], b: readonly number[]): number {
  const i = a.findIndex((value, k) => value !== b[k]);
  return i < 0 ? 0 : a[i] - b[i];
}
