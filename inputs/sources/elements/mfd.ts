import type { SingleMfd } from '../../../hazard/mfd/mfd.js';
import { MAGNITUDE, NOT_NEGATIVE, POSITIVE, type Range, RIGIDITY, type Scope, SLIP_RATE } from '../../nrml/scope.js';
import { PLAUSIBLE } from '../../plausible.js';
import type { Element } from '../../nrml/xml.js';

type MfdReader = (element: Element, scope: Scope, widthOfMfdBin: number | undefined) => SingleMfd;

/** Every kind of distribution a source may carry, by its tag. */
const READERS: Readonly<Record<string, MfdReader>> = {
  truncGutenbergRichterMFD: readTruncated,
  incrementalMFD: readIncremental,
  arbitraryMFD: readArbitrary,
  YoungsCoppersmithMFD: readYoungsCoppersmith,
  taperedGutenbergRichterMFD: readTapered,
};
const MFD_TAGS: readonly string[] = Object.keys(READERS);

/**
 * The magnitude-frequency distribution among the children of a source.
 * Errors: Refusal if there is not exactly one; other faults are reported.
 */
export function readMfd(source: Element, scope: Scope, widthOfMfdBin: number | undefined): SingleMfd {
  const found = scope.childrenNamed(
    source,
    ...MFD_TAGS,
    ...source.children.map(({ name }) => name).filter((name) => name.endsWith('MFD')),
  );
  const allowed = MFD_TAGS.join(', ');
  if (found.length !== 1)
    throw scope.refusal(source, `${found.length} magnitude-frequency distributions, exactly one is needed`, {
      code: 'MISSING_ELEMENT',
      allowed,
    });
  const read = READERS[found[0].name];
  if (!read)
    throw scope.refusal(found[0], `unknown magnitude-frequency distribution <${found[0].name}>`, {
      code: 'UNKNOWN_ELEMENT',
      allowed,
    });
  return read(found[0], scope, widthOfMfdBin);
}

/** The earthquakes of a source per year. */
function checkAnnualRate(element: Element, scope: Scope, rate: number, key: string, value: number): void {
  const { most, usual, unit } = PLAUSIBLE.annualRate;
  if (rate > most)
    scope.fault(element, `${rate.toExponential(1)} earthquakes a year are beyond all that occurs`, {
      code: 'INVALID_MFD',
      key,
      value: String(value),
      allowed: `up to ${most} ${unit}`,
    });
  else if (rate > usual)
    scope.warn(element, `${key} = ${value}: ${rate.toExponential(1)} earthquakes a year are unusually many`);
}

function readTruncated(element: Element, scope: Scope, widthOfMfdBin: number | undefined): SingleMfd {
  const bValue = scope.attribute(element, 'bValue', POSITIVE);
  const minMag = scope.attribute(element, 'minMag', MAGNITUDE);
  const maxMag = scope.attribute(element, 'maxMag', MAGNITUDE);
  checkSpan(element, scope, minMag, maxMag, widthOfMfdBin);
  if (scope.word(element, 'slipRate') === undefined) {
    const aValue = scope.attribute(element, 'aValue');
    checkAnnualRate(element, scope, 10 ** (aValue - bValue * minMag), 'aValue', aValue);
    return { kind: 'truncatedGutenbergRichter', aValue, bValue, minMag, maxMag };
  }
  const slipRate = scope.attribute(element, 'slipRate', SLIP_RATE);
  const rigidity = scope.attribute(element, 'rigidity', RIGIDITY);
  const constantTerm = scope.optionalAttribute(element, 'constant_term') ?? 9.1;
  return { kind: 'slipRateGutenbergRichter', slipRate, rigidity, constantTerm, bValue, minMag, maxMag };
}

/** The largest magnitude must lie at least one bin above the smallest. */
function checkSpan(element: Element, scope: Scope, minMag: number, maxMag: number, width: number | undefined): void {
  if (maxMag >= minMag + (width ?? 0) || Number.isNaN(minMag + maxMag)) return;
  const shown = width === undefined ? '' : ` plus the width of a bin (${width})`;
  scope.fault(element, 'the largest magnitude is too small', {
    code: 'INVALID_MFD',
    key: 'maxMag',
    value: String(maxMag),
    allowed: `at least minMag (${minMag})${shown}`,
  });
}

/** Reads `incrementalMFD`. */
export function readIncremental(element: Element, scope: Scope): SingleMfd {
  const minMag = scope.attribute(element, 'minMag', MAGNITUDE);
  const binWidth = scope.attribute(element, 'binWidth', POSITIVE);
  const occurRates = readRates(element, scope);
  return { kind: 'incremental', minMag, binWidth, occurRates };
}

function readRates(element: Element, scope: Scope): Float64Array {
  const node = scope.need(element, 'occurRates');
  const rates = scope.numbers(node, NOT_NEGATIVE);
  const total = rates.reduce((sum, rate) => sum + rate, 0);
  checkAnnualRate(node, scope, total, 'occurRates', total);
  if (rates.length > 0 && rates.every((rate) => rate === 0))
    scope.fault(node, 'all rates are zero', {
      code: 'INVALID_MFD',
      key: 'occurRates',
      allowed: 'at least one rate above 0',
    });
  return rates;
}

function readArbitrary(element: Element, scope: Scope): SingleMfd {
  const occurRates = readRates(element, scope);
  const node = scope.need(element, 'magnitudes');
  const magnitudes = scope.numbers(node, MAGNITUDE);
  if (magnitudes.length !== occurRates.length)
    scope.fault(node, `${magnitudes.length} magnitudes for ${occurRates.length} rates`, {
      code: 'INVALID_MFD',
      key: 'magnitudes',
    });
  return { kind: 'arbitrary', magnitudes, occurRates };
}

const BIN_WIDTH: Range = { test: (v) => v > 0 && v <= 0.5, allowed: 'above 0, up to 0.5' };

function readYoungsCoppersmith(element: Element, scope: Scope): SingleMfd {
  const rateText = scope.word(element, 'characteristicRate');
  const momentText = scope.word(element, 'totalMomentRate');
  const common = {
    kind: 'youngsCoppersmith' as const,
    bValue: scope.attribute(element, 'bValue', POSITIVE),
    minMag: scope.attribute(element, 'minMag', MAGNITUDE),
    characteristicMag: scope.attribute(element, 'characteristicMag', MAGNITUDE),
    binWidth: scope.optionalAttribute(element, 'binWidth', BIN_WIDTH),
  };
  if ((rateText === undefined) === (momentText === undefined))
    scope.fault(element, 'exactly one of characteristicRate and totalMomentRate must be given', {
      code: 'INVALID_MFD',
    });
  if (common.characteristicMag <= common.minMag)
    scope.fault(element, 'the characteristic magnitude must be above the smallest', {
      code: 'INVALID_MFD',
      key: 'characteristicMag',
      value: scope.word(element, 'characteristicMag'),
      allowed: `above minMag (${common.minMag})`,
    });
  return rateText === undefined
    ? { ...common, totalMomentRate: scope.attribute(element, 'totalMomentRate', POSITIVE) }
    : { ...common, characteristicRate: scope.attribute(element, 'characteristicRate', POSITIVE) };
}

function readTapered(element: Element, scope: Scope, widthOfMfdBin: number | undefined): SingleMfd {
  const minMag = scope.attribute(element, 'minMag', MAGNITUDE);
  const maxMag = scope.attribute(element, 'maxMag', MAGNITUDE);
  checkSpan(element, scope, minMag, maxMag, widthOfMfdBin);
  return {
    kind: 'taperedGutenbergRichter',
    aValue: scope.attribute(element, 'aValue'),
    bValue: scope.attribute(element, 'bValue', POSITIVE),
    minMag,
    maxMag,
    cornerMag: scope.attribute(element, 'cornerMag', MAGNITUDE),
  };
}
