import type { Uncertainty, UncertaintyValue } from '../../hazard/logictree/uncertainties/uncertainty.js';
import type { HypocentralDepth, SurfaceGeometry } from '../../hazard/sources/source.js';
import { readPolygon } from '../sources/area-source.js';
import { readHypocentralDepths } from '../sources/elements/distributed-seismicity.js';
import { scalingRelationName } from '../sources/elements/fault-properties.js';
import { readIncremental } from '../sources/elements/mfd.js';
import { parseNumbers } from '../nrml/numbers.js';
import { ANY, NOT_NEGATIVE, type Range, RIGIDITY, type Scope, SLIP_RATE } from '../nrml/scope.js';
import {
  readComplexFaultGeometry,
  readKiteSurface,
  readSimpleFaultGeometry,
  readSurfaces,
} from '../sources/elements/surface-geometry.js';
import type { Element } from '../nrml/xml.js';

/** A value, and its text as outputs show it. */
export interface ReadValue {
  readonly value: UncertaintyValue;
  readonly literal: string;
}

/**
 * Reads the value of a branch in the form that the type of its set needs.
 * Errors: Refusal naming the line; other faults are reported.
 */
export function readUncertaintyValue(uncertainty: Uncertainty, model: Element, scope: Scope): ReadValue {
  const { type, valueKind: kind, range } = uncertainty;
  switch (kind) {
    case 'number': {
      const [number] = numbers(model, scope, 1);
      checkRange(number, range ?? ANY, model, scope);
      return { value: { kind, number }, literal: floatLiteral(number) };
    }
    case 'twoNumbers': {
      const [first, second] = numbers(model, scope, 2);
      return { value: { kind, first, second }, literal: tuple([first, second]) };
    }
    case 'threeNumbers': {
      const [first, second, third] = numbers(model, scope, 3);
      return { value: { kind, first, second, third }, literal: tuple([first, second, third]) };
    }
    case 'name': {
      const name = scalingRelationName(model, scope);
      return { value: { kind, name }, literal: `'${name}'` };
    }
    case 'distribution':
      return readDistribution(model, scope);
    case 'slip': {
      const data = scope.need(model, 'faultActivityData');
      const slipRate = scope.attribute(data, 'slipRate', SLIP_RATE);
      const rigidity = scope.attribute(data, 'rigidity', RIGIDITY);
      const constantTerm = scope.optionalAttribute(data, 'constant_term') ?? 9.1;
      const literal = tuple([slipRate, rigidity, constantTerm]);
      return { value: { kind, slipRate, rigidity, constantTerm }, literal };
    }
    case 'surfaces': {
      const surfaces = readGeometry(type, model, scope);
      return { value: { kind, surfaces }, literal: `'${type}'` };
    }
    case 'polygon':
      return { value: { kind, polygon: readAreaGeometry(model, scope) }, literal: `'${type}'` };
    case 'depths': {
      const depths = readDepths(model, scope);
      const pairs = depths.map(({ probability, depth }) => tuple([probability, depth]));
      return { value: { kind, depths }, literal: `[${pairs.join(', ')}]` };
    }
    case 'bySource':
      throw new RangeError(`values by source are read one by one, not as one value of ${type}`);
  }
}

/**
 * Reads a value for each of several sources out of one text: `id value, id value`, each value as the type needs it.
 * Errors: Refusal naming the line; other faults are reported.
 */
export function readValuesBySource(uncertainty: Uncertainty, model: Element, scope: Scope): ReadValue {
  const values = new Map<string, UncertaintyValue>();
  const literals: string[] = [];
  const allowed = "'id value, id value'";
  if (model.children.length > 0)
    throw scope.refusal(model, 'values by source are texts', { code: 'TREE_UNCERTAINTY', key: model.name, allowed });
  for (const row of scope
    .text(model)
    .split(',')
    .map((text) => text.trim())) {
    const [id] = row.split(/\s/, 1);
    if (id === '' || id === row)
      throw scope.refusal(model, 'a source and its value are needed', {
        code: 'TREE_UNCERTAINTY',
        key: model.name,
        value: row,
        allowed,
      });
    if (values.has(id))
      scope.fault(model, 'two values for one source', { code: 'TREE_UNCERTAINTY', key: model.name, value: row });
    const { value, literal } = readUncertaintyValue(uncertainty, { ...model, text: row.slice(id.length) }, scope);
    values.set(id, value);
    literals.push(`'${id}': ${literal}`);
  }
  return { value: { kind: 'bySource', values }, literal: `{${literals.join(', ')}}` };
}

function numbers(model: Element, scope: Scope, count: number): Float64Array {
  const { values, bad } = parseNumbers(scope.text(model));
  const detail = { key: model.name, value: model.text.trim() };
  const allowed = count === 1 ? 'one finite number' : `${count} finite numbers separated by blanks`;
  if (bad !== undefined || values.length !== count || model.children.length > 0)
    throw scope.refusal(model, count === 1 ? 'one number is needed' : `${count} numbers are needed`, {
      code: 'INVALID_VALUE',
      ...detail,
      allowed,
    });
  return values;
}

function checkRange(value: number, range: Range, model: Element, scope: Scope): void {
  if (!range.test(value))
    scope.fault(model, 'out of range', {
      code: 'INVALID_VALUE',
      key: model.name,
      value: String(value),
      allowed: range.allowed,
    });
}

function readDistribution(model: Element, scope: Scope): ReadValue {
  const mfd = readIncremental(scope.need(model, 'incrementalMFD'), scope);
  if (mfd.kind !== 'incremental')
    throw scope.refusal(model, 'an incremental distribution is needed', { code: 'TREE_UNCERTAINTY' });
  const rates = [...mfd.occurRates].map(floatLiteral).join(', ');
  const literal = `(${floatLiteral(mfd.minMag)}, ${floatLiteral(mfd.binWidth)}, [${rates}])`;
  return { value: { kind: 'distribution', mfd }, literal };
}

/** Geometries in logic trees bring their own mesh step. */
function readGeometry(type: string, model: Element, scope: Scope): readonly SurfaceGeometry[] {
  const child = (name: string): Element | undefined => scope.child(model, name);
  switch (type) {
    case 'simpleFaultGeometryAbsolute':
      return [readSimpleFaultGeometry(child('simpleFaultGeometry') ?? model, scope, true)];
    case 'complexFaultGeometryAbsolute':
      return [readComplexFaultGeometry(child('complexFaultGeometry') ?? model, scope, true)];
    case 'kiteFaultGeometryAbsolute': {
      const simple = child('simpleFaultGeometry');
      if (simple) return [readSimpleFaultGeometry(simple, scope, true)];
      return [readKiteSurface(child('kiteSurface') ?? model, scope, true)];
    }
    default:
      return readSurfaces(child('surface') ?? model, scope, true);
  }
}

/** The polygon of an <areaGeometry>. The depths that stand with it are checked, but the source keeps its own. */
function readAreaGeometry(model: Element, scope: Scope): Float64Array {
  const geometry = scope.need(model, 'areaGeometry');
  const depths = ['upperSeismoDepth', 'lowerSeismoDepth'].flatMap((name) => {
    const element = scope.child(geometry, name);
    return element ? [scope.number(element)] : [];
  });
  if (depths.length > 0)
    scope.warn(
      geometry,
      'the seismogenic depths here are not used: sources keep their own, as in the OpenQuake engine',
    );
  return readPolygon(geometry, scope);
}

function readDepths(model: Element, scope: Scope): readonly HypocentralDepth[] {
  const element = scope.need(model, 'hypoDepthDist');
  const depths = readHypocentralDepths(element, scope, NOT_NEGATIVE);
  if (depths.length === 0)
    throw scope.refusal(element, 'depths are missing', { code: 'TREE_UNCERTAINTY', allowed: '<hypoDepth>' });
  return depths;
}

function tuple(values: readonly number[]): string {
  return `(${values.map(floatLiteral).join(', ')})`;
}

/** A number as Python writes it: clients of outputs read it back as a literal. */
export function floatLiteral(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e16) return `${Object.is(value, -0) ? '-0' : value}.0`;
  const magnitude = Math.abs(value);
  const text = magnitude >= 1e-4 && magnitude < 1e16 ? String(value) : value.toExponential();
  return text.replace(/e([+-])(\d)$/, 'e$10$2');
}
