/**
 * Seismic sources as inputs read them: plain data, serialisable, no behaviour.
 * Coordinates are degrees rounded to 5 decimals, depths km positive downwards, in flat arrays:
 * [lon, lat, lon, lat, ...] or [lon, lat, depth, ...] as each field says.
 */
import type { SingleMfd, MultiMfd } from '../mfd/mfd.js';

/** What all sources have. */
export interface SourceBase {
  readonly id: string;
  readonly name: string;
  readonly tectonicRegionType: string;
  /** srcs_weights of the group: the probability of the source if the group is mutually exclusive, without meaning otherwise */
  readonly mutexWeight?: number;
  /** 1/yr, added to the rates of its ruptures, by their number; missing ones are not changed */
  readonly rateChanges?: Float64Array;
}

/** A plane of point-like ruptures with its probability; degrees. */
export interface NodalPlane {
  readonly probability: number;
  readonly strike: number;
  readonly dip: number;
  readonly rake: number;
}
/** A depth (km) of point-like ruptures with its probability. */
export interface HypocentralDepth {
  readonly probability: number;
  readonly depth: number;
}

/** What point-like sources share. */
export interface DistributedSeismicity {
  readonly magnitudeScalingRelation: string;
  readonly ruptureAspectRatio: number;
  readonly upperSeismogenicDepth: number;
  readonly lowerSeismogenicDepth: number;
  readonly nodalPlanes: readonly NodalPlane[];
  readonly hypocentralDepths: readonly HypocentralDepth[];
  /** negative binomial temporal occurrence (tom="NegativeBinomialTOM"): mean rate and dispersion */
  readonly negativeBinomial?: { readonly mu: number; readonly alpha: number };
}

/** Ruptures around one point. */
export interface PointSource extends SourceBase, DistributedSeismicity {
  readonly type: 'point';
  readonly mfd: SingleMfd;
  readonly lon: number;
  readonly lat: number;
}

/** Points that share planes and depths, each with a distribution of its own. */
export interface MultiPointSource extends SourceBase, DistributedSeismicity {
  readonly type: 'multiPoint';
  readonly mfd: MultiMfd;
  /** [lon, lat, ...], held as float32 values */
  readonly points: Float64Array;
}

/** Point sources on a grid inside a polygon. */
export interface AreaSource extends SourceBase, DistributedSeismicity {
  readonly type: 'area';
  readonly mfd: SingleMfd;
  /** outer ring [lon, lat, ...], the last point may repeat the first; inner rings are ignored, as the reference does */
  readonly polygon: Float64Array;
  /** km; overrides area_source_discretization of the job */
  readonly discretization?: number;
}

/** A trace at the surface, a dip and two depths; degrees and km. */
export interface SimpleFaultGeometry {
  readonly kind: 'simpleFault';
  /** [lon, lat, depth, ...] */
  readonly trace: Float64Array;
  readonly dip: number;
  readonly upperSeismogenicDepth: number;
  readonly lowerSeismogenicDepth: number;
  /** km; set by logic trees that replace the geometry */
  readonly spacing?: number;
}
/** A surface through edges. */
export interface ComplexFaultGeometry {
  readonly kind: 'complexFault';
  /** top to bottom, each [lon, lat, depth, ...] */
  readonly edges: readonly Float64Array[];
  readonly spacing?: number;
}
/** A surface through profiles. */
export interface KiteGeometry {
  readonly kind: 'kite';
  /** each [lon, lat, depth, ...] from top to bottom */
  readonly profiles: readonly Float64Array[];
  readonly spacing?: number;
}
/** A rectangle given by its corners. */
export interface PlanarGeometry {
  readonly kind: 'planar';
  /** top left, top right, bottom left, bottom right: 12 numbers lon, lat, depth */
  readonly corners: Float64Array;
  readonly strike?: number;
  readonly dip?: number;
}
/** A surface given as a cloud of points. */
export interface GriddedGeometry {
  readonly kind: 'gridded';
  /** [lon, lat, depth, ...] */
  readonly points: Float64Array;
  /** points read from HDF5 come in single precision */
  readonly singlePrecision?: boolean;
}
/** Surfaces that can be given outright. */
export type SurfaceGeometry =
  SimpleFaultGeometry | ComplexFaultGeometry | KiteGeometry | PlanarGeometry | GriddedGeometry;

/** Point sources of one cell of a grid: near sites see their ruptures, far ones a single mean rupture per magnitude. */
export interface CollapsedPointSource extends SourceBase {
  readonly type: 'collapsedPoint';
  readonly members: readonly PointSource[];
  /** km: size of the cells */
  readonly gridSpacing: number;
}

/** What sources with floating ruptures on a fault have. */
export interface FaultProperties {
  readonly mfd: SingleMfd;
  readonly magnitudeScalingRelation: string;
  readonly ruptureAspectRatio: number;
  readonly rake: number;
}

/** Place of a hypocentre in its rupture (fractions of length and width) with its weight. */
export interface HypocentreWeight {
  readonly alongStrike: number;
  readonly downDip: number;
  readonly weight: number;
}
/** Direction of slip (degrees) with its weight. */
export interface SlipWeight {
  readonly slip: number;
  readonly weight: number;
}

/** Floating ruptures on a simple fault. */
export interface SimpleFaultSource extends SourceBase, FaultProperties {
  readonly type: 'simpleFault';
  readonly geometry: SimpleFaultGeometry;
  readonly hypocentres?: readonly HypocentreWeight[];
  readonly slips?: readonly SlipWeight[];
}
/** Floating ruptures on a complex fault. */
export interface ComplexFaultSource extends SourceBase, FaultProperties {
  readonly type: 'complexFault';
  readonly geometry: ComplexFaultGeometry;
}
/** Floating ruptures on a kite surface. */
export interface KiteFaultSource extends SourceBase, FaultProperties {
  readonly type: 'kiteFault';
  readonly geometry: KiteGeometry | SimpleFaultGeometry;
}
/** Ruptures that break all of the surfaces. */
export interface CharacteristicFaultSource extends SourceBase {
  readonly type: 'characteristicFault';
  readonly mfd: SingleMfd;
  readonly rake: number;
  readonly surfaces: readonly SurfaceGeometry[];
}

/** A rupture with its probabilities of occurring 0, 1, 2 ... times. */
export interface NonParametricRupture {
  readonly magnitude: number;
  readonly rake: number;
  /** lon, lat, depth */
  readonly hypocentre: readonly [number, number, number];
  readonly surfaces: readonly SurfaceGeometry[];
  /** P(0), P(1), ... in the investigation time */
  readonly probabilities: Float64Array;
  /** weight in a source with mutually exclusive ruptures (rup_interdep="mutex") */
  readonly weight?: number;
}
/** Ruptures listed one by one, with probabilities in place of rates. */
export interface NonParametricSource extends SourceBase {
  readonly type: 'nonParametric';
  readonly ruptures: readonly NonParametricRupture[];
  /** years, of the file; must equal the job's */
  readonly investigationTime?: number;
}

/** Sections of a geometry model, shared by all multi-fault sources that name them. */
export interface FaultSections {
  readonly ids: readonly string[];
  /** one entry per section: the surface parts (the reference runs a single kite per section) */
  readonly surfaces: readonly (readonly SurfaceGeometry[])[];
}
/** Ruptures made of sections of faults. */
export interface MultiFaultSource extends SourceBase {
  readonly type: 'multiFault';
  readonly sections: FaultSections;
  /** per rupture [ruptures]; magnitudes rounded to 2 decimals in float32 */
  readonly magnitudes: Float64Array;
  readonly rakes: Float64Array;
  /** sections of rupture i: sectionIndices[sectionStart[i] .. sectionStart[i + 1]) */
  readonly sectionStart: Int32Array;
  readonly sectionIndices: Int32Array;
  /** [ruptures x terms] P(0), P(1), ... */
  readonly probabilities: Float64Array;
  readonly terms: number;
  readonly investigationTime?: number;
  /** named sets of sections, by which results by source tell the ruptures apart */
  readonly faults?: readonly { readonly tag: string; readonly sections: Int32Array }[] | undefined;
}

/** A source of any type, known here or added: what only some types have is known to their kinds (SourceKind). */
export interface Source extends SourceBase {
  readonly type: string;
  /** of ruptures whose area follows from their magnitude */
  readonly magnitudeScalingRelation?: string;
  /** of magnitudes; none where ruptures are listed one by one */
  readonly mfd?: SingleMfd | MultiMfd;
  /** negative binomial temporal occurrence instead of Poissonian */
  readonly negativeBinomial?: DistributedSeismicity['negativeBinomial'];
}

/** Whether a source stands for point-like ruptures. */
export function isDistributed(source: Source): source is Source & DistributedSeismicity {
  return 'nodalPlanes' in source && 'hypocentralDepths' in source;
}

/** Parameters of the job that shape ruptures. Lengths in km. */
export interface Discretization {
  readonly ruptureMeshSpacing: number;
  /** the rupture mesh spacing when the job does not say */
  readonly complexFaultMeshSpacing: number;
  readonly widthOfMfdBin?: number;
  readonly areaSourceDiscretization?: number;
  readonly floatingXStep: number;
  readonly floatingYStep: number;
  /** years */
  readonly investigationTime: number;
  readonly inferOccurRates: boolean;
  readonly shiftHypo: boolean;
  /** whether areas and multi-points stand for points, whose planes and depths may be averaged for far sites */
  readonly splitSources: boolean;
}
