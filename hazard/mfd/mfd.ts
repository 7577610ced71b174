/** Definitions of magnitude-frequency distributions as inputs read them; `rates.ts` turns them into magnitude bins. */

/** Gutenberg-Richter between two magnitudes. */
export interface TruncatedGutenbergRichter {
  readonly kind: 'truncatedGutenbergRichter';
  /** log10 of the annual rate of magnitudes above 0 */
  readonly aValue: number;
  readonly bValue: number;
  readonly minMag: number;
  readonly maxMag: number;
  /** bin width when the file gives one */
  readonly binWidth?: number;
}

/** Gutenberg-Richter whose a-value follows from a slip rate once the fault area is known. */
export interface SlipRateGutenbergRichter {
  readonly kind: 'slipRateGutenbergRichter';
  /** mm/yr */
  readonly slipRate: number;
  /** GPa */
  readonly rigidity: number;
  /** constant of log10 M0 = 1.5 m + c; 9.1 unless given */
  readonly constantTerm: number;
  readonly bValue: number;
  readonly minMag: number;
  readonly maxMag: number;
}

/** Rates of bins of one width. */
export interface EvenlyDiscretized {
  readonly kind: 'incremental';
  /** centre of the first bin */
  readonly minMag: number;
  readonly binWidth: number;
  /** 1/yr */
  readonly occurRates: Float64Array;
}

/** Rates of single magnitudes. */
export interface ArbitraryMfd {
  readonly kind: 'arbitrary';
  readonly magnitudes: Float64Array;
  /** 1/yr */
  readonly occurRates: Float64Array;
}

/** Youngs & Coppersmith (1985); exactly one of characteristicRate and totalMomentRate is given. */
export interface YoungsCoppersmith {
  readonly kind: 'youngsCoppersmith';
  readonly bValue: number;
  readonly minMag: number;
  readonly characteristicMag: number;
  /** 1/yr */
  readonly characteristicRate?: number;
  /** N m / yr */
  readonly totalMomentRate?: number;
  /** bin width when the file gives one */
  readonly binWidth?: number;
}

/** Gutenberg-Richter in moment, tapered exponentially at the corner moment (Kagan 2002). */
export interface TaperedGutenbergRichter {
  readonly kind: 'taperedGutenbergRichter';
  readonly aValue: number;
  readonly bValue: number;
  readonly minMag: number;
  readonly maxMag: number;
  readonly cornerMag: number;
}

/** One distribution per point of a multi-point source: fields have length 1 or `size`. */
export interface MultiMfd {
  readonly kind: 'multi';
  readonly memberKind: 'truncGutenbergRichterMFD' | 'incrementalMFD' | 'arbitraryMFD' | 'YoungsCoppersmithMFD';
  readonly size: number;
  readonly fields: Readonly<Record<string, Float64Array>>;
}

/** Distribution of one source or point. */
export type SingleMfd =
  | TruncatedGutenbergRichter
  | SlipRateGutenbergRichter
  | EvenlyDiscretized
  | ArbitraryMfd
  | YoungsCoppersmith
  | TaperedGutenbergRichter;

/** Magnitude bins and their annual occurrence rates, both [bins]; order is the distribution's own. */
export interface BinnedRates {
  readonly magnitudes: Float64Array;
  readonly rates: Float64Array;
}
