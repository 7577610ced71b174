import type { MultiMfd } from '../../../hazard/mfd/mfd.js';
import { ANY, MAGNITUDE, NOT_NEGATIVE, POSITIVE, type Range, type Scope } from '../../nrml/scope.js';
import type { Element } from '../../nrml/xml.js';

/** Fields of each member kind; those in `lists` hold `lengths` values per point. */
const KINDS: Readonly<Record<string, { readonly fields: readonly string[]; readonly lists: readonly string[] }>> = {
  truncGutenbergRichterMFD: { fields: ['min_mag', 'max_mag', 'a_val', 'b_val'], lists: [] },
  incrementalMFD: { fields: ['min_mag'], lists: ['occurRates'] },
  arbitraryMFD: { fields: [], lists: ['magnitudes', 'occurRates'] },
  YoungsCoppersmithMFD: { fields: ['min_mag', 'b_val', 'char_mag', 'char_rate'], lists: [] },
};
/** Fields that may be left out. */
const OPTIONAL: Readonly<Record<string, readonly string[]>> = {
  truncGutenbergRichterMFD: ['bin_width'],
  incrementalMFD: ['bin_width', 'lengths'],
  arbitraryMFD: ['lengths'],
  YoungsCoppersmithMFD: ['bin_width'],
};
const RANGES: Readonly<Record<string, Range>> = {
  min_mag: MAGNITUDE,
  max_mag: MAGNITUDE,
  char_mag: MAGNITUDE,
  magnitudes: MAGNITUDE,
  b_val: POSITIVE,
  bin_width: POSITIVE,
  lengths: POSITIVE,
  occurRates: NOT_NEGATIVE,
};

/**
 * The distributions of a multi-point source. Fields keep their names in the file; each has one value for all points or one
 * per point, lists have `lengths` values per point. Errors: Refusal for an unknown kind or a missing field.
 */
export function readMultiMfd(source: Element, scope: Scope, points: number): MultiMfd {
  const element = scope.need(source, 'multiMFD');
  const kind = scope.word(element, 'kind') ?? '';
  const known = KINDS[kind];
  if (!known) {
    const allowed = Object.keys(KINDS).join(', ');
    throw scope.refusal(element, 'unknown kind of distribution', {
      code: 'INVALID_MFD',
      key: 'kind',
      value: kind,
      allowed,
    });
  }
  const size = scope.optionalAttribute(element, 'size', POSITIVE) ?? points;
  if (size !== points)
    scope.fault(element, `size must be the number of points (${points})`, {
      code: 'INVALID_MFD',
      key: 'size',
      value: String(size),
    });

  const fields: Record<string, Float64Array> = {};
  const possible = [...known.fields, ...known.lists, ...OPTIONAL[kind]];
  for (const name of possible) {
    const child = scope.child(element, name);
    if (child) fields[name] = scope.numbers(child, RANGES[name] ?? ANY);
  }
  for (const name of [...known.fields, ...known.lists]) scope.need(element, name);
  for (const name of [...known.fields, 'bin_width', 'lengths'])
    if (fields[name] && fields[name].length !== 1 && fields[name].length !== points)
      scope.fault(scope.need(element, name), `${fields[name].length} values`, {
        code: 'INVALID_MFD',
        key: name,
        allowed: `one, or one per point (${points})`,
      });
  const lengths = known.lists.length > 0 ? listLengths(element, scope, fields.lengths, points) : 0;
  for (const name of known.lists)
    if (fields[name].length !== lengths)
      scope.fault(scope.need(element, name), `${fields[name].length} values`, {
        code: 'INVALID_MFD',
        key: name,
        allowed: `${lengths}, the sum of lengths over the points`,
      });
  return { kind: 'multi', memberKind: kind as MultiMfd['memberKind'], size: points, fields };
}

function listLengths(element: Element, scope: Scope, lengths: Float64Array | undefined, points: number): number {
  if (!lengths) throw scope.refusal(element, '<multiMFD> with lists needs <lengths>', { code: 'INVALID_MFD' });
  return lengths.length === 1 ? lengths[0] * points : lengths.reduce((sum, length) => sum + length, 0);
}
