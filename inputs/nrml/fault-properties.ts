import type { FaultProperties } from '../../hazard/sources/source.js';
import { readMfd } from './mfd.js';
import { refuseOtherOccurrence } from './occurrence.js';
import { POSITIVE, RAKE, type Scope } from './scope.js';
import type { ReadingContext } from './source-reader.js';
import type { Element } from './xml.js';

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
  const name = scope
    .need(source, 'magScaleRel')
    .text.trim()
    .replace(/\s*=\s*/, '=');
  return name;
}

export function readAspectRatio(source: Element, scope: Scope): number {
  return scope.number(scope.need(source, 'ruptAspectRatio'), POSITIVE);
}

export function readRake(source: Element, scope: Scope): number {
  return scope.number(scope.need(source, 'rake'), RAKE);
}
