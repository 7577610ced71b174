/** Random magnitude-frequency distributions, nodal planes and depths, as XML. */
import type { Draft } from './draft.js';

type Kind = 'gutenbergRichter' | 'incremental' | 'arbitrary' | 'youngsCoppersmith' | 'tapered' | 'slipRate';
const ANY: readonly Kind[] = [
  'gutenbergRichter',
  'gutenbergRichter',
  'gutenbergRichter',
  'incremental',
  'incremental',
  'arbitrary',
  'youngsCoppersmith',
  'tapered',
];
export const OF_AREAS: readonly Kind[] = ['gutenbergRichter', 'incremental', 'arbitrary', 'youngsCoppersmith'];
export const OF_FAULTS: readonly Kind[] = [...ANY, 'slipRate'];
export const OF_CHARACTERISTIC: readonly Kind[] = ['incremental', 'arbitrary', 'gutenbergRichter', 'youngsCoppersmith'];

/** yearly rate between 10^-4.5 and 10^-1.5 */
const rate = (draft: Draft): string => (10 ** -draft.random.real(1.5, 4.5)).toPrecision(5);

export function distribution(draft: Draft, fault: boolean, kinds: readonly Kind[] = ANY): string {
  const { random } = draft;
  const width = random.pick([0.1, 0.2, 0.25, 0.5]);
  draft.offer('width_of_mfd_bin', width);
  const low = random.pick(fault ? [5.5, 6, 6.5] : [4.5, 5, 5, 5.5, 6]);
  const b = random.pick([0.8, 0.9, 1, 1.2]);
  switch (random.pick(kinds)) {
    case 'gutenbergRichter': {
      const high = (low + Math.max(Number(draft.ini.width_of_mfd_bin), random.pick([0.5, 0.73, 1, 1.5]))).toFixed(2);
      const a = random.pick([2.7, 3, 3.5, 4, 4.4]);
      return `<truncGutenbergRichterMFD aValue="${a}" bValue="${b}" minMag="${low}" maxMag="${high}"/>`;
    }
    case 'slipRate': {
      const slip = random.pick([0.5, 1, 2]);
      return `<truncGutenbergRichterMFD slipRate="${slip}" rigidity="30" bValue="${b}" minMag="${low}" maxMag="${low + 1}"/>`;
    }
    case 'incremental': {
      const rates = Array.from({ length: random.integer(1, 4) }, (_, k) =>
        k > 0 && random.chance(0.1) ? '0' : rate(draft),
      );
      const bin = random.pick([0.1, 0.2, 0.5]);
      return `<incrementalMFD minMag="${low}" binWidth="${bin}"><occurRates>${rates.join(' ')}</occurRates></incrementalMFD>`;
    }
    case 'arbitrary': {
      const steps = random.some([0, 0.13, 0.25, 0.5, 0.7, 1.1, 1.34], random.integer(1, 4));
      const magnitudes = steps.map((step) => (low + step).toFixed(2));
      return (
        `<arbitraryMFD><occurRates>${magnitudes.map(() => rate(draft)).join(' ')}</occurRates>` +
        `<magnitudes>${magnitudes.join(' ')}</magnitudes></arbitraryMFD>`
      );
    }
    case 'youngsCoppersmith': {
      const size = random.chance(0.6)
        ? 'characteristicRate="0.0006"'
        : `totalMomentRate="${random.pick(['1e15', '3e16'])}"`;
      const characteristic = low + random.pick([1, 1.25, 1.5]);
      return `<YoungsCoppersmithMFD minMag="${low}" bValue="${b}" characteristicMag="${characteristic}" ${size} binWidth="${random.pick([0.1, 0.25])}"/>`;
    }
    case 'tapered': {
      const corner = low + random.pick([0.5, 0.8, 1.2]);
      return `<taperedGutenbergRichterMFD aValue="3.5" bValue="${b}" minMag="${low}" maxMag="${low + 1.5}" cornerMag="${corner}"/>`;
    }
  }
}

export function nodalPlanes(draft: Draft): string {
  const { random } = draft;
  const rows = random.weights(random.pick([1, 1, 2, 3])).map((probability) => {
    const strike = random.pick([0, 45, 90, 133.3, 270, 359, random.integer(0, 360)]);
    const dip = random.pick([90, 30, 45, 60, 12]);
    const rake = random.pick([0, 90, -90, 180, -45, 135, 37]);
    return `<nodalPlane probability="${probability}" strike="${strike}" dip="${dip}" rake="${rake}"/>`;
  });
  return `<nodalPlaneDist>${rows.join('')}</nodalPlaneDist>`;
}

export function depths(draft: Draft, upper: number, lower: number): string {
  const { random } = draft;
  const weights = random.weights(random.pick([1, 1, 2, 3]));
  const places = random.some([0.01, 0.1, 0.3, 0.5, 0.7, 0.95, 1], weights.length);
  const rows = weights.map(
    (probability, k) =>
      `<hypoDepth probability="${probability}" depth="${(upper + (lower - upper) * places[k]).toFixed(2)}"/>`,
  );
  return `<hypoDepthDist>${rows.join('')}</hypoDepthDist>`;
}

/** Distributions of the points of a multi-point source. */
export function multiDistribution(draft: Draft, points: number): string {
  const { random } = draft;
  draft.offer('width_of_mfd_bin', random.pick([0.1, 0.2, 0.25, 0.5]));
  const low = random.pick([4.5, 5, 5.5]);
  const each = (value: () => string | number): string =>
    Array.from({ length: random.chance(0.4) ? 1 : points }, value).join(' ');
  switch (random.pick(['gr', 'incremental', 'arbitrary'])) {
    case 'gr':
      return (
        `<multiMFD kind="truncGutenbergRichterMFD" size="${points}"><min_mag>${low}</min_mag>` +
        `<max_mag>${each(() => (low + random.pick([0.5, 1, 1.2])).toFixed(2))}</max_mag>` +
        `<a_val>${each(() => random.pick([2.8, 3, 3.5]))}</a_val><b_val>${each(() => random.pick([0.9, 1, 1.1]))}</b_val></multiMFD>`
      );
    case 'incremental': {
      const lengths = Array.from({ length: points }, () => random.integer(1, 3));
      const rates = lengths.flatMap((n) => Array.from({ length: n }, () => rate(draft)));
      return (
        `<multiMFD kind="incrementalMFD" size="${points}"><min_mag>${low}</min_mag>` +
        `<bin_width>${each(() => random.pick([0.1, 0.2]))}</bin_width>` +
        `<occurRates>${rates.join(' ')}</occurRates><lengths>${lengths.join(' ')}</lengths></multiMFD>`
      );
    }
    default: {
      const lists = Array.from({ length: points }, () => random.some([0, 0.1, 0.3, 0.6, 1], random.integer(1, 3)));
      const magnitudes = lists.flat().map((step) => (low + step).toFixed(1));
      return (
        `<multiMFD kind="arbitraryMFD" size="${points}"><magnitudes>${magnitudes.join(' ')}</magnitudes>` +
        `<occurRates>${magnitudes.map(() => rate(draft)).join(' ')}</occurRates>` +
        `<lengths>${lists.map((list) => list.length).join(' ')}</lengths></multiMFD>`
      );
    }
  }
}
