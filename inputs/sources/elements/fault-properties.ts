import type { FaultProperties } from '../../../hazard/sources/source.js';
import { SCALING_RELATION_NAMES, scalingRelation } from '../../../hazard/scaling/registry.js';
import { readMfd } from './mfd.js';
import { refuseOtherOccurrence } from './occurrence.js';
import { POSITIVE, RAKE, type Scope } from '../../nrml/scope.js';
import type { ReadingContext } from '../source-reader.js';
import type { Element } from '../../nrml/xml.js';
import { Refusal } from '../../../hazard/refusal.js';

/** What simple, complex and kite faults share. */
export function readFaultProperties(source: Element, context: ReadingContext): FaultProperties {
  const { scope } = context;
  refuseOtherOccurrence(source, context);
  return {
    mfd: readMfd(source, scope, context.widthOfMfdBin),
    magnitudeScalingRelation: readScalingRelation(source, scope),
    ruptureAspectRatio: readAspectRatio(source, scope),
    rake: readRake(source, scope),
  };
}

/** Name of a scaling relation; blanks around the `=` of a parameter do not count. */
export function readScalingRelation(source: Element, scope: Scope): string {
  return scalingRelationName(scope.need(source, 'magScaleRel'), scope);
}

/** The name that is the text of an element, checked. */
export function scalingRelationName(element: Element, scope: Scope): string {
  const name = scope
    .text(element)
    .trim()
    .replace(/\s*=\s*/, '=');
  if (!isScalingRelation(name))
    scope.fault(element, 'unknown magnitude scaling relation', {
      code: 'UNKNOWN_SCALING_RELATION',
      key: element.name,
      value: name,
      allowed: `${SCALING_RELATION_NAMES.join(', ')}, CScalingMSR.C=number`,
    });
  return name;
}

function isScalingRelation(name: string): boolean {
  try {
    scalingRelation(name);
    return true;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}

/** `ruptAspectRatio`: length by width of ruptures. */
export function readAspectRatio(source: Element, scope: Scope): number {
  return scope.number(scope.need(source, 'ruptAspectRatio'), POSITIVE);
}

/** `rake`, degrees. */
export function readRake(source: Element, scope: Scope): number {
  return scope.number(scope.need(source, 'rake'), RAKE);
}
