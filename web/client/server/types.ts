/** A job as the server's events tell it. */
export interface JobView {
  readonly id: number;
  readonly description: string;
  readonly calculation_mode: string;
  readonly status: string;
  readonly is_running: boolean;
  readonly start_time: string;
  readonly owner: string;
  readonly size_mb: number | null;
  readonly progress: number;
  readonly phase: string;
  readonly seconds: number;
  readonly reason: readonly string[];
  readonly faults: readonly Fault[];
  readonly resumable: boolean;
}

/** A fault of an input. */
export interface Fault {
  readonly code: string;
  readonly file?: string;
  readonly line?: number;
  readonly key?: string;
  readonly value?: string;
  readonly message: string;
  readonly allowed?: string;
}

/** The answer to a job that is not taken. */
export interface Refused {
  readonly traceback: readonly string[];
  readonly faults: readonly Fault[];
  readonly job_id: number;
}

/** An output in the list of a job's results. */
export interface OutputView {
  readonly id: number;
  readonly type: string;
  readonly name: string;
  readonly outtypes: readonly string[];
}

/** A line of a job's log. */
export type LogRow = readonly [time: string, level: string, process: string, message: string];

/** What a calculation holds. */
export interface Summary {
  readonly description: string;
  readonly mode: string;
  readonly engine: string;
  readonly date: string;
  readonly checksum: number;
  readonly investigationTime: number;
  readonly measures: readonly { readonly imt: string; readonly levels: readonly number[] }[];
  readonly poes: readonly number[];
  readonly statistics: readonly string[];
  /** realizations whose curves are kept */
  readonly kept: number;
  readonly realizations: number;
  readonly sites: number;
  readonly bounds: readonly [west: number, south: number, east: number, north: number];
  readonly results: {
    readonly curves: boolean;
    readonly sources: boolean;
    readonly disaggregation: readonly string[];
  };
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** Curves of one site by measure and statistic. */
export interface SiteCurves {
  readonly site: {
    readonly number: number;
    readonly lon: number;
    readonly lat: number;
    readonly depth: number;
    readonly name: string;
    readonly parameters: Readonly<Record<string, number | string | null>>;
  };
  readonly curves: Readonly<Record<string, Readonly<Record<string, readonly number[]>>>>;
}

/** One table of a disaggregation. */
export interface DisaggregationTable {
  readonly poes: readonly number[];
  readonly levels: readonly number[];
  readonly tables: readonly string[];
  readonly columns: readonly string[];
  readonly axes: readonly {
    readonly name: string;
    readonly edges?: readonly number[];
    readonly names?: readonly string[];
  }[];
  readonly shape: readonly number[];
  /** probabilities, the last axis fastest */
  readonly values: readonly number[];
}

/** Mean rates by source. */
export interface SourceRates {
  readonly sources: readonly string[];
  /** by source, by level; 1/yr */
  readonly rates: readonly (readonly number[])[];
}

/** A branch set of one of the trees. */
export interface BranchSet {
  readonly id: string;
  readonly uncertaintyType: string;
  readonly filters: Readonly<Record<string, string>>;
  readonly branches: readonly {
    readonly id: string;
    readonly code: string;
    readonly value: string;
    readonly weight: number;
  }[];
}

/** Both trees, and the path of every realization. */
export interface Trees {
  readonly sourceModel: readonly BranchSet[];
  readonly groundMotion: readonly BranchSet[];
  readonly pathCount?: number;
  readonly samples: number;
  readonly paths: readonly string[];
  readonly weights: readonly number[];
}
