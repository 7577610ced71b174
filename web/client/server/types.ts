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
  readonly tags: readonly string[];
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

/** A job before it runs, as POST /v2/check tells it; places as [lon, lat, ...] in degrees. */
export interface JobPreview {
  readonly size: {
    readonly description: string;
    readonly calculation_mode: string;
    readonly sites: number;
    readonly levels: number;
    readonly intensity_measure_types: number;
    readonly realizations: number;
    readonly sources: number;
    readonly ruptures: number;
    readonly input_bytes: number;
    readonly regions: readonly {
      readonly tectonic_region_type: string;
      readonly sources: number;
      readonly ruptures: number;
      readonly models: number;
    }[];
  };
  readonly estimate: {
    readonly contexts: number;
    /** s of one thread */
    readonly seconds: number;
    readonly tasks: number;
    /** bytes */
    readonly memory: number;
    readonly disk: number;
  };
  readonly warnings: readonly string[];
  readonly ini: {
    readonly file: string;
    readonly entries: readonly { readonly key: string; readonly value: string; readonly line: number }[];
  };
  readonly tree: string;
  readonly sites: readonly number[];
  readonly points: readonly number[];
  readonly lines: readonly (readonly number[])[];
  readonly rings: readonly (readonly number[])[];
  readonly leftOut: number;
  readonly sources: readonly {
    readonly id: string;
    readonly name: string;
    readonly type: string;
    readonly tectonicRegionType: string;
    readonly magnitudes?: readonly number[];
    readonly rates?: readonly number[];
  }[];
}

/** A parameter of a job as it is declared. */
export interface ParameterDeclaration {
  readonly name: string;
  readonly unit?: string;
  readonly default?: unknown;
  readonly choices?: readonly string[];
  readonly type: string;
  readonly use: string;
  readonly meaning: string;
  readonly allowed: string;
  readonly aliases?: readonly string[];
}

/** What a job was made of. */
export interface JobInputs {
  readonly files: readonly { readonly path: string; readonly size: number }[];
  readonly ini: {
    readonly file: string;
    readonly entries: readonly { readonly key: string; readonly value: string; readonly line: number }[];
  };
  readonly overrides: Readonly<Record<string, string>>;
}

/** A group or a slice of a dataset of the HDF5 file. */
export interface DatastorePart {
  readonly path: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly members?: readonly {
    readonly name: string;
    readonly group: boolean;
    readonly shape?: readonly number[];
    readonly dtype?: string;
  }[];
  readonly shape?: readonly number[];
  readonly dtype?: string;
  readonly first?: number;
  /** positions along the axes between the first and the last one */
  readonly at?: readonly number[];
  readonly columns?: readonly string[];
  readonly rows?: readonly (readonly (number | string)[])[];
}
