/** Shapes of the records of the reference figures, as far as they are compared. */

export interface CaseFile {
  readonly description: string;
  readonly parameters: {
    readonly investigation_time: number;
    readonly rupture_mesh_spacing: number;
    readonly complex_fault_mesh_spacing: number | null;
    readonly width_of_mfd_bin: number | null;
    readonly area_source_discretization: number | null;
    readonly floating_x_step: number;
    readonly floating_y_step: number;
    readonly infer_occur_rates: boolean;
  };
  readonly sites: readonly SiteRecord[];
}

export interface SiteRecord {
  readonly id: number;
  readonly lon: number;
  readonly lat: number;
  readonly depth: number;
}

type Place = readonly [number, number, number];

export interface SurfaceRecord {
  readonly type: string;
  readonly corners?: { readonly tl: Place; readonly tr: Place; readonly bl: Place; readonly br: Place };
  readonly mesh_shape?: readonly number[];
  readonly mesh_corners?: readonly (readonly (number | null)[])[];
  readonly mesh?: { readonly lons: NestedNumbers; readonly lats: NestedNumbers; readonly depths: NestedNumbers };
  readonly strike?: number | null;
  readonly dip?: number | null;
  readonly ztor?: number | null;
  readonly width?: number | null;
  readonly area?: number | null;
  readonly length?: number | null;
}

export type NestedNumbers = readonly (number | null | readonly (number | null)[])[];

export interface RuptureRecord {
  readonly record: 'rupture';
  readonly i: number;
  readonly mag: number;
  readonly rake: number;
  readonly hypo: Place;
  readonly rate?: number;
  readonly probs_occur?: readonly number[];
  readonly surface: SurfaceRecord;
  readonly distances: Readonly<Record<string, readonly (number | null)[] | null>> & {
    readonly clon_clat?: readonly (readonly [number, number])[];
  };
}

export interface SourceRecord {
  readonly record: 'source';
  readonly id: string;
  readonly type: string;
  readonly code: string;
  readonly mfd_rates?: readonly (readonly [number, number])[];
  readonly used_rates?: readonly (readonly [number, number])[];
  readonly min_max_mag: readonly [number, number];
  readonly count_ruptures: number;
  readonly bbox_50: readonly number[] | { readonly error: string };
  readonly bbox_200: readonly number[] | { readonly error: string };
  readonly radius_by_mag?: readonly number[];
  readonly nodal_planes?: readonly (readonly number[])[];
  readonly hypo_depths?: readonly (readonly number[])[];
  readonly shifted_hypocentres?: readonly Place[];
  readonly averaged?: readonly {
    readonly mag: number;
    readonly strike: number;
    readonly dip: number;
    readonly rake: number;
    readonly hypo: Place;
    readonly rate: number;
    readonly corners: readonly Place[];
  }[];
  readonly points?: readonly (readonly [number, number])[];
  readonly whole_surface?: SurfaceRecord;
}

export interface TotalsRecord {
  readonly record: 'totals';
  readonly id: string;
  readonly num_ruptures: number;
  readonly total_rate: number;
  readonly by_magnitude: readonly { readonly mag: number; readonly num: number; readonly total_rate: number }[];
}

export type ExpectedRecord = SourceRecord | RuptureRecord | TotalsRecord;
