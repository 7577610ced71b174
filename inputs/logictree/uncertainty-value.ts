import type { UncertaintyValue, ValueKind } from '../../hazard/logictree/uncertainties/uncertainty.js';
import type { SurfaceGeometry } from '../../hazard/sources/source.js';
import { readIncremental } from '../nrml/mfd.js';
import { parseNumbers } from '../nrml/numbers.js';
import { POSITIVE, type Scope } from '../nrml/scope.js';
import { readComplexFaultGeometry, readSimpleFaultGeometry, readSurfaces } from '../nrml/surface-geometry.js';
import type { Element } from '../nrml/xml.js';

/** A value, and its text as outputs show it. */
export interface ReadValue {
  readonly value: UncertaintyValue;
  readonly literal: string;
}

/**
 * Reads the value of a branch in the form that the type of its set needs.
 * Errors: InvalidInput naming the line.
 */
export function readUncertaintyValue(type: string, kind: ValueKind, model: Element, scope: Scope): ReadValue {
  switch (kind) {
    case 'number': {
      const [number] = numbers(model, scope, 1);
      return { value: { kind, number }, literal: floatLiteral(number) };
    }
    case 'twoNumbers': {
      const [first, second] = numbers(model, scope, 2);
      return { value: { kind, first, second }, literal: `(${floatLiteral(first)}, ${floatLiteral(second)})` };
    }
    case 'name': {
      const name = model.text.trim();
      if (name === '') throw scope.refusal(model, 'a name is needed', { key: 'uncertaintyModel' });
      return { value: { kind, name }, literal: `'${name}'` };
    }
    case 'distribution':
      return readDistribution(model, scope);
    case 'slip': {
      const data = scope.need(model, 'faultActivityData');
      const slipRate = scope.attribute(data, 'slipRate', POSITIVE);
      const rigidity = scope.attribute(data, 'rigidity', POSITIVE);
      const constantTerm = scope.optionalAttribute(data, 'constant_term') ?? 9.1;
      const literal = `(${[slipRate, rigidity, constantTerm].map(floatLiteral).join(', ')})`;
      return { value: { kind, slipRate, rigidity, constantTerm }, literal };
    }
    case 'surfaces': {
      const surfaces = readGeometry(type, model, scope);
      return { value: { kind, surfaces }, literal: `'${type}'` };
    }
  }
}

function numbers(model: Element, scope: Scope, count: number): Float64Array {
  const { values, bad } = parseNumbers(model.text);
  const detail = { key: 'uncertaintyModel', value: model.text.trim() };
  if (bad !== undefined || values.length !== count || model.children.length > 0)
    throw scope.refusal(model, count === 1 ? 'one number is needed' : `${count} numbers are needed`, detail);
  return values;
}

function readDistribution(model: Element, scope: Scope): ReadValue {
  const mfd = readIncremental(scope.need(model, 'incrementalMFD'), scope);
  if (mfd.kind !== 'incremental') throw scope.refusal(model, 'an incremental distribution is needed');
  const rates = [...mfd.occurRates].map(floatLiteral).join(', ');
  const literal = `(${floatLiteral(mfd.minMag)}, ${floatLiteral(mfd.binWidth)}, [${rates}])`;
  return { value: { kind: 'distribution', mfd }, literal };
}

/** Geometries in logic trees bring their own mesh step. */
function readGeometry(type: string, model: Element, scope: Scope): readonly SurfaceGeometry[] {
  const inside = (name: string): Element => model.children.find((child) => child.name === name) ?? model;
  switch (type) {
    case 'simpleFaultGeometryAbsolute':
      return [readSimpleFaultGeometry(inside('simpleFaultGeometry'), scope, true)];
    case 'complexFaultGeometryAbsolute':
      return [readComplexFaultGeometry(inside('complexFaultGeometry'), scope, true)];
    default:
      return readSurfaces(inside('surface'), scope, true);
  }
}

/** A number as Python writes it: clients of outputs read it back as a literal. */
export function floatLiteral(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e16) return `${Object.is(value, -0) ? '-0' : value}.0`;
  const magnitude = Math.abs(value);
  const text = magnitude >= 1e-4 && magnitude < 1e16 ? String(value) : value.toExponential();
  return text.replace(/e([+-])(\d)$/, 'e$10$2');
}
